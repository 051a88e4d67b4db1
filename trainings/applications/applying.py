"""Writing an application: begun, kept as a draft, files handed in and taken back, sent. By the person or a focal point.

Each act works under the lock of the training's row. `seen` is the version its writer has read: whoever writes what
somebody else has changed meanwhile is told so. ValidationError says why an act cannot be done.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, User
from accounts.persons.mailboxes import answers_for
from accounts.scopes import scope_of
from typed_records.locks import locked

from ..models import Application, ApplicationFile, Question, SeatClass, Training
from ..workflow import application_files, progress, references, seats
from ..workflow.conditions import fresh, refuse_not_taking_part, refuse_time
from ..workflow.questions import to_answer
from ..workflow.transitions import State, write_down

Purpose = ApplicationFile.Purpose
TRIES: Final = 5  # a reference drawn by two at once is drawn again


def own_application(*, training: Training, person: Person) -> Application | None:
    """What a person has under way for a training; what was withdrawn does not count."""
    found = training.applications.under_way().filter(person=person)
    return found.select_related("wanted_class", "seat_class", "member_state", "site").first()


def may_write(*, application: Application, by: User) -> bool:
    """The person, or whoever reads the mailbox through which they are reached; and for what a focal point has begun the focal
    points of that state."""
    if answers_for(by, application.person):
        return True
    return application.nominated_by_id is not None and application.member_state_id in scope_of(by).states


@transaction.atomic
def begin(
    *, training: Training, person: Person, by: User, member_state_id: str, nominated_by: Person | None = None,
    at: dt.datetime | None = None,
) -> Application:  # fmt: skip
    """A new draft with its reference. Refused outside the call, and when the person has one under way already."""
    if not answers_for(by, person) and (nominated_by is None or member_state_id not in scope_of(by).states):
        raise ValidationError(_("You cannot apply for this person."), code="scope")
    training = locked(training)
    refuse_time(training, at or timezone.now())
    if (under_way := own_application(training=training, person=person)) is not None:
        raise ValidationError(
            _("There is an application already: %(reference)s."), params={"reference": under_way.reference}, code="twice"
        )  # fmt: skip

    def make() -> Application:
        return Application.objects.create(
            training=training, person=person, member_state_id=member_state_id, nominated_by=nominated_by,
            reference=references.free(training),
        )  # fmt: skip

    application = _with_reference(make)
    write_down(application, was="", by=by, reason="")
    return application


def _with_reference(make: Callable[[], Application]) -> Application:
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return make()
        except IntegrityError as error:
            if "reference" not in str(error):
                raise
    raise ValidationError(_("No reference could be drawn. Please send the form again."), code="reference")


@transaction.atomic
def save_draft(
    *,
    application: Application,
    by: User,
    answers: Mapping[str, object],
    questions: Sequence[Question],
    facts: Mapping[str, object] | None = None,
    seen: int | None = None,
) -> Application:
    """Keeps answers, complete or not. Answers to closed questions go; those to questions no longer asked stay.

    `facts` may hold `wanted_class`, `member_state` and `site`.
    """
    application = _writable(application, by, seen)
    written = {code: value for code, value in answers.items() if value not in (None, "", [])}
    opened = {one.code for one in to_answer(questions, written)}
    shown = {one.code for one in questions}
    kept = {code: value for code, value in application.answers.items() if code not in shown}
    now = {**kept, **{code: value for code, value in written.items() if code in opened}}
    before = (application.answers, {name: getattr(application, name) for name in facts or {}})
    for name, value in (facts or {}).items():
        setattr(application, name, value)
    _refuse_other_class(application)
    closed = [one for one in application.files.filter(purpose=Purpose.ANSWER) if one.code in shown - opened]
    if before != (now, dict(facts or {})) or closed:
        application.answers = now
        application.version += 1
        application.save()
    application_files.remove(closed)
    return application


def _refuse_other_class(application: Application) -> None:
    wanted = application.wanted_class
    if wanted is None:
        return
    if wanted.training_id != application.training_id:
        raise ValidationError(_("This class of seats belongs to another training."), code="class")
    seats.refuse_class(application=application, seat_class=wanted)


@transaction.atomic
def attach(*, application: Application, purpose: str, upload: UploadedFile, by: User | None, code: str = "") -> ApplicationFile:  # fmt: skip
    """Hands a file in; the one that was there for the same question goes."""
    application = _open_for(application, purpose, by)
    wanted = Question.Kind.FILE, purpose == Purpose.FOLLOW_UP
    if purpose != Purpose.PRESENTATION:
        asked = application.training.questions.filter(code=code, asked=True).first()
        if asked is None or (asked.kind, asked.follow_up) != wanted:
            raise ValidationError(_("No file is asked for here."), code="question")
    elif not application.training.asks_presentation:
        raise ValidationError(_("This training asks for no presentation."), code="question")
    row = application_files.put(application, purpose=purpose, code=code, upload=upload)
    _touch(application)
    return row


@transaction.atomic
def detach(*, application: Application, pk: int, by: User | None) -> bool:
    """Takes a file back. False when it is gone already."""
    found = application.files.filter(pk=pk).first()
    if found is None:
        return False
    application = _open_for(application, found.purpose, by)
    application_files.remove([found])
    _touch(application)
    return True


@transaction.atomic
def send(*, application: Application, by: User, at: dt.datetime | None = None, seen: int | None = None) -> Application:
    """Sends a draft that has all that is asked for. `at`: when it arrived."""
    application = _writable(application, by, seen)
    if application.wanted_class is None and SeatClass.objects.filter(training=application.training_id).exists():
        raise ValidationError(_("The application is not complete. Choose a class of seats."), code="incomplete")
    _refuse_other_class(application)
    return progress.submit(application=application, by=by, at=at, seen=seen)


def sent_as_seen(*, application: Application, seen: int) -> Application | None:
    """The application, if it has been sent just as it was seen and nothing has happened to it since; a nomination is endorsed
    with the same press."""
    found = Application.objects.filter(pk=application.pk)
    sent = found.filter(state=State.SUBMITTED, version=seen + 1)
    return (sent | found.filter(state=State.ENDORSED, version=seen + 2).exclude(nominated_by=None)).first()


def _touch(application: Application) -> None:
    application.version += 1
    application.save(update_fields=["version"])


def _writable(application: Application, by: User, seen: int | None) -> Application:
    application = fresh(application, seen)
    if not may_write(application=application, by=by):
        raise ValidationError(_("This is somebody else's application."), code="scope")
    if application.state != State.DRAFT:
        raise ValidationError(
            _("%(reference)s has been sent and is “%(state)s” now. Take it back first, then change it."),
            params={"reference": application.reference, "state": application.get_state_display()}, code="sent",
        )  # fmt: skip
    return application


def _open_for(application: Application, purpose: str, by: User | None) -> Application:
    if purpose == Purpose.ANSWER:
        if by is None:
            raise ValidationError(_("This is somebody else's application."), code="scope")
        return _writable(application, by, None)
    application = fresh(application)
    refuse_not_taking_part(application)
    return application
