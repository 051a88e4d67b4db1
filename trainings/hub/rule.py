"""Who attended a training, by its rule: who would be moved where, first; done only while it is as it was shown."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from activities.hub.names import ATTENDANCE, page_of
from activities.hub.sub_pages import SubPage
from records.template_context import Context

from ..certificates import applying_rule


class RulePage(SubPage, TemplateView):
    part = ATTENDANCE
    title = _lazy("Who attended, by the rule")
    template_name = "admin/trainings/rule.html"
    refused: tuple[str, ...] | list[str] = ()

    def refuse_strangers(self) -> None:
        super().refuse_strangers()
        if not self.request.user.has_perm("trainings.change_application"):
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> Context:
        found = applying_rule.proposals(self.record)
        return super().get_context_data(**kwargs) | {
            "event": self.record, "refused": self.refused, "found": found,
            "moving": sum(one.to is not None for one in found), "seen": applying_rule.fingerprint(found),
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            moved = applying_rule.apply_rule(training=self.record, seen=request.POST.get("seen", ""), by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            self.refused = error.messages
            return self.get(request, *args, **kwargs)
        return self._done(request, moved)

    def _done(self, request: HttpRequest, moved: int) -> HttpResponse:
        text = ngettext("%(n)d application was moved.", "%(n)d applications were moved.", moved)
        messages.success(request, text % {"n": moved})
        return redirect(page_of(self.record, "overview"))
