"""Building the form of a call: what may be changed once people have answered, and copying the form of another training."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from typed_records.locks import locked

from ..models import Application, ApplicationFile, Question, Training

FIXED = ("code", "kind", "follow_up")


def given(question: Question) -> list[Any]:
    """All answers to a question, drafts too; for a file one entry for each that was handed in."""
    column = "follow_up" if question.follow_up else "answers"
    purpose = ApplicationFile.Purpose.FOLLOW_UP if question.follow_up else ApplicationFile.Purpose.ANSWER
    own = Application.objects.filter(training=question.training_id)
    files = ApplicationFile.objects.filter(application__in=own, purpose=purpose, code=question.code)
    found = own.filter(**{f"{column}__has_key": question.code}).annotate(given=KeyTransform(question.code, column))
    return [*found.values_list("given", flat=True), *files.values_list("name", flat=True)]


def refuse_change(*, before: Question, after: Question) -> None:
    """ValidationError by field when a change would break answers that were given."""
    answers = given(before)
    if not answers:
        return
    wrong: dict[str, object] = {}
    for name in FIXED:
        if getattr(before, name) != getattr(after, name):
            wrong[name] = _("%(n)d people have answered already, so this stays. Take “asked” away and add a new question.") % {"n": len(answers)}  # fmt: skip
    chosen = {code for one in answers for code in (one if isinstance(one, list) else [one])}
    if lost := [code for code in before.codes if code in chosen and code not in after.codes]:
        wrong["choices"] = _("These choices were made by people already and must stay: %(codes)s.") % {
            "codes": ", ".join(lost)
        }
    if wrong:
        raise ValidationError(wrong)


def refuse_deletion(question: Question) -> None:
    """ValidationError when answers would be lost."""
    if answers := given(question):
        raise ValidationError(
            _("“%(question)s” was answered by %(n)d people: take “asked” away instead, then the answers stay."),
            params={"question": question.label, "n": len(answers)}, code="answered",
        )  # fmt: skip


def refuse_conditions(questions: Sequence[Question]) -> None:
    """ValidationError when a condition looks at a question that does not stand before, is not asked, or has not that answer."""
    before: dict[str, Question] = {}
    for question in sorted(questions, key=lambda one: (one.order, one.pk or float("inf"))):
        if question.condition and question.asked:
            _refuse_condition(question, before)
        if question.asked:
            before[question.code] = question


def _refuse_condition(question: Question, before: dict[str, Question]) -> None:
    code, wanted = question.condition or ("", None)
    other, params = before.get(code), {"question": question.label, "other": code}
    if other is None or other.follow_up != question.follow_up:
        raise ValidationError(
            _("“%(question)s” depends on “%(other)s”, which must stand before it in the same form and be asked."),
            params=params, code="condition",
        )  # fmt: skip
    answers: Iterable[object] = (True, False) if other.kind == Question.Kind.YES_NO else other.codes
    if wanted not in answers:
        raise ValidationError(
            _("“%(question)s” depends on an answer to “%(other)s” that cannot be given."),
            params=params,
            code="condition",
        )


@transaction.atomic
def copy(*, source: Training, to: Training) -> int:
    """Adds the questions of another training behind those that are there. How many; one whose code is there stays away."""
    to = locked(to)
    there = {one.code for one in to.questions.all()}
    last = max((one.order for one in to.questions.all()), default=-1)
    new = [one for one in source.questions.filter(asked=True) if one.code not in there]
    if not new:
        raise ValidationError(_("The form of “%(training)s” has no question that is not there already.") % {"training": source})  # fmt: skip
    for nth, question in enumerate(new, last + 1):
        question.pk, question.training, question.order = None, to, nth
        question._state.adding = True
        question.save()
    refuse_conditions(list(to.questions.all()))
    return len(new)
