"""The figures of a donor report against a count written as plainly as the rules are told."""

import datetime as dt
import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Person
from activities.models import Attendance, AttendanceFile, AttendanceMatch, Involvement, Session
from designated_sites.models import LinkedSite, Stewardship
from events.models import Event
from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    MemberStateFactory,
    PartnerFactory,
    PersonFactory,
    RegistrationFactory,
    TrainingFactory,
)
from trainings.models import Application, ApplicationStep, SeatClass, Training
from trainings.reports.coverage import Covers
from trainings.reports.figures import figures

pytestmark = pytest.mark.django_db
NOON = dt.timedelta(hours=12)
HOUR = dt.timedelta(hours=1)
SEXES = ("female", "male", "other", "")
YEARS = (2022, 2023, 2040)  # the last one is yet to come


def start(year: int) -> dt.datetime:
    return dt.datetime(year, 6, 1, 1, tzinfo=dt.UTC)


def table(document: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in document["tables"] if one["code"] == code)


def counts(document: dict[str, Any], code: str) -> dict[str, tuple[int, ...]]:
    """The rows of a table that are not empty: counts by column."""
    return {row["code"]: tuple(row["counts"]) for row in table(document, code)["rows"] if any(row["counts"])}


def totals(document: dict[str, Any], code: str) -> dict[str, int]:
    return {row["code"]: row["total"] for row in table(document, code)["rows"] if row["total"]}


def person(sex: str = "female", born: int | None = 1990, state: str | None = "MN") -> Person:
    code = MemberStateFactory(code=state) if state else None
    return PersonFactory(sex=sex or "not_stated", birth_year=born, member_state=code)


def applied(training: Training, who: Person, state: str, *log: str, **facts: Any) -> Application:
    made = Application.objects.create(
        training=training, person=who, state=state, reference=f"A-{Application.objects.count()}",
        member_state=facts.pop("member_state", None) or MemberStateFactory(code="MN"),
        submitted_at=None if state == "draft" else timezone.now(),
        answer_by=timezone.now() if state == "selected" else None, **facts,
    )  # fmt: skip
    for to_state in log:
        ApplicationStep.objects.create(application=made, to_state=to_state)
    return made


def session(activity: Event | Training, *trainers: Person) -> Session:
    made = Session.objects.create(
        activity=activity, title="One", starts_at=activity.starts_at, ends_at=activity.starts_at + HOUR
    )
    made.trainers.set(trainers)
    return made


# ---- The plain count: what was made up, kept as plain values, and counted by loops


@dataclass
class Made:
    """One activity as it was made up."""

    kind: str
    year: int
    status: str = "held"
    sample: bool = False
    fund: str = ""
    whole: int | None = None
    listed: bool = False
    registered: dict[int, tuple[str, str, str]] = field(default_factory=dict)  # person: state, presence, audience
    present: set[int] = field(default_factory=set)
    applications: dict[int, tuple[str, str]] = field(default_factory=dict)  # person: state, member state
    trainers: set[int] = field(default_factory=set)


@dataclass
class World:
    people: list[tuple[str, int | None, str | None]]
    activities: list[Made]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    states = st.sampled_from(["MN", "JP", "KR"])
    facts = st.tuples(
        st.sampled_from(SEXES), st.sampled_from([None, 1960, 1987, 1988, 2004, 2005, 2010]), st.none() | states
    )
    people = draw(st.lists(facts, min_size=1, max_size=6))
    who = st.integers(0, len(people) - 1)
    activities: list[Made] = []
    for place in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["training", "event", "event"]))
        made = Made(
            kind, draw(st.sampled_from(YEARS)), draw(st.sampled_from(["held", "announced", "held", "cancelled", "draft"])),
            draw(st.integers(0, 7)) == 0, draw(st.sampled_from(["", "F1", "F2"])),
        )  # fmt: skip
        if kind == "event" and place:
            made.whole = draw(st.none() | st.integers(0, place - 1))
            made.listed = draw(st.booleans())
        registration = st.tuples(
            st.sampled_from(["confirmed", "confirmed", "waiting", "cancelled", "expired"]),
            st.sampled_from(["onsite", "online"]), st.sampled_from(["", "site", "student"]),
        )  # fmt: skip
        if kind == "event":
            made.registered = draw(st.dictionaries(who, registration, max_size=4))
            made.present = draw(st.sets(who, max_size=3)) if made.listed else set()
        else:
            application = st.tuples(
                st.sampled_from(["submitted", "confirmed", "attended", "completed", "no_show", "draft"]), states
            )
            made.applications = draw(st.dictionaries(who, application, max_size=4))
        made.trainers = draw(st.sets(who, max_size=1))
        activities.append(made)
    return World(people, activities)


