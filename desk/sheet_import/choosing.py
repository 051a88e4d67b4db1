"""What is new from a sheet: of which kind its records are, chosen first."""

from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.models import User
from record_admin.workspace.pages import WorkPage
from record_import.registry import Records, sheets
from records.template_context import Context


def may_take(user: User, records: Records) -> bool:
    """Whether somebody may add or change records of a kind."""
    meta = records.model._meta
    return any(user.has_perm(f"{meta.app_label}.{what}_{meta.model_name}") for what in ("add", "change"))


class SheetsPage(WorkPage, TemplateView):
    """Each kind of record of which there is a sheet, with the empty one to fill and the way to take one in."""

    title = _("From a sheet")
    template_name = "admin/sheets/choose.html"

    def get_context_data(self, **kwargs: Any) -> Context:
        user: Any = self.request.user
        kinds = []
        for records in sheets():
            if may_take(user, records):
                label = records.model._meta.label_lower
                empty = reverse("admin:sheet_template", args=[label, "xlsx"])
                name = capfirst(str(records.model._meta.verbose_name_plural))
                kinds.append((name, reverse("admin:sheet_import", args=[label]), empty))
        return super().get_context_data(**kwargs) | {"kinds": sorted(kinds)}
