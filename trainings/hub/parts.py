"""The parts of the hub of a training, and what trainings add to that of an event: certificates."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.hub.mail_subjects import mails_of, register_mails_about
from activities.hub.mails_page import MailsPage
from activities.hub.names import (
    ATTENDANCE,
    CERTIFICATES,
    DETAILS,
    HISTORY,
    MAILS,
    MATERIALS,
    OVERVIEW,
    SESSIONS,
    page_of,
)
from activities.hub.next_steps import register_steps
from activities.hub.registered import register_page
from events.models import Event
from record_admin.workspace.parts import Part, register_head, register_part

from ..models import Application, Certificate, Question, Training
from .certificates import AllInOneFile, CertificatesPage, IssueCertificates, TellOfCertificates, certificates_of
from .copying import CopyTraining
from .head import applied_to, head_of
from .long_certificates import MAY
from .next_steps import certificate_steps, steps
from .pages import TrainingAttendance, TrainingOverview, applications_of
from .rule import RulePage


def register() -> None:
    for model in (Event, Training):
        _certificates(model)
    register_head(Training, head_of)
    register_steps(Training, steps)
    register_mails_about(Training, lambda training: Application.objects.filter(training=training.pk))
    for name, view, address in (
        (OVERVIEW, TrainingOverview, ""),
        (ATTENDANCE, TrainingAttendance, "attendance/"),
        ("rule", RulePage, "rule/"),
        (MAILS, MailsPage, "mails/"),
        ("copy", CopyTraining, "copy/"),
    ):
        register_page(Training, name, view, address)
    _parts()


def _certificates(model: Any) -> None:
    register_steps(model, certificate_steps)
    register_mails_about(model, lambda activity: Certificate.objects.of(activity))
    for name, view, address in (
        (CERTIFICATES, CertificatesPage, "certificates/"),
        ("certificates_issue", IssueCertificates, "certificates/issue/"),
        ("certificates_pdf", AllInOneFile, "certificates.pdf/"),
        ("certificates_tell", TellOfCertificates, "certificates/tell/"),
    ):
        register_page(model, name, view, address)
    register_part(model, Part(CERTIFICATES, _("Certificates"), 90, _address(CERTIFICATES), certificates_of, (MAY,)))


def _parts() -> None:
    sees_people = ("trainings.view_application", "trainings.change_application")
    runs = ("trainings.change_training",)
    for part in (
        Part(OVERVIEW, _("Overview"), 10, _address(OVERVIEW)),
        Part(DETAILS, _("Details"), 20, _address(DETAILS)),
        Part("form", _("Form"), 25, _form, _questions, ("trainings.change_callform",)),
        Part(SESSIONS, _("Sessions and joining"), 30, _address(SESSIONS), lambda training: training.sessions.all(), runs),
        Part("applications", _("Applications"), 40, applications_of, lambda training: applied_to(training).sent, sees_people),
        Part("selection", _("Selection"), 50, _address("selection"), lambda training: applied_to(training).undecided, runs),
        Part(ATTENDANCE, _("Attendance"), 60, _address(ATTENDANCE), lambda one: one.attendance_matches.open(), runs),
        Part(MATERIALS, _("Materials"), 70, _address(MATERIALS), lambda training: training.materials.all(), runs),
        Part(MAILS, _("Mails"), 100, _address(MAILS), mails_of, ("notifications.view_mail",)),
        Part(HISTORY, _("History"), 110, _address(HISTORY)),
    ):  # fmt: skip
        register_part(Training, part)


def _address(page: str) -> Any:
    return lambda record: page_of(record, page)


def _questions(training: Training) -> QuerySet:
    """Without the words in the reader's language, which nobody counts."""
    return QuerySet(Question).filter(training=training.pk)


def _form(training: Training) -> str:
    return reverse("admin:trainings_callform_change", args=[training.pk])
