"""The questions of a call as form fields, and the answers back again.

An answer is kept under the code of its question: text, a code of a choice, a list of such codes, true or false, a number,
a day as YYYY-MM-DD. Files are rows of their own. What does not have to be answered, since its condition does not hold, is
neither required nor kept.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from records.form_fields import LongSelect, TextField
from records.template_context import Keywords

from ..models import Question, Training
from .question_words import Words, choices_in, words_of

Kind = Question.Kind
Answers = Mapping[str, Any]
PREFIX: Final = "q-"
MOST_RADIOS: Final = 8  # more choices stand in a list
LONGEST_SHORT: Final = 250
LONGEST_LONG: Final = 5000
_SPELLED: Final = {True: "yes", False: "no"}


def asked(training: Training, *, follow_up: bool = False) -> list[Question]:
    """The questions of a form as they are asked now, in their order."""
    return [one for one in training.questions.all() if one.asked and one.follow_up == follow_up]


def to_answer(questions: Iterable[Question], answers: Answers) -> list[Question]:
    """The questions that these answers open: those without a condition, and those whose condition holds.

    A condition looks at a question that stands before; one on a question that is itself closed does not hold.
    """
    opened: dict[str, Question] = {}
    for question in questions:
        if _holds(question, opened, answers):
            opened[question.code] = question
    return list(opened.values())


def _holds(question: Question, opened: Mapping[str, Question], answers: Answers) -> bool:
    if question.condition is None:
        return True
    code, wanted = question.condition
    given = answers.get(code)
    return code in opened and (wanted in given if isinstance(given, list) else given == wanted)


def name_of(code: str) -> str:
    """The name of the field of a question."""
    return PREFIX + code


def fields_of(questions: Iterable[Question], language: str = "", *, held: Iterable[str] = ()) -> dict[str, forms.Field]:
    """The fields of questions by name, in a language. `held`: codes of questions whose file is there already."""
    language, files = language or get_language() or "en", set(held)
    before: dict[str, Question] = {}
    fields = {}
    for question in questions:
        fields[name_of(question.code)] = _dressed(
            _field(question, language, held=question.code in files), question, before, language
        )
        before[question.code] = question
    return fields


def _field(question: Question, language: str, *, held: bool) -> forms.Field:
    facts: Keywords = {"label": words_of(question, "label", language).html, "required": question.required}
    if question.kind in (Kind.ONE, Kind.MANY, Kind.YES_NO):
        return _choice_field(question, language, facts)
    if question.kind == Kind.LONG:
        return TextField(max_length=LONGEST_LONG, widget=forms.Textarea(attrs={"rows": 6}), **facts)
    if question.kind == Kind.NUMBER:
        return _number_field(question, facts)
    if question.kind == Kind.DATE:
        return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
                               input_formats=["%Y-%m-%d"], error_messages={"invalid": _DAY}, **facts)  # fmt: skip
    if question.kind == Kind.FILE:
        return forms.FileField(**{**facts, "required": question.required and not held})
    return forms.CharField(max_length=LONGEST_SHORT, **facts)


_DAY: Final = gettext_lazy("Write the day as year, month and day: 2027-05-31.")


def _choice_field(question: Question, language: str, facts: Keywords) -> forms.Field:
    offered = [(_SPELLED.get(value, value), words) for value, words in choices_in(question, language)]
    if question.kind == Kind.MANY:
        shown = [(code, words.html) for code, words in offered]
        return forms.MultipleChoiceField(choices=shown, widget=forms.CheckboxSelectMultiple(), **facts)
    if len(offered) > MOST_RADIOS:
        listed = [("", _("Please choose")), *((code, words.text) for code, words in offered)]
        return forms.ChoiceField(choices=listed, widget=LongSelect(), **facts)
    return forms.ChoiceField(choices=[(code, words.html) for code, words in offered], widget=forms.RadioSelect(), **facts)  # fmt: skip


def _number_field(question: Question, facts: Keywords) -> forms.Field:
    bounds: list[Any] = []
    if question.least is not None:
        words = _("Write a number of at least %(number)s.") % {"number": _plain(question.least)}
        bounds.append(MinValueValidator(question.least, words))
    if question.most is not None:
        words = _("Write a number of at most %(number)s.") % {"number": _plain(question.most)}
        bounds.append(MaxValueValidator(question.most, words))
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    field = forms.DecimalField(max_digits=15, decimal_places=4, widget=widget, **facts)
    field.validators = [*field.validators, *bounds]
    return field


def _plain(number: Decimal) -> str:
    """40, not 40.0000 as the database gives it."""
    return f"{number.normalize():f}"


def _dressed(field: forms.Field, question: Question, before: Mapping[str, Question], language: str) -> forms.Field:
    """With its help, with words about its condition, and with what our script needs to hide it."""
    hints: list[SafeString | str] = [words_of(question, "help", language).html] if question.help else []
    if (words := condition_words(question, before, language)) and question.condition:
        code, wanted = question.condition
        hints.insert(0, words)
        field.widget.attrs["data-only-if"] = name_of(code)
        field.widget.attrs["data-only-if-value"] = _SPELLED.get(wanted, wanted) if isinstance(wanted, bool) else wanted
    field.help_text = format_html("{}" + "<br>{}" * (len(hints) - 1), *hints) if hints else ""
    return field


def condition_words(question: Question, before: Mapping[str, Question], language: str) -> SafeString | str:
    """When a question is to be answered: 'Only if you answered “Yes” to “Have you …?”.'"""
    if question.condition is None or question.condition[0] not in before:
        return ""
    code, wanted = question.condition
    other = before[code]
    answer = next((words for value, words in choices_in(other, language) if value == wanted), Words(str(wanted)))
    said = _("Answer this only if your answer to “%(question)s” is “%(answer)s”.")
    shape = said % {"question": "{question}", "answer": "{answer}"}
    return format_html(shape, question=words_of(other, "label", language).html, answer=answer.html)


def initial_of(questions: Iterable[Question], answers: Answers) -> dict[str, object]:
    """What the fields show of answers given before."""
    shown = {name_of(one.code): answers.get(one.code) for one in questions}
    return {name: _SPELLED[value] if isinstance(value, bool) else value for name, value in shown.items()}


def answers_of(questions: Iterable[Question], cleaned: Mapping[str, object]) -> dict[str, object]:
    """The answers as they are kept, by code; what is empty is left out."""
    kept = {one.code: _kept(one, cleaned.get(name_of(one.code))) for one in questions if one.kind != Kind.FILE}
    return {code: value for code, value in kept.items() if value not in (None, "", [])}


def _kept(question: Question, value: Any) -> object:
    if value in (None, "", []):
        return None
    if question.kind == Kind.YES_NO:
        return value == "yes"
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if question.kind == Kind.DATE else value


def lacking(questions: Iterable[Question], answers: Answers, held: Iterable[str]) -> list[Question]:
    """Required questions, among those to be answered, that have no answer. `held`: codes of the files that are there."""
    files = set(held)
    return [
        one
        for one in to_answer(questions, answers)
        if one.required and (one.code not in files if one.kind == Kind.FILE else one.code not in answers)
    ]
