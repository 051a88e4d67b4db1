"""The parts of the hub of an event, and their pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.hub.mail_subjects import mails_of, register_mails_about
from activities.hub.mails_page import MailsPage
from activities.hub.names import ATTENDANCE, DETAILS, HISTORY, MAILS, MATERIALS, OVERVIEW, SESSIONS, page_of
from activities.hub.next_steps import register_steps
from activities.hub.registered import register_page
from record_admin.workspace.parts import Part, register_head, register_part

from ..models import Event, Registration, Survey
from .copying import CopyEvent
from .head import head_of, places_of
from .next_steps import steps
from .pages import AnnounceRecording, EventAttendance, EventOverview, SurveyPage
from .people_pages import AddPerson, AskAgain, PeopleFromSheet, WriteToPeople
from .registration_acts import ActOnRegistrations, UndoPlaceAct
from .registrations import REGISTRATIONS, RegistrationsPage, RegistrationsSheet


def register() -> None:
    register_head(Event, head_of)
    register_steps(Event, steps)
    register_mails_about(Event, lambda event: Registration.objects.filter(event=event.pk))
    register_mails_about(Event, lambda event: Survey.objects.filter(event=event.pk))
    _pages()
    sees_mail = ("notifications.view_mail",)
    sees_places = ("events.view_registration", "events.change_registration")
    runs = ("events.change_event",)
    for part in (
        Part(OVERVIEW, _("Overview"), 10, _address(OVERVIEW)),
        Part(DETAILS, _("Details"), 20, _address(DETAILS)),
        Part(SESSIONS, _("Sessions and joining"), 30, _address(SESSIONS), lambda event: event.sessions.all(), runs),
        Part(REGISTRATIONS, _("Registrations"), 40, _address(REGISTRATIONS), lambda event: places_of(event).everybody, sees_places),
        Part(ATTENDANCE, _("Attendance"), 60, _address(ATTENDANCE), lambda event: event.attendance_matches.open(), runs),
        Part(MATERIALS, _("Materials"), 70, _address(MATERIALS), lambda event: event.materials.all(), runs),
        Part("survey", _("Survey"), 80, _address("survey"), permissions=("events.change_survey",)),
        Part(MAILS, _("Mails"), 100, _address(MAILS), mails_of, sees_mail),
        Part(HISTORY, _("History"), 110, _address(HISTORY)),
    ):  # fmt: skip
        register_part(Event, part)


def _address(page: str) -> Any:
    return lambda event: page_of(event, page)


def _pages() -> None:
    for name, view, address in (
        (OVERVIEW, EventOverview, ""),
        (REGISTRATIONS, RegistrationsPage, "registrations/"),
        ("registrations_sheet", RegistrationsSheet, "registrations.xlsx"),
        ("registrations_act", ActOnRegistrations, "registrations/act/"),
        ("registrations_undo", UndoPlaceAct, "registrations/undo/<int:number>/"),
        ("add-person", AddPerson, "registrations/add/"),
        ("people-sheet", PeopleFromSheet, "registrations/sheet/"),
        ("ask-again", AskAgain, "registrations/ask-again/"),
        ("write", WriteToPeople, "registrations/write/"),
        (ATTENDANCE, EventAttendance, "attendance/"),
        ("announce-recording", AnnounceRecording, "materials/announce/"),
        ("survey", SurveyPage, "survey/"),
        (MAILS, MailsPage, "mails/"),
        ("copy", CopyEvent, "copy/"),
    ):
        register_page(Event, name, view, address)
