"""The bytes of an export: text, a workbook or a web page, and what accidents make of them."""

import csv
import io

import xlsxwriter


def text(matrix, style):
    cells = [["" if cell is None else cell for cell in row] for row in matrix]
    if style.quoting == csv.QUOTE_NONE:
        lines = "".join(style.delimiter.join(map(str, row)) + style.newline for row in cells)
        return lines.encode(style.encoding, "replace")
    stream = io.StringIO()
    writer = csv.writer(
        stream, delimiter=style.delimiter, quoting=style.quoting, lineterminator=style.newline
    )
    writer.writerows(cells)
    return stream.getvalue().encode(style.encoding, "replace")


def sheet(matrix, style):
    del style
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd"}) as book:
        data = book.add_worksheet("Export")
        for at, row in enumerate(matrix):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    data.write_string(at, column, cell)
                elif cell is not None:
                    data.write(at, column, cell)
    return stream.getvalue()


def page(matrix, style):
    del style
    rows = "".join(
        "<tr>" + "".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) + "</tr>"
        for row in matrix
    )
    return f"<html><meta charset='utf-8'><body><table>{rows}</table></body></html>".encode("utf-8", "replace")


def spoilt(content, at, way):
    made = {
        "cut": content[:at],
        "nothing": b"",
        "flip": content[:at] + bytes([content[at] ^ 0x15]) + content[at + 1 :] if content else b"",
        "quote": content[:at] + b'"' + content[at:],
        "break": content[:at] + b"\n" + content[at:],
        "nul": content[:at] + b"\0" + content[at:],
        "mark": content[:at] + b"\xef\xbb\xbf" + content[at:],
        "latin": content[:at] + b"\xe9" + content[at:],
        "twice": content + content,
    }
    return made[way]


FORMS = {"text": text, "xlsx": sheet, "page": page}
