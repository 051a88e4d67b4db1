"""The clock of periodic reviews, against a second computation written here from the rules alone; and the reads by state."""

import datetime as dt
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reserves.models import BiosphereReserve
from reserves.reviews import clock_of
from tests.factories import BiosphereReserveFactory

PARIS = ZoneInfo("Europe/Paris")
YEARS = st.integers(1995, 2045)
DAYS = st.dates(dt.date(1995, 1, 1), dt.date(2046, 12, 31))
MAYBE = st.none() | DAYS
REVIEWS = st.lists(
    st.builds(
        SimpleNamespace,
        year=YEARS,
        outcome=st.sampled_from(["", "", "meets", "meets", "does_not_meet", "more_information", "withdrawal"]),
        received_on=MAYBE,
        decided_on=st.none() | MAYBE,
        due_override=st.none() | MAYBE,
        deferred_until=MAYBE,
        information_received_on=st.none() | MAYBE,
    ),
    max_size=4,
    unique_by=lambda review: review.year,
)
STATUSES = st.sampled_from(["designated", "designated", "designated", "aspiring", "withdrawn"])
# Any instant, and the seconds around midnight in Paris on the days on which clocks turn
MOMENTS = st.datetimes(dt.datetime(1996, 1, 1), dt.datetime(2058, 1, 1), timezones=st.just(dt.UTC)) | st.builds(
    lambda year, day, seconds: dt.datetime(year, *day, tzinfo=PARIS).astimezone(dt.UTC) + dt.timedelta(seconds=seconds),
    st.integers(2000, 2057),
    st.sampled_from([(3, 30), (6, 30), (10, 1)]),
    st.integers(-1, 1),
)


def recomputed(status: str, designated: int, reviews: list[Any], now: dt.datetime) -> tuple[str, dt.date | None] | None:
    """State and due day, day by day on the calendar of Paris."""
    today = now.astimezone(PARIS).date()
    if status != "designated":
        return None
    over = {
        one.year: one
        for one in reviews
        if one.outcome in ("meets", "does_not_meet", "withdrawal") or (not one.outcome and one.decided_on)
    }
    last = over[max(over)] if over else None
    if last is not None and last.outcome == "withdrawal":
        return None
    going_on = [one for one in reviews if one.year not in over and (last is None or one.year > last.year)]
    current = sorted(going_on, key=lambda one: one.year)[-1] if going_on else None
    if current is not None and current.outcome == "more_information":
        if current.information_received_on:
            return "submitted", current.deferred_until
        due = current.deferred_until
        if due is None:
            return "deferred", None
        if today > due:
            return "overdue", due
        return ("due" if today >= due - relativedelta(months=3) else "deferred"), due
    regular = None
    if current is not None:
        regular = dt.date(current.year, 9, 30)
    elif last is None:
        regular = dt.date(designated + 10, 9, 30)
    elif last.outcome != "does_not_meet":
        regular = dt.date(last.year + 10, 9, 30)
    set_by_staff = current.due_override if current is not None else None
    due = set_by_staff or regular
    if current is not None and current.received_on:
        return "submitted", due
    if due is None:
        return "unknown", None
    certain = set_by_staff is not None or (
        last is not None and last.outcome == "meets" and regular is not None and regular.year - last.year >= 10
    )
    if today > due:
        return ("overdue", due) if certain else ("unknown", None)
    if today >= due - relativedelta(months=3):
        return "due", due
    if regular is not None and regular < due and today > regular:
        return "deferred", due
    return ("soon" if today >= due - relativedelta(months=18) else "not_due"), due


def review(year: int, **facts: Any) -> SimpleNamespace:
    nothing = dict.fromkeys(("received_on", "decided_on", "due_override", "deferred_until", "information_received_on"))
    return SimpleNamespace(**{"year": year, "outcome": "", **nothing, **facts})


def computed(
    status: str, designated: int | None, reviews: list[Any], now: dt.datetime
) -> tuple[str, dt.date | None] | None:
    clock = clock_of(SimpleNamespace(status=status, designation_year=designated), reviews, now)
    return None if clock is None else (clock.state.value, clock.due_on)


