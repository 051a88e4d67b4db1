"""The kinds of site as those see them who look after one: which facts they may propose to change.

They come from the descriptions of the types (`site_types`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from ..models import DesignatedSite

NAMES: Final = "names"  # the further names of a site: one fact, though kept as rows

Part = tuple[str | Promise, Sequence[str]]


@dataclass(frozen=True)
class EditableSiteType:
    """One kind of site. `parts` are the facts in the order of the form, each part with its title; a text that exists in
    several languages is named once."""

    sites: type[DesignatedSite]
    parts: tuple[Part, ...]

    @property
    def kind(self) -> str:
        """The word used in scopes and addresses."""
        return str(self.sites.kind)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The names of all facts that may be proposed: columns of the site, a translated text one for each language."""
        return tuple(column for _title, names in self.parts for name in names for column in self.columns(name))

    def columns(self, name: str) -> Iterator[str]:
        """The columns of one entry of `parts`, English first."""
        if name in translator.get_options_for_model(self.sites).all_fields:
            yield from (build_localized_fieldname(name, code) for code, _language in settings.LANGUAGES)
        else:
            yield name


_kinds: dict[str, EditableSiteType] = {}


def register_editable_site_type(kind: EditableSiteType) -> None:
    _kinds[kind.kind] = kind


def editable_site_type(kind: str) -> EditableSiteType | None:
    return _kinds.get(kind)


def kind_of(site: DesignatedSite) -> EditableSiteType:
    return _kinds[site.kind]


def editable_site_types() -> list[EditableSiteType]:
    return list(_kinds.values())


NAMES_PART: Final[Part] = (_("Names"), ("name", NAMES))
TEXT_PART: Final[Part] = (_("Text and links"), ("summary", "website", "unesco_url"))
SOURCES_PART: Final[Part] = (_("Sources"), ("sources",))


def designation_part(*further: str) -> Part:
    return (_("Designation"), ("designation_year", *further, "other_designations"))


def place_part(*further: str) -> Part:
    return (_("Place and areas"), ("admin_region", "latitude", "longitude", "accuracy_km", "area_ha", *further))
