"""The index of the findings says of each script what its first line says."""

from pathlib import Path

FINDINGS = Path(__file__).parents[2] / "findings"


def test_the_index_has_a_line_for_each_script():
    index = (FINDINGS / "README.md").read_text(encoding="utf-8").splitlines()
    scripts = sorted(FINDINGS.glob("*.sh"))
    assert len(scripts) > 10
    said = {}
    for script in scripts:
        first = script.read_text(encoding="utf-8").splitlines()[1]
        said[script] = first.removeprefix("# ").replace("|", "\\|")
    assert [line for line in index if line.startswith("| [")] == [
        f"| [{script.stem}]({script.name}) | {words} |" for script, words in said.items()
    ]
