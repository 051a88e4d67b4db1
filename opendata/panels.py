"""What pages show that only this floor can know: what lies near a site of either kind, documents of what took place there,
the calendars of a member state and of a programme."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.icalendar.addresses import Address
from activities.models import Activity
from designated_sites.models import DesignatedSite
from network.models import Document, MemberState, Programme
from records.listing.panels import Panel, register

from .calendars.choices import of_programme, of_state, used_programmes
from .map.nearby import nearby

SITES = ("reserves.biospherereserve", "geoparks.geopark")


def nearby_sites(site: DesignatedSite) -> Panel | None:
    found = nearby(site)
    if not found:
        return None
    return Panel(
        key="nearby",
        title=_("Nearby sites"),
        note=_("As the crow flies between two points. The less exact the points, the rounder the figure."),
        template="opendata/_nearby.html",
        context={"sites": found},
        order=80,
    )


def documents_of_site(site: DesignatedSite) -> Panel | None:
    """Documents of the events and trainings that are about the site or took place there."""
    here = set(Activity.objects.published().filter(site_links__site=site).order_by().values_list("pk", flat=True))
    if not here:  # as with most sites
        return None
    linked = Document.objects.filter(activities__in=here).order_by().values("pk")
    found = list(Document.objects.published().filter(pk__in=linked))
    if not found:
        return None
    return Panel(
        key="documents",
        title=_("Documents"),
        note=_("Of the events and trainings here."),
        template="opendata/_documents_of_site.html",
        context={"documents": found},
        order=75,
    )


def _calendar(address: Address, name: str, note: Promise) -> Panel:
    context = {"address": address, "whose": name}
    return Panel(
        key="calendar", title=_("Calendar"), note=note, template="opendata/_calendar.html", context=context, order=85
    )


def calendar_of_state(state: MemberState) -> Panel:
    return _calendar(of_state(state), state.name, _("Events and trainings held here."))


def calendar_of_programme(programme: Programme) -> Panel | None:
    if not used_programmes().filter(pk=programme.pk).exists():
        return None
    return _calendar(of_programme(programme), programme.name, _("Events and trainings of the programme."))


register(["network.memberstate"], calendar_of_state)
register(["network.programme"], calendar_of_programme)
register(SITES, documents_of_site)
register(SITES, nearby_sites)
