"""After a move: everybody is asked whether they still come; the answers stand in the part Registrations."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from events.models import Event, Registration
from events.places.signed_links import place_url
from events.registration import asking_again
from notifications import mailings
from notifications.models import Mail, Mailing
from tests.factories import EventFactory, PersonFactory, RegistrationFactory

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
DAY = dt.timedelta(days=1)


def moved_event() -> Event:
    event: Event = EventFactory(
        starts_at=timezone.now() + 20 * DAY, status="announced", format="online", capacity_online=9, sequence=1
    )
    for name, state in (
        ("Ahn", "confirmed"),
        ("Bat", "confirmed"),
        ("Chen", "confirmed"),
        ("Dorj", "waiting"),
        ("Eun", "held"),
    ):
        held = {"held_until": timezone.now() + DAY} if state == "held" else {}
        queued = {"queued_at": timezone.now()} if state == "waiting" else {}
        RegistrationFactory(event=event, person=PersonFactory(name=name), state=state, **held, **queued)
    Registration.objects.update(created_at=timezone.now() - 5 * DAY)
    event.postponements.create(was_starts_at=timezone.now() + 9 * DAY, moved_at=timezone.now() - DAY)
    RegistrationFactory(event=event, person=PersonFactory(name="Came later"), state="confirmed")
    return event


def place_of(event: Event, name: str) -> Registration:
    return event.registrations.get(person__name=name)


def test_all_are_asked_and_answer_by_the_link(officer: Person, officer_client: Client) -> None:
    event = moved_event()
    base = f"/admin/events/event/{event.pk}"
    assert "Ask 4 people whether they still come" in officer_client.get(f"{base}/").content.decode()
    before = officer_client.get(f"{base}/registrations/ask-again/")
    shown = before.content.decode()
    assert "Ask 4 people" in shown
    assert "Do you still come?" in shown
    assert not Mail.objects.exists()
    seen = {"seen": before.context["found"].fingerprint, "confirm": "1"}
    after = officer_client.post(f"{base}/registrations/ask-again/", seen, follow=True).content.decode()
    assert "4 mails go out" in after
    assert "0 come, 0 gave the place up, 4 have not answered" in after
    guest = Client()
    for name, act in (("Ahn", "comes"), ("Bat", "cancel")):
        address = place_url(place_of(event, name)).removeprefix("http://localhost:8000")
        assert "Yes, I come" in guest.get(address).content.decode()  # a look changes nothing: scanners open every link
        assert place_of(event, name).comes_at is None
        guest.post(address, {"act": act})
    silent = officer_client.get(f"{base}/registrations/?more=silent").content.decode()
    assert "1 come, 1 gave the place up, 2 have not answered" in silent
    assert ("Chen" in silent, "Ahn" in silent, "Bat" in silent) == (True, False, False)
    assert "2 people have not said whether they still come" in officer_client.get(f"{base}/").content.decode()
    waits = Mail.objects.filter(kind="events.still_coming", state="queued")
    assert waits.count() == 4  # who has answered gets none when they go
    assert list(asking_again.to_ask(event)) == []  # nobody is asked twice within a day
    Registration.objects.filter(person__name="Chen").update(asked_at=timezone.now() - 1.5 * DAY)
    event.postponements.update(moved_at=timezone.now() - 2 * DAY)
    assert [one.person.name for one in asking_again.to_ask(event)] == ["Chen"]
    mailings.call_back(mailing=Mailing.objects.get(), by_id=officer.user.pk)
    assert asking_again.answers(event) == {"comes": 1, "gave_up": 0, "silent": 0}


def test_nobody_is_asked_where_nothing_was_moved(officer_client: Client) -> None:
    event = EventFactory(starts_at=timezone.now() + 20 * DAY, status="announced")
    RegistrationFactory(event=event, state="confirmed")
    answer = officer_client.get(f"/admin/events/event/{event.pk}/registrations/ask-again/", follow=True)
    assert "The event was not moved." in answer.content.decode()
    assert "whether they still come" not in officer_client.get(f"/admin/events/event/{event.pk}/").content.decode()
