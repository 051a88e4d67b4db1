"""Importing a sheet of records: it is kept and looked at first, and done only while it does what the officer was shown."""

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from history import audit, undoing
from history.actor import set_reason
from record_import.loading import one_at_a_time
from record_import.models import SheetUpload
from record_import.registry import Records, sheets
from record_import.rows import Problem
from record_import.sheet_comparison import May, SheetDifference, compare, digest
from record_import.sheet_import import rehearse, without, write
from record_import.uploaded_files import Uploaded, read
from records.tables.encodings import ENCODINGS, named

from .mending import refused_lines, sheet_to_mend

KEPT: Final = dt.timedelta(days=7)
What = audit.What


Passed = Callable[[], None]
"""Told of each row, between two rows; what it raises ends the import, and nothing of it stays."""


def alone() -> None:
    """Nobody watches."""


class End(StrEnum):
    """How an import that was asked for has ended."""

    DONE = "done"
    DONE_BEFORE = "done before"
    DIFFERENT = "different"  # it would do something else by now than what was shown; nothing is written


@transaction.atomic
def keep(*, sheet: Records, name: str, content: bytes, may: May, by: User, encoding: str = "") -> SheetUpload:
    """Keeps a file with what its import would do. ValidationError when it is none that can be read. `encoding` is one that
    the officer has chosen."""
    uploaded = _read(sheet, content, encoding)
    shown = _shown(sheet, uploaded, may) | {"delimiter": uploaded.delimiter, "doubt": uploaded.doubt}
    return SheetUpload.objects.create(
        officer_id=by.pk, label=sheet.model._meta.label_lower, name=name[-150:], content=content, encoding=uploaded.encoding,
        shown=shown,
    )  # fmt: skip


def put_aside(*, sheet: Records, name: str, content: bytes, by: User, encoding: str = "") -> SheetUpload:
    """Keeps a file that is too long to be looked at while somebody waits; `check` does that."""
    return SheetUpload.objects.create(
        officer_id=by.pk, label=sheet.model._meta.label_lower, name=name[-150:], content=content,
        encoding=encoding and ENCODINGS[encoding][0],
    )  # fmt: skip


@transaction.atomic
def check(*, upload: SheetUpload, sheet: Records, may: May, opened: Callable[[int], None], passed: Passed) -> None:
    """Looks at a file that was put aside. `opened` is told how many rows it has."""
    uploaded = _read(sheet, bytes(upload.content), named(upload.encoding))
    opened(max(len(uploaded.lines) - 1, 0))
    shown = _shown(sheet, uploaded, may, passed) | {"delimiter": uploaded.delimiter, "doubt": uploaded.doubt}
    upload.encoding, upload.shown = uploaded.encoding, shown
    upload.save(update_fields=["encoding", "shown"])


@transaction.atomic
def do(
    *,
    upload: SheetUpload,
    seen: str,
    sheet: Records,
    may: May,
    by: User,
    passed: Passed = alone,
    sound_only: bool = False,
) -> End:
    """Imports what was looked at, all or nothing, in the officer's name. `seen` is the digest of what was shown.

    With `sound_only` the rows with which nothing is wrong, all of them or none; the others stay as a sheet to be mended.
    ValidationError where a sound row names one that is left out.

    The upload stays locked meanwhile: sent twice, the second finds it done.
    """
    upload = SheetUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.done_at:
        return End.DONE_BEFORE
    one_at_a_time()
    uploaded = _read(sheet, bytes(upload.content), named(upload.encoding))
    found = compare(sheet, uploaded, may, passed)
    now = _with_rehearsal(found) if sound_only else found.shown()
    if (sound_only or not found.problems) and digest(now) == seen == digest(upload.shown):
        # The middleware has said who; why, for each change of this transaction.
        set_reason(_("Imported from %(file)s") % {"file": upload.name})
        left = refused_lines(now)
        sound = without(found, left)
        wrong = _written(sound)
        if not wrong:
            _close(upload, sound, by, sheet_to_mend(sheet, uploaded, left) if left else b"", len(left))
            return End.DONE
        found.problems += wrong
    upload.shown = {**upload.shown, **_with_rehearsal(found)}
    upload.save(update_fields=["shown"])
    return End.DIFFERENT


@transaction.atomic
def undo(*, upload: SheetUpload, reason: str) -> int:
    """Takes an import back as one act; how many changes of rows that were. ValidationError that names the rows which were
    changed since: then all stays as it is. Sent twice, the second finds it done."""
    upload = SheetUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.undone_at or upload.done_at is None or upload.transaction is None:
        return 0
    one_at_a_time()
    set_reason(reason or _("Import of %(file)s undone") % {"file": upload.name})
    taken_back = undoing.undo(number=upload.transaction)
    upload.undone_at = timezone.now()
    upload.save(update_fields=["undone_at"])
    return taken_back


def counts(shown: Mapping[str, Any]) -> dict[str, int]:
    """How many rows make a record, change one, change nothing, and how many problems there are."""
    return {
        name: shown[name] if isinstance(shown[name], int) else len(shown[name])
        for name in ("new", "changed", "unchanged", "problems")
    }


def rows_to_mend(*, upload: SheetUpload, sheet: Records) -> bytes:
    """The rows that something is wrong with, as a sheet; once the others were imported it is what was kept of the file."""
    if upload.done_at:
        return bytes(upload.content)
    lines = refused_lines(upload.shown)
    return sheet_to_mend(sheet, _read(sheet, bytes(upload.content), named(upload.encoding)), lines) if lines else b""


def _written(found: SheetDifference) -> list[Problem]:
    try:
        return write(found)
    except KeyError as error:
        raise ValidationError(
            _("A row that is right names one that is left out. Mend that one first, or take none.")
        ) from error


def _close(upload: SheetUpload, found: SheetDifference, by: User, to_mend: bytes, left: int) -> None:
    counted = counts(found.shown()) | {"problems": 0, "left_out": left}
    detail = f"{upload.label}: {counted['new']} new, {counted['changed']} changed, {counted['unchanged']} unchanged"
    detail += f", {left} left out" if left else ""
    audit.note(what=What.IMPORTED, by_id=by.pk, detail=detail)
    upload.done_at, upload.content, upload.shown = timezone.now(), to_mend, counted
    upload.transaction = undoing.this_transaction()
    upload.save(update_fields=["done_at", "content", "shown", "transaction"])


def _read(sheet: Records, content: bytes, encoding: str) -> Uploaded:
    return read(content, titles=[one.title for one in sheets()], headings=sheet.headings, encoding=encoding)


def _shown(sheet: Records, uploaded: Uploaded, may: May, passed: Passed = alone) -> dict[str, object]:
    one_at_a_time()
    return _with_rehearsal(compare(sheet, uploaded, may, passed))


def _with_rehearsal(found: SheetDifference) -> dict[str, object]:
    """What is shown: with what the database's own rules have against the rows, which is asked by writing and undoing."""
    known = {(one.line, one.why) for one in found.problems}
    more = [one for one in rehearse(found) if (one.line, one.why) not in known]
    found.problems = sorted([*found.problems, *more], key=lambda one: one.line)
    return found.shown()
