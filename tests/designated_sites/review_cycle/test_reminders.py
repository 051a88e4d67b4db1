"""Reminders of reviews: planned once, for those who answer for a site, never late, never of what nobody knows or has done."""

import datetime as dt

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from designated_sites.models import Stewardship
from notifications import planning
from notifications.delivery import sending
from notifications.models import Mail
from reserves.models import BiosphereReserve
from tests.factories import (
    BiosphereReserveFactory,
    GeoparkFactory,
    MemberStateFactory,
    PersonFactory,
    RoleGrantFactory,
)

pytestmark = pytest.mark.django_db
PLANNED = {24: "2028-09-30", 12: "2029-09-30", 6: "2030-03-30", 3: "2030-06-30"}  # the day: 30 September 2030


def at(day: str, hours: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC) + dt.timedelta(hours=hours)


@pytest.fixture(autouse=True)
def clocks_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planners of reviews; what else the calendar asks for is not looked at here."""
    reviews = {name: planner for name, planner in planning._planners.items() if name.endswith(".reminder")}
    monkeypatch.setattr(planning, "_planners", reviews)


def occurrences() -> list[str]:
    return sorted(Mail.objects.filter(kind__endswith=".reminder").values_list("occurrence", flat=True))


@pytest.fixture
def reserve() -> BiosphereReserve:
    """Designated in 2020, so that the first review is due in 2030; with a steward in Ulaanbaatar."""
    site = BiosphereReserveFactory(name="Hustai", designation_year=2020)
    Stewardship.objects.create(
        site=site, person=PersonFactory(name="Saruul", email="saruul@example.org", time_zone="Asia/Ulaanbaatar")
    )
    return site  # type: ignore[no-any-return]


@pytest.mark.parametrize("months", PLANNED)
def test_reminder_is_written_down_once_two_weeks_ahead(reserve: BiosphereReserve, months: int) -> None:
    day = at(PLANNED[months])
    for ahead, expected in ((16, 0), (13, 1), (12, 0), (1, 0), (-1, 0)):
        with time_machine.travel(day - dt.timedelta(days=ahead), tick=False):
            assert planning.plan() == expected
    [mail] = Mail.objects.all()
    assert (mail.kind, mail.occurrence) == ("review.reminder", f"2030-09-30.{months}")
    assert mail.due == day + dt.timedelta(hours=1)  # nine in the morning in Ulaanbaatar


def test_each_interval_comes_once_for_whoever_is_there_all_the_time(reserve: BiosphereReserve) -> None:
    day = at("2028-01-01")
    while day < at("2031-01-01"):
        with time_machine.travel(day, tick=False):
            planning.plan()
        day += dt.timedelta(days=5)
    assert occurrences() == [f"2030-09-30.{months}" for months in (12, 24, 3, 6)]


def test_clock_that_enters_later_gets_nothing_late(reserve: BiosphereReserve) -> None:
    with time_machine.travel(at("2029-09-30", 3), tick=False):  # two hours after the morning of the twelve months
        assert planning.plan() == 0
    with time_machine.travel(at("2029-09-30", 0), tick=False):
        assert planning.plan() == 1


def test_stewards_and_focal_points_are_told_once_each_and_nobody_else() -> None:
    site = BiosphereReserveFactory(designation_year=2020, states=["MN", "RU"])
    hers = BiosphereReserveFactory(designation_year=1990, states=["KR"])
    people = {name: PersonFactory(name=name) for name in ("both", "steward", "russia", "korea", "former", "other")}
    for name, code in (("both", "MN"), ("both", "RU"), ("russia", "RU"), ("korea", "KR")):
        RoleGrantFactory(person=people[name], role="focal_point", member_state=MemberStateFactory(code=code))
    for name in ("both", "steward"):
        Stewardship.objects.create(site=site, person=people[name])
    Stewardship.objects.create(site=site, person=people["former"], until=dt.date(2025, 1, 1))
    Stewardship.objects.create(site=hers, person=people["other"])
    with time_machine.travel(at("2029-09-25"), tick=False):
        assert planning.plan() == 3
    told = {f"person:{people[name].pk}" for name in ("both", "steward", "russia")}
    assert set(Mail.objects.values_list("recipient_key", flat=True)) == told


def test_nobody_is_reminded_of_unknown_submitted_hidden_or_ended() -> None:
    def reserve(**facts: object) -> BiosphereReserve:
        site = BiosphereReserveFactory(**{"designation_year": 2020, **facts})
        Stewardship.objects.create(site=site, person=PersonFactory())
        return site  # type: ignore[no-any-return]

    reserve(designation_year=1997)
    reserve(published=False)
    reserve(status="withdrawn")
    reserve().reviews.create(year=2030, received_on=dt.date(2029, 1, 1))
    reserve(designation_year=2010).reviews.create(year=2020, outcome="does_not_meet")
    for month in range(1, 34):
        with time_machine.travel(at(f"{2028 + month // 12}-{month % 12 + 1:02}-25"), tick=False):
            assert planning.plan() == 0


def test_geoparks_are_reminded_of_their_own_days() -> None:
    site = GeoparkFactory(designation_year=2015)
    site.revalidations.create(year=2025, card="yellow")
    Stewardship.objects.create(site=site, person=PersonFactory())
    with time_machine.travel(at("2026-09-25"), tick=False):
        planning.plan()
    site.revalidations.create(year=2027, mission_on=dt.date(2027, 6, 15))
    with time_machine.travel(at("2026-12-10"), tick=False):
        planning.plan()
    assert occurrences() == ["2027-03-15.3", "2027-09-30.12"]


def sent(reserve: BiosphereReserve) -> tuple[str, str]:
    """State and reason of the twelve months' reminder after its morning."""
    with time_machine.travel(at("2029-09-30", 2), tick=False):
        sending.send_due()
    mail = Mail.objects.get()
    return mail.state, mail.drop_reason


