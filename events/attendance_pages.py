"""Pages of the admin by which attendance comes in: a file, checked first; a sheet to sign; the list that was signed."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import attendance, attendance_files, attendance_rows
from .attendance_forms import ImportForm, OnSiteForm, packed
from .attendance_rows import Reading
from .models import AttendanceFile, Event, Registration
from .times import days

EMPTY_LINES = 12
SIGNATURES = 4  # columns that fit on a page across


def _event(request: HttpRequest, pk: int) -> Event:
    if not request.user.has_perm("events.change_attendancefile"):
        raise PermissionDenied
    return get_object_or_404(Event, pk=pk)


def _page(request: HttpRequest, template: str, event: Event, title: str, **context: Any) -> HttpResponse:
    known = admin.site.each_context(request) | {"event": event, "title": title, "opts": AttendanceFile._meta}
    return TemplateResponse(request, f"admin/events/{template}", {**known, **context})


def import_list(request: HttpRequest, pk: int) -> HttpResponse:
    """First a check that changes nothing and tells all that is wrong; then the same file, taken over."""
    event = _event(request, pk)
    officer: Any = request.user
    form = ImportForm(request.POST or None, request.FILES or None, event=event)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            lines = attendance_files.read(data["content"], data["name"])
            reading = attendance_rows.understand(
                lines, event=event, zone=ZoneInfo(data["zone"]), session=data["session"]
            )
            context["reading"] = reading
            facts: dict[str, Any] = {
                "event": event, "reading": reading, "name": data["name"], "session": data["session"],
            }  # fmt: skip
            if not reading.problems and "take" in request.POST:
                outcome = attendance.take_over(**facts, by=officer)
                messages.success(request, _told(outcome))
                return redirect("admin:events_runningevent_change", event.pk)
            if not reading.problems:
                context["outcome"] = attendance.rehearse(**facts)
                context["kept"] = packed(data["name"], data["content"])
                context["provider"] = AttendanceFile.Provider(reading.provider).label
        except ValidationError as error:
            form.add_error("session" if getattr(error, "code", "") == "session" else "file", error.messages)
    return _page(request, "attendance_import.html", event, _("Import attendance"), **context)


def on_site(request: HttpRequest, pk: int) -> HttpResponse:
    """What people signed on paper, ticked off."""
    event = _event(request, pk)
    officer: Any = request.user
    form = OnSiteForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        session = form.cleaned_data["session"]
        reading = Reading(AttendanceFile.Provider.SIGNED, form.presences())
        name = _("Signed: %(session)s") % {"session": session.title}
        try:
            outcome = attendance.take_over(event=event, reading=reading, name=name, session=session, by=officer)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _told(outcome))
            return redirect("admin:events_runningevent_change", event.pk)
    return _page(request, "attendance_on_site.html", event, _("Enter who signed on site"), form=form)


def sign_in_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet to print: confirmed people by name, one place to sign for each session, empty lines for others."""
    event = _event(request, pk)
    confirmed = Registration.objects.confirmed().filter(event=event).select_related("person__member_state")
    everybody = "all" in request.GET or event.format == Event.Format.ONLINE
    shown = confirmed if everybody else confirmed.filter(presence=Registration.Presence.ONSITE)
    return _page(
        request, "sign_in_sheet.html", event, _("Sign-in sheet"),
        registrations=shown.order_by("person__name", "pk"), sessions=event.sessions.all()[:SIGNATURES], days=days(event),
        empty_lines=range(EMPTY_LINES), everybody=everybody,
    )  # fmt: skip


def _told(outcome: attendance.Outcome) -> str:
    if outcome.known_already and not outcome.changed:
        return _("This list had been imported already. Nothing has changed.")
    words = [
        ngettext("%(n)d row was taken over.", "%(n)d rows were taken over.", outcome.rows) % {"n": outcome.rows},
        _("Minutes changed: %(n)d.") % {"n": outcome.changed},
    ]
    if outcome.unsure:
        words.append(
            ngettext("%(n)d name waits for your decision.", "%(n)d names wait for your decision.", outcome.unsure)
            % {"n": outcome.unsure}
        )
    return " ".join(words)
