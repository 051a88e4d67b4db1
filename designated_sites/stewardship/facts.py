"""Single facts of a site: read and written as JSON keeps them, told in words, checked by the rules of the model.

What is not known is the empty text, or the empty list where a fact is a list.
"""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from record_import.fields import canonical
from records.formats.measures import grouped
from records.formats.vocabulary import Language

from ..models import DesignatedSite, SiteName
from .editable_site_types import NAMES, EditableSiteType

SINGLE_WORDS = {
    "latitude",
    "longitude",
    "designation_year",
    "accuracy_km",
}  # numbers that are not set apart by thousands


def as_kept(value: object) -> object:
    """A value of a column or of a form, as proposals keep it."""
    kept = canonical(value)
    return "" if kept is None else kept


def read(site: DesignatedSite, name: str) -> Any:
    """What the record holds now."""
    if name == NAMES:
        return [[one.kind, one.language, one.name] for one in site.names.all()]
    return as_kept(getattr(site, name))


def read_all(kind: EditableSiteType, site: DesignatedSite) -> dict[str, object]:
    return {name: read(site, name) for name in kind.facts}


def digest(*values: object) -> str:
    """Tells whether what somebody was shown is still so."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:32]


def set_column(site: DesignatedSite, name: str, value: object) -> None:
    """Sets a fact that is a column; nothing is saved. What is no value of its kind becomes a ValidationError."""
    column: Any = site._meta.get_field(name)
    setattr(site, name, None if value == "" and column.null else column.to_python(value))


def check_columns(site: DesignatedSite, names: Iterable[str]) -> None:
    """The model's own rules for facts that were just set, and the constraints of the whole record."""
    wanted = set(names)
    site.clean_fields(exclude=[one.name for one in site._meta.fields if one.name not in wanted])
    site.validate_constraints(exclude={"slug"})  # no fact, and asks the database


def check_names(site: DesignatedSite, rows: Iterable[Iterable[str]]) -> None:
    """The model's own rules for the further names of a site."""
    seen: set[tuple[str, ...]] = set()
    for of_kind, language, name in rows:
        row = (of_kind, language, name)
        SiteName(site=site, kind=of_kind, language=language, name=name).clean_fields()
        if row in seen:
            raise ValidationError(_("“%(name)s” stands there twice.") % {"name": name})
        seen.add(row)


def write_names(site: DesignatedSite, rows: Iterable[Iterable[str]]) -> None:
    """Makes the further names of a site these, in this order; rows that stay are left as they are."""
    wanted: list[tuple[str, ...]] = [tuple(row) for row in rows]
    held: dict[tuple[str, ...], SiteName] = {(one.kind, one.language, one.name): one for one in site.names.all()}
    for row, one in held.items():
        if row not in wanted:
            one.delete()
    for order, row in enumerate(wanted):
        one = held.get(row) or SiteName(site=site, kind=row[0], language=row[1], name=row[2], order=-1)
        if one.order != order:
            one.order = order
            one.save()


def label(kind: EditableSiteType, name: str) -> str:
    """What a fact is called; a text in another language than English with the language's own name."""
    if name == NAMES:
        return capfirst(str(SiteName._meta.verbose_name_plural))
    column: Any = kind.sites._meta.get_field(name)
    if not hasattr(column, "translated_field"):
        return capfirst(str(column.verbose_name))
    text = capfirst(str(column.translated_field.verbose_name))
    if column.language == settings.LANGUAGE_CODE:
        return text
    return f"{text} ({dict(settings.LANGUAGES)[column.language]})"


def words(kind: EditableSiteType, name: str, value: Any) -> list[str]:
    """A fact as a reader reads it, one line for each of its values; no line when it is not known."""
    if value in ("", []):
        return []
    if name == NAMES:
        return [_name_in_words(*row) for row in value]
    column: Any = kind.sites._meta.get_field(name)
    if isinstance(column, ArrayField):
        labels = dict(column.base_field.flatchoices)
        return [str(labels.get(one, one)) for one in value]
    if column.flatchoices:
        return [str(dict(column.flatchoices).get(value, value))]
    if column.get_internal_type() == "DecimalField" and name not in SINGLE_WORDS:
        return [grouped(Decimal(value))]
    return str(value).splitlines()


def _name_in_words(of_kind: str, language: str, name: str) -> str:
    what = [str(dict(SiteName.Kind.choices).get(of_kind, of_kind))]
    if language:
        what.append(str(dict(Language.choices).get(language, language)))
    return f"{name} ({', '.join(what)})"
