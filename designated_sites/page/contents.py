"""What the page of one site says: its names by kind, its point and how exact it is, how far its sources carry."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from records.listing.panels import Panel

from ..models import DesignatedSite, SiteName

NAME_LABELS = {
    SiteName.Kind.OFFICIAL: gettext_lazy("Official name"),
    SiteName.Kind.FORMER: gettext_lazy("Former name"),
    SiteName.Kind.ROMANISED: gettext_lazy("Also written"),
    SiteName.Kind.ALIAS: gettext_lazy("Also known as"),
}


@dataclass(frozen=True)
class NameLine:
    """The names of one kind, under one label."""

    label: str | Promise
    names: list[SiteName]


@dataclass(frozen=True)
class Anchor:
    """A section of the page, for the list of contents."""

    key: str
    title: str | Promise


def local_names(site: DesignatedSite) -> list[SiteName]:
    return [name for name in site.names.all() if name.kind == SiteName.Kind.LOCAL]


def name_lines(site: DesignatedSite) -> list[NameLine]:
    """The names beside the English and the local ones."""
    lines = [
        NameLine(label, [name for name in site.names.all() if name.kind == kind]) for kind, label in NAME_LABELS.items()
    ]
    return [line for line in lines if line.names]


def accuracy(site: DesignatedSite) -> str:
    """How the point is to be read."""
    if site.latitude is None:
        return _("No point is recorded for this site.")
    if site.accuracy_km is None:
        return _("One representative point, not a boundary. How exact it is has not been recorded.")
    return ngettext(
        "One representative point, not a boundary. It may be up to %(km)d km off.",
        "One representative point, not a boundary. It may be up to %(km)d km off.",
        site.accuracy_km,
    ) % {"km": site.accuracy_km}


def contents(own: list[Anchor], site: DesignatedSite, panels: list[Panel], *, has_history: bool) -> list[Anchor]:
    """The sections in the order of the page: the site's own, pictures, what other apps add, the record itself at the end."""
    pictures = [Anchor("pictures", gettext_lazy("Pictures and map"))] if site.photos.all() else []
    added = [Anchor(panel.key, panel.title) for panel in panels]
    history = [Anchor("history", gettext_lazy("Changes"))] if has_history else []
    ends = [Anchor("sources", gettext_lazy("Sources")), *history, Anchor("cite", gettext_lazy("How to cite"))]
    return [*own, *pictures, *added, *ends]
