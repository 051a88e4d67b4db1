"""Pages of the admin by which attendance comes in: a file, checked first; a sheet to sign; the list that was signed.

The same for events and trainings: a `Room` says whose they are and where the officer comes from.
"""

from dataclasses import dataclass
from typing import cast
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from history import audit
from records.tables import delimited, encodings
from records.template_context import Context

from ..models import Activity, AttendanceFile
from ..models.times import days
from . import files as attendance_files
from . import recording as attendance
from . import rows as attendance_rows
from .doubts import understood
from .files import Lines
from .forms import ImportForm, OnSiteForm, packed
from .list_times import Order
from .rows import Reading

PER_PAGE = 50
UNREAD_SHOWN = 40  # rows that name nobody
EMPTY_LINES = 12
ON_TO_CERTIFICATES = "_to_certificates"
MAY_CERTIFY = "trainings.change_certificate"  # of a floor above, where certificates are given
SIGNATURES = 4  # columns that fit on a page across


@dataclass(frozen=True)
class AttendancePages:
    """Where attendance of one kind of activity is handled in the admin: `running` is the room of one that is run."""

    files: type[AttendanceFile]
    running: type[Activity]

    def url_name(self, page: str) -> str:
        return f"{self.files._meta.app_label}_{page}"

    def after_taking(self, request: HttpRequest, activity: Activity) -> HttpResponse:
        """To the certificates, if that button was pressed; else back to the attendance."""
        if ON_TO_CERTIFICATES in request.POST and self.gives_certificates(request, activity):
            meta = self.running._meta
            return redirect(f"admin:{meta.app_label}_{meta.model_name}_certificates_issue", activity.pk)
        return self.back(activity)

    def gives_certificates(self, request: HttpRequest, activity: Activity) -> bool:
        return activity.gives_certificates and request.user.has_perm(MAY_CERTIFY)

    def back(self, activity: Activity) -> HttpResponse:
        return redirect(f"admin:{self.running._meta.app_label}_{self.running._meta.model_name}_attendance", activity.pk)

    def activity(self, request: HttpRequest, pk: int) -> Activity:
        if not request.user.has_perm(f"{self.files._meta.app_label}.change_{self.files._meta.model_name}"):
            raise PermissionDenied
        return get_object_or_404(self.running.objects, pk=pk)

    def page(
        self, request: HttpRequest, template: str, activity: Activity, title: str, **context: object
    ) -> HttpResponse:
        known = admin.site.each_context(request) | {"event": activity, "title": title, "opts": self.running._meta}
        return TemplateResponse(request, f"admin/events/{template}", {**known, **context})


def import_list(request: HttpRequest, pk: int, *, room: AttendancePages) -> HttpResponse:
    """First a look that changes nothing: how the list was understood, or all that is wrong; then the same list, stored."""
    activity = room.activity(request, pk)
    form = ImportForm(request.POST or None, request.FILES or None, activity=activity)
    context: Context = {"form": form}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        context |= {"kept": packed(data["name"], data["content"]), "name": data["name"]}
        try:
            lines = attendance_files.read(data["content"], data["name"], encoding=data["encoding"])
            context |= _read_as(lines)
            reading = attendance_rows.understand(
                lines, activity=activity, zone=ZoneInfo(data["zone"]), session=data["session"],
                order=Order(data["order"]) if data["order"] else None,
            )  # fmt: skip
            facts: Context = {
                "activity": activity, "reading": reading, "name": data["name"], "session": data["session"],
            }  # fmt: skip
            if not reading.problems and "take" in request.POST:
                outcome = attendance.take_over(**facts, by=cast(User, request.user))
                messages.success(request, _told(outcome))
                return room.after_taking(request, activity)
            context |= {"reading": reading, "order": dict(form.fields["order"].choices).get(reading.order)}  # type: ignore[attr-defined]
            rows: list[object] = [*reading.problems]
            if not rows:
                context["outcome"] = outcome = attendance.rehearse(**facts)
                rows += understood(
                    reading.presences, matches=outcome.matches, sessions=form.sessions, session=data["session"]
                )
            context["page_obj"] = Paginator(rows, PER_PAGE).get_page(request.POST.get("page"))
        except ValidationError as error:
            code = getattr(error, "code", "")
            form.add_error(code if code in ("session", "order", "encoding") else "file", error.messages)
    return room.page(request, "attendance_import.html", activity, _("Import attendance"), **context)


def _read_as(lines: Lines) -> Context:
    """How a file was read, in words."""
    return {
        "lines": lines,
        "provider": AttendanceFile.Provider(lines.provider).label,
        "encoding": encodings.label(lines.encoding) if lines.encoding else "",
        "doubt": encodings.label(lines.doubt) if lines.doubt else "",
        "delimiter": delimited.called(lines.delimiter) if lines.delimiter else "",
        "unread": lines.unread[:UNREAD_SHOWN],
    }


def on_site(request: HttpRequest, pk: int, *, room: AttendancePages) -> HttpResponse:
    """What people signed on paper, ticked off."""
    activity = room.activity(request, pk)
    officer = cast(User, request.user)
    form = OnSiteForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        session = form.cleaned_data["session"]
        reading = Reading(AttendanceFile.Provider.SIGNED, form.presences())
        name = _("Signed: %(session)s") % {"session": session.title}
        try:
            outcome = attendance.take_over(activity=activity, reading=reading, name=name, session=session, by=officer)
        except ValidationError as error:
            form.add_error("session" if getattr(error, "code", "") in ("early", "session") else None, error)
        else:
            messages.success(request, _told(outcome))
            return room.after_taking(request, activity)
    return room.page(
        request, "attendance_on_site.html", activity, _("Enter who signed on site"), form=form,
        certificates=room.gives_certificates(request, activity),
    )  # fmt: skip


def sign_in_sheet(request: HttpRequest, pk: int, *, room: AttendancePages) -> HttpResponse:
    """A sheet to print: confirmed people by name, one place to sign for each session, empty lines for others."""
    activity = room.activity(request, pk)
    everybody = "all" in request.GET or activity.format == Activity.Format.ONLINE
    people = activity.people_with_place(onsite_only=not everybody).select_related("member_state")
    shown_as = "everybody" if everybody else "on site"
    audit.note(what=audit.What.EXPORTED, by_id=request.user.pk, on=activity, detail=f"sign-in sheet, {shown_as}")
    return room.page(
        request, "sign_in_sheet.html", activity, _("Sign-in sheet"),
        people=people.order_by("name", "pk"), sessions=activity.sessions.all()[:SIGNATURES], days=days(activity),
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
