"""What a survey found, in figures: once it is closed, and only where five or more have answered.

While it is open only the number of answers is shown: whoever looks twice would see in the difference what one person said.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from records.listing.exports import Download, Feature, Value

from ..models import Survey, SurveyAnswer, SurveyQuestion
from ..models.survey_times import is_closed
from .forms import choices_of

FEWEST: Final = 5
Kind = SurveyQuestion.Kind


@dataclass(frozen=True)
class Line:
    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class Figure:
    """One question with what was answered; withheld when too few have answered it."""

    label: str
    kind: str
    answers: int | None  # None: fewer than five, how many is withheld too
    lines: list[Line] = field(default_factory=list)
    mean: float | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def withheld(self) -> bool:
        return self.answers is None


def sheets(survey: Survey) -> int:
    """How many people have answered."""
    return survey.answered.count()


def figures(survey: Survey) -> list[Figure]:
    """One for each question; nothing as long as the survey is open."""
    if not is_closed(survey):
        return []
    number = sheets(survey)
    answers: dict[int, list[SurveyAnswer]] = {}
    for answer in SurveyAnswer.objects.filter(
        question__survey=survey
    ):  # by random keys: in no order that means anything
        answers.setdefault(answer.question_id, []).append(answer)
    return [_figure(question, answers.get(question.pk, []), number) for question in survey.questions.all()]


def _figure(question: SurveyQuestion, answers: list[SurveyAnswer], number: int) -> Figure:
    facts: dict[str, Any] = {"label": question.label, "kind": question.get_kind_display()}
    if number < FEWEST or len(answers) < FEWEST:
        return Figure(answers=None, **facts)
    if question.kind == Kind.TEXT:
        return Figure(answers=len(answers), texts=sorted(answer.text for answer in answers), **facts)
    counted = Counter(answer.choice for answer in answers)
    # Of several choices each may be taken by everybody: shares are of those who answered the survey.
    base = number if question.kind == Kind.MANY else len(answers)
    lines = [
        Line(str(label), counted[choice], round(100 * counted[choice] / base))
        for choice, label in choices_of(question, "en")
    ]
    mean = sum(answer.choice or 0 for answer in answers) / len(answers) if question.kind == Kind.SCALE else None
    return Figure(answers=len(answers), lines=lines, mean=mean, **facts)


COLUMNS: Final = ("question", "kind", "answer", "number", "percent")


def download(survey: Survey) -> Download:
    """The same as a table: one line for each choice or text."""
    rows = list(_rows(survey))
    return Download(f"survey-{survey.event.slug}", "Survey", COLUMNS, rows)


def _rows(survey: Survey) -> Iterator[Feature]:
    for place, figure in enumerate(figures(survey), 1):
        shared: dict[str, Value] = {"question": figure.label, "kind": figure.kind}
        if figure.withheld:
            yield Feature(f"{place}", figure.label, {**shared, "answer": f"withheld: fewer than {FEWEST} answers"})
        for line in figure.lines:
            facts: dict[str, Value] = {"answer": line.label, "number": line.count, "percent": line.percent}
            yield Feature(f"{place}", figure.label, {**shared, **facts})
        for text in figure.texts:
            yield Feature(f"{place}", figure.label, {**shared, "answer": text})
