"""How the record of a site is cited: in words, as BibTeX, as RIS. All of it comes from the record.

The day on which a reader saw the page is the reader's to add.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from records.formats.date_formatting import HOUSE_ZONE, date_words
from records.language_of_address import addresses_without_language

from ..models import DesignatedSite
from .redirects import moved_to

# One letter of the alphabet of TeX as TeX prints it.
_TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Citation:
    key: str
    title: str
    publisher: str
    url: str
    changed_on: dt.date

    @property
    def text(self) -> str:
        return _("%(publisher)s (%(year)d): %(title)s. Record last changed on %(day)s. %(url)s") % {
            "publisher": self.publisher,
            "year": self.changed_on.year,
            "title": self.title,
            "day": date_words(self.changed_on),
            "url": self.url,
        }

    @property
    def bibtex(self) -> str:
        """Braces around title and publisher keep capitals and the name of the body as they are."""
        publisher, title = self.publisher.translate(_TEX), self.title.translate(_TEX)
        fields = {
            "author": f"{{{publisher}}}",
            "title": f"{{{title}}}",
            "publisher": publisher,
            "year": str(self.changed_on.year),
            "url": self.url,
            "note": f"Record last changed on {self.changed_on.isoformat()}",
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{{self.key},\n{lines}}}\n"

    @property
    def ris(self) -> str:
        lines = [
            ("TY", "ELEC"),
            ("ID", self.key),
            ("AU", self.publisher),
            ("TI", self.title),
            ("PB", self.publisher),
            ("PY", str(self.changed_on.year)),
            ("DA", self.changed_on.strftime("%Y/%m/%d")),
            ("UR", self.url),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines)


def citation_of(site: DesignatedSite) -> Citation:
    """The address is the one without a language: a citation leads every reader to the same page."""
    label = {"reserve": _("biosphere reserve"), "geopark": _("geopark")}[site.kind]
    with addresses_without_language():
        path = reverse(f"{site.kind}-detail", args=[site.slug])
    return Citation(
        key=f"eabrn-{site.kind}-{site.slug}",
        title=_title(site.name, label),
        publisher=str(settings.SITE_NAME),
        url=settings.SITE_URL + path,
        changed_on=site.updated_at.astimezone(ZoneInfo(HOUSE_ZONE)).date(),
    )


def _title(name: str, kind: str) -> str:
    """Name and kind, unless the name says the kind already: Jeju Island UNESCO Global Geopark."""
    return name if kind.casefold() in name.casefold() else _("%(name)s, %(kind)s") % {"name": name, "kind": kind}


FORMATS: Final = {"bib": ("bibtex", "application/x-bibtex"), "ris": ("ris", "application/x-research-info-systems")}


def citation_view(model: Any) -> Callable[..., HttpResponse]:
    """The view of `/reserves/<slug>.bib` and its like. An old address gives the citation of the present one."""

    @require_safe
    def view(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
        sites = model.objects.published()
        site = sites.filter(slug=slug).first() if ending in FORMATS else None
        if site is None and ending in FORMATS:
            site = moved_to(sites, slug)
        if site is None:
            raise Http404(f"no citation {slug[:80]}.{ending[:20]}")
        name, media_type = FORMATS[ending]
        response = HttpResponse(getattr(citation_of(site), name), content_type=f"{media_type}; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{site.slug}.{ending}"'
        return response

    return view
