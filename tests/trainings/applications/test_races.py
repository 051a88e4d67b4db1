"""Two at once, with real connections: beginning, writing the same draft, handing in files, sending at the deadline."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from notifications.models import Mail
from tests.events.registration.test_races import at_once
from tests.factories import MemberStateFactory, RoleGrantFactory
from tests.people import signed_in, with_account
from tests.trainings.open_calls import PDF, ask, call
from trainings.applications import applying
from trainings.models import Application, ApplicationFile, Training
from trainings.models.files import private_storage

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture
def training() -> Training:
    now = timezone.now()
    training = call(
        starts_at=now + dt.timedelta(days=60), call_opens_at=now - dt.timedelta(days=1), nominations_close_at=now + dt.timedelta(days=9)
    )  # fmt: skip
    ask(training, "why")
    ask(training, "letter", "file")
    return training


@pytest.fixture
def people() -> Any:
    """Jin of Mongolia and Bat, who answers for it."""
    mongolia = MemberStateFactory(code="MN")
    jin, bat = (with_account(f"{name}@example.org", name, member_state=mongolia) for name in ("jin", "bat"))
    RoleGrantFactory(person=bat, role="focal_point", member_state=mongolia)
    return jin, bat


def draft_of(training: Training, people: Any) -> Application:
    jin, bat = people
    return applying.begin(training=training, person=jin, by=bat.user, member_state_id="MN", nominated_by=bat)


def test_begun_in_many_windows_at_once_is_one_draft(training: Training, people: Any) -> None:
    jin = people[0]
    faults = at_once(
        [lambda: applying.begin(training=training, person=jin, by=jin.user, member_state_id="MN") for _n in range(MANY)]
    )
    assert [getattr(fault, "code", "") for fault in faults] == ["twice"] * (MANY - 1)
    assert Application.objects.count() == 1


def test_applicant_and_focal_point_never_overwrite_each_other_silently(training: Training, people: Any) -> None:
    draft, questions = draft_of(training, people), list(training.questions.all())

    def write(person: Any) -> None:
        applying.save_draft(
            application=draft, by=person.user, answers={"why": person.name}, questions=questions, seen=draft.version
        )

    faults = at_once([lambda person=person: write(person) for person in people])
    assert [type(fault) for fault in faults] == [ValidationError]
    assert faults[0].code == "stale"  # type: ignore[attr-defined]
    draft.refresh_from_db()
    assert (draft.version, draft.answers["why"] in ("jin", "bat")) == (1, True)


def test_written_while_it_is_sent_is_in_it_or_refused(training: Training, people: Any) -> None:
    draft, questions = draft_of(training, people), list(training.questions.all())
    jin, bat = people
    faults = at_once(
        [
            lambda: applying.send(application=draft, by=jin.user, seen=draft.version),
            lambda: applying.save_draft(
                application=draft, by=bat.user, answers={"why": "Late"}, questions=questions, seen=draft.version
            ),
        ]
    )
    assert len(faults) == 1
    draft.refresh_from_db()
    assert (draft.state, draft.answers) in [("submitted", {}), ("draft", {"why": "Late"})]


def test_two_uploads_at_once_leave_one_file(training: Training, people: Any) -> None:
    draft, jin = draft_of(training, people), people[0]

    def hand_in(number: int) -> None:
        upload = SimpleUploadedFile(f"{number}.pdf", PDF)
        applying.attach(application=draft, purpose="answer", code="letter", upload=upload, by=jin.user)

    storage = private_storage()
    before = set(storage.listdir("applications")[1]) if storage.exists("applications") else set()
    assert at_once([lambda number=number: hand_in(number) for number in range(MANY)]) == []
    file = ApplicationFile.objects.get()
    assert {f"applications/{name}" for name in set(storage.listdir("applications")[1]) - before} == {file.file.name}
    applying.detach(application=draft, pk=file.pk, by=jin.user)


def test_sent_twice_at_once_is_sent_once(training: Training, people: Any) -> None:
    draft, jin = draft_of(training, people), people[0]
    faults = at_once([lambda: applying.send(application=draft, by=jin.user, seen=draft.version) for _n in range(MANY)])
    assert len(faults) == MANY - 1
    assert draft.steps.filter(to_state="submitted").count() == 1


def test_button_pressed_twice_at_once_is_answered_alike(training: Training, people: Any) -> None:
    draft, jin = draft_of(training, people), people[0]
    clients = [signed_in(jin.user) for _n in range(MANY)]
    answers = []

    def press(client: Client) -> None:
        answer = client.post(f"/trainings/{training.slug}/apply/check/", {"seen": draft.version})
        answers.append((answer.status_code, answer["Location"]))

    assert at_once([lambda client=client: press(client) for client in clients]) == []
    assert answers == [(302, f"/me/applications/{draft.reference}/")] * MANY
    assert draft.steps.filter(to_state="submitted").count() == 1
    assert Mail.objects.filter(kind="trainings.received").count() == 1
