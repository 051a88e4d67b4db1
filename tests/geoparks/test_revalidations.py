"""The clock of revalidations, against a second computation written here from the rules alone."""

import datetime as dt
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geoparks.models import Geopark
from geoparks.revalidations import clock_of
from tests.factories import GeoparkFactory

PARIS = ZoneInfo("Europe/Paris")
YEARS = st.integers(2004, 2035)
MAYBE = st.none() | st.dates(dt.date(2004, 1, 1), dt.date(2036, 12, 31))
COLUMNS = ("summary_received_on", "report_received_on", "mission_on", "decided_on", "due_override")
REVALIDATIONS = st.lists(
    st.builds(
        SimpleNamespace,
        year=YEARS,
        card=st.sampled_from(["", "", "green", "yellow", "red"]),
        **dict.fromkeys(COLUMNS, st.none() | MAYBE),
    ),
    max_size=4,
    unique_by=lambda one: one.year,
)
STATUSES = st.sampled_from(["designated", "designated", "designated", "aspiring", "withdrawn"])
MOMENTS = st.datetimes(dt.datetime(2005, 1, 1), dt.datetime(2042, 1, 1), timezones=st.just(dt.UTC)) | st.builds(
    lambda year, day, seconds: dt.datetime(year, *day, tzinfo=PARIS).astimezone(dt.UTC) + dt.timedelta(seconds=seconds),
    st.integers(2006, 2040),
    st.sampled_from([(3, 30), (6, 30), (10, 1)]),
    st.integers(-1, 1),
)


def recomputed(status: str, designated: int, records: list[Any], now: dt.datetime) -> tuple[str, dt.date | None] | None:
    """State and due day, day by day on the calendar of Paris."""
    today = now.astimezone(PARIS).date()
    if status != "designated":
        return None
    over = sorted((one for one in records if one.card or one.decided_on), key=lambda one: one.year)
    last = over[-1] if over else None
    if last is not None and last.card == "red":
        return None
    wait = {"green": 4, "yellow": 2, "": None}[last.card] if last is not None else 4
    ends = None if wait is None else (last.year if last is not None else designated) + wait
    later = [one for one in records if one not in over and (last is None or one.year > last.year)]
    current = max(later, key=lambda one: one.year) if later else None
    year = ends if current is None else current.year
    mission = None if current is None else current.mission_on
    moved = None if current is None else current.due_override
    if mission is not None:
        regular = mission - relativedelta(months=3)
    else:
        regular = None if year is None else dt.date(year, 9, 30)
    due = moved or regular
    if current is not None and (current.report_received_on or (mission is not None and today >= mission)):
        return "submitted", due
    if due is None:
        return "unknown", None
    certain = moved or mission or (last is not None and ends is not None and year is not None and year >= ends)
    if today > due:
        return ("overdue", due) if certain else ("unknown", None)
    if today >= due - relativedelta(months=3):
        return "due", due
    if regular is not None and regular < due and today > regular:
        return "deferred", due
    return ("soon" if today >= due - relativedelta(months=18) else "not_due"), due


def record(year: int, card: str = "", **facts: Any) -> SimpleNamespace:
    return SimpleNamespace(**{"year": year, "card": card, **dict.fromkeys(COLUMNS), **facts})


def computed(
    status: str, designated: int | None, records: list[Any], now: dt.datetime
) -> tuple[str, dt.date | None] | None:
    clock = clock_of(SimpleNamespace(status=status, designation_year=designated), records, now)
    return None if clock is None else (clock.state.value, clock.due_on)


@settings(max_examples=400)
@given(STATUSES, YEARS, REVALIDATIONS, MOMENTS)
@example("designated", 2004, [], dt.datetime(2026, 11, 25, tzinfo=dt.UTC))
@example("designated", 2015, [record(2023, "yellow")], dt.datetime(2025, 9, 30, 22, tzinfo=dt.UTC))
def test_clock_agrees_with_a_second_computation(
    status: str, designated: int, records: list[Any], now: dt.datetime
) -> None:
    assert computed(status, designated, records, now) == recomputed(status, designated, records, now)


