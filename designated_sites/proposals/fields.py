"""Form fields for the facts of a site, made from the columns of its model."""

from typing import Any, Final

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.address_fields import AddressFormField
from records.form_fields import ChecksField, LinesField, TextField
from records.formats.vocabulary import Language
from records.template_context import Context, Keywords

from ..models import SiteName
from ..stewardship import facts
from ..stewardship.editable_site_types import NAMES, EditableSiteType

EMPTY_ROWS: Final = 3
MOST_ROWS: Final = 60
LONGEST_NAME: Final = 150


class NamesWidget(forms.Widget):
    """Rows of name, kind and language, and a few empty ones: no script is needed to add a name."""

    template_name = "designated_sites/widgets/names.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: object) -> Context:
        held = [tuple(row) for row in value or ()]
        rows = [*held, *[("local", "", "")] * EMPTY_ROWS][:MOST_ROWS]
        return {
            "name_of_field": name,
            "rows": rows,
            "kinds": SiteName.Kind.choices,
            "languages": [("", "–"), *Language.choices],
            "longest": LONGEST_NAME,
        }

    def value_from_datadict(self, data: Any, files: object, name: str) -> list[list[str]]:
        rows = []
        for number in range(MOST_ROWS):
            parts = [data.get(f"{name}-{number}-{part}", "") for part in ("kind", "language", "name")]
            if parts[2].strip():
                rows.append([*parts[:2], " ".join(parts[2].split())])
        return rows

    def value_omitted_from_data(self, data: object, files: object, name: str) -> bool:
        return False


class NamesField(forms.Field):
    """The further names of a site as lists of kind, language and name."""

    widget = NamesWidget

    def to_python(self, value: Any) -> list[list[str]]:
        rows: list[list[str]] = value or []
        for kind, language, name in rows:
            if kind not in SiteName.Kind.values or (language and language not in Language.values):
                raise ValidationError(_now("Choose kind and language of “%(name)s” from the lists.") % {"name": name})
            if len(name) > LONGEST_NAME:
                raise ValidationError(_now("“%(name)s…” is too long: at most 150 characters.") % {"name": name[:30]})
        for row in rows:
            if rows.count(row) > 1:
                raise ValidationError(_now("“%(name)s” stands there twice.") % {"name": row[2]})
        return rows


def field_of(kind: EditableSiteType, name: str, held: object) -> forms.Field:
    """The field for one fact; `held` is what the record holds."""
    label = facts.label(kind, name)
    if name == NAMES:
        return NamesField(
            label=label, required=False,
            help_text=_("In every script, and as people search for it. Empty a line to take a name out."),
        )  # fmt: skip
    column: Any = kind.sites._meta.get_field(name)
    common: Keywords = {"label": label, "help_text": column.help_text, "required": not column.blank}
    if isinstance(column, ArrayField):
        return _list_field(column, common, held)
    if hasattr(column, "translated_field"):
        return _text_field(column, common | {"required": False})
    if isinstance(column, models.URLField):
        return AddressFormField(max_length=column.max_length, **common)
    if isinstance(column, models.IntegerField | models.DecimalField):
        mode = "decimal" if isinstance(column, models.DecimalField) else "numeric"
        common["widget"] = forms.TextInput(attrs={"inputmode": mode})
    made: forms.Field = column.formfield(**common)
    return made


def _list_field(column: Any, common: dict[str, object], held: Any) -> forms.Field:
    if column.base_field.choices:
        checks = ChecksField(choices=list(column.base_field.choices), **common)
        checks.admit(held)
        return checks
    return LinesField(column.base_field.formfield(), **common)


def _text_field(column: Any, common: Keywords) -> forms.Field:
    language = {"lang": column.language}
    if isinstance(column, models.TextField):
        return TextField(widget=forms.Textarea(attrs={"rows": 5, **language}), **common)
    return forms.CharField(max_length=column.max_length, widget=forms.TextInput(attrs=language), **common)
