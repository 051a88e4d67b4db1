"""Faults found by use, as they should be: moving with what moves along, previews of drafts, copies, one place for materials,
the recording that is told of, an end with its precision, attendance and surveys not before their event."""

import datetime as dt
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client

from activities.attendance import recording, ticking
from activities.attendance.rows import Presence, Reading
from activities.models import Material
from activities.rescheduling.moves import When
from events.models import Event, Survey
from events.participation import announcing
from events.registration import rescheduling
from notifications.mail_types import all_mail_types
from notifications.models import Mail
from tests.admin.pages import errors_of, fields_of, send
from tests.factories import (
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    PartnerFactory,
    PersonFactory,
    RegistrationFactory,
    TrainingFactory,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC)
START = dt.datetime(2026, 11, 28, 7, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def event() -> Event:
    made = EventFactory(
        title="Lakes", slug="lakes", format="online", timezone="Asia/Shanghai", starts_at=START, ends_at=START + dt.timedelta(hours=2),
        end_precision="minute", registration_opens_at=NOW - WEEK, registration_closes_at=dt.datetime(2026, 11, 26, 15, 59, tzinfo=dt.UTC),
    )  # fmt: skip
    made.sessions.create(title="One", starts_at=START, ends_at=START + dt.timedelta(minutes=30))
    return made


def again(event: Event) -> Event:
    return Event.objects.get(pk=event.pk)


def refusal(act: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        act()
    return " ".join(refused.value.messages)


# Moving ------------------------------------------------------------------------------------------------------------------
def test_a_move_asks_for_closing_sessions_reminders_and_survey_at_once(
    event: Event, administrator_client: Client
) -> None:
    RegistrationFactory(event=event, state="confirmed")
    survey = Survey.objects.create(event=event, last_day=dt.date(2026, 12, 1))
    address = f"/admin/events/event/{event.pk}/move/"
    typed = fields_of(administrator_client.get(address).content.decode())
    assert sorted(typed["along"]) == ["closing", "reminders", "sessions", "survey"]
    typed |= {
        "starts_at_0": ["2026-12-05"],
        "ends_at_0": ["2026-12-05"],
        "along": ["closing", "sessions", "survey", "reminders"],
    }
    look = administrator_client.post(address, typed)
    told = look.context["explanation"]
    assert "Registration closes: Thursday 26 November 2026, 23:59 → Thursday 3 December 2026, 23:59" in told
    assert "Survey, last day to answer: 1 December 2026 → 8 December 2026" in told
    administrator_client.post(address, typed | {"confirm": "1", "seen": look.context["found"].fingerprint})
    moved = again(event)
    assert (moved.starts_at, moved.sessions.get().starts_at) == (START + WEEK, START + WEEK)
    assert moved.registration_closes_at == dt.datetime(2026, 12, 3, 15, 59, tzinfo=dt.UTC)
    survey.refresh_from_db()
    assert survey.last_day == dt.date(2026, 12, 8)
    assert Mail.objects.filter(kind="events.reminder_day", state="queued").get().due == START + WEEK - dt.timedelta(
        days=1
    )
    page = administrator_client.get("/events/lakes/").content.decode()
    assert "Moved to 5 December 2026" in page
    assert '<span class="badge badge-note">Postponed</span>' not in page


def test_what_is_unticked_stays_where_it_is(event: Event) -> None:
    RegistrationFactory(event=event, state="confirmed")
    to = When(START + WEEK, "minute", START + WEEK + dt.timedelta(hours=2), "minute", "Asia/Shanghai")
    rescheduling.move(event=event, to=to, reason="", by=None, along=["sessions"])
    moved = again(event)
    assert moved.registration_closes_at == event.registration_closes_at
    assert moved.sessions.get().starts_at == START + WEEK
    assert not Mail.objects.filter(kind__startswith="events.reminder", state="queued").exists()


def test_a_training_moves_with_its_deadline(administrator_client: Client) -> None:
    training = TrainingFactory(
        starts_at=START, ends_at=START + WEEK, end_precision="minute", timezone="Asia/Tokyo", deadline_zone="Europe/Paris",
        nominations_close_at=dt.datetime(2026, 11, 20, 22, 59, tzinfo=dt.UTC),
    )  # fmt: skip
    address = f"/admin/trainings/training/{training.pk}/move/"
    typed = fields_of(administrator_client.get(address).content.decode())
    earlier = typed | {"starts_at_0": ["2026-11-18"], "ends_at_0": ["2026-11-19"], "along": []}
    refused = administrator_client.post(address, earlier).context["form"].errors
    assert refused["starts_at"] == ["The nominations would close after the start. Choose a later time."]
    typed |= {"starts_at_0": ["2026-12-05"], "ends_at_0": ["2026-12-12"], "along": ["deadline"]}
    look = administrator_client.post(address, typed)
    administrator_client.post(address, typed | {"confirm": "1", "seen": look.context["found"].fingerprint})
    training.refresh_from_db()
    assert training.nominations_close_at == dt.datetime(2026, 11, 27, 22, 59, tzinfo=dt.UTC)
    assert training.extensions.get().was == dt.datetime(2026, 11, 20, 22, 59, tzinfo=dt.UTC)


# Preview -----------------------------------------------------------------------------------------------------------------
def test_drafts_of_every_kind_can_be_looked_at_by_staff_alone(administrator_client: Client, client: Client) -> None:
    event = EventFactory(status="draft", title="Lakes", title_mn="Нуурууд")
    drafts = {
        f"events/event/{event.pk}": "Lakes",
        f"trainings/training/{TrainingFactory(status='draft', title='Rivers').pk}": "Rivers",
        f"reserves/biospherereserve/{BiosphereReserveFactory(published=False, name='Uvs').pk}": "Uvs",
        f"geoparks/geopark/{GeoparkFactory(published=False, name='Jeju').pk}": "Jeju",
        f"network/document/{DocumentFactory(published=False, title='Plan').pk}": "Plan",
        f"network/partner/{PartnerFactory(published=False, name='Body').pk}": "Body",
    }
    for address, words in drafts.items():
        answer = administrator_client.get(f"/admin/{address}/preview/")
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert f"{words}</h1>" in page, address
        assert "<strong>Draft</strong> Only the secretariat sees this page" in page, address
        assert "no-store" in answer["Cache-Control"]
        change = administrator_client.get(f"/admin/{address}/change/").content.decode()
        assert f'href="/admin/{address}/preview/"' in change, address
        assert client.get(f"/admin/{address}/preview/").status_code == 302
    assert client.get(event.get_absolute_url()).status_code == 404
    shown = administrator_client.get(f"/admin/events/event/{event.pk}/preview/?lang=mn").content.decode()
    assert "Нуурууд</h1>" in shown


# Copies ------------------------------------------------------------------------------------------------------------------
def test_a_copy_takes_what_is_ticked_and_never_people_dates_links_or_mails(
    event: Event, administrator_client: Client
) -> None:
    event.sessions.get().trainers.add(PersonFactory())
    event.join_links.create(provider="zoom", url="https://example.org/z")
    Event.objects.filter(pk=event.pk).update(
        summary_en="Words", summary_mn="Үгс", recording_url="https://example.org/r"
    )
    RegistrationFactory(event=event)
    Survey.objects.create(event=event, last_day=dt.date(2026, 12, 1)).questions.create(label="How?", kind="text")
    address = f"/admin/events/event/{event.pk}/copy/"
    typed = fields_of(administrator_client.get(address).content.decode())
    assert {"texts", "sessions", "survey", "rule"} <= set(typed["chosen"])
    refused = administrator_client.post(address, typed)
    assert refused.context["form"].errors["starts_at"]
    typed |= {"title": ["Lakes again"], "starts_at_0": ["2027-11-27"], "starts_at_1": ["15:00"]}
    answer = administrator_client.post(address, typed)
    new = Event.objects.get(slug="lakes-again")
    assert answer["Location"] == f"/admin/events/event/{new.pk}/"
    assert (new.status, new.published, new.starts_at) == ("draft", False, dt.datetime(2027, 11, 27, 7, tzinfo=dt.UTC))
    assert (new.summary_mn, new.kind, new.recording_url, new.registration_closes_at) == ("Үгс", event.kind, "", None)
    session = new.sessions.get()
    assert (session.starts_at, session.trainers.count()) == (new.starts_at, 0)
    assert (new.join_links.count(), new.registrations.count(), new.survey.questions.get().label) == (0, 0, "How?")
    bare = typed | {"title": ["Bare"], "chosen": []}
    administrator_client.post(address, bare)
    made = Event.objects.get(slug="bare")
    assert (made.sessions.count(), made.summary_en or "", hasattr(made, "survey")) == (0, "", False)


def test_a_training_is_copied_with_its_form_and_seats(administrator_client: Client) -> None:
    training = TrainingFactory(title="Rivers", costs="Paid")
    training.questions.create(code="why", label="Why?", kind="short")
    training.seat_classes.create(funding="full", presence="onsite", seats=5)
    address = f"/admin/trainings/training/{training.pk}/copy/"
    typed = fields_of(administrator_client.get(address).content.decode())
    typed |= {"title": ["Rivers again"], "starts_at_0": ["2027-11-27"], "starts_at_1": ["15:00"]}
    assert administrator_client.post(address, typed).status_code == 302
    new = type(training).objects.get(slug="rivers-again")
    assert (new.questions.get().code, new.seat_classes.get().seats, new.costs) == ("why", 5, "Paid")


# Materials and the recording ----------------------------------------------------------------------------------------------
def held(event: Event) -> Event:
    Event.objects.filter(pk=event.pk).update(
        status="held", starts_at=NOW - WEEK, ends_at=NOW - WEEK, registration_closes_at=None
    )
    return again(event)


@pytest.mark.parametrize("model", [EventFactory, TrainingFactory])
def test_what_is_put_up_is_on_the_page_and_nothing_waits_any_more(model: Any, client: Client) -> None:
    made = model(status="held", starts_at=NOW - WEEK, ends_at=NOW - WEEK)
    records = type(made).objects
    assert made in records.held_and_untold()
    Material.objects.create(
        activity=made, kind="slides", title="Our slides", url="https://example.org/s", visibility="public"
    )
    assert made not in records.held_and_untold()
    assert "Our slides" in client.get(made.get_absolute_url()).content.decode()


def test_a_recording_is_told_of_once_to_those_who_took_part(event: Event, administrator_client: Client) -> None:
    event = held(event)
    there, away = RegistrationFactory(event=event), RegistrationFactory(event=event)
    event.sessions.get().attendance.create(person=there.person, minutes=20)
    address = f"/admin/events/event/{event.pk}/materials/"
    assert refusal(lambda: announcing.announce_recording(event=event, by=None)).startswith("There is no recording yet.")
    assert "announce/" not in administrator_client.get(address).content.decode()
    Material.objects.create(
        activity=event, kind="recording", title="All of it", url="https://example.org/r", visibility="registered"
    )
    assert f'href="{address}announce/"' in administrator_client.get(address).content.decode()
    look = administrator_client.get(f"{address}announce/")
    assert look.context["found"].recipients == [there.person.email]
    assert not Mail.objects.exists()
    administrator_client.post(f"{address}announce/", {"confirm": "1", "seen": look.context["found"].fingerprint})
    mail = Mail.objects.get(kind="events.recording")
    assert (mail.recipient_key, mail.state) == (f"person:{there.person_id}", "queued")
    assert announcing.announce_recording(event=event, by=None) is None
    Mail.objects.update(state="dropped", drop_reason="called back")
    assert announcing.announce_recording(event=event, by=None) is not None
    assert away.pk


def test_every_kind_of_mail_is_queued_by_something() -> None:
    """A kind that is registered and that no act or clock ever puts into the outbox is a promise nobody keeps."""
    root = Path(__file__).parents[3]
    texts = [
        file.read_text() for config in apps.get_app_configs() if (root / config.name).is_dir()
        for file in (root / config.name).rglob("*.py") if not {"migrations", "mails", "hub"} & set(file.parts)
    ]  # fmt: skip
    acts = re.sub(r"(?m)^[A-Z_]+(: Final)? = .*$", "", "\n".join(texts))  # where a kind is made it is not yet used
    silent = set()
    for kind in all_mail_types():
        constants = {
            name for module in list(sys.modules.values()) if getattr(module, "__name__", "").split(".")[-1] == "mails" or ".mails." in getattr(module, "__name__", "")
            for name, value in list(vars(module).items()) if value is kind or (isinstance(value, dict) and kind in value.values())
            or (isinstance(value, list | tuple) and (kind in value or kind.name in value))
        }  # fmt: skip
        known = [name for name in constants if re.search(rf"\b{name}\b", acts)]
        if kind.name.startswith("accounts."):
            continue  # named by what signs people in, of which the adapter makes the kind: `accounts.` and the name of its mail
        if not known and f'"{kind.name}"' not in acts:
            silent.add(kind.name)
    assert silent == set()


# Forms -------------------------------------------------------------------------------------------------------------------
def test_the_end_of_a_new_event_is_known_to_the_minute_unless_said_otherwise(administrator_client: Client) -> None:
    for model in ("events/event", "trainings/training"):
        data = fields_of(administrator_client.get(f"/admin/{model}/add/").content.decode())
        assert data["end_precision"] == ["minute"]
        data |= {"title_en": ["New"], "slug": ["new"], "starts_at_0": ["2030-10-01"], "starts_at_1": ["09:00"]}
        data |= {"kind": ["webinar"]} if "events" in model else {}
        assert administrator_client.post(f"/admin/{model}/add/", data).status_code == 302  # no end is none at all
    event = Event.objects.get(slug="new")
    assert (event.ends_at, event.end_precision) == (None, "")
    answer = send(administrator_client, event, ends_at_0="2030-10-01", ends_at_1="11:00", end_precision="")
    assert errors_of(answer)[0].startswith("Precision of the end – Say how much of the end is known")


def test_roles_of_an_announcement_are_ticked(administrator_client: Client) -> None:
    page = administrator_client.get("/admin/desk/announcement/add/").content.decode()
    assert '<input type="checkbox" name="roles" value="focal_point"' in page
    assert '<textarea name="roles"' not in page


def test_attendance_is_not_taken_before_the_event_nor_a_survey_closed_before_its_end(
    event: Event, administrator_client: Client
) -> None:
    reading = Reading("sheet", [Presence(1, "Bat", "", minutes=20)])
    words = refusal(
        lambda: recording.take_over(activity=event, reading=reading, name="x", session=event.sessions.get(), by=None)
    )
    assert words == "It begins on Saturday 28 November 2026, 15:00. Attendance is taken once it has begun."
    page = f"/admin/events/attendancefile/event/{event.pk}/on-site/"
    answer = administrator_client.post(page, {"session": event.sessions.get().pk, "others": "Bat", "minutes": ""})
    assert answer.context["form"].errors["session"] == [words]
    with pytest.raises(ValidationError, match="It begins on Saturday"):
        ticking.tick(session=event.sessions.get(), ticks={}, by=None)
    assert not event.attendance_files.exists()
    data = fields_of(administrator_client.get(f"/admin/events/survey/add/?event={event.pk}").content.decode())
    answer = administrator_client.post(
        "/admin/events/survey/add/", data | {"event": event.pk, "last_day": "2026-11-20"}
    )
    assert errors_of(answer) == [
        "Last day to answer – The event ends on 28 November 2026. Choose that day or a later one."
    ]
    assert not Survey.objects.exists()