@given(YEARS, MOMENTS)
def test_without_a_revalidation_nobody_is_ever_late(designated: int, now: dt.datetime) -> None:
    found = computed("designated", designated, [], now)
    assert found is not None
    assert found[0] in {"unknown", "not_due", "soon", "due"}


NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
CASES: dict[str, tuple[int | None, list[Any], str, dt.date | None]] = {
    "first date past": (2015, [], "unknown", None),
    "year of designation not filled in": (None, [], "unknown", None),
    "first date to come": (2024, [], "not_due", dt.date(2028, 9, 30)),
    "green": (2015, [record(2023, "green")], "soon", dt.date(2027, 9, 30)),
    "yellow": (2015, [record(2025, "yellow")], "soon", dt.date(2027, 9, 30)),
    "yellow, two years over": (2015, [record(2023, "yellow")], "overdue", dt.date(2025, 9, 30)),
    "decided, card not known": (2015, [record(2023, decided_on=dt.date(2024, 3, 1))], "unknown", None),
    "mission planned": (
        2015, [record(2023, "green"), record(2027, mission_on=dt.date(2027, 5, 31))], "soon", dt.date(2027, 2, 28),
    ),
    "mission near": (
        2015, [record(2023, "green"), record(2027, mission_on=dt.date(2027, 4, 10))], "due", dt.date(2027, 1, 10),
    ),
    "mission held": (2015, [record(2026, mission_on=dt.date(2026, 8, 1))], "submitted", dt.date(2026, 5, 1)),
    "moved by a year": (
        2015, [record(2022, "green"), record(2026, due_override=dt.date(2027, 9, 30))], "deferred", dt.date(2027, 9, 30),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_state_by_what_is_on_record(case: str) -> None:
    designated, records, *expected = CASES[case]
    assert computed("designated", designated, records, NOW) == tuple(expected)


@pytest.mark.parametrize(
    ("status", "records"),
    [("aspiring", []), ("withdrawn", []), ("designated", [record(2023, "yellow"), record(2025, "red")])],
)
def test_site_that_is_not_designated_has_no_clock(status: str, records: list[Any]) -> None:
    assert computed(status, 2015, records, NOW) is None


def test_steps_of_a_revalidation_with_their_days() -> None:
    site = SimpleNamespace(status="designated", designation_year=2015)
    coming = clock_of(site, [record(2023, "green")], NOW)
    assert coming is not None
    summary, report, mission = coming.steps
    assert (summary.due_on, report.due_on, report.at_latest) == (dt.date(2026, 7, 31), dt.date(2027, 9, 30), True)
    assert str(mission.window) == "in 2027, the day is not known"
    planned = record(2027, mission_on=dt.date(2027, 6, 15), summary_received_on=dt.date(2026, 7, 1))
    clock = clock_of(site, [record(2023, "green"), planned], NOW)
    assert clock is not None
    assert [(step.name, step.due_on) for step in clock.open_steps] == [("report", dt.date(2027, 3, 15))]


@pytest.mark.django_db
def test_reads_by_state() -> None:
    GeoparkFactory(name="Silent", designation_year=2015)
    GeoparkFactory(name="Aspiring", designation_year=None, status="aspiring")
    GeoparkFactory(name="Late", designation_year=2015).revalidations.create(year=2021, card="green")
    GeoparkFactory(name="Near", designation_year=2015).revalidations.create(year=2023, card="green")
    assert [site.name for site in Geopark.objects.review_overdue(NOW)] == ["Late"]
    assert [site.name for site in Geopark.objects.review_within_18_months(NOW)] == ["Near"]
    assert [site.name for site in Geopark.objects.review_unknown(NOW)] == ["Silent"]
