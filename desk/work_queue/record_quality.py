"""What the records themselves ask for: reviews, confirmations, duplicates, words in other languages, what is over."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.persons import duplicates as people_twice
from designated_sites.duplicates import finding as duplicates
from designated_sites.models import DesignatedSite
from designated_sites.models.review_clock import ReviewCycleState
from designated_sites.review_cycle.counts import CycleCounts, clock_counts
from events.models import Event
from geoparks.models import Geopark
from network.models import Document, MemberState, Partner, Programme
from record_admin.untranslated import lacking_counts
from records.formats.date_formatting import span_words
from records.models import Sourced
from reserves.models import BiosphereReserve
from trainings.certificates.left_to_certify import left_to_certify
from trainings.models import Training

from .lines import LIST, Line, Reader, list_of, plural, waiting

LONG: Final = dt.timedelta(days=183)
SITES: Final[tuple[type[BiosphereReserve] | type[Geopark], ...]] = (BiosphereReserve, Geopark)
TRANSLATED: Final[tuple[type[Sourced], ...]] = (
    BiosphereReserve,
    Geopark,
    Event,
    Training,
    Document,
    Programme,
    Partner,
    MemberState,
)
CLOCKS: Final[dict[type[DesignatedSite], dict[ReviewCycleState, Promise]]] = {
    BiosphereReserve: {
        ReviewCycleState.OVERDUE: _("Periodic reviews overdue"),
        ReviewCycleState.SUBMITTED: _("Periodic reviews: report received, not decided"),
        ReviewCycleState.DUE: _("Periodic reviews due within three months"),
        ReviewCycleState.SOON: _("Periodic reviews due within 18 months"),
    },
    Geopark: {
        ReviewCycleState.OVERDUE: _("Revalidations overdue"),
        ReviewCycleState.SUBMITTED: _("Revalidations: summary or report received, not decided"),
        ReviewCycleState.DUE: _("Revalidations due within three months"),
        ReviewCycleState.SOON: _("Revalidations due within 18 months"),
    },
}


def reviews(reader: Reader) -> Iterator[Line]:
    for model, asked in CLOCKS.items():
        counts = clock_counts(model, reader.now, reader.version) if reader.sees(model) else {}
        for state, words in asked.items():
            standing = counts.get(state.value, CycleCounts())
            if standing.number:
                day = standing.first_due
                page = list_of(model, clock=state.value)
                meaning = _("first due") if day else ""
                yield Line(words, standing.number, page, day, meaning, where=plural(model), act=LIST)


def over(reader: Reader) -> Iterator[Line]:
    """Events and trainings that are over, and of which something is still to be done."""
    for model, still_announced in (
        (Event, _("Events over, still announced")),
        (Training, _("Trainings over, still announced")),
    ):
        past = model.objects.over_but_announced()
        yield from waiting(reader, still_announced, model, past, "starts_at", plural(model), left="announced")
    for room, words in (
        (Training, _("Trainings with certificates to be given")),
        (Event, _("Events with certificates to be given")),
    ):
        found = left_to_certify(room.objects.all())
        yield from waiting(reader, words, room, found, "starts_at", _("Certificates"), left="certificates")


def doubtful(reader: Reader) -> Iterator[Line]:
    """Records that may be one and the same."""
    for model, words in zip(
        SITES, (_("Pairs of biosphere reserves that may be one"), _("Pairs of geoparks that may be one")), strict=True
    ):
        if reader.changes(model) and (pairs := duplicates.open_count(model, version=reader.version)):
            page = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_duplicates")
            yield Line(words, pairs, page, where=plural(model), act=_("Compare"))
    if reader.changes(Person) and (number := len(people_twice.candidates())):
        page = reverse("admin:accounts_person_duplicates")
        yield Line(_("Pairs of people that may be one"), number, page, where=_("People"), act=_("Compare"))


def untouched(reader: Reader) -> Iterator[Line]:
    """What nobody has touched for long: nothing is recorded any more, nothing is told of it, nobody has confirmed it."""
    yield from _nothing_recorded(reader)
    for model, untold in (
        (Event, _("Events held, with nothing to read about them")),
        (Training, _("Trainings held, with nothing to read about them")),
    ):
        without_report = model.objects.held_and_untold()
        yield from waiting(reader, untold, model, without_report, "starts_at", plural(model), left="untold")
    not_held = Document.objects.published().text_not_held()
    yield from waiting(
        reader, _("Documents whose text is neither held here nor linked"), Document, not_held, where=plural(Document),
        text="not_held", published__exact=1,
    )  # fmt: skip
    for sites, words in zip(
        SITES, (_("Biosphere reserves not confirmed for a year"), _("Geoparks not confirmed for a year")), strict=True
    ):
        found = sites.objects.not_confirmed_for_a_year()
        yield from waiting(
            reader, words, sites, found, "confirmed_at", plural(sites), confirmed="long_ago", published__exact=1
        )


def _nothing_recorded(reader: Reader) -> Iterator[Line]:
    """Since when the records know of no event, of no training: half a year without one is looked at."""
    for model, words in (
        (Event, _("No event recorded since %(when)s")),
        (Training, _("No training recorded since %(when)s")),
    ):
        if not reader.changes(model):
            continue
        last = model.objects.counted().order_by("-starts_at", "-pk").first()
        if last and last.starts_at < reader.now - LONG:
            when = span_words(last.starts_at, last.start_precision, None, "", last.timezone)
            page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
            yield Line(words % {"when": when}, 1, page, detail=last.title, where=plural(model), act=_("Add"))


def translations(reader: Reader) -> tuple[list[Line], list[Line]]:
    """Public records without words in a language: those of complete languages, and all others.

    While no language but English is complete, nobody is waited for: all of them are of the second kind.
    """
    pressing: list[Line] = []
    later: list[Line] = []
    complete = set(settings.COMPLETE_LANGUAGES)
    for model in TRANSLATED:
        for code, number in (lacking_counts(model) if reader.sees(model) else {}).items():
            if number:
                words = format_lazy("{}: {}", capfirst(model._meta.verbose_name_plural), dict(settings.LANGUAGES)[code])
                wanted = code in complete and len(complete) > 1
                (pressing if wanted else later).append(Line(words, number, list_of(model, lacks=code)))
    return pressing, later
