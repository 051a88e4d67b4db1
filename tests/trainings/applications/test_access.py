"""Who sees and does what with an application, by page and by direct POST; nominations by a focal point."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Consent, Person
from accounts.persons import writing_down
from accounts.sign_in.claims import claim_person
from notifications.models import Mail
from tests.factories import ApplicationFactory, MemberStateFactory, PersonFactory, UserFactory
from tests.people import give_second_factor, signed_in
from tests.trainings.open_calls import NOW, PDF, ask, call
from trainings.applications import applying
from trainings.models import Application, ApplicationFile, Training

pytestmark = pytest.mark.django_db
WHO = ("applicant", "focal_point", "other_focal_point", "officer", "steward", "trainer", "anonymous")


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def training() -> Training:
    training = call()
    ask(training, "why", required=True)
    ask(training, "letter", "file")
    return training


@pytest.fixture
def clients(
    officer: Person, focal_point: Person, other_focal_point: Person, steward: Person, trainer: Person, stranger: Person
) -> dict[str, Client]:
    give_second_factor(officer.user)
    who = (stranger, focal_point, other_focal_point, officer, steward, trainer)
    return {**{name: signed_in(one.user) for name, one in zip(WHO, who, strict=False)}, "anonymous": Client()}


def file_of(training: Training, person: Person, state: str, **facts: Any) -> ApplicationFile:
    mongolia = MemberStateFactory(code="MN")
    application = ApplicationFactory(
        training=training, person=person, member_state=mongolia, reference="T27-FFFFF", **facts
    )
    file = applying.attach(
        application=application, purpose="answer", code="letter", by=person.user, upload=SimpleUploadedFile("a.pdf", PDF)
    )  # fmt: skip
    sent = None if state == "draft" else NOW
    Application.objects.filter(pk=application.pk).update(state=state, submitted_at=sent)
    return file


def statuses(clients: dict[str, Client], address: str) -> dict[str, int]:
    return {who: client.get(address).status_code for who, client in clients.items()}


@pytest.mark.parametrize(
    ("state", "seen"), [("submitted", ("applicant", "focal_point", "officer")), ("draft", ("applicant",))]
)
def test_file_is_there_for_those_it_concerns(
    clients: dict[str, Client], training: Training, stranger: Person, state: str, seen: tuple[str, ...]
) -> None:
    file = file_of(training, stranger, state)
    address = f"/trainings/application-files/{file.pk}"
    assert statuses(clients, address) == {who: 200 if who in seen else 404 for who in WHO}
    assert all(client.post(address).status_code == 405 for client in clients.values())


def test_file_of_the_follow_up_form_is_for_the_secretariat_alone(
    clients: dict[str, Client], training: Training, stranger: Person
) -> None:
    file = file_of(training, stranger, "confirmed")
    ApplicationFile.objects.update(purpose="follow_up")
    seen = ("applicant", "officer")
    got = statuses(clients, f"/trainings/application-files/{file.pk}")
    assert got == {who: 200 if who in seen else 404 for who in WHO}


def test_officer_without_second_factor_has_no_file(
    training: Training, stranger: Person, officer: Person, settings: Any
) -> None:
    settings.STAFF_MFA = "required"
    file = file_of(training, stranger, "submitted")
    assert signed_in(officer.user).get(f"/trainings/application-files/{file.pk}").status_code == 404


@pytest.mark.parametrize("page", ["", "follow-up/", "participants/"])
def test_own_pages_are_found_by_their_person_alone(
    clients: dict[str, Client], training: Training, stranger: Person, page: str
) -> None:
    ApplicationFactory(
        training=training, person=stranger, state="confirmed", submitted_at=NOW, reference="T27-FFFFF", may_be_listed=True,
        member_state=MemberStateFactory(code="MN"),
    )  # fmt: skip
    address = f"/me/applications/T27-FFFFF/{page}"
    assert statuses(clients, address) == {**dict.fromkeys(WHO, 404), "applicant": 200, "anonymous": 302}
    posted = {
        who: client.post(address, {"act": "withdraw"}).status_code
        for who, client in clients.items()
        if who != "applicant"
    }
    assert set(posted.values()) <= {404, 405, 302}
    assert Application.objects.get().state == "confirmed"


def test_nominating_pages_are_for_focal_points_of_the_state(clients: dict[str, Client], training: Training) -> None:
    ranger = PersonFactory(name="Dorj", member_state=MemberStateFactory(code="MN"))
    for page in ("", "course/", "course/check/"):
        found = statuses(clients, f"/me/people/{ranger.pk}/apply/{page}")
        assert found.pop("focal_point") == (302 if "check" in page else 200)
        assert found.pop("anonymous") == 302
        assert set(found.values()) == {404}
    posted = clients["other_focal_point"].post(f"/me/people/{ranger.pk}/apply/course/", {"do": "save", "q-why": "x"})
    assert posted.status_code == 404
    assert not Application.objects.exists()


def test_focal_point_nominates_a_person_without_an_address(focal_point: Person, training: Training) -> None:
    ranger = Person(name="Dorj", member_state=MemberStateFactory(code="MN"), care_of=focal_point)
    writing_down.write_down(person=ranger, by=focal_point.user)
    bat, address = signed_in(focal_point.user), f"/me/people/{ranger.pk}/apply/course/"
    assert "Course" in bat.get(f"/me/people/{ranger.pk}/apply/").content.decode()
    assert set(bat.post(address, {"do": "check", "q-why": "Birds"}).context["form"].errors) == {"told"}
    version = Application.objects.get().version
    answer = bat.post(address, {"do": "check", "q-why": "Birds", "told": "on", "transfer": "on", "seen": version})
    assert answer["Location"] == address + "check/"
    assert "Birds" in bat.get(answer["Location"]).content.decode()
    sent = bat.post(answer["Location"], {"seen": Application.objects.get().version})
    assert sent["Location"] == f"/me/people/{ranger.pk}/"
    application = Application.objects.get()
    assert (application.state, application.nominated_by, application.person) == ("endorsed", focal_point, ranger)
    assert Mail.objects.get(kind="trainings.endorsed").email == "bat@example.org"
    again = bat.post(address + "check/", {"seen": version + 1})  # the button was pressed twice
    assert again.status_code == 302
    assert not Mail.objects.filter(kind__in=["trainings.received", "trainings.to_endorse"]).exists()
    page = bat.get(f"/me/applications/course/{application.reference}/").content.decode()
    assert 'value="endorse" checked' not in page  # what remains is to take the word back
    consent = Consent.objects.get(what="transfer")
    assert (consent.person, consent.how, consent.by_id) == (ranger, "told", focal_point.user.pk)


def test_nominated_person_signs_up_later_and_changes_and_withdraws(focal_point: Person, training: Training) -> None:
    ranger = PersonFactory(name="Dorj", email="dorj@example.org", member_state=MemberStateFactory(code="MN"))
    draft = applying.begin(
        training=training, person=ranger, by=focal_point.user, member_state_id="MN", nominated_by=focal_point
    )
    claim_person(user=(user := UserFactory(email="dorj@example.org")), email=user.email)
    dorj = signed_in(user)
    assert draft.reference in dorj.get("/trainings/course/apply/").content.decode()
    applying.save_draft(
        application=draft,
        by=user,
        answers={"why": "Mine"},
        questions=list(training.questions.all()),
        seen=draft.version,
    )
    with pytest.raises(ValidationError, match="has changed since"):
        applying.save_draft(
            application=draft, by=focal_point.user, answers={"why": "His"}, questions=list(training.questions.all()),
            seen=draft.version,
        )  # fmt: skip
    dorj.post(f"/me/applications/{draft.reference}/", {"act": "withdraw", "sure": "on"})
    assert Application.objects.get().state == "withdrawn"


def test_draft_that_a_person_began_alone_is_not_the_focal_points(
    focal_point: Person, stranger: Person, training: Training
) -> None:
    Person.objects.filter(pk=stranger.pk).update(member_state=MemberStateFactory(code="MN"))
    own = applying.begin(training=training, person=stranger, by=stranger.user, member_state_id="MN")
    bat, address = signed_in(focal_point.user), f"/me/people/{stranger.pk}/apply/course/"
    page = bat.get(address)
    assert page.context["form"] is None
    assert "It is theirs until it is sent." in page.content.decode()
    answer = bat.post(address, {"do": "save", "q-why": "x", "seen": own.version})
    assert "This is somebody else&#x27;s application." in answer.content.decode()
    assert Application.objects.get().answers == {}


def test_nobody_applies_for_somebody_of_another_state(
    focal_point: Person, other_focal_point: Person, stranger: Person, training: Training
) -> None:
    for by, nominated_by in ((other_focal_point, other_focal_point), (stranger, None), (stranger, stranger)):
        with pytest.raises(ValidationError) as refused:
            applying.begin(
                training=training, person=PersonFactory(), by=by.user, member_state_id="MN", nominated_by=nominated_by
            )
        assert refused.value.code == "scope"


def test_own_page_says_in_plain_words_what_comes_next(stranger: Person, training: Training) -> None:
    jin = signed_in(stranger.user)
    one = ApplicationFactory(
        training=training, person=stranger, state="submitted", submitted_at=NOW, reference="T27-FFFFF",
        answers={"why": "Birds"}, member_state=MemberStateFactory(code="MN"),
    )  # fmt: skip
    one.steps.create(from_state="draft", to_state="submitted", reason="", by=stranger.user)
    one.steps.create(from_state="submitted", to_state="submitted", reason="Passed over", reason_for="office")
    one.steps.create(from_state="submitted", to_state="endorsed", reason="Knows him", reason_for="state")
    page = jin.get("/me/applications/T27-FFFFF/").content.decode()
    for words in (
        "It has arrived.",
        "says whether it is endorsed",
        "31 March 2027, 23:59",
        "Birds",
        "Take it back to change it",
    ):
        assert words in page
    assert "Passed over" not in page
    assert "Knows him" not in page
    jin.post("/me/applications/T27-FFFFF/", {"act": "take-back"})
    assert Application.objects.get().state == "draft"
    Application.objects.update(state="selected", answer_by=NOW + dt.timedelta(days=2))
    page = jin.get("/me/applications/T27-FFFFF/").content.decode()
    assert "Take the seat" in page
    jin.post("/me/applications/T27-FFFFF/", {"act": "confirm"})
    assert Application.objects.get().state == "confirmed"


def test_queries_of_the_own_pages_do_not_grow(stranger: Person, django_assert_num_queries: Any) -> None:
    jin = signed_in(stranger.user)
    jin.get("/me/applications/")  # the first request of a session writes it down
    for number in range(1, 4):
        training = call(slug=f"course-{number}")
        one = ApplicationFactory(
            training=training, person=stranger, state="submitted", submitted_at=NOW, reference=f"T27-FFFF{number}",
            member_state=MemberStateFactory(code="MN"),
        )  # fmt: skip
        for row in range(number):
            ask(training, f"q{row}")
            one.steps.create(to_state="submitted", by=UserFactory())
        if number == 2:
            continue
        with django_assert_num_queries(8):
            jin.get("/me/applications/")
        with django_assert_num_queries(13):
            jin.get(f"/me/applications/T27-FFFF{number}/")
