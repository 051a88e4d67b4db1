"""Sheets that are too long to be waited for: looked at, imported and exported by the worker.

How long is told from what a row cost where it was measured; a file that nobody has opened yet is judged by its size.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from record_admin.long_work import starting
from record_admin.long_work.asked import as_asked
from record_admin.long_work.kinds import Kind, Pace, register_kind
from record_admin.long_work.progress import Doing
from record_admin.models import LongWork
from record_import.exporting import exported
from record_import.models import SheetUpload
from record_import.registry import Records
from records.tables.workbooks import ZIP

from . import importing
from .allowed import listed, may_of, sheet_of
from .importing import End
from .mending import refused_lines

CHECKING: Final = Pace(0.003, "600 reserves of 8 columns looked at in 1.65 s, on 2 cores of November 2026")
IMPORTING: Final = Pace(0.009, "the same 600 written in 5.1 s")
EXPORTING: Final = {
    "csv": Pace(0.0005, "the same 600 exported in 0.27 s"),
    "xlsx": Pace(0.003, "the same 600 exported in 1.78 s"),
}
ROW_OF_WORKBOOK: Final = 400  # bytes that a row of some ten cells takes in the XML of a workbook


def is_long_to_check(content: bytes) -> bool:
    return CHECKING.is_long(rows_guessed(content))


def is_long_to_import(upload: SheetUpload) -> bool:
    counted = importing.counts(upload.shown)
    return IMPORTING.is_long(counted["new"] + counted["changed"]) or CHECKING.is_long(counted["unchanged"])


def rows_guessed(content: bytes) -> int:
    """About how many rows a file has, without reading it."""
    if not content.startswith(ZIP):
        return content.count(b"\n") + content.count(b"\r\0")
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [one.file_size for one in archive.infolist() if one.filename.startswith("xl/worksheets/")]
        return sum(sheets) // ROW_OF_WORKBOOK
    return 0


def check(*, sheet: Records, name: str, content: bytes, encoding: str, by: User) -> LongWork:
    """Keeps a file and has it looked at."""
    upload = importing.put_aside(sheet=sheet, name=name, content=content, by=by, encoding=encoding)
    return _asked(CHECK, upload, _("Check of a sheet: %(file)s"), by, {})


def do(*, upload: SheetUpload, seen: str, by: User, sound_only: bool = False) -> LongWork:
    """Has a sheet imported that was looked at. Asked for twice, it is done once."""
    return _asked(IMPORT, upload, _("Import: %(file)s"), by, {"seen": seen, "sound_only": sound_only})


def export(*, sheet: Records, address: str, ending: str, by: User) -> LongWork:
    """Has the records of a list exported: those of its filter, in its order."""
    label = sheet.model._meta.label_lower
    asked = hashlib.sha256(address.encode()).hexdigest()[:16]
    title = _("Export: %(kind)s") % {"kind": capfirst(str(sheet.model._meta.verbose_name_plural))}
    return starting.start(
        kind=EXPORT, title=f"{title}, {ending.upper()}", by_id=by.pk, once=f"{EXPORT.name}:{by.pk}:{ending}:{asked}",
        facts={"label": label, "address": address, "ending": ending},
    )  # fmt: skip


def work_of(upload: SheetUpload) -> LongWork | None:
    """What the worker does with an upload just now, or has to do; of one that nobody has looked at also what came of it."""
    own = LongWork.objects.filter(once__in=[_name(kind, upload) for kind in (CHECK, IMPORT)]).order_by("-pk")
    return own.open().first() or (own.first() if not upload.shown else None)


def mark_undone(upload: SheetUpload) -> None:
    starting.mark_undone(once=_name(IMPORT, upload))


def _asked(kind: Kind, upload: SheetUpload, title: str, by: User, facts: dict[str, object]) -> LongWork:
    known = {"label": upload.label, "upload": upload.pk}
    return starting.start(
        kind=kind, title=title % {"file": upload.name}, by_id=by.pk, once=_name(kind, upload), facts=known | facts
    )  # fmt: skip


def _name(kind: Kind, upload: SheetUpload) -> str:
    return f"{kind.name}:{upload.pk}"


def _check(doing: Doing) -> None:
    owner, sheet = sheet_of(doing.facts["label"])
    upload = SheetUpload.objects.get(pk=doing.facts["upload"], officer_id=doing.officer.pk)
    request = as_asked(doing.officer, reverse("admin:sheet_import", args=[upload.label]))
    may = may_of(request, doing.officer, owner, sheet)
    with doing.writing():
        passed = _passed(doing, _("All rows are read. Now the database is asked what it has against them."))
        importing.check(upload=upload, sheet=sheet, may=may, opened=doing.expects, passed=passed)
        doing.heed()
    doing.says("")
    _tell_problems(doing, upload.shown)
    doing.leads_to(_("What the import would do"), _look(upload))
    if refused_lines(upload.shown):
        doing.leads_to(_("The rows left out, as a sheet to mend"), _to_mend(upload))


def _passed(doing: Doing, then: str) -> Callable[[], None]:
    """Counts the rows, and says what comes after the last one: no number tells of that."""

    def passed() -> None:
        doing.passed()
        if doing.done >= doing.total:
            doing.says(then)

    return passed


def _import(doing: Doing) -> None:
    owner, sheet = sheet_of(doing.facts["label"])
    upload = SheetUpload.objects.get(pk=doing.facts["upload"], officer_id=doing.officer.pk)
    request = as_asked(doing.officer, _look(upload))
    may = may_of(request, doing.officer, owner, sheet)
    before, counted = upload.shown, importing.counts(upload.shown)
    doing.expects(counted["new"] + counted["changed"] + counted["unchanged"])

    passed = _passed(doing, _("All rows are read. Now they are written, all together."))
    with doing.writing():
        end = importing.do(
            upload=upload, seen=doing.facts["seen"], sheet=sheet, may=may, by=doing.officer, passed=passed,
            sound_only=doing.facts["sound_only"],
        )  # fmt: skip
        doing.heed()
    doing.done = doing.total
    upload.refresh_from_db()
    doing.leads_to(
        _("What would change now") if end == End.DIFFERENT else _("What was imported, and undoing it"), _look(upload)
    )
    if end == End.DIFFERENT:
        _tell_problems(doing, upload.shown)
        raise ValidationError(_("Nothing was imported: records have changed since you looked."))
    if upload.shown.get("left_out"):
        _tell_problems(doing, before)
        doing.leads_to(_("The rows left out, as a sheet to mend"), _to_mend(upload))
    doing.leads_to(_("To the list"), reverse(f"admin:{upload.label.replace('.', '_')}_changelist"))
    doing.says(_("%(new)d new, %(changed)d changed, %(unchanged)d unchanged.") % importing.counts(upload.shown))


def _export(doing: Doing) -> None:
    owner, sheet = sheet_of(doing.facts["label"])
    request = as_asked(doing.officer, doing.facts["address"])
    if not owner.has_view_or_change_permission(request):
        raise PermissionDenied
    with doing.reading():
        found = listed(owner.get_changelist_instance(request), doing.officer, sheet)
        doing.expects(len(found))
        doing.keep_answer(exported(sheet, found, ending=doing.facts["ending"], counted=doing.counted))


def _tell_problems(doing: Doing, shown: Mapping[str, Any]) -> None:
    """All of them at once, by row and by what the record is known by."""
    if not (told := shown.get("problems")):
        return
    keys = shown.get("keys", {})
    for line, column, value, why in told:
        doing.remark(why, row=line, name=keys.get(str(line), ""), column=column, value=value)
    doing.left_out = len(refused_lines(shown)) or 1


def _look(upload: SheetUpload) -> str:
    return reverse("admin:sheet_look", args=[upload.label, upload.pk])


def _to_mend(upload: SheetUpload) -> str:
    return reverse("admin:sheet_to_mend", args=[upload.label, upload.pk])


CHECK: Final = register_kind(
    Kind("sheet-check", _check, gettext_lazy("rows looked at"), gettext_lazy("Nothing has been changed."))
)
IMPORT: Final = register_kind(
    Kind("sheet-import", _import, gettext_lazy("rows read"), gettext_lazy("Nothing was imported."))
)
EXPORT: Final = register_kind(Kind("sheet-export", _export, gettext_lazy("rows"), gettext_lazy("There is no file.")))
