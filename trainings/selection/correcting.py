"""Correcting what somebody has answered, for them: they telephoned, they wrote a letter. The log says what and why."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User

from ..models import Application, Question
from ..workflow import seats
from ..workflow.conditions import fresh, need
from ..workflow.questions import to_answer
from ..workflow.transitions import For, State, note


@transaction.atomic
def correct(
    *, application: Application, by: User, questions: Sequence[Question], answers: Mapping[str, object],
    facts: Mapping[str, object], reason: str, seen: int,
) -> list[str]:  # fmt: skip
    """Writes answers and facts as they are right; the names of what has changed. A held decision stays as it is.

    `facts` may hold `wanted_class` and `site`. ValidationError for a draft, which is its writer's, without a reason, and when
    nothing differs.
    """
    application = fresh(application, seen)
    if application.state == State.DRAFT:
        raise ValidationError(_("A draft is its writer's own."), code="draft")
    need(reason, _("Say who has asked for the correction, and how."))
    changed = [*_answered(application, questions, answers), *_placed(application, facts)]
    if not changed:
        raise ValidationError(_("Nothing differs from what is known."), code="same")
    application.version += 1
    application.save()
    words = _("Corrected for the applicant: %(what)s. %(why)s") % {"what": ", ".join(changed), "why": reason}
    note(application, by=by, reason=words, reason_for=For.PERSON)
    return changed


def _answered(application: Application, questions: Sequence[Question], answers: Mapping[str, object]) -> list[str]:
    written = {code: value for code, value in answers.items() if value not in (None, "", [])}
    opened = {one.code for one in to_answer(questions, written)}
    shown = {one.code for one in questions if one.kind != Question.Kind.FILE}
    kept = {code: value for code, value in application.answers.items() if code not in shown}
    now = {**kept, **{code: value for code, value in written.items() if code in opened and code in shown}}
    before, application.answers = application.answers, now
    return [one.label for one in questions if before.get(one.code) != now.get(one.code)]


def _placed(application: Application, facts: Mapping[str, object]) -> list[str]:
    changed = [name for name, value in facts.items() if getattr(application, name) != value]
    for name in changed:
        setattr(application, name, facts[name])
    if application.wanted_class is not None and "wanted_class" in changed:
        seats.refuse_class(application=application, seat_class=application.wanted_class)
    has_seat = application.state in Application.HOLDING and application.seat_class is not None
    if "site" in changed and has_seat and application.seat_class is not None:
        seats.refuse_seat(application=application, seat_class=application.seat_class)
    fields = Application._meta
    return [str(fields.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
