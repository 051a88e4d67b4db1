"""The page of a site for machines, in the words of schema.org (JSON-LD). What is not known is left out."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from network.models import MemberState
from records.listing.exports import plain_number

from ..models import DesignatedSite

HECTARE: Final = "HAR"  # UN/CEFACT, as schema.org asks for
# Within a script element no text may look like its end, nor like a comment.
_ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}

Property = dict[str, Any]


def fact(name: str, value: object, unit: str = "") -> list[Property]:
    """One fact as a property, or nothing when it is not known. Names are those of the downloads."""
    if value in (None, "", []):
        return []
    number = plain_number(value) if isinstance(value, Decimal) else value
    return [{"@type": "PropertyValue", "name": name, "value": number} | ({"unitCode": unit} if unit else {})]


def _names(site: DesignatedSite) -> list[object]:
    return [
        {"@value": name.name, "@language": name.language} if name.language else name.name for name in site.names.all()
    ]


def _photos(site: DesignatedSite) -> list[object]:
    return [
        {
            "@type": "ImageObject",
            "contentUrl": settings.SITE_URL + photo.image.url,
            "caption": photo.alt,
            "creditText": photo.credit,
        }
        for photo in site.photos.all()
    ]


def _place(site: DesignatedSite, states: Iterable[MemberState], more: list[Property]) -> dict[str, Any]:
    point = None
    if site.latitude is not None and site.longitude is not None:
        point = {"@type": "GeoCoordinates", "latitude": float(site.latitude), "longitude": float(site.longitude)}
    return {
        "@type": "Place",
        "identifier": f"{site.kind}:{site.slug}",
        "name": site.name,
        "alternateName": _names(site),
        "description": site.summary,
        "containedInPlace": [{"@type": "Country", "identifier": state.code, "name": state.name} for state in states],
        "geo": point,
        "image": _photos(site),
        "url": site.website,
        "subjectOf": {"@type": "WebPage", "url": site.unesco_url} if site.unesco_url else None,
        "additionalProperty": [
            *fact("status", site.status),
            *fact("designation_year", site.designation_year),
            *fact("area_ha", site.area_ha, HECTARE),
            *fact("accuracy_km", site.accuracy_km, "KMT" if point else ""),
            *more,
            *fact("other_designations", site.other_designations),
        ],
    }


def linked_data(site: DesignatedSite, states: Iterable[MemberState], more: list[Property]) -> SafeString:
    """`more` are facts that only this kind of site has. Safe to stand in a script element as it is."""
    url = settings.SITE_URL + site.get_absolute_url()
    place = {name: value for name, value in _place(site, states, more).items() if value not in (None, "", [])}
    page = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "inLanguage": get_language(),
        "dateModified": site.updated_at.isoformat(),
        "publisher": {"@type": "Organization", "name": str(settings.SITE_NAME), "url": f"{settings.SITE_URL}/"},
        "mainEntity": place,
    }
    return mark_safe(json.dumps(page, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))
