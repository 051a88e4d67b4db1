"""Freezing a report: its figures are counted once more, must be those that were looked at, and stay for good."""

import datetime as dt
import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from ..models import DonorReport
from .coverage import Covers
from .figures import Document, figures
from .suppression import PublicTable, public_table
from .tables import Table


def canonical(document: object) -> str:
    """JSON in which the same values have the same letters: sorted keys, no spaces, no fractions."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(document: object) -> str:
    return hashlib.sha256(canonical(document).encode()).hexdigest()


@transaction.atomic
def freeze(
    *, title: str, covers: Covers, seen: str, by: User, replaces: DonorReport | None = None, note: str = ""
) -> DonorReport:
    """`seen` is the digest of the figures that the officer looked at; `note` goes with the report, as it is.

    ValidationError with the code `changed` when they are others by now.
    """
    counted = figures(covers)
    if not counted["activities"]:
        raise ValidationError(_("It covers no event and no training, so there is nothing to report."))
    if digest(counted) != seen:
        raise ValidationError(
            _("The figures have changed since you looked at them. Look again, then freeze."), "changed"
        )
    if replaces is not None:
        replaces = DonorReport.objects.select_for_update().get(pk=replaces.pk)
        if DonorReport.objects.filter(replaces=replaces).exists():
            raise ValidationError(_("That report has been corrected already: correct the latest one."), "replaced")
    at = timezone.now()
    document = counted | _heading(title, at, by, replaces, note)
    return DonorReport.objects.create(
        title=title, activity_id=covers.activity_id, fund_code=covers.fund_code,
        result_code=covers.result_code, funder_id=covers.funder_id, first_day=covers.first_day, last_day=covers.last_day,
        replaces=replaces, note=note, figures=document, checksum=digest(document), frozen_at=at, frozen_by_id=by.pk,
    )  # fmt: skip


def _heading(title: str, at: dt.datetime, by: User, replaces: DonorReport | None, note: str) -> Document:
    return {
        "title": title,
        "note": note,
        "frozen_at": at.isoformat(),
        "frozen_by_id": by.pk,
        "replaces": replaces.checksum if replaces else "",
    }


def is_sound(report: DonorReport) -> bool:
    """Whether the figures are still those of the checksum."""
    return digest(report.figures) == report.checksum


def tables_of(document: Document) -> list[Table]:
    return [Table.from_json(kept) for kept in document["tables"]]


def public_tables_of(document: Document) -> list[PublicTable]:
    """Those of which something may be public."""
    return [shown for table in tables_of(document) if (shown := public_table(table)) is not None]
