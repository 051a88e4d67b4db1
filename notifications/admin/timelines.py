"""Every mail to a person, an account or an address, as a page beside the record's history."""

from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from records.template_context import Context

from ..models import Address
from ..preferences.mail_preferences import topics_on_offer
from ..recipients import of_address
from ..timeline import entries_of, timeline

PER_PAGE = 50


def address_keys(emails: set[str]) -> set[str]:
    """The recipient keys of mailboxes of whose owner nothing was known."""
    return {of_address(email).key for email in emails}


class MailsOfMixin(ModelAdmin):
    """A ModelAdmin whose records get mails: each has a page of all its mails, for whoever may see record and mails.

    A subclass says by which keys the outbox knows a record (`mail_keys`), and at which addresses it gets mail
    (`mail_addresses`).
    """

    def mail_keys(self, record: Any) -> set[str]:
        raise NotImplementedError

    def mail_addresses(self, record: Any) -> set[str]:
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<path:object_id>/mails/", self.admin_site.admin_view(self.mails_view), name=self._name_of_mails_page()
        )
        return [page, *super().get_urls()]

    def _name_of_mails_page(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_mails"

    def may_see_mails(self, request: HttpRequest, record: models.Model) -> bool:
        return self.has_view_or_change_permission(request, record) and request.user.has_perm("notifications.view_mail")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Context | None = None
    ) -> HttpResponse:
        """Adds the way to the mails, beside that to the history."""
        link = reverse(f"admin:{self._name_of_mails_page()}", args=[object_id])
        offered = {"mails_url": link} if request.user.has_perm("notifications.view_mail") else {}
        return super().change_view(request, object_id, form_url, {**offered, **(extra_context or {})})

    def mails_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404(object_id)
        if not self.may_see_mails(request, record):
            raise PermissionDenied
        emails = {email.lower() for email in self.mail_addresses(record) if email}
        mails = timeline(keys=self.mail_keys(record) | address_keys(emails), emails=emails)
        page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Mails: %s") % record,
            "page_obj": page,
            "entries": entries_of(page.object_list),
            "addresses": [(address, _wishes(address)) for address in Address.objects.filter(email__in=emails)],
            "languages": dict(settings.LANGUAGES),
            "object": record,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/notifications/mails_of.html", context)


def _wishes(address: Address) -> list[tuple[str, str]]:
    """What the reader of an address has chosen, topic by topic; what nobody chose is not a wish."""
    return [
        (str(topic.label), str(topic.chosen(address.wishes).label))
        for topic in topics_on_offer()
        if topic.name in address.wishes
    ]
