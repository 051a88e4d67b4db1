"""Questions as fields and back: every kind with good and bad input, in every language; conditions; what is missing."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from tests.factories import ApplicationFactory
from tests.trainings.open_calls import ask, call, choices
from trainings.applications.forms import AnswersMixin
from trainings.calls import choices as choice_lines
from trainings.calls.answers import answered, in_words
from trainings.models import Question, Training
from trainings.workflow import progress, questions
from trainings.workflow.question_words import languages_without

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


class _Form(AnswersMixin, forms.Form):
    pass


def form(asked: list[Question], data: dict[str, Any], *, complete: bool = True, files: Any = None) -> Any:
    made = _Form({questions.name_of(code): value for code, value in data.items()}, files or {})
    made.add_questions(asked, held=[], complete=complete)
    made.is_valid()
    return made


@pytest.fixture
def training() -> Training:
    return call()


GOOD: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("short", {}, " Birds ", "Birds"),
    ("long", {}, "One\r\nTwo", "One\nTwo"),
    ("long", {}, "<b>'; DROP", "<b>'; DROP"),
    ("one", {"choices": choices("lake", "sea")}, "sea", "sea"),
    ("many", {"choices": choices("lake", "sea")}, ["sea", "lake"], ["sea", "lake"]),
    ("yes_no", {}, "yes", True),
    ("yes_no", {}, "no", False),
    ("number", {"least": Decimal(0), "most": Decimal(40)}, "40", 40),
    ("number", {}, "2.5", 2.5),
    ("number", {}, "0", 0),
    ("date", {}, "2027-02-28", "2027-02-28"),
]
BAD: list[tuple[str, dict[str, Any], Any]] = [
    ("short", {}, "x" * 251),
    ("short", {}, "a\x00b"),
    ("long", {}, "x" * 5001),
    ("one", {"choices": choices("lake", "sea")}, "river"),
    ("many", {"choices": choices("lake", "sea")}, ["sea", "river"]),
    ("yes_no", {}, "maybe"),
    ("yes_no", {}, "True"),
    ("number", {"least": Decimal(1)}, "0"),
    ("number", {"most": Decimal(40)}, "40.5"),
    ("number", {}, "ten"),
    ("number", {}, "NaN"),
    ("number", {}, "1e999999"),
    ("date", {}, "2027-02-29"),
    ("date", {}, "28.02.2027"),
]
EMPTY: dict[str, Any] = {"many": []}


@pytest.mark.sweep
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "facts", "typed", "kept"), GOOD)
def test_good_answer_is_kept_and_shown_again(
    training: Training, kind: str, facts: dict[str, Any], typed: Any, kept: Any, language: str
) -> None:
    question = ask(training, "q", kind, required=True, **facts)
    with translation.override(language):
        made = form([question], {"q": typed})
        assert made.errors == {}
        assert made.answers == {"q": kept}
        again = form([question], {"q": questions.initial_of([question], made.answers)["q-q"]})
    assert again.answers == made.answers


@pytest.mark.sweep
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "facts", "typed"), BAD)
def test_bad_answer_is_refused_at_its_field_and_not_kept(
    training: Training, kind: str, facts: dict[str, Any], typed: Any, language: str
) -> None:
    question = ask(training, "q", kind, **facts)
    with translation.override(language):
        for complete in (True, False):
            made = form([question], {"q": typed}, complete=complete)
            assert set(made.errors) == {"q-q"}
            assert made.answers == {}


@pytest.mark.parametrize("kind", Question.Kind.values)
def test_empty_answer_is_missing_when_sent_and_nothing_in_a_draft(training: Training, kind: str) -> None:
    question = ask(training, "q", kind, required=True, choices=choices("a", "b") if kind in ("one", "many") else [])
    assert set(form([question], {}).errors) == {"q-q"}
    draft = form([question], {}, complete=False)
    assert (draft.errors, draft.answers) == ({}, {})
    question.required = False
    assert form([question], {}).errors == {}


def test_file_is_a_field_and_no_answer(training: Training) -> None:
    question = ask(training, "q", "file", required=True)
    made = form([question], {}, files={"q-q": SimpleUploadedFile("a.pdf", b"%PDF-1")})
    assert (made.errors, made.answers, list(made.uploads)) == ({}, {}, ["q"])


CONDITIONS: list[tuple[str, Any, Any, bool]] = [
    ("yes_no", True, "yes", True),
    ("yes_no", True, "no", False),
    ("yes_no", False, "no", True),
    ("yes_no", False, "", False),
    ("one", "lake", "lake", True),
    ("one", "lake", "sea", False),
    ("many", "lake", ["sea", "lake"], True),
    ("many", "lake", ["sea"], False),
    ("many", "lake", [], False),
]


@pytest.mark.parametrize(("kind", "wanted", "typed", "holds"), CONDITIONS)
def test_condition_is_weighed_on_the_server(
    training: Training, kind: str, wanted: Any, typed: Any, holds: bool
) -> None:
    first = ask(training, "a", kind, choices=choices("lake", "sea") if kind != "yes_no" else [], label="Where?")
    second = ask(training, "b", "number", required=True, only_if={"question": "a", "answer": wanted})
    assert ("q-b" in form([first, second], {"a": typed}).errors) == holds
    assert ("b" in form([first, second], {"a": typed, "b": "3"}).answers) == holds
    assert ("q-b" in form([first, second], {"a": typed, "b": "wrong"}).errors) == holds
    hint = str(questions.fields_of([first, second])["q-b"].help_text)
    assert "Answer this only if your answer to “Where?” is" in hint


def test_condition_on_a_closed_question_does_not_hold(training: Training) -> None:
    chain = [
        ask(training, "a", "yes_no"),
        ask(training, "b", "yes_no", only_if={"question": "a", "answer": True}),
        ask(training, "c", required=True, only_if={"question": "b", "answer": True}),
    ]
    assert form(chain, {"a": "no", "b": "yes"}).errors == {}
    assert form(chain, {"a": "no", "b": "yes", "c": "x"}).answers == {"a": False}
    assert set(form(chain, {"a": "yes", "b": "yes"}).errors) == {"q-c"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_each_language_or_visibly_in_english(training: Training, language: str) -> None:
    column = language.replace("-", "_")
    question = ask(training, "q", "one", label="Where?", choices=choices("lake", "sea", lake={language: "LAKE"}))
    with translation.override(language):
        label = str(questions.fields_of([question])["q-q"].label)
        assert label == ("Where?" if language == "en" else '<span lang="en">Where?</span>')
        assert languages_without([question], language) == ([] if language == "en" else [question])
        setattr(question, f"label_{column}", "WHERE & <why>")
        field: Any = questions.fields_of([question])["q-q"]
        assert str(field.label) == "WHERE &amp; &lt;why&gt;"
        words = [str(words) for _code, words in field.choices]
        assert words == ["LAKE", "Sea" if language == "en" else '<span lang="en">Sea</span>']


def test_kazakh_falls_back_to_russian_first(training: Training) -> None:
    question = ask(training, "q", label_ru="Где?")
    with translation.override("kk"):
        assert str(questions.fields_of([question])["q-q"].label) == '<span lang="ru">Где?</span>'


def test_help_of_an_officer_is_text_not_markup(training: Training) -> None:
    question = ask(training, "q", help="<script>", help_en="<script>")
    assert questions.fields_of([question])["q-q"].help_text == "&lt;script&gt;"


def test_answers_are_shown_in_words_and_none_is_lost(training: Training) -> None:
    ask(training, "where", "many", choices=choices("lake", "sea", lake={"ru": "Озеро"}), label="Where?")
    ask(training, "been", "yes_no")
    ask(training, "old", asked=False, label="Old one")
    application = ApplicationFactory(
        training=training, answers={"where": ["lake", "gone"], "old": "Kept", "nowhere": ["x", "y"]}
    )
    shown = {pair.code: (in_words(pair), pair.still_asked) for pair in answered(application, language="ru")}
    assert shown == {
        "where": ("Озеро; gone", True), "been": ("not answered", True), "old": ("Kept", False), "nowhere": ("x; y", False),
    }  # fmt: skip


def test_nothing_incomplete_is_sent_on_any_path(training: Training) -> None:
    training.call_opens_at, training.nominations_close_at = None, training.starts_at.replace(year=2099)
    training.starts_at = training.starts_at.replace(year=2100)
    training.ends_at = None
    training.end_precision = ""
    training.save()
    ask(training, "why", required=True, label="Why?")
    ask(training, "letter", "file", required=True, label="A letter?")
    ask(training, "more", required=True, label="More?", only_if={"question": "why", "answer": "never"})
    application = ApplicationFactory(training=training)
    with pytest.raises(ValidationError) as refused:
        progress.submit(application=application, by=None)
    assert refused.value.messages == ["The application is not complete. Missing: Why?; A letter?."]
    assert refused.value.code == "incomplete"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("lake | A lake | 湖\nsea | A sea", [("lake", {"en": "A lake", "zh-hans": "湖"}), ("sea", {"en": "A sea"})]),
        ("A lake\n\n A sea ", [("a-lake", {"en": "A lake"}), ("a-sea", {"en": "A sea"})]),
        ("lake | A lake | | 湖", [("lake", {"en": "A lake", "ja": "湖"})]),
        ("Lake! | A lake", "Line 1: The code “Lake!” is none"),
        ("a | A\na | B", "Line 2: The code “a” stands there twice."),
        ("a | | 湖", "Line 1: The English words are missing."),
        ("ok | x\na | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8", "Line 2: There are more than 7 languages."),
        ("湖", "Line 1: The code “” is none"),
    ],
)
def test_choices_are_typed_one_per_line(text: str, result: Any) -> None:
    field = choice_lines.ChoicesField(required=False)
    if isinstance(result, str):
        with pytest.raises(ValidationError, match=result[:30].replace("(", r"\(")) as refused:
            field.clean(text)
        assert refused.value.messages[0].startswith(result)
        return
    cleaned = field.clean(text)
    assert [(one["code"], one["label"]) for one in cleaned] == result
    assert field.clean(field.prepare_value(cleaned)) == cleaned
    assert not field.has_changed(cleaned, choice_lines.as_text(cleaned))