def write(world: World) -> None:
    people = [person(*facts) for facts in world.people]
    records: list[Any] = []
    for made in world.activities:
        facts = {"starts_at": start(made.year), "status": made.status, "is_sample": made.sample, "fund_code": made.fund}
        if made.kind == "training":
            record = TrainingFactory(slug=f"o{len(records)}", **facts)
            for one, (state, code) in made.applications.items():
                applied(record, people[one], state, member_state=MemberStateFactory(code=code))
        else:
            record = EventFactory(slug=f"o{len(records)}", **facts)
            if made.whole is not None and world.activities[made.whole].kind == "training":
                records[made.whole].events.add(record)
            elif made.whole is not None:
                Event.objects.filter(pk=record.pk).update(part_of=records[made.whole])
            for one, (state, presence, audience) in made.registered.items():
                RegistrationFactory(event=record, person=people[one], state=state, presence=presence, audience=audience)
            if made.listed:
                AttendanceFile.objects.create(activity=record, provider="zoom", digest="x")
            hour = session(record)
            for one in made.present:
                Attendance.objects.create(session=hour, person=people[one], minutes=20)
        if made.trainers:
            session(record, *(people[one] for one in made.trainers))
        records.append(record)


def above(world: World, place: int) -> list[int]:
    """An activity and what it is part of, up to the whole."""
    places = [place]
    while (whole := world.activities[places[-1]].whole) is not None:
        places.append(whole)
    return places


def plain_count(world: World, fund: str, years: tuple[int, int] | None) -> set[tuple[int, int]]:
    """Pairs of a person and a programme at which the person took part."""
    pairs: set[tuple[int, int]] = set()
    for place, made in enumerate(world.activities):
        chain = above(world, place)
        if made.status in ("cancelled", "draft") or any(world.activities[one].sample for one in chain):
            continue
        counted = [one for one in chain if world.activities[one].status not in ("cancelled", "draft")]
        if years and not years[0] <= world.activities[counted[-1]].year <= years[1]:
            continue

        def fund_of(one: int) -> str:
            return next((world.activities[up].fund for up in above(world, one) if world.activities[up].fund), "")

        in_fund = [one for one in counted if not fund or fund_of(one) == fund]
        if place not in in_fund:
            continue
        there: set[int] = {
            one for one, (state, _code) in made.applications.items() if state in ("attended", "completed")
        }
        if made.year != 2040:
            there |= made.trainers
            if made.listed:
                there |= made.present
            else:
                there |= {one for one, (state, _how, _who) in made.registered.items() if state == "confirmed"}
        elif made.listed:
            there |= made.present
        pairs |= {(one, in_fund[-1]) for one in there}
    return pairs


class _UndoneError(Exception):
    """Ends an example: nothing of it stays."""


@settings(max_examples=40)
@given(world=worlds(), fund=st.sampled_from(["", "F1"]), years=st.sampled_from([None, (2022, 2022), (2022, 2023)]))
def test_figures_equal_a_plain_count(db: None, world: World, fund: str, years: tuple[int, int] | None) -> None:
    with suppress(_UndoneError), transaction.atomic():
        write(world)
        days = (dt.date(years[0], 1, 1), dt.date(years[1], 12, 31)) if years else (None, None)
        document = figures(Covers(fund_code=fund, first_day=days[0], last_day=days[1]))
        compare(document, world, plain_count(world, fund, years))
        raise _UndoneError


def compare(document: dict[str, Any], world: World, pairs: set[tuple[int, int]]) -> None:
    assert json.loads(json.dumps(document)) == document
    assert document["summary"]["participations"] == len(pairs)
    assert document["summary"]["people"] == len({one for one, _where in pairs})
    sexes = Counter(world.people[one][0] for one, _where in pairs)
    assert table(document, "states")["foot"]["counts"] == [sexes[sex] for sex in SEXES]
    ages: Counter[str] = Counter()
    for one, where in pairs:
        born = world.people[one][1]
        age = None if born is None else world.activities[where].year - born
        ages["" if age is None else "under_18" if age < 18 else "youth" if age <= 35 else "over_35"] += 1
    assert totals(document, "ages") == +ages
    held = Counter(f"{world.activities[where].kind}:o{where}" for _one, where in pairs)
    assert totals(document, "activities") == +held
    for code in ("states", "ages", "roles", "sites", "seats", "activities", "state_ages"):
        one_table = table(document, code)
        assert sum(row["total"] for row in one_table["rows"]) == one_table["foot"]["total"] == len(pairs), code
        columns = [sum(column) for column in zip(*(row["counts"] for row in one_table["rows"]), strict=True)]
        assert columns == (one_table["foot"]["counts"] if one_table["rows"] else [])
    assert sum(cell[-1] for cell in document["cells"]) == len(pairs)


