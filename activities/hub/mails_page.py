"""Every mail of one event or training: what waits, was sent, failed or was held back, and why."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.urls import reverse
from django.views.generic import TemplateView

from notifications import mail_types
from notifications.models import Mail
from notifications.timeline import entries_of
from record_admin.workspace.pages import HubPage
from records.listing.lists import page_number
from records.template_context import Context

from .mail_subjects import mails_of
from .names import MAILS

PER_PAGE: Final = 50
State = Mail.State


class MailsPage(HubPage, TemplateView):
    part = MAILS
    template_name = "admin/activities/mails.html"
    wants = "view"

    def get_context_data(self, **kwargs: Any) -> Context:
        mails = mails_of(self.record)
        states = dict(mails.order_by().values_list("state").annotate(Count("pk")))
        chosen = self.request.GET.get("state", "")
        shown = mails.filter(state=chosen) if chosen in State.values else mails
        kind = self.request.GET.get("kind", "")
        shown = shown.filter(kind=kind) if kind else shown
        page = Paginator(shown.select_related("mailing").prefetch_related("bounces").order_by("-due", "-pk"), PER_PAGE)
        listed = page.get_page(page_number(self.request))
        return super().get_context_data(**kwargs) | {
            "states": [(state, state.label, states[state]) for state in State if state in states],
            "chosen": chosen,
            "kind": mail_types.label_of(kind) if kind else "",
            "whole": sum(states.values()),
            "page_obj": listed,
            "entries": entries_of(listed.object_list),
            "waiting": waiting_by_kind(mails),
        }


def waiting_by_kind(mails: Any) -> list[dict[str, Any]]:
    """Mails that will go by themselves, by kind: how many, and when the first."""
    rows = mails.filter(state=State.QUEUED).order_by().values("kind").annotate(number=Count("pk"), first=Min("due"))
    return [{**row, "label": mail_types.label_of(row["kind"])} for row in rows.order_by("first")]


def may_see_mails(request: HttpRequest) -> bool:
    return request.user.has_perm("notifications.view_mail")


def mail_counts(mails: Any) -> dict[str, int]:
    """Sent, waiting, held back and in trouble; one query."""
    return mails.aggregate(
        sent=Count("pk", filter=Q(state=State.SENT)),
        waiting=Count("pk", filter=Q(state__in=[State.QUEUED, State.SENDING])),
        trouble=Count("pk", filter=Q(state__in=[State.FAILED, State.UNKNOWN])),
        dropped=Count("pk", filter=Q(state=State.DROPPED)),
    )


def address_of_mail(mail: Mail) -> str:
    return reverse("admin:notifications_mail_change", args=[mail.pk])
