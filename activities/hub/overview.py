"""The first page of the hub: what is next, how full it is, sessions, mails, what changed last."""

from typing import Any, Final

from django.views.generic import TemplateView

from history.models import Change
from history.sentences import sentences
from record_admin.workspace.pages import HubPage
from records.template_context import Context

from .mail_subjects import mails_of
from .mails_page import mail_counts, may_see_mails
from .names import OVERVIEW, page_of
from .next_steps import Stage, next_steps

CHANGES: Final = 5


class OverviewPage(HubPage, TemplateView):
    """A subclass adds how full it is."""

    part = OVERVIEW
    template_name = "admin/activities/overview.html"
    wants = "view"

    def get_context_data(self, **kwargs: Any) -> Context:
        steps = next_steps(self.record)
        changes = Change.objects.of(self.record).latest_first()[:CHANGES]
        shows_mails = may_see_mails(self.request)
        return super().get_context_data(**kwargs) | {
            "steps": steps,
            "to_do": sum(step.stage <= Stage.BEGUN for step in steps),
            "sessions": list(self.record.sessions.prefetch_related("trainers")),
            "changes": sentences(list(changes), of=self.record),
            "mail_counts": mail_counts(mails_of(self.record)) if shows_mails else None,
            "pages": {name: page_of(self.record, name) for name in ("history", "sessions", "mails")},
            "may_change": self.owner.has_change_permission(self.request, self.record),
        }