# ---- The rules, one by one


def test_states_of_applications_become_columns() -> None:
    training = TrainingFactory(starts_at=start(2022))
    for state, endorsed, log in (
        ("submitted", None, ("submitted",)),
        ("endorsed", True, ("submitted", "endorsed")),
        ("not_endorsed", False, ("submitted", "endorsed", "not_endorsed")),
        ("selected", True, ("submitted", "endorsed", "shortlisted", "selected", "selected")),
        ("not_selected", None, ("submitted", "selected", "not_selected")),
        ("declined", None, ("submitted", "selected", "declined")),
        ("no_show", True, ("submitted", "endorsed", "selected", "confirmed", "no_show")),
        ("attended", True, ("submitted", "endorsed", "selected", "confirmed", "attended")),
        ("completed", None, ()),
        ("withdrawn", None, ("submitted", "withdrawn")),
    ):
        applied(training, person(), state, *log, endorsed=endorsed)
    applied(training, person(), "draft")
    document = figures(Covers(activity_id=training.pk))
    assert table(document, "stages")["columns"][0] == ["applied", "Applied or registered"]
    assert counts(document, "stages") == {"MN": (10, 4, 5, 3, 2)}


def test_application_that_was_withdrawn_and_sent_again_is_one_person() -> None:
    training, who = TrainingFactory(starts_at=start(2022)), person(state=None)
    site = BiosphereReserveFactory(name="Lake")
    applied(training, who, "attended", member_state=MemberStateFactory(code="JP"), site=site)
    applied(training, who, "withdrawn", member_state=MemberStateFactory(code="KR"))
    document = figures(Covers(activity_id=training.pk))
    assert counts(document, "stages") == {"JP": (1, 0, 1, 1, 1)}
    assert totals(document, "sites") == {f"reserve:{site.pk}": 1}
    assert document["labels"]["site"][f"reserve:{site.pk}"] == "Lake"


def test_seats_roles_and_sites() -> None:
    training = TrainingFactory(starts_at=start(2022))
    funded = SeatClass.objects.create(training=training, funding="full", presence="onsite", seats=3)
    applied(training, person(), "attended", seat_class=funded)
    applied(training, person(), "attended")
    event = EventFactory(starts_at=start(2022))
    RegistrationFactory(event=event, person=person(), presence="onsite", audience="student")
    linked, torn = person(), person()
    first, second = BiosphereReserveFactory(), BiosphereReserveFactory()
    LinkedSite.objects.create(person=linked, site=first)
    Stewardship.objects.create(site=first, person=linked)
    LinkedSite.objects.create(person=torn, site=first)
    Stewardship.objects.create(site=second, person=torn)
    for who in (linked, torn):
        RegistrationFactory(event=event, person=who, presence="online")
    session(event, trainer := person())
    RegistrationFactory(event=event, person=trainer, presence="online", audience="academia")
    session(training, person())
    document = figures(Covers())
    assert totals(document, "seats") == {"full_onsite": 1, "event_onsite": 1, "event_online": 3, "none": 1, "": 1}
    assert totals(document, "roles") == {"trainer": 2, "participant": 2, "student": 1, "": 2}
    assert totals(document, "sites") == {f"reserve:{first.pk}": 1, "several": 1, "": 5}


def test_every_dimension_says_what_is_not_stated() -> None:
    event = EventFactory(starts_at=start(2022))
    RegistrationFactory(event=event, person=person("", None, None))
    document = figures(Covers(activity_id=event.pk))
    for code in ("states", "ages", "roles", "sites", "seats"):
        assert table(document, code)["rows"][-1]["code"] == ""
    assert counts(document, "states") == {"": (0, 0, 0, 1)}
    assert table(document, "states")["rows"][-1]["label"] == "Not stated, or another country"


@pytest.mark.parametrize(
    ("born", "group"), [(2005, "under_18"), (2004, "youth"), (1987, "youth"), (1986, "over_35"), (2023, ""), (None, "")]
)
def test_age_is_that_at_the_start(born: int | None, group: str) -> None:
    event = EventFactory(starts_at=start(2022))
    RegistrationFactory(event=event, person=person(born=born))
    assert totals(figures(Covers(activity_id=event.pk)), "ages") == {group: 1}


