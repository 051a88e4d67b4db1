"""Answers as pages show them: pairs of question and answer in any language, for applicant, focal point and officer alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.formats.date_formatting import date_words
from records.formats.measures import grouped

from ..models import Application, ApplicationFile, Question
from ..workflow.question_words import Words, choices_in, words_of
from ..workflow.questions import to_answer

Kind = Question.Kind


@dataclass(frozen=True)
class Answered:
    """One question with what was answered: lines of text, a file, or nothing. `still_asked`: it stands in the form now."""

    code: str
    question: Words
    lines: list[Words] = field(default_factory=list)
    file: ApplicationFile | None = None
    still_asked: bool = True

    @property
    def is_empty(self) -> bool:
        return not self.lines and self.file is None


def answered(application: Application, *, follow_up: bool = False, language: str = "") -> list[Answered]:
    """All questions to be answered with their answers, then answers to what is no longer asked: nothing given is lost.

    Asks for the questions of the training and the files of the application, unless they were fetched before.
    """
    language = language or get_language() or "en"
    given: Mapping[str, object] = application.follow_up if follow_up else application.answers
    purpose = ApplicationFile.Purpose.FOLLOW_UP if follow_up else ApplicationFile.Purpose.ANSWER
    files = {one.code: one for one in application.files.all() if one.purpose == purpose}
    known = {one.code: one for one in application.training.questions.all() if one.follow_up == follow_up}
    current = to_answer([one for one in known.values() if one.asked], given)
    shown = [_pair(one, given.get(one.code), files.get(one.code), language) for one in current]
    left = [code for code in dict.fromkeys([*given, *files]) if code not in {one.code for one in current}]
    return [*shown, *(_left(code, known, given, files, language) for code in left)]


def _left(
    code: str, known: Mapping[str, Question], given: Mapping[str, object], files: Mapping[str, ApplicationFile], language: str
) -> Answered:  # fmt: skip
    """An answer to a question that is no longer asked, or no longer there at all."""
    if code in known:
        return _pair(known[code], given.get(code), files.get(code), language, still_asked=False)
    value = given.get(code)
    lines = [Words(str(one)) for one in (value if isinstance(value, list) else [value]) if one not in (None, "")]
    return Answered(code, Words(code), lines, files.get(code), still_asked=False)


def _pair(
    question: Question, value: object, file: ApplicationFile | None, language: str, *, still_asked: bool = True
) -> Answered:
    lines = lines_of(question, value, language)
    return Answered(question.code, words_of(question, "label", language), lines, file, still_asked)


def lines_of(question: Question, value: Any, language: str) -> list[Words]:
    """One line for each choice made; text as it was typed."""
    if value in (None, "", []):
        return []
    values: Iterable[object] = value if isinstance(value, list) else [value]
    if question.kind in Question.DECIDING:
        names = dict(choices_in(question, language))
        return [names.get(one, Words(str(one))) for one in values]
    if question.kind == Kind.DATE and isinstance(value, str) and (day := parse_date(value)):
        return [Words(date_words(day))]
    if question.kind == Kind.NUMBER:
        return [Words(grouped(value) if isinstance(value, int | float) else str(value))]
    return [Words(str(one)) for one in values]


def in_words(pair: Answered) -> str:
    """An answer in one line, for tables and downloads."""
    return "; ".join(words.text for words in pair.lines) or (pair.file.name if pair.file else _("not answered"))
