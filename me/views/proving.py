"""Is it you? Asked before what changes or ends an account, of people who have neither password nor second factor: by a code."""

from allauth.account.views import BaseReauthenticateView
from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.sign_in import mailed_proof
from records.template_context import Keywords


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: object, request: HttpRequest, **kwargs: object) -> None:
        self.request = request
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not mailed_proof.prove(request=self.request, code=code):
            raise forms.ValidationError(_now("This is not the code, or it is no longer good. Ask for a new one."))
        return code


class ByCodeView(LoginRequiredMixin, BaseReauthenticateView):
    """A GET sends nothing: the code is asked for by a button."""

    form_class = CodeForm
    template_name = "account/reauthenticate_by_code.html"

    def get_form_kwargs(self) -> Keywords:
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs: object) -> Keywords:
        return super().get_context_data(**kwargs) | {"sent_to": mailed_proof.sent_to(self.request)}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.POST.get("action") != "send":
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer
        if not mailed_proof.send(request=request):
            messages.error(
                request, _now("A code was sent a moment ago. Look into your mailbox, or ask again in a minute.")
            )
        return redirect(request.get_full_path())
