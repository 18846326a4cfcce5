"""The text of VBA modules, made into Basic; functions that know no host."""

import re
from dataclasses import dataclass

from support.calc.vba_stubs import STAND_INS


def callbacks(text):
    """Pairs of name and kind of arguments of the Subs that take a control or the ribbon."""
    pattern = (
        r"^[ \t]*(?:Public[ \t]+)?Sub[ \t]+(\w+)[ \t]*\(([^)]*\bAs[ \t]+(IRibbonControl|IRibbonUI)\b[^)]*)\)"
    )
    for name, arguments, kind in re.findall(pattern, text, re.IGNORECASE | re.MULTILINE):
        getter = "getter" if arguments.count(",") == 1 else "action" if "," not in arguments else None
        if getter:
            yield name, "ui" if kind.lower() == "iribbonui" else getter


def _procedure(name):
    """The pattern of a Sub or Function: its first line, its body, its last line."""
    scope = r"^[ \t]*(?:(?:Public|Private|Friend|Static)[ \t]+)*"
    head = rf"{scope}(?P<kind>Sub|Function)[ \t]+{name}\b[^\n]*(?:_\n[^\n]*)*\n"
    foot = r"^[ \t]*End[ \t]+(?P=kind)\b"
    flags = re.IGNORECASE | re.MULTILINE | re.DOTALL
    return re.compile(rf"(?P<head>{head})(?P<body>.*?)(?P<foot>{foot})", flags)


def defines(text, name):
    """Whether a module has a Sub or Function of that name."""
    return _procedure(name).search(text) is not None


def with_body(text, name, body):
    """The module with another body in a Sub or Function, if it has it."""
    return _procedure(name).sub(lambda m: f"{m['head']}    {body}\n{m['foot']}", text)


def prepared(text):
    """A module as Basic takes it: without attributes, with stand-ins for what Basic does not have."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].startswith("VERSION"):  # the head of an exported class
        lines = lines[lines.index("END") + 1 :]
    rem = r"(Rem )?Attribute VB|Option (VBASupport|ClassModule)"
    lines = [line for line in lines if not re.match(rem, line.strip(), re.IGNORECASE)]
    return "\n".join(map(_with_stand_ins, lines))


def _with_stand_ins(line):
    """Replace what Basic does not have in the code of a line, not in its texts or its comment."""
    pieces = re.split(r'("[^"]*"|\'.*$)', line)
    for pattern, stand_in in STAND_INS.items():
        pieces[::2] = [re.sub(pattern, stand_in, piece, flags=re.IGNORECASE) for piece in pieces[::2]]
    return "".join(pieces)


@dataclass
class _Branch:
    """An #If that is open: whether its surroundings count, whether a branch was taken, and this one."""

    outer: bool
    taken: bool
    active: bool


def resolve_conditions(text, constants):
    """Keep the lines that conditional compilation leaves; the others become empty, so that numbers stay."""
    known = {name.lower(): value for name, value in constants.items()}
    open_branches, kept = [], []
    for line in text.split("\n"):
        active = all(branch.active for branch in open_branches)
        code = line.split("'")[0].strip()
        if directive := re.match(
            r"#(If|ElseIf|Else|End If|Const)\b\s*(.*?)(?:\s+Then)?$", code, re.IGNORECASE
        ):
            word, rest = directive[1].lower(), directive[2]
            kept.append("")
            if word == "if":
                truth = active and _truth(rest, known)
                open_branches.append(_Branch(active, truth, truth))
            elif word == "const" and active:
                name, _, value = rest.partition("=")
                known[name.strip().lower()] = _value(value, known)
            elif word == "end if":
                open_branches.pop()
            elif word in ("else", "elseif"):
                branch = open_branches[-1]
                truth = word == "else" or _truth(rest, known)
                branch.active = branch.outer and not branch.taken and truth
                branch.taken |= branch.active
        else:
            kept.append(line if active else "")
    return "\n".join(kept)


def _truth(expression, known):
    return bool(_value(expression, known))


def _value(expression, known):
    """The value of a compiler expression: constants, numbers, texts, Not, And, Or, = and <>."""
    python = re.sub(r"<>", "!=", re.sub(r"(?<![<>=])=(?!=)", "==", expression.strip()))
    python = re.sub(
        r'"[^"]*"|[A-Za-z_]\w*',
        lambda word: word[0] if word[0][0] == '"' else _word(word[0], known),
        python,
    )
    return eval(python, {"__builtins__": {}})  # noqa: S307 - made of constants and operators only


def _word(word, known):
    lower = word.lower()
    return lower if lower in ("not", "and", "or") else repr(known.get(lower, lower == "true"))
