"""What a focal point does besides with people of the own state: removes, tells of doubles, prints mails as letters."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from accounts.models import Person
from events.registration.strangers import without_strangers
from notifications import outbox
from notifications.mail_types import label_of
from notifications.recipients import of_address
from records.form_fields import LongSelect, TextField
from records.formats.names import fold
from records.papers import as_file
from records.rate_limits import spend
from records.template_context import Context, Keywords

from .. import letters, removing
from ..access import ActMixin, StatesPage
from ..mails import SAME_PERSON
from .people import OfOwnState

DAY = 24 * 3600
MOST_TOLD = 20  # a day


class RemoveView(OfOwnState, StatesPage, TemplateView):
    """Asked twice: a page that says what goes, then a button."""

    template_name = "me/person_remove.html"

    def get_context_data(self, **kwargs: object) -> Context:
        try:
            removing.refuse_removing(person=self.one, by=self.user)
            refusal = ""
        except ValidationError as refused:
            refusal = " ".join(refused.messages)
        return super().get_context_data(**kwargs) | {"one": self.one, "refusal": refusal}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        name = self.one.name
        try:
            removing.remove(person=self.one, by=self.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("me-person", self.one.pk)
        messages.success(request, _("%(name)s is removed.") % {"name": name})
        return redirect("me-people")


class TwiceForm(forms.Form):
    """The other record of the same person, and how one knows."""

    other: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label=gettext_lazy("The other record"), queryset=Person.objects.none(), empty_label=gettext_lazy("Please choose"), widget=LongSelect()
    )  # fmt: skip
    message = TextField(
        label=gettext_lazy("How you know, and which name and address are right"), max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("Read by the secretariat, which makes one of the two."),
    )  # fmt: skip

    def __init__(self, *args: Any, one: Person, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["other"]
        field.queryset = people.exclude(pk=one.pk).order_by("name", "pk")
        words = {fold(word) for word in f"{one.name} {one.native_name}".split()}
        alike = [
            other
            for other in field.queryset
            if words & {fold(word) for word in f"{other.name} {other.native_name}".split()}
        ]
        rest = [other for other in field.queryset if other not in alike]
        field.choices = [("", field.empty_label), *((other.pk, _said(other)) for other in [*alike, *rest])]


def _said(person: Person) -> str:
    return " · ".join(filter(None, (person.name, person.native_name, person.organisation)))


class TwiceView(OfOwnState, StatesPage, ActMixin, FormView):
    """Two records of one person: the secretariat is told, which makes one of them."""

    template_name = "me/person_twice.html"
    form_class = TwiceForm

    def get_form_kwargs(self) -> Keywords:
        people = without_strangers(Person.objects.known().in_scope(self.scope))
        return super().get_form_kwargs() | {"one": self.one, "people": people}

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"one": self.one}

    def act(self, form: Any) -> HttpResponse:
        if not spend("same person told", str(self.user.pk), most=MOST_TOLD, seconds=DAY):
            raise ValidationError(_("You have told the secretariat of many today. Please go on tomorrow."))
        outbox.put(
            kind=SAME_PERSON.name, subject=self.one, recipient=of_address(settings.SECRETARIAT_EMAIL),
            occurrence=f"{form.cleaned_data['other'].pk}.{timezone.now():%Y%m%d}", payload={"message": form.cleaned_data["message"]},
        )  # fmt: skip
        messages.success(
            self.request, _("The secretariat is told. Until it has made one of the two, both stay as they are.")
        )
        return redirect("me-person", self.one.pk)


class InOwnCare(OfOwnState, StatesPage):
    """Somebody without an address whose mail comes to who is signed in."""

    def cared(self) -> Person:
        mine = self.own_person()
        return get_object_or_404(
            Person.objects.filter(care_of=mine, email="").select_related("member_state"), pk=self.one.pk
        )


class MailsView(InOwnCare, TemplateView):
    """What was mailed about the person, to be printed and handed over."""

    template_name = "me/person_mails.html"

    def get_context_data(self, **kwargs: object) -> Context:
        one = self.cared()
        mails = letters.mails_of(one)[: letters.MOST_SHOWN]
        return super().get_context_data(**kwargs) | {
            "one": one,
            "mails": [(mail, label_of(mail.kind)) for mail in mails],
        }


class MailPaperView(InOwnCare, View):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int, mail: int) -> HttpResponse:
        one = self.cared()
        made = letters.as_paper(get_object_or_404(letters.mails_of(one), pk=mail), one)
        if isinstance(made, str):
            messages.info(request, _("There is no letter any more: %(why)s") % {"why": made})
            return redirect("me-person-mails", pk)
        return as_file(made, f"letter-{mail}")
