"""People without an account are erased when nothing needs them any more; so are answers and files of applications."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Consent, Person
from events.models import Registration
from history import retention
from notifications import outbox
from notifications.models import Mail
from notifications.recipients import of_address
from tests.factories import (
    ApplicationFactory,
    EventFactory,
    PersonFactory,
    RegistrationFactory,
    RoleGrantFactory,
    TrainingFactory,
    UserFactory,
)
from trainings.models import Application, ApplicationFile, ApplicationScore, ApplicationStep, Certificate
from trainings.models.files import private_storage

pytestmark = pytest.mark.django_db


def ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def touched() -> dict[str, int]:
    runs = list(retention.purge())
    assert [run.error for run in runs if run.error] == []
    return {run.rule: run.rows for run in runs if run.rows}


def guest(name: str, *, days: float, state: str = "confirmed", **facts: Any) -> Person:
    """Registered so many days ago for an event that is over, and did nothing since."""
    person = PersonFactory(name=f"{name} Guest", email=f"{name}@example.org", **facts)
    place = RegistrationFactory(person=person, event=EventFactory(starts_at=ago(days - 1), status="held"), state=state)
    Registration.objects.filter(pk=place.pk).update(
        created_at=ago(days), confirmed_at=ago(days) if state == "confirmed" else None
    )
    Person.objects.filter(pk=person.pk).update(created_at=ago(days))
    return person


def known() -> set[str]:
    return set(Person.objects.known().values_list("email", flat=True))


def test_guest_who_never_confirmed_goes_with_the_registration() -> None:
    guest("old", days=31, state="expired")
    guest("new", days=29, state="expired")
    guest("answered", days=31)
    both = guest("both", days=31, state="expired")
    RegistrationFactory(person=both, event=EventFactory())
    told = guest("told", days=31, state="expired")
    Consent.objects.create(person=told, what="notice", version="1", how="told")
    outbox.put(kind="accounts.no_account", subject=("accounts.nobody", 0), recipient=of_address("old@example.org"))
    assert touched() == {"unconfirmed-guests": 1}
    assert known() == {f"{name}@example.org" for name in ("new", "answered", "both", "told")}
    assert Person.objects.count() == 4  # nothing of the stranger stays
    assert not Registration.objects.filter(person__email="old@example.org").exists()
    assert (Mail.objects.get().email, Mail.objects.get().state) == ("", "dropped")
    assert touched() == {}


def test_idle_guest_loses_the_name_and_the_figures_stay() -> None:
    idle = guest("idle", days=1096, organisation="Hustai")
    guest("young", days=1094)
    returning = guest("returning", days=1096)
    RegistrationFactory(person=returning, event=EventFactory())
    certified = guest("certified", days=1096)
    Certificate.objects.create(
        number="C-1", activity=TrainingFactory(), person=certified, name="C", title="T", dates="D"
    )
    RoleGrantFactory(person=guest("trainer", days=1096), role="trainer")
    account = guest("account", days=1096, user=UserFactory(email="account@example.org"))
    assert touched() == {"idle-guests": 1}
    idle.refresh_from_db()
    assert (idle.name, idle.email, idle.organisation) == ("–", "", "")
    assert idle.registrations.count() == 1
    assert known() == {f"{name}@example.org" for name in ("young", "returning", "certified", "trainer", "account")}
    assert account.user is not None
    assert touched() == {}


def test_texts_about_an_idle_guest_go_too() -> None:
    guest("idle", days=1096)
    score = ApplicationScore.objects.create(
        application=ApplicationFactory(), officer=UserFactory(), points=3, note="Knows Idle Guest (idle@example.org) well"
    )  # fmt: skip
    touched()
    score.refresh_from_db()
    assert score.note == "Knows – (–) well"


def application(state: str, *, over: float) -> tuple[Application, str]:
    """With an answer, a CV, a reason and a note, for a training that ended so many days ago."""
    made = ApplicationFactory(
        training=TrainingFactory(starts_at=ago(over + 2), ends_at=ago(over), status="held"), state=state,
        person=PersonFactory(user=UserFactory()), answers={"why": "Call 555-0101"},
        submitted_at=None if state == "draft" else ago(over + 30),
    )  # fmt: skip
    file = ApplicationFile(application=made, purpose="answer", code="cv", name="cv.pdf", kind="pdf", size=3)
    file.file.save("applications/cv.pdf", ContentFile(b"%PDF"), save=True)
    ApplicationStep.objects.create(application=made, to_state=state, reason="Too young")
    ApplicationScore.objects.create(application=made, officer=UserFactory(), points=1, note="Too young")
    return made, str(file.file.name)


@pytest.mark.parametrize(
    ("rule", "state"),
    [
        ("refused-applications", "not_selected"),
        ("refused-applications", "withdrawn"),
        ("refused-applications", "submitted"),
        ("applications", "completed"),
    ],
)
def test_answers_and_files_go_and_the_row_stays(rule: str, state: str, django_capture_on_commit_callbacks: Any) -> None:
    days = settings.RETENTION_DAYS[rule]
    (old, cv), (new, kept) = application(state, over=days + 1), application(state, over=days - 1)
    with django_capture_on_commit_callbacks(execute=True):
        assert touched() == {rule: 1}
    old.refresh_from_db()
    assert (old.state, old.answers, old.files.count()) == (state, {}, 0)
    assert (old.steps.get().reason, old.scores.get().note, old.scores.get().points) == ("", "", 1)
    assert [private_storage().exists(name) for name in (cv, kept)] == [False, True]
    new.refresh_from_db()
    assert (new.answers, new.files.count()) == ({"why": "Call 555-0101"}, 1)
    assert touched() == {}


def test_draft_that_was_never_sent_goes_whole(django_capture_on_commit_callbacks: Any) -> None:
    (_old, cv), (new, kept) = application("draft", over=366), application("draft", over=364)
    with django_capture_on_commit_callbacks(execute=True):
        assert touched() == {"application-drafts": 1}
    assert list(Application.objects.all()) == [new]
    assert [private_storage().exists(name) for name in (cv, kept)] == [False, True]