def test_year_is_that_of_the_clocks_of_the_place() -> None:
    event = EventFactory(starts_at=dt.datetime(2021, 12, 31, 20, tzinfo=dt.UTC), timezone="Asia/Tokyo")
    RegistrationFactory(event=event, person=person())
    first, last = dt.date(2022, 1, 1), dt.date(2022, 12, 31)
    assert figures(Covers(first_day=first, last_day=last))["summary"]["participations"] == 1
    assert figures(Covers(first_day=last, last_day=last))["activities"] == []


def test_lists_of_attendance_hold_where_there_are_any_and_the_report_says_so() -> None:
    listed, unlisted = (EventFactory(slug=slug, starts_at=start(2022)) for slug in ("listed", "unlisted"))
    absent, present, unregistered, idle = (person() for _time in range(4))
    hour = session(listed)
    for who in (absent, present):
        RegistrationFactory(event=listed, person=who)
        RegistrationFactory(event=unlisted, person=who)
    for who, minutes in ((present, 30), (unregistered, 9), (idle, 0)):
        Attendance.objects.create(session=hour, person=who, minutes=minutes)
    for state, minutes in (("open", 5), ("nobody", 7), ("nobody", 0)):
        AttendanceMatch.objects.create(activity=listed, key=f"{state}{minutes}", state=state, minutes=minutes)
    document = figures(Covers())
    held = {one["code"]: one for one in document["activities"]}
    assert (held["event:listed"]["rests_on"], held["event:listed"]["names_nobody_knows"]) == (["attendance"], 2)
    assert (held["event:unlisted"]["rests_on"], held["event:unlisted"]["names_nobody_knows"]) == (["registrations"], 0)
    assert totals(document, "activities") == {"event:listed": 2, "event:unlisted": 2}
    assert document["summary"]["people"] == 3


def test_webinars_of_a_training_are_the_training() -> None:
    training, webinar = TrainingFactory(slug="course", starts_at=start(2022)), EventFactory(starts_at=start(2023))
    training.events.add(webinar)
    who = person()
    applied(training, who, "attended", member_state=MemberStateFactory(code="JP"))
    RegistrationFactory(event=webinar, person=who, audience="site")
    RegistrationFactory(event=webinar, person=person())
    document = figures(Covers())
    assert totals(document, "activities") == {"training:course": 2}
    assert document["activities"][0]["rests_on"] == ["states", "registrations"]
    assert totals(document, "states") == {"JP": 1, "MN": 1}
    assert figures(Covers(activity_id=webinar.pk))["summary"]["participations"] == 2
    assert figures(Covers(activity_id=training.pk))["summary"]["participations"] == 2


def test_parts_have_fund_and_funder_of_the_whole_unless_they_have_their_own() -> None:
    bank, ministry = PartnerFactory(), PartnerFactory()
    whole = EventFactory(slug="whole", starts_at=start(2022), fund_code="F1", result_code="R1")
    same = EventFactory(starts_at=start(2022), part_of=whole)
    other = EventFactory(slug="other", starts_at=start(2022), part_of=whole, fund_code="F2")
    Involvement.objects.create(activity=whole, partner=bank, role="funder")
    Involvement.objects.create(activity=whole, partner=ministry, role="organiser")
    Involvement.objects.create(activity=other, partner=ministry, role="funder")
    for event in (whole, same, other):
        RegistrationFactory(event=event, person=person())

    def held(**covers: Any) -> dict[str, int]:
        return totals(figures(Covers(**covers)), "activities")

    assert held() == {"event:whole": 3}
    assert held(fund_code="F1") == held(funder_id=bank.pk) == {"event:whole": 2}
    assert held(fund_code="F2") == held(funder_id=ministry.pk) == {"event:other": 1}
    assert held(fund_code="F1", result_code="R2") == {}
    assert held(result_code="R1") == {"event:whole": 3}


def test_circle_of_parts_ends() -> None:
    one = EventFactory(slug="one", starts_at=start(2022))
    other = EventFactory(slug="other", starts_at=start(2022), part_of=one)
    Event.objects.filter(pk=one.pk).update(part_of=other)
    RegistrationFactory(event=one, person=person())
    assert figures(Covers())["summary"]["participations"] == 1


def test_queries_do_not_grow_with_people_or_activities() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            figures(Covers())
        return len(captured)

    def grow(number: int) -> None:
        for _time in range(number):
            training, event = TrainingFactory(starts_at=start(2022)), EventFactory(starts_at=start(2022))
            applied(training, person(), "attended", "submitted", "attended", site=BiosphereReserveFactory())
            hour = session(event, person())
            who = person()
            RegistrationFactory(event=event, person=who)
            Attendance.objects.create(session=hour, person=who, minutes=9)

    grow(1)
    first = queries()
    grow(4)
    assert queries() == first == 14
