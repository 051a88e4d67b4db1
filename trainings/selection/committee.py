"""What a committee is given to read: one row for each application with coded answers, and one sheet to print for each.

No more about people than choosing needs: the reference in place of name and address, the age group in place of the year.
What selected people are asked afterwards is for the secretariat alone, and is in neither.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.listing.exports import Sheet, Value
from records.papers import tongue, typeset

from ..calls.answers import Answered, answered
from ..models import Application, ApplicationFile, Question, SelectionDecision, Training
from ..reports.categories import AGES, SEXES, Age, sex_code
from ..workflow.question_words import choices_in, words_of

TEMPLATE: Final = Path(__file__).parent / "typst" / "committee.typ"
MOST_SHEETS: Final = 2000  # a file of more is too heavy to be opened
Counted = Callable[[Iterable[Application]], Iterator[Application]]
FACTS: Final = (
    "reference", "member_state", "site", "class_applied_for", "sex", "age", "endorsed", "focal_point_rank", "mean_score",
    "scores", "earlier_trainings", "state", "decision", "files",
)  # fmt: skip


def questions_of(training: Training) -> list[Question]:
    """The questions of the application form, those that are no longer asked among them: somebody has answered them."""
    return [one for one in training.questions.all() if not one.follow_up and one.kind != Question.Kind.FILE]


def workbook(training: Training, applications: QuerySet, counted: Counted = iter) -> list[Sheet]:
    """The rows, and what the codes mean. `counted` hands on the applications, and may count them."""
    questions = questions_of(training)
    columns = [*FACTS, *(f"q_{one.code}" for one in questions)]
    rows = (_row(one, training, questions) for one in counted(_whole(applications, training)))
    codes = Sheet("Codes", ("column", "means", "code", "label"), _codes(questions))
    return [Sheet("Applications", columns, rows), codes]


def _whole(applications: QuerySet, training: Training) -> Iterator[Application]:
    """As many queries for a thousand as for one."""
    for one in applications.prefetch_related("files"):
        one.training = training
        yield one


def _row(one: Application, training: Training, questions: Sequence[Question]) -> list[Value]:
    held = getattr(one, "held_to", None)
    mean = getattr(one, "mean_score", None)
    return [
        one.reference, one.member_state_id, one.site.slug if one.site else "", _class_code(one.wanted_class),
        sex_code(one.person.sex), Age.of(one.person.birth_year, training.starts_at.year),
        {True: "yes", False: "no", None: ""}[one.endorsed], one.endorsement_rank,
        round(float(mean), 2) if mean is not None else None, getattr(one, "number_of_scores", 0), getattr(one, "earlier", 0),
        one.state, held or "", sum(file.purpose == ApplicationFile.Purpose.ANSWER for file in one.files.all()),
        *(_coded(one.answers.get(question.code)) for question in questions),
    ]  # fmt: skip


def _class_code(seat_class: object) -> str:
    funding, presence = getattr(seat_class, "funding", ""), getattr(seat_class, "presence", "")
    return f"{funding}_{presence}" if funding else ""


def _coded(value: object) -> Value:
    """An answer as it is kept: codes of choices, numbers, days, text; yes and no in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return [str(one) for one in value]
    return value if isinstance(value, str | int | float) else None


def _codes(questions: Sequence[Question]) -> Iterator[list[Value]]:
    language = get_language() or "en"
    for code, label in SEXES.items():
        yield ["sex", _("Sex"), code, str(label)]
    for code, label in AGES.items():
        yield ["age", _("Age at the start of the training"), code, str(label)]
    for code, label in Application.State.choices:
        yield ["state", _("State"), code, str(label)]
    for code, label in SelectionDecision.To.choices[:3]:
        yield ["decision", _("Held decision, nobody told"), code, str(label)]
    for question in questions:
        words = words_of(question, "label", language).text
        if question.kind not in Question.DECIDING:
            yield [f"q_{question.code}", words, "", question.get_kind_display()]
        for value, choice in choices_in(question, language) if question.kind in Question.DECIDING else ():
            yield [f"q_{question.code}", words, _coded(value), choice.text]


def sheets(training: Training, applications: QuerySet, counted: Counted = iter) -> bytes:
    """One page or more for each application, with room for notes."""
    language = get_language() or "en"
    made = [_sheet(one, training) for one in counted(_whole(applications[:MOST_SHEETS], training))]
    title = _("Applications: %(training)s") % {"training": training.title}
    return typeset(
        TEMPLATE,
        {"title": title, "training": training.title, "tongue": tongue(language), "notes": _("Notes"), "sheets": made},
    )


def _sheet(one: Application, training: Training) -> dict[str, object]:
    endorsed = {True: _("Endorsed"), False: _("Not endorsed"), None: _("Not said yet")}[one.endorsed]
    rank = f", {_('Rank %(rank)d') % {'rank': one.endorsement_rank}}" if one.endorsement_rank else ""
    lines = [
        [_("Member state"), str(one.member_state)],
        [_("Site"), str(one.site) if one.site else ""],
        [_("Class applied for"), str(one.wanted_class) if one.wanted_class else ""],
        [_("Sex"), str(SEXES[sex_code(one.person.sex)])],
        [_("Age"), str(AGES[Age.of(one.person.birth_year, training.starts_at.year)])],
        [_("Focal point"), f"{endorsed}{rank}"],
        [_("Earlier trainings"), str(getattr(one, "earlier", 0))],
    ]
    return {
        "reference": one.reference,
        "lines": [line for line in lines if line[1]],
        "answers": [[pair.question.text, _lines(pair)] for pair in answered(one)],
    }


def _lines(pair: Answered) -> list[str]:
    """The answer, one paragraph for each of its lines; of a file only that it is there: its name may be the person's."""
    if pair.file is not None:
        return [_("A file was handed in (%(kind)s).") % {"kind": pair.file.kind.upper()}]
    texts: Iterable[str] = (line for words in pair.lines for line in words.text.splitlines())
    return [text for text in texts if text.strip()] or [_("not answered")]
