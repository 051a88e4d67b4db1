"""The first line of a sheet: is it a sheet of these records at all, and which columns has it?"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from .damage import damage
from .definition import Sheet, sheets
from .sheet_rows import settled
from .uploaded_files import Uploaded

Refuse = Callable[[int, str, str, str], None]


def checked(sheet: Sheet, uploaded: Uploaded, refuse: Refuse) -> list[str] | None:
    """The headings in their order; None, with every problem told, when the rows cannot be read under them."""
    if not uploaded.lines:
        refuse(1, "", "", _("The file is empty. Take the template, or an export."))
        return None
    line, cells = uploaded.lines[0]
    headings = [settled(cell) for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    if other := _meant(sheet, uploaded.title, headings):
        why = _("This is a sheet of %(other)s, not of %(own)s. Import it from the list of those.")
        refuse(line, "", uploaded.title, why % {"other": other.source, "own": sheet.source})
        return None
    sound = _known(sheet, line, headings, refuse)
    for number, row in uploaded.lines[1:]:
        if any(cell.strip() for cell in row[len(headings) :]):
            sound = False
            refuse(number, "", "", _("has more cells than there are headings: a comma or quotation mark is wrong."))
    return headings if sound else None


def _known(sheet: Sheet, line: int, headings: list[str], refuse: Refuse) -> bool:
    """Whether each heading is known and stands there once, and the key is among them."""
    sound = True
    for place, heading in enumerate(headings, 1):
        if heading in headings[: place - 1]:
            refuse(line, heading, heading, _("stands over two columns. Remove one of them."))
        elif heading not in sheet.headings:
            why = damage(heading) or _(
                "is no column that is known here. Take the headings from the template, or remove it."
            )
            refuse(line, heading or str(place), heading, why)
        else:
            continue
        sound = False
    if sheet.key not in headings:
        sound = False
        refuse(line, sheet.key, "", _("is missing: by it the records are known. Add the column, as in an export."))
    return sound


def _meant(sheet: Sheet, title: str, headings: list[str]) -> Sheet | None:
    """The other kind of record that a file is of, by the name of its sheet or by headings that only that kind has."""
    others = [one for one in sheets() if one is not sheet]
    if named := next((one for one in others if one.title == title), None):
        return named
    unknown = set(headings) - set(sheet.headings)
    fits = [one for one in others if set(headings) <= set(one.headings)]
    return fits[0] if unknown and fits else None
