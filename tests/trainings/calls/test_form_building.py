"""The form of a call as an officer builds it: choices by line, conditions, what answers forbid, preview, copy."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from tests.admin.pages import send
from tests.factories import ApplicationFactory
from tests.people import signed_in
from tests.trainings.open_calls import ask, call, choices
from trainings.calls import form_building
from trainings.models import CallForm, Question, Training

pytestmark = pytest.mark.django_db


@pytest.fixture
def training() -> Training:
    training = call()
    ask(training, "where", "one", choices=choices("lake", "sea"), label="Where?")
    ask(training, "deep", "number", only_if={"question": "where", "answer": "lake"}, label="How deep?")
    return training


def change(client: Client, training: Training, **facts: str) -> Any:
    return send(
        client, CallForm.objects.get(pk=training.pk), **{f"questions-{name}": value for name, value in facts.items()}
    )


def question(code: str) -> Question:
    return Question.objects.get(code=code)


def errors(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(f"{one.label} {one.text}" for one in answer.context["error_summary"])


def test_choices_and_condition_are_edited_in_words(administrator_client: Client, training: Training) -> None:
    lines = "lake | A lake | 湖\nsea | A sea\nriver | A river | | | | | Река"
    assert change(administrator_client, training, **{"0-choices": lines, "1-condition": "where=sea"}).status_code == 302
    labels = [choice["label"] for choice in question("where").choices]
    assert labels == [{"en": "A lake", "zh-hans": "湖"}, {"en": "A sea"}, {"en": "A river", "ru": "Река"}]
    assert question("deep").only_if == {"question": "where", "answer": "sea"}
    assert change(administrator_client, training, **{"1-condition": ""}).status_code == 302
    assert question("deep").only_if is None


def test_wrong_lines_are_told_by_their_number(administrator_client: Client, training: Training) -> None:
    said = errors(change(administrator_client, training, **{"0-choices": "lake | A lake\nLAKE! | x\nlake | y"}))
    assert "Line 2: The code “LAKE!” is none" in said
    assert "Line 3: The code “lake” stands there twice." in said
    assert "at least two choices" in errors(change(administrator_client, training, **{"0-choices": "lake | A lake"}))


def test_condition_offers_every_answer_of_the_other_questions(administrator_client: Client, training: Training) -> None:
    page = administrator_client.get(f"/admin/trainings/callform/{training.pk}/change/").content.decode()
    assert '<option value="where=lake" selected>Where?: Lake</option>' in page
    assert '<option value="where=sea">Where?: Sea</option>' in page


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"0-code": "place"}, "have answered already"),
        ({"0-kind": "many"}, "have answered already"),
        ({"0-choices": "sea | A sea\nriver | A river"}, "must stay: lake"),
        ({"0-DELETE": "on"}, "was answered by 1 people"),
        ({"0-asked": ""}, "must stand before it"),
        ({"0-order": "9"}, "must stand before it"),
    ],
)
def test_what_would_break_answers_is_refused_with_words(
    administrator_client: Client, training: Training, facts: dict[str, str], words: str
) -> None:
    ApplicationFactory(training=training, answers={"where": "lake"})
    before = list(Question.objects.values())
    assert words in errors(change(administrator_client, training, **facts))
    assert list(Question.objects.values()) == before


def test_labels_and_new_choices_may_change_after_answers(administrator_client: Client, training: Training) -> None:
    ApplicationFactory(training=training, answers={"where": "lake"})
    facts = {"0-label_en": "Which place?", "0-choices": "lake | The lake\nsea | Sea\nriver | River"}
    assert change(administrator_client, training, **facts).status_code == 302
    assert (question("where").label, question("where").codes) == ("Which place?", ["lake", "sea", "river"])


@pytest.mark.parametrize("write", ["code", "kind", "follow_up", "delete"])
def test_database_keeps_what_was_answered(training: Training, write: str) -> None:
    ApplicationFactory(training=training, answers={"where": "lake"})
    found = Question.objects.filter(code="where")
    facts: dict[str, Any] = {"code": {"code": "x"}, "kind": {"kind": "many"}, "follow_up": {"follow_up": True}}.get(
        write, {}
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        found.update(**facts) if facts else found.delete()
    Question.objects.filter(code="deep").update(code="depth")
    assert found.exists()


def test_preview_shows_each_language_and_keeps_nothing(administrator_client: Client, training: Training) -> None:
    Question.objects.filter(code="where").update(label_ru="Где?")
    ask(training, "visa", follow_up=True, label="Visa?")
    address = f"/admin/trainings/callform/{training.pk}/preview/"
    page = administrator_client.get(address, {"language": "ru"}).content.decode()
    assert "Где?" in page
    assert '<span lang="en">Lake</span>' in page
    assert "Visa?" in page
    assert "Not whole in this language" in page
    assert administrator_client.get(address, {"language": "xx"}).status_code == 200


def test_form_of_another_training_is_copied_with_its_conditions(
    administrator_client: Client, training: Training
) -> None:
    to = call(slug="next")
    ask(to, "where", "one", choices=choices("lake", "x"), label="Mine")
    assert form_building.copy(source=training, to=to) == 1
    assert [(one.code, one.label) for one in to.questions.all()] == [("where", "Mine"), ("deep", "How deep?")]
    assert training.questions.count() == 2
    with pytest.raises(ValidationError, match="no question that is not there already"):
        form_building.copy(source=training, to=to)
    empty = call(slug="empty")
    answer = administrator_client.post(f"/admin/trainings/callform/{empty.pk}/copy/", {"source": training.pk})
    assert answer["Location"] == f"/admin/trainings/callform/{empty.pk}/change/"
    assert empty.questions.count() == 2


@pytest.mark.parametrize("page", ["change", "preview", "copy"])
def test_builder_is_for_officers(training: Training, client: Client, focal_point: Any, page: str) -> None:
    address = f"/admin/trainings/callform/{training.pk}/{page}/"
    assert client.get(address).status_code == 302
    assert signed_in(focal_point.user).get(address).status_code in (302, 403)
