"""The samples of the embedded default: everything of a running webinar can be tried, and is seen to be made up."""

from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Person
from eabrn_portal import demo
from events.models import Event
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def webinar() -> Event:
    demo.make_accounts()
    demo.make_samples()
    return Event.objects.get(slug=demo.SAMPLE_WEBINAR)


def test_webinar_has_all_that_a_day_needs_and_says_that_it_is_made_up(webinar: Event, client: Client) -> None:
    assert webinar.is_sample
    (way,) = webinar.join_links.all()
    assert urlsplit(way.url).hostname == "meet.example"  # a domain that is nobody's
    assert (way.passcode, [one.label[:7] for one in webinar.survey.questions.all()]) == ("sample", ["Sample:"] * 2)
    (question,) = webinar.advance_questions.all()
    assert (question.text[:15], question.person) == ("Sample question", None)
    page = client.get(webinar.get_absolute_url()).content.decode()
    assert ("Sample" in page, "meet.example" in page) == (True, False)


def test_demo_trainer_finds_the_session_and_the_question(webinar: Event) -> None:
    trainer = Person.objects.get(email=f"trainer@{demo.DOMAIN}")
    session = trainer.led_sessions.get()
    page = signed_in(trainer.user).get(f"/me/sessions/event/{session.pk}/").content.decode()
    assert "Sample question" in page


def test_samples_are_made_once_and_anew_when_their_day_has_passed(webinar: Event) -> None:
    def counts() -> list[int]:
        return [
            webinar.sessions.count(), webinar.join_links.count(), webinar.advance_questions.count(), webinar.survey.questions.count()
        ]  # fmt: skip

    assert (demo.make_accounts(), demo.make_samples(), counts()) == ([], [], [3, 1, 1, 2])
    with time_machine.travel(webinar.ends_at, tick=False):
        assert Event.objects.get(pk=webinar.pk) in demo.make_samples()
        assert counts() == [3, 1, 1, 2]
        assert Event.objects.get(pk=webinar.pk).starts_at > webinar.ends_at


def test_command_exists_beside_the_embedded_database_only() -> None:
    with pytest.raises(CommandError, match="only beside the embedded database"):
        call_command("demo")
