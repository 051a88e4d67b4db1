"""Correcting an application for the applicant, on a page of its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from records.template_context import Context

from ..selection import correcting
from ..selection.correction_forms import CorrectionForm
from .application_page import OneApplication


class CorrectionView(OneApplication):
    template_name = "admin/trainings/application_correct.html"
    form: CorrectionForm | None = None

    def refuse_strangers(self) -> None:
        super().refuse_strangers()
        if not self.may_decide:
            raise PermissionDenied

    def page_title(self) -> str:
        return _("Correct for the applicant: %(name)s") % {"name": self.application.person.name}

    def get_context_data(self, **kwargs: object) -> Context:
        form = self.form or CorrectionForm(application=self.application)
        return super().get_context_data(**kwargs) | {"form": form, "back": self.own_address}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = self.form = CorrectionForm(request.POST, application=self.application)
        if form.is_valid():
            data = form.cleaned_data
            try:
                changed = correcting.correct(
                    application=self.application, by=self.officer, questions=form.questions, answers=form.answers,
                    facts={name: data[name] for name in ("wanted_class", "site")}, reason=data["reason"], seen=data["version"],
                )  # fmt: skip
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, _("Corrected: %(what)s.") % {"what": ", ".join(changed)})
                return redirect(self.own_address)
        return self.render_to_response(self.get_context_data())
