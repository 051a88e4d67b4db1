"""Everything that weighs about one application, for the page on which it is read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from notifications.admin.staff_words import language_name
from records.formats.date_formatting import Clocks, on_clock
from records.template_context import Context

from ..calls.answers import Answered, answered
from ..certificates import letters
from ..models import Application, ApplicationFile, ApplicationStep, Certificate, SelectionDecision
from ..workflow import endorsement
from ..workflow.file_pictures import Shown, shown_in_place
from ..workflow.transitions import State

Purpose = ApplicationFile.Purpose
MOST_EARLIER = 20
WORD_OF_STATE = (State.ENDORSED, State.NOT_ENDORSED)


@dataclass(frozen=True)
class Line:
    """One line of the log: what, by whom, why, who reads the reason. `silent`: known to the office alone."""

    at: dt.datetime
    clock: Clocks
    what: str
    by: str
    reason: str = ""
    read_by: str = ""
    silent: bool = False


@dataclass(frozen=True)
class Paper:
    """A file that was handed in, with the question that it answers and how it is shown on the page."""

    file: ApplicationFile
    question: str
    shown: Shown


@dataclass(frozen=True)
class Earlier:
    """Another application of the same person, with the certificate if one was given."""

    application: Application
    certificate: Certificate | None = None


@dataclass(frozen=True)
class Word:
    """What the focal point has said, and where the application stands among those of its state."""

    step: ApplicationStep | None
    clock: Clocks | None
    endorsed_of_state: int


def facts_of(one: Application) -> Context:
    """As many queries for any application. What is written in a draft is its writer's own."""
    zone, is_sent = one.training.timezone, one.state != State.DRAFT
    answers, follow_up = (answered(one), answered(one, follow_up=True)) if is_sent else ([], [])
    steps = list(one.steps.select_related("by__person"))
    decisions = list(one.decisions.select_related("seat_class", "by__person", "ended_by__person"))
    scores = list(one.scores.select_related("officer__person"))
    certificate = Certificate.objects.valid().filter(activity=one.training_id, person=one.person_id).first()
    return {
        "answers": answers, "follow_up": follow_up,
        "follow_up_sent": on_clock(one.follow_up_at, zone) if one.follow_up_at else None,
        "sent": on_clock(one.submitted_at, zone) if one.submitted_at else None,
        "answer_by": on_clock(one.answer_by, zone) if one.answer_by else None,
        "profile": _profile(one), "papers": _papers(one, [*answers, *follow_up]) if is_sent else [],
        "word": _word_of_state(one, steps), "scores": scores,
        "mean": sum(score.points for score in scores) / len(scores) if scores else None,
        "earlier": _earlier(one), "log": _log(zone, steps, decisions), "held": _held(decisions),
        "letter_address": reverse("admin:trainings_letter", args=[one.pk]) if letters.has_letter(one) else "",
        "certificate": certificate,
        "certificate_address": reverse("admin:trainings_certificate_change", args=[certificate.pk]) if certificate else "",
    }  # fmt: skip


def _held(decisions: Sequence[SelectionDecision]) -> SelectionDecision | None:
    return next((decision for decision in decisions if decision.is_held), None)


def _profile(one: Application) -> list[tuple[str, str]]:
    person = one.person
    lines = [
        (_("Position"), person.position), (_("Organisation"), person.organisation),
        (_("Site"), str(one.site) if one.site else ""), (_("Member state"), str(one.member_state)),
        (_("Seat applied for"), str(one.wanted_class) if one.wanted_class else ""),
        (_("Sex"), person.get_sex_display()), (_("Year of birth"), str(person.birth_year or "")),
        (_("Nationality"), person.nationality), (_("Language"), language_name(person.language)), (_("Time zone"), person.time_zone),
        (_("E-mail"), person.email), (_("In care of"), str(person.care_of) if person.care_of and not person.email else ""),
        (_("Nominated by"), str(one.nominated_by) if one.nominated_by else ""),
    ]  # fmt: skip
    return [(label, text) for label, text in lines if text]


def _papers(one: Application, pairs: Sequence[Answered]) -> list[Paper]:
    questions = {(pair.file.purpose, pair.code): pair.question.text for pair in pairs if pair.file}
    found = []
    for file in one.files.all():
        said = (
            _("Presentation") if file.purpose == Purpose.PRESENTATION else questions.get((file.purpose, file.code), "")
        )
        found.append(Paper(file, said, shown_in_place(file)))
    return found


def _word_of_state(one: Application, steps: Sequence[ApplicationStep]) -> Word:
    said = [step for step in steps if step.to_state in WORD_OF_STATE and step.from_state != step.to_state]
    last = said[-1] if said and one.endorsed is not None else None
    clock = on_clock(last.at, one.training.timezone) if last else None
    endorsed = endorsement.endorsed_of(one.training, one.member_state_id).count()
    return Word(last, clock, endorsed)


def _earlier(one: Application) -> list[Earlier]:
    """What the person has applied for besides, the latest first."""
    others = Application.objects.filter(person=one.person_id).exclude(pk=one.pk).exclude(state=State.DRAFT)
    found = list(others.select_related("training").order_by("-created_at", "-pk")[:MOST_EARLIER])
    given = Certificate.objects.valid().filter(
        person=one.person_id, activity__in=[other.training_id for other in found]
    )
    by_training = {certificate.activity_id: certificate for certificate in given}
    return [Earlier(other, by_training.get(other.training_id)) for other in found]


def _log(zone: str, steps: Sequence[ApplicationStep], decisions: Sequence[SelectionDecision]) -> list[Line]:
    """Steps and decisions together, the latest first."""
    lines = [
        Line(
            step.at, on_clock(step.at, zone),
            step.get_to_state_display() if step.from_state != step.to_state else _("Note"),
            str(step.by or ""), step.reason, step.get_reason_for_display() if step.reason else "",
            silent=step.from_state == step.to_state and step.reason_for == step.For.OFFICE,
        )
        for step in steps
    ]  # fmt: skip
    for one in decisions:
        if one.let_go_at is None:
            lines.append(
                Line(one.at, on_clock(one.at, zone), _decided(one), str(one.by or ""), one.reason, silent=True)
            )
        if one.ended_at is not None:
            what = _("Held decision ended: %(decision)s") % {"decision": one.get_to_state_display()}
            lines.append(
                Line(
                    one.ended_at,
                    on_clock(one.ended_at, zone),
                    what,
                    str(one.ended_by or ""),
                    one.ended_why,
                    silent=True,
                )
            )
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _decided(one: SelectionDecision) -> str:
    words = _("Decided and held: %(decision)s") % {"decision": one.get_to_state_display()}
    return f"{words}, {one.seat_class}" if one.seat_class else words
