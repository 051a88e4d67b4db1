"""Marks of values, and what a form that came back says about the version it was made from."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django import forms
from django.db import models
from django.db.models.fields.files import FieldFile
from django.http import QueryDict
from django.utils.translation import gettext as _

SEEN: Final = "_seen"
KEEP: Final = "_keep-"
MINE: Final = "mine"
THEIRS: Final = "theirs"
Author = Callable[
    [models.Model, str], str
]  # who changed a column of a record or row last, and when, in words; "" if nobody knows


def mark_of(value: object) -> str:
    """Tells one value of a record from another; nothing, an empty text and an empty list are the same."""
    if isinstance(value, models.Model):
        value = value.pk
    elif isinstance(value, FieldFile):
        value = value.name
    elif isinstance(value, models.QuerySet | list | tuple):
        value = [one.pk if isinstance(one, models.Model) else one for one in value]
        value = sorted(value, key=str)
    elif isinstance(value, dt.datetime) and value.tzinfo:
        value = value.astimezone(dt.UTC).isoformat()
    elif isinstance(value, Decimal):
        value = f"{value.normalize():f}"
    plain = "" if value in (None, "", []) else str(value)
    return hashlib.blake2s(plain.encode(), digest_size=5).hexdigest()


def key_of(form: forms.BaseModelForm, name: str = "") -> str:
    """A field of the record by its name; of a row by the rows' name and the row's number, which stays when rows move."""
    if not form.prefix:
        return name
    rows = form.prefix.rpartition("-")[0]
    return "-".join(filter(None, [rows, str(form.instance.pk or posted_row(form)), name]))


def posted_row(form: forms.BaseModelForm) -> str:
    return str(form.data.get(form.add_prefix(form._meta.model._meta.pk.name), "")) if form.is_bound else ""


def compared(form: forms.BaseForm) -> list[str]:
    """The fields that show a value of the record."""
    return [name for name, shown in form.fields.items() if name in form.initial and not _is_fixed(shown)]


def _is_fixed(shown: forms.Field) -> bool:
    return shown.disabled or isinstance(shown, forms.models.InlineForeignKeyField)


def marks_of(form: forms.BaseModelForm) -> dict[str, str]:
    """Marks of what the record or row holds, by field. A form shows moments on some clock; what counts is the instant."""
    if form.instance._state.adding:
        return {}
    columns = {field.name: field.attname for field in form.instance._meta.concrete_fields}
    return {
        name: mark_of(getattr(form.instance, columns[name]) if name in columns else form.initial[name])
        for name in compared(form)
    }


@dataclass(frozen=True)
class Conflict:
    """One value, or one row, of which there are two versions. `mark` is that of the version in the record."""

    key: str
    label: str
    yours: str
    now: str
    by: str
    mark: str
    chosen: str = ""

    @property
    def options(self) -> list[tuple[str, str, str, bool]]:
        """Value of the radio button, whose version it is, the version, and whether it is chosen already."""
        return [
            (f"{MINE}:{self.mark}", _("Yours"), self.yours, self.chosen == MINE),
            (f"{THEIRS}:{self.mark}", _("Now in the record"), self.now, self.chosen == THEIRS),
        ]


@dataclass
class Sheet:
    """What a form that came back says about the version it was made from, and what was found out about it."""

    seen: Mapping[str, str]
    choices: Mapping[str, str]
    author: Author
    conflicts: list[Conflict] = field(default_factory=list)

    @classmethod
    def read(cls, posted: QueryDict, author: Author) -> "Sheet":
        try:
            seen = json.loads(posted.get(SEEN) or "")
        except ValueError:
            seen = None
        choices = {name.removeprefix(KEEP): str(posted[name]) for name in posted if name.startswith(KEEP)}
        return cls(seen if isinstance(seen, dict) else {}, choices, author)

    def choice(self, key: str, mark: str) -> str:
        """Whose version is kept, if that was decided for the version which the record holds now."""
        side, _colon, against = self.choices.get(key, "").partition(":")
        return side if against == mark and side in (MINE, THEIRS) else ""

    def to_carry(self, forms_shown: Sequence[forms.BaseModelForm]) -> str:
        """The marks that the form shown next carries: what is undecided stays as it was seen."""
        marks: dict[str, str] = {}
        for form in forms_shown:
            found = getattr(form, "marks", None)  # taken before what was sent was put into the record
            found = marks_of(form) if found is None else found
            marks |= {key_of(form, name): mark for name, mark in found.items()}
        undecided = {conflict.key for conflict in self.conflicts if not conflict.chosen}
        kept = {key: self.seen.get(key, "") for key in marks if key in undecided or _row_of(key) in undecided}
        return json.dumps(marks | kept, separators=(",", ":"))


def _row_of(key: str) -> str:
    return key.rpartition("-")[0]
