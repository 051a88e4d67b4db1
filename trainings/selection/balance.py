"""How a selection is balanced: by member state, site, sex, age, class of seats, and whether somebody has been before.

Counted by the database in groups, so that it costs the same for fifty applications and for two thousand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Case, CharField, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designated_sites.models import DesignatedSite
from network.models import MemberState

from ..models import Application, SelectionDecision, Training
from ..reports.categories import AGES, NOT_STATED, SEXES, YOUTH, Age, sex_code
from ..workflow import seats
from ..workflow.transitions import State

COLUMNS: Final[dict[str, str | Promise]] = {
    "applied": gettext_lazy("Applied"),
    "endorsed": gettext_lazy("Endorsed"),
    "shortlisted": gettext_lazy("Short list"),
    "selected": gettext_lazy("Selected"),
    "reserve": gettext_lazy("Reserve list"),
}


To = SelectionDecision.To
CHOSEN: Final = list(COLUMNS).index("selected")
MOST_SITES: Final = 25  # more are told by their number: the list below finds them by name


@dataclass(frozen=True)
class Line:
    """One row: of whom, how many at each stage, and the cap if there is one."""

    label: str
    counts: list[int]
    cap: seats.Count | None = None
    bar: "Bar | None" = None

    @property
    def applied(self) -> int:
        return self.counts[0]

    @property
    def endorsed(self) -> int:
        return self.counts[1]

    @property
    def selected(self) -> int:
        return self.counts[CHOSEN]

    @property
    def reserve(self) -> int:
        return self.counts[CHOSEN + 1]


@dataclass(frozen=True)
class Bar:
    """The same drawn, in hundredths of the longest: who applied, who is selected, the limit."""

    asked: int
    given: int
    limit: int | None


@dataclass(frozen=True)
class Part:
    """The balance in one respect."""

    title: str
    lines: list[Line]
    left_out: int = 0  # further lines, not shown

    @property
    def together(self) -> Line:
        """Its sums; the seats that are left only where every line has a limit."""
        counts = [sum(column) for column in zip(*(line.counts for line in self.lines), strict=True)]
        return Line("", counts or [0] * len(COLUMNS))


def held_relation() -> FilteredRelation:
    """The decision that is held beside an application; each query needs one of its own, since it remembers its name."""
    return FilteredRelation("decisions", condition=Q(decisions__let_go_at=None, decisions__ended_at=None))


def been_before() -> Exists:
    """Whether the person of an application has taken part in another training."""
    earlier = Application.objects.filter(person=OuterRef("person"), state__in=[State.ATTENDED, State.COMPLETED])
    return Exists(earlier.exclude(training=OuterRef("training")))


def age_band(year: int) -> Case:
    """The age group at the start of a training, from the year of birth."""
    youngest, oldest = year - YOUTH[0], year - YOUTH[1]
    born = "person__birth_year"
    return Case(
        When(Q(**{f"{born}__isnull": True}) | Q(**{f"{born}__gt": year}), then=Value(NOT_STATED)),
        When(**{f"{born}__gt": youngest}, then=Value(str(Age.UNDER))),
        When(**{f"{born}__gte": oldest}, then=Value(str(Age.YOUTH))),
        default=Value(str(Age.OVER)),
        output_field=CharField(),
    )


def _stages(state: str, endorsed: bool | None, held: str | None) -> Iterable[str]:
    """A held decision counts as if it had been told: the balance is that of what is decided."""
    yield "applied"
    if endorsed:
        yield "endorsed"
    if state in Application.HOLDING or held == To.SELECTED:
        yield "selected"
    elif held == To.RESERVE_LIST or (state == State.RESERVE_LIST and held is None):
        yield "reserve"
    elif state == State.SHORTLISTED and held is None:
        yield "shortlisted"


def _groups(applications: QuerySet, year: int) -> Iterable[dict[str, object]]:
    return (
        applications.order_by()
        .alias(held=held_relation())
        .annotate(
            age=age_band(year),
            before=been_before(),
            sex=F("person__sex"),
            held_to=F("held__to_state"),
            held_class=F("held__seat_class"),
        )
        .values(
            "member_state",
            "sex",
            "age",
            "before",
            "seat_class",
            "wanted_class",
            "state",
            "endorsed",
            "held_to",
            "held_class",
        )
        .annotate(number=Count("pk"))
    )


def balance_of(training: Training, standing: seats.SeatCounts) -> list[Part]:
    """Everybody who has applied and not withdrawn. As many queries for two thousand as for one."""
    counted: dict[str, dict[object, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for group in _groups(training.applications.active(), training.starts_at.year):
        number = int(str(group["number"]))
        dimensions = {
            "state": group["member_state"], "sex": sex_code(str(group["sex"])), "age": group["age"],
            "before": group["before"], "class": group["held_class"] or group["seat_class"] or group["wanted_class"],
        }  # fmt: skip
        held = str(group["held_to"]) if group["held_to"] else None
        for stage in _stages(str(group["state"]), group["endorsed"] is True, held):
            for dimension, value in dimensions.items():
                counted[dimension][value][stage] += number
    caps = {cap.member_state_id: standing.caps[cap.pk] for cap in training.caps.all() if cap.member_state_id}
    classes = {one.pk: str(one) for one in training.seat_classes.all()}
    names = {state.code: state.name for state in MemberState.objects.in_bulk(list(counted["state"])).values()}
    sites = _sites_of(training, standing)
    return [
        Part(_("Member state"), _drawn([
            Line(name, _row(counted["state"][code]), caps.get(code)) for code, name in sorted(names.items(), key=lambda item: item[1])
        ])),
        Part(_("Site"), sites[:MOST_SITES], max(0, len(sites) - MOST_SITES)),
        Part(_("Sex"), _lines(counted["sex"], SEXES)),
        Part(_("Age"), _lines(counted["age"], AGES)),
        Part(_("Class of seats"), [
            Line(label, _row(counted["class"][pk]), standing.classes[pk]) for pk, label in classes.items()
        ] + _lines(counted["class"], {None: _("None chosen")})),
        Part(_("Earlier trainings"), _lines(counted["before"], {False: _("Here for the first time"), True: _("Has been before")})),
    ]  # fmt: skip


def side_facts(parts: Sequence[Part]) -> list[tuple[str, str]]:
    """What is asked first: seats of each class, and how many of those selected are women, young, new to us."""
    states, _sites, sexes, ages, classes, before = parts
    chosen = states.together.selected
    facts = [
        (line.label, _("%(taken)d of %(most)d") % {"taken": line.cap.taken, "most": line.cap.most})
        for line in classes.lines if line.cap
    ]  # fmt: skip
    for part, label, said in (
        (sexes, SEXES["female"], _("Women")), (ages, AGES[Age.YOUTH], str(AGES[Age.YOUTH])),
        (before, _("Here for the first time"), _("Here for the first time")),
    ):  # fmt: skip
        number = sum(line.selected for line in part.lines if line.label == str(label))
        facts.append((said, _("%(taken)d of %(most)d") % {"taken": number, "most": chosen}))
    return facts


def _sites_of(training: Training, standing: seats.SeatCounts) -> list[Line]:
    """The sites people work for: those with a cap and those most chosen first, then by name."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    groups = training.applications.active().order_by().exclude(site=None)
    groups = groups.alias(held=held_relation()).annotate(held_to=F("held__to_state"))
    for site, state, endorsed, held, number in (
        groups.values_list("site", "state", "endorsed", "held_to").annotate(number=Count("pk"))
    ):  # fmt: skip
        for stage in _stages(state, endorsed, held):
            counted[site][stage] += number
    capped = {cap.site_id: standing.caps[cap.pk] for cap in training.caps.all() if cap.site_id}
    sites = DesignatedSite.objects.in_bulk({*counted, *capped})
    lines = [Line(str(site), _row(counted[pk]), capped.get(pk)) for pk, site in sites.items()]
    return sorted(lines, key=lambda line: (line.cap is None, -line.counts[CHOSEN], -line.counts[0], line.label))


def _lines(counted: dict[object, Counter[str]], labels: Mapping[Any, str | Promise]) -> list[Line]:
    return [Line(str(label), _row(counted[value])) for value, label in labels.items() if value in counted]


def _drawn(lines: list[Line]) -> list[Line]:
    """With bars, all of one scale."""
    longest = max([1, *(max(line.applied, line.cap.most if line.cap else 0) for line in lines)])
    return [
        replace(line, bar=Bar(
            100 * line.applied // longest, 100 * line.selected // longest,
            100 * line.cap.most // longest if line.cap else None,
        ))
        for line in lines
    ]  # fmt: skip


def _row(counts: Counter[str]) -> list[int]:
    return [counts[stage] for stage in COLUMNS]
