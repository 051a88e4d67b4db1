"""Moments in forms are those of the clock at the place."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from activities.admin.shared import when
from activities.models import Session
from activities.timezones.wall_clock import WallClockField, as_known, instant, zone_named
from events.models import Event
from tests.admin.pages import address, change_address, errors_of, fields_of, opened, send
from tests.factories import EventFactory, TrainingFactory
from trainings.models import DeadlineExtension, Training

# Whole forms of the admin, drawn and sent.
pytestmark = pytest.mark.sweep

UTC = dt.UTC
EVENING = dt.datetime(2030, 10, 1, 12, 30, tzinfo=UTC)  # 20:30 in Ulaanbaatar, 21:30 in Tokyo


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_form_shows_the_clock_of_the_place(officer_client: Client) -> None:
    data = opened(officer_client, EventFactory(starts_at=EVENING, timezone="Asia/Ulaanbaatar", status="draft"))
    assert [data[name] for name in ("starts_at_0", "starts_at_1", "ends_at_0", "ends_at_1")] == [
        ["2030-10-01"], ["20:30"], ["2030-10-01"], ["22:30"],
    ]  # fmt: skip


def test_typed_time_is_meant_at_the_place(officer_client: Client) -> None:
    made = EventFactory(starts_at=EVENING, timezone="Asia/Ulaanbaatar", status="draft")
    changes = {"starts_at_1": "09:15", "registration_closes_at_0": "2030-09-30", "registration_closes_at_1": "23:59"}
    assert send(officer_client, made, **changes).status_code == 302
    made.refresh_from_db()
    assert (made.starts_at, made.registration_closes_at) == (at(2030, 10, 1, 1, 15), at(2030, 9, 30, 15, 59))


def test_new_zone_keeps_the_clock_and_moves_the_instant(officer_client: Client) -> None:
    made = EventFactory(starts_at=EVENING, timezone="Asia/Ulaanbaatar", status="draft")
    session = Session.objects.create(
        activity=made, title="One", starts_at=EVENING, ends_at=EVENING + dt.timedelta(hours=1)
    )
    assert send(officer_client, made, timezone="Asia/Tokyo").status_code == 302
    made.refresh_from_db()
    session.refresh_from_db()
    assert (made.starts_at, session.starts_at) == (at(2030, 10, 1, 11, 30), at(2030, 10, 1, 11, 30))


def test_almaty_is_six_hours_ahead_until_2024_and_five_since(officer_client: Client) -> None:
    past = EventFactory(starts_at=at(2018, 5, 29, 4), timezone="Asia/Almaty", status="held")
    coming = EventFactory(starts_at=at(2026, 5, 29, 4), timezone="Asia/Almaty", status="draft")
    assert [opened(officer_client, made)["starts_at_1"] for made in (past, coming)] == [["10:00"], ["09:00"]]


def test_hour_that_is_skipped_is_refused(officer_client: Client) -> None:
    made = EventFactory(timezone="Europe/Paris", ends_at=None, status="draft")
    response = send(officer_client, made, starts_at_0="2030-03-31", starts_at_1="02:30")
    assert errors_of(response) == ["Start – There is no 02:30 on that day in Europe/Paris: clocks are put forward."]


def test_hour_that_comes_twice_stays_as_it_was_unless_it_is_changed(officer_client: Client) -> None:
    second = at(2030, 10, 27, 1, 30)  # 02:30 in Paris for the second time
    made = EventFactory(starts_at=second, timezone="Europe/Paris", ends_at=None, status="draft")
    assert send(officer_client, made, title_en="Renamed").status_code == 302
    made.refresh_from_db()
    assert (made.title, made.starts_at) == ("Renamed", second)
    assert instant(dt.datetime(2030, 10, 27, 2, 30), zone_named("Europe/Paris")) == at(2030, 10, 27, 0, 30)


def test_only_what_is_known_is_kept(officer_client: Client) -> None:
    made = EventFactory(timezone="Asia/Ulaanbaatar", ends_at=None, status="draft")
    data = opened(officer_client, made) | {"starts_at_0": ["2030-06-15"], "starts_at_1": ["14:20"]}
    kept = {}
    for precision in ("year", "month", "day", "minute"):
        data |= {"start_precision": [precision], "_seen": opened(officer_client, made)["_seen"]}
        assert officer_client.post(change_address(made), data).status_code == 302
        kept[precision] = Event.objects.get(pk=made.pk).starts_at
    assert kept == {
        "year": at(2029, 12, 31, 16),
        "month": at(2030, 5, 31, 16),
        "day": at(2030, 6, 14, 16),
        "minute": at(2030, 6, 15, 6, 20),
    }


def test_date_without_time_begins_the_day_and_time_without_date_is_refused(officer_client: Client) -> None:
    made = EventFactory(timezone="Asia/Ulaanbaatar", status="draft")
    response = send(officer_client, made, starts_at_1="", registration_opens_at_1="08:00", ends_at_0="")
    assert errors_of(response) == [
        "End – Enter a date as well as a time.",
        "Registration opens – Enter a date as well as a time.",
    ]
    assert send(officer_client, made, starts_at_1="").status_code == 302
    made.refresh_from_db()
    assert made.starts_at == at(2030, 9, 30, 16)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_years_nobody_means_are_refused(day: str) -> None:
    with pytest.raises(ValidationError) as refused:
        WallClockField().clean([day, "10:00"])
    assert refused.value.messages == ["Enter a year from 1900 to 2200."]


def test_end_needs_what_is_known_of_it(officer_client: Client) -> None:
    made = EventFactory(timezone="Asia/Ulaanbaatar", status="draft")
    words = "Precision of the end – Say how much of the end is known: the minute, the day, the month or the year."
    assert errors_of(send(officer_client, made, end_precision="")) == [words]
    assert errors_of(send(officer_client, made, ends_at_0="2030-09-30")) == ["The end lies before the start."]
    assert errors_of(send(officer_client, made, starts_at_0="")) == ["Start – Enter a date."]


def test_unknown_zone_is_refused_without_more_ado(officer_client: Client) -> None:
    made = EventFactory(timezone="Asia/Ulaanbaatar", status="draft")
    response = send(officer_client, made, timezone="Beijing")
    assert errors_of(response) == ["Time zone – Select a valid choice. Beijing is not one of the available choices."]


def test_deadline_is_meant_in_its_own_zone(officer_client: Client) -> None:
    made = TrainingFactory(timezone="Asia/Tokyo", status="draft")
    changes = {
        "nominations_close_at_0": "2030-09-30",
        "nominations_close_at_1": "23:59",
        "deadline_zone": "Europe/Paris",
    }
    assert send(officer_client, made, **changes).status_code == 302
    made.refresh_from_db()
    assert made.nominations_close_at == at(2030, 9, 30, 21, 59)
    DeadlineExtension.objects.create(training=made, was=at(2030, 8, 31, 21, 59))
    assert opened(officer_client, made)["extensions-0-was_1"] == ["23:59"]
    assert errors_of(send(officer_client, made, deadline_zone="")) == ["A deadline needs the zone it is meant in."]


def test_rows_of_a_new_event_are_meant_in_the_zone_just_chosen(officer_client: Client) -> None:
    page = address(Event, "add")
    data = fields_of(officer_client.get(page).content.decode())
    data |= {
        "title_en": ["New"], "slug": ["new"], "kind": ["webinar"], "starts_at_0": ["2030-10-01"], "starts_at_1": ["09:00"],
        "timezone": ["Asia/Seoul"], "_to_sessions": ["1"],
    }  # fmt: skip
    response = officer_client.post(page, data)
    assert response.status_code == 302, errors_of(response)
    made = Event.objects.get(slug="new")
    assert response["Location"] == change_address(made, "sessions")
    rows = {
        "sessions-TOTAL_FORMS": ["1"], "sessions-0-title": ["One"],
        "sessions-0-starts_at_0": ["2030-10-01"], "sessions-0-starts_at_1": ["09:00"],
        "sessions-0-ends_at_0": ["2030-10-01"], "sessions-0-ends_at_1": ["09:30"],
    }  # fmt: skip
    response = send(officer_client, made, "sessions", rows=rows)
    assert response.status_code == 302, errors_of(response)
    assert (made.starts_at, made.sessions.get().ends_at) == (at(2030, 10, 1), at(2030, 10, 1, 0, 30))


def test_session_that_ends_before_it_starts_is_refused(officer_client: Client) -> None:
    made = EventFactory(timezone="Asia/Seoul")
    Session.objects.create(activity=made, title="One", starts_at=EVENING, ends_at=EVENING + dt.timedelta(hours=1))
    response = send(officer_client, made, "sessions", rows={"sessions-0-ends_at_1": "00:10"})
    assert errors_of(response) == ["session 1 – A session ends after it starts."]


def test_seconds_nobody_typed_are_kept(officer_client: Client) -> None:
    made = EventFactory(starts_at=EVENING.replace(second=17))
    assert send(officer_client, made).status_code == 302
    made.refresh_from_db()
    assert made.starts_at.second == 17


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"starts_at": EVENING, "ends_at": None}, "2030-10-01 20:30 (Asia/Ulaanbaatar)"),
        ({"starts_at": EVENING}, "2030-10-01 20:30 – 22:30 (Asia/Ulaanbaatar)"),
        (
            {"starts_at": EVENING, "ends_at": EVENING + dt.timedelta(hours=5)},
            "2030-10-01 20:30 – 2030-10-02 01:30 (Asia/Ulaanbaatar)",
        ),
        (
            {"starts_at": at(2030, 9, 30, 16), "ends_at": at(2030, 10, 2, 16), "start_precision": "day"},
            "2030-10-01 – 2030-10-03",
        ),
        ({"starts_at": at(2030, 9, 30, 16), "ends_at": at(2030, 9, 30, 16), "start_precision": "day"}, "2030-10-01"),
        ({"starts_at": at(2029, 12, 31, 16), "ends_at": None, "start_precision": "year"}, "2030"),
        ({"starts_at": at(2030, 9, 30, 16), "ends_at": None, "start_precision": "month"}, "2030-10"),
    ],
)
def test_when_tells_what_is_known(facts: dict[str, object], shown: str) -> None:
    assert when(EventFactory.build(timezone="Asia/Ulaanbaatar", **facts)) == shown


def test_year_filter_and_hierarchy_answer(officer_client: Client) -> None:
    EventFactory(starts_at=at(2022, 5, 5), title="Then")
    EventFactory(title="Later")
    page = address(Event, "changelist")
    assert [record.title for record in officer_client.get(page, {"year": "2022"}).context["cl"].result_list] == ["Then"]
    for query in ({"year": "soon"}, {"year": "99999"}, {"year": "-1"}, {"year": "０"}, {"starts_at__year": "2022"}):
        assert officer_client.get(page, query).status_code in (200, 302)


def test_as_known_and_instant_agree_on_the_first_minute() -> None:
    assert as_known(dt.datetime(2030, 6, 15, 14, 20), "month") == dt.datetime(2030, 6, 1)
    with pytest.raises(ValidationError):
        instant(dt.datetime(2030, 3, 31, 2, 30), zone_named("Europe/Paris"))


def test_change_form_of_a_training_opens(officer_client: Client) -> None:
    assert officer_client.get(change_address(TrainingFactory())).status_code == 200
    assert Training.objects.get().deadline_zone == ""