@pytest.fixture
def planned(reserve: BiosphereReserve) -> BiosphereReserve:
    with time_machine.travel(at("2029-09-25"), tick=False):
        assert planning.plan() == 1
    return reserve


def test_reminder_goes_out_on_its_morning(planned: BiosphereReserve) -> None:
    assert sent(planned) == ("sent", "")
    [letter] = django_mail.outbox
    assert letter.subject == "Periodic review of Hustai: due on 30 September 2030"


def test_reminder_is_dropped_when_there_is_nothing_to_remind_of(planned: BiosphereReserve) -> None:
    planned.reviews.create(year=2030, received_on=dt.date(2029, 9, 28))
    assert sent(planned) == ("dropped", "The report has come in.")


def test_reminder_of_a_day_that_was_moved_is_dropped_and_the_new_day_reminded_of(planned: BiosphereReserve) -> None:
    planned.reviews.create(year=2030, due_override=dt.date(2031, 9, 30), override_reason="Asked for by the committee")
    assert sent(planned) == ("dropped", "The due date was moved.")
    with time_machine.travel(at("2030-09-20"), tick=False):
        assert planning.plan() == 1
    assert "2031-09-30.12" in occurrences()


def test_reminder_to_somebody_who_no_longer_answers_is_dropped(planned: BiosphereReserve) -> None:
    Stewardship.objects.update(until=dt.date(2029, 9, 26))
    assert sent(planned) == ("dropped", "The person no longer answers for this site.")
    assert Person.objects.filter(name="Saruul").exists()


def test_planning_asks_the_same_for_one_site_and_for_many(reserve: BiosphereReserve) -> None:
    def queries(day: str) -> int:
        with time_machine.travel(at(day), tick=False), CaptureQueriesContext(connection) as captured:
            planning.plan()
        return sum(
            "reserves_" in query["sql"] or "stewardship" in query["sql"] or "rolegrant" in query["sql"]
            for query in captured
        )

    counted = [queries("2029-09-24"), queries("2029-01-01")]
    for _number in range(3):
        Stewardship.objects.create(site=BiosphereReserveFactory(designation_year=2020), person=PersonFactory())
    assert [queries("2029-09-25"), queries("2029-01-01")] == counted == [4, 2]
