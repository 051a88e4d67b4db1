"""The formatter of style sheets changes white space alone, and refuses what it would spoil."""

import re
from pathlib import Path

import pytest

from tools import css

SHEETS = sorted(css.SHEETS.rglob("*.css"))
CROWDED = ".a, .b>:is(ul, ol){color:red;margin:0}\n@media print{.c{display:none}}\n"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_crowded_sheet_is_spread_out() -> None:
    assert css.formatted(CROWDED) == (
        ".a,\n.b > :is(ul, ol) {\n  color: red;\n  margin: 0\n}\n@media print {\n  .c {\n    display: none\n  }\n}\n"
    )


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_of_ours_crowded_is_formatted_to_what_it_is(path: Path) -> None:
    crowded = re.sub(
        r"/\*.*?\*/|\n +", lambda found: "\n" if found[0].isspace() else found[0], path.read_text(), flags=re.DOTALL
    )
    assert css.formatted(crowded) == path.read_text()
    assert squeezed(css.formatted(crowded)) == squeezed(crowded)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a { color: red; } /* behind */", 1),
        ("a {\n  color: red; /* behind */\n}", 2),
        ("/* before */\na {\n  /* before */\n  color: red; /* behind,\n  long */\n}", 4),
        ("a[class~=b] { color: red; }", 1),
    ],
)
def test_what_would_be_spoilt_is_refused_with_its_line(text: str, line: int) -> None:
    assert [int(fault.split()[1].rstrip(":")) for fault in css.refused(text)] == [line]


def test_comments_on_lines_of_their_own_are_kept() -> None:
    assert css.refused("/* one\n   two */\na {\n  /* three */\n  color: red;\n}\n\n/* four */\n/* five */\n") == []


def test_check_names_a_sheet_and_leaves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sheets = tmp_path / "static" / "css"
    sheets.mkdir(parents=True)
    (sheets / "one.css").write_text(CROWDED)
    monkeypatch.setattr(css, "SHEETS", sheets)
    assert css.main(check=True) == 1
    assert capsys.readouterr().out == "static/css/one.css is not formatted: make format\n"
    assert (sheets / "one.css").read_text() == CROWDED
    assert css.main(check=False) == 0
    assert (sheets / "one.css").read_text() == css.formatted(CROWDED)
    assert css.main(check=True) == 0
