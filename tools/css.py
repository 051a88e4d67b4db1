"""The style sheets in one form: `python -m tools.css` writes it, `--check` names those that are not in it.

The form is cssbeautifier's, which djlint brings anyway: Python alone, no second download. Two things it does badly are
refused instead, and the sheet is left as it is: a comment behind a declaration would come to stand before the next one,
and `[class~=...]` would be torn apart.
"""

import re
import sys
from pathlib import Path

import cssbeautifier

SHEETS = Path(__file__).resolve().parents[1] / "static" / "css"
BEHIND = re.compile(r"^[^\n]*?[^\s/*][^\n]*?/\*", re.MULTILINE)
TORN = re.compile(r"\[[^\]]*~=")


def _options() -> object:
    options = cssbeautifier.default_options()
    options.indent_size = 2
    options.newline_between_rules = False
    options.space_around_combinator = True
    options.end_with_newline = True
    return options


def refused(css: str) -> list[str]:
    """What the formatter would spoil, a line each."""
    # Comments that begin their line are blanked, so that what is left of `/*` stands behind something.
    bare = re.sub(
        r"^[ \t]*/\*.*?\*/[ \t]*$", lambda found: re.sub(r"[^\n]", "", found[0]), css, flags=re.DOTALL | re.MULTILINE
    )
    faults = [
        f"line {bare.count(chr(10), 0, found.start()) + 1}: a comment behind something; put it on the line above"
        for found in BEHIND.finditer(bare)
    ]
    faults += [
        f"line {bare.count(chr(10), 0, found.start()) + 1}: [x~=y]; write it as a class"
        for found in TORN.finditer(bare)
    ]
    return faults


def formatted(css: str) -> str:
    return str(cssbeautifier.beautify(css, _options()))


def main(*, check: bool) -> int:
    faults = []
    for path in sorted(SHEETS.rglob("*.css")):
        name, css = path.relative_to(SHEETS.parents[1]).as_posix(), path.read_text()
        if spoiled := refused(css):
            faults += [f"{name}, {fault}" for fault in spoiled]
        elif (new := formatted(css)) != css and check:
            faults.append(f"{name} is not formatted: make format")
        elif new != css:
            path.write_text(new)
    print("\n".join(faults) or "All style sheets are formatted.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
