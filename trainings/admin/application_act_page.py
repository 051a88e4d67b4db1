"""The page of one act about one application: why, then, where mails go out or others move, what it does; then it is done."""

from typing import Any, Final, Unpack, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications import mailings
from notifications.admin.mass import before_doing, goes_back
from notifications.models import Mailing
from records.template_context import Context, Files, FormOptions, Posted

from ..models import Application, ApplicationStep, SeatClass, Training
from .application_acts import ACTS, Act
from .application_page import OneApplication

REASONS: Final = 5


class ReasonForm(forms.Form):
    """Why: for the log. The last reasons of this officer are offered."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seat_class: "forms.ModelChoiceField[SeatClass]" = forms.ModelChoiceField(
        label=_("Class of seats"), queryset=SeatClass.objects.none(), empty_label=None
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.TextInput(attrs={"list": "last-reasons", "autocomplete": "off"}),
        help_text=_("For the log of the application."),
    )  # fmt: skip
    person_reads = forms.BooleanField(label=_("The applicant may read the reason"), required=False)

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, act: Act, application: Application,
        **kwargs: Unpack[FormOptions],
    ) -> None:  # fmt: skip
        super().__init__(data, files, **kwargs)
        self.fields["version"].initial = application.version
        self.fields["reason"].required = act.wants_reason
        if not act.may_be_read:
            del self.fields["person_reads"]
        if act.wants_class:
            classes = application.training.seat_classes.all()
            self.fields["seat_class"].queryset = classes  # type: ignore[attr-defined]
            self.fields["seat_class"].initial = application.seat_class_id or application.wanted_class_id
        else:
            del self.fields["seat_class"]


def last_reasons(officer: User) -> list[str]:
    given = ApplicationStep.objects.filter(by=officer).exclude(reason="").values("reason").annotate(last=Max("pk"))
    return list(given.order_by("-last").values_list("reason", flat=True)[:REASONS])


class ActView(OneApplication):
    """One act: why, then what it does, then done and back to the application, within the list it was opened from."""

    template_name = "admin/trainings/application_act.html"
    form: ReasonForm | None = None

    @cached_property
    def act(self) -> Act:
        try:
            return ACTS[self.kwargs["act"]]
        except KeyError:
            raise Http404("no such act") from None

    def refuse_strangers(self) -> None:
        super().refuse_strangers()
        if not self.may_decide:
            raise PermissionDenied

    def page_title(self) -> str:
        return f"{self.act.label}: {self.application.person.name}"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not self.act.offered(self.application, timezone.now()):
            state = self.application.get_state_display()
            messages.warning(request, _now("%(reference)s is “%(state)s” now: this cannot be done.")
                             % {"reference": self.application.reference, "state": state})  # fmt: skip
            return redirect(self.own_address)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> Context:
        form = self.form or ReasonForm(act=self.act, application=self.application)
        return super().get_context_data(**kwargs) | {
            "act": self.act, "form": form, "last_reasons": last_reasons(self.officer), "back": self.own_address,
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = self.form = ReasonForm(request.POST, act=self.act, application=self.application)
        if form.is_valid() and not goes_back(request):
            try:
                return self._done(form)
            except ValidationError as refused:
                form.add_error(None, refused)
        return self.render_to_response(self.get_context_data())

    def _done(self, form: ReasonForm) -> HttpResponse:
        data = form.cleaned_data
        names = [name for name in ("reason", "person_reads", "seat_class") if name in form.fields]
        facts: dict[str, Any] = {name: data[name] for name in names} | {"by": self.officer, "seen": data["version"]}
        if self.act.tells is None:
            self.act.do(self.application, **facts)
            messages.success(self.request, _now("Done: %(act)s.") % {"act": self.act.label})
            return redirect(self.own_address)
        tells = self.act.tells

        def act() -> Mailing:
            label = f"{self.act.label}: {self.application.reference}"
            mailing = mailings.open_mailing(label=label, kind=tells.name, by_id=self.officer.pk)
            self.act.do(Application.objects.get(pk=self.application.pk), mailing=mailing, **facts)
            return mailing

        return before_doing(
            self.owner, self.request, act=act, title=self.page_title(), form=form, then=self.own_address,
            button=self.act.label, explanation=self.act.explains, zone=cast(Training, self.record).timezone,
        )  # fmt: skip