@settings(max_examples=400)
@given(STATUSES, YEARS, REVIEWS, MOMENTS)
@example("designated", 1980, [], dt.datetime(2026, 11, 25, tzinfo=dt.UTC))
@example("designated", 2016, [], dt.datetime(2026, 9, 30, 22, tzinfo=dt.UTC))
@example("designated", 2000, [review(2010, outcome="meets")], dt.datetime(2020, 9, 30, 22, tzinfo=dt.UTC))
def test_clock_agrees_with_a_second_computation(
    status: str, designated: int, reviews: list[Any], now: dt.datetime
) -> None:
    assert computed(status, designated, reviews, now) == recomputed(status, designated, reviews, now)


@given(st.integers(1976, 2015), MOMENTS)
def test_without_a_review_nobody_is_ever_late(designated: int, now: dt.datetime) -> None:
    found = computed("designated", designated, [], now)
    assert found is not None
    assert found[0] in {"unknown", "not_due", "soon", "due"}
    assert (found[0] == "unknown") == (now.astimezone(PARIS).date() > dt.date(designated + 10, 9, 30))


NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
DAY = dt.date(2026, 5, 1)
CASES: dict[str, tuple[int | None, list[Any], str]] = {
    "never reviewed, first date past": (1997, [], "unknown"),
    "year of designation not filled in": (None, [], "unknown"),
    "never reviewed, first date to come": (2018, [], "not_due"),
    "review of an early year, nothing else known": (1997, [review(2007)], "unknown"),
    "reviewed lately": (1997, [review(2017, outcome="meets")], "soon"),
    "reviewed long ago": (1997, [review(2007, outcome="meets")], "overdue"),
    "reviewed long ago, outcome not known": (1997, [review(2007, decided_on=DAY)], "unknown"),
    "report in, no decision": (2016, [review(2026, received_on=DAY)], "submitted"),
    "does not meet, nothing set": (2006, [review(2016, outcome="does_not_meet")], "unknown"),
    "does not meet, date set": (2006, [review(2016, outcome="does_not_meet"), review(2026, due_override=DAY)], "overdue"),
    "more information, no day": (2016, [review(2026, received_on=DAY, outcome="more_information")], "deferred"),
    "more information, in": (
        2016, [review(2026, received_on=DAY, outcome="more_information", information_received_on=DAY)], "submitted",
    ),
    "moved to next year": (2016, [review(2026, due_override=dt.date(2027, 9, 30))], "deferred"),
    "moved, the new day past": (2016, [review(2026, due_override=DAY)], "overdue"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_state_by_what_is_on_record(case: str) -> None:
    designated, reviews, expected = CASES[case]
    found = computed("designated", designated, reviews, NOW)
    assert found is not None
    assert found[0] == expected


@pytest.mark.parametrize(
    ("status", "reviews"),
    [("aspiring", []), ("withdrawn", []), ("designated", [review(2016, outcome="withdrawal")])],
)
def test_site_that_is_not_designated_has_no_clock(status: str, reviews: list[Any]) -> None:
    assert computed(status, 1990, reviews, NOW) is None


@pytest.mark.django_db
def test_reads_by_state_ask_the_same_for_one_reserve_and_for_many() -> None:
    def grow() -> None:
        for designated, last in ((1997, None), (2018, None), (1997, 2017), (1997, 2007)):
            site = BiosphereReserveFactory(designation_year=designated, name=f"{designated} {last}")
            if last:
                site.reviews.create(year=last, outcome="meets")

    def names(found: Any) -> list[str]:
        return [site.name for site in found]

    counted = []
    for _time in range(2):
        grow()
        with CaptureQueriesContext(connection) as captured:
            overdue = names(BiosphereReserve.objects.review_overdue(NOW))
            soon = names(BiosphereReserve.objects.in_state("MN").review_within_18_months(NOW))
        counted.append(len(captured))
    assert counted == [6, 6]
    assert (overdue, soon) == (["1997 2007"] * 2, ["1997 2017"] * 2)
    assert names(BiosphereReserve.objects.review_unknown(NOW)) == ["1997 None"] * 2
    assert names(BiosphereReserve.objects.review_due(dt.datetime(2027, 9, 1, tzinfo=dt.UTC))) == ["1997 2017"] * 2
    assert names(BiosphereReserve.objects.review_submitted(NOW)) == []
