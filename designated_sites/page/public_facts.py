"""The columns of a site whose changes the public may read, each with its label and how a value is put into words.

A column that is not named here is never shown: who confirmed, reviews and their outcomes, whether a record is published.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.formats.measures import grouped
from records.formats.vocabulary import Confidence, Designation

from ..models import DesignatedSite


@dataclass(frozen=True)
class PublicFact:
    """`words` puts a value as the history keeps it (JSON) into words; None when only the change itself is told."""

    label: str | Promise
    words: Callable[[Any], str] | None = None


def hectares(value: object) -> str:
    return _now("%(number)s ha") % {"number": grouped(Decimal(str(value)))}


def kilometres(value: object) -> str:
    return _now("%(number)s km") % {"number": value}


def listed(value: Any) -> str:
    return ", ".join(map(str, value))


def chosen(choices: Mapping[str, object]) -> Callable[[Any], str]:
    """The label of a value; of each value where there are several."""

    def words(value: Any) -> str:
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(choices.get(one, one)) for one in values)

    return words


COMMON: Final[dict[str, PublicFact]] = {
    "name": PublicFact(_("Name"), str),
    "status": PublicFact(_("Status"), chosen(dict(DesignatedSite.Status.choices))),
    "designation_year": PublicFact(_("Year of designation"), str),
    "area_ha": PublicFact(_("Total area"), hectares),
    "latitude": PublicFact(_("Point on the map")),
    "longitude": PublicFact(_("Point on the map")),
    "accuracy_km": PublicFact(_("Accuracy of the point"), kilometres),
    "admin_region_en": PublicFact(_("Region"), str),
    "summary_en": PublicFact(_("Summary")),
    "other_designations": PublicFact(_("Other designations"), chosen(dict(Designation.choices))),
    "website": PublicFact(_("Website")),
    "unesco_url": PublicFact(_("Page at UNESCO")),
    "sources": PublicFact(_("Sources")),
    "confidence": PublicFact(_("Confidence"), chosen(dict(Confidence.choices))),
}
