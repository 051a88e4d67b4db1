"""Other people who are reached through one's own mailbox: who they are, where they are registered, and applying for them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from accounts.models import Consent, Person, User
from accounts.persons import consents, mailboxes
from accounts.scopes import scope_of
from activities.models.windows import window_of
from events.models import Registration
from events.registration.strangers import without_strangers
from records.listing.lists import page_number
from records.name_fields import NameFormField
from records.rate_limits import spend
from records.template_context import Context
from trainings.applications.views import CheckMixin
from trainings.applications.writing import WriteMixin
from trainings.models import Application, Training

from ..access import OwnPage

HOUR = 3600
MOST_ADDED = 20  # an hour
PER_PAGE = 25


class ColleagueForm(forms.Form):
    """Somebody who is reached through the mailbox of who is signed in."""

    name = NameFormField(label=gettext_lazy("Name in Latin letters"), max_length=150)
    native_name = NameFormField(label=gettext_lazy("Name in their own script"), max_length=150, required=False)
    told = forms.BooleanField(
        label=gettext_lazy("They know that I do this, and that what I write is kept here"),
        error_messages={"required": gettext_lazy("Tell them first, then tick this.")},
    )


def colleagues_of(user: User) -> QuerySet[Person]:
    """Those who have neither an address nor an account of their own, and for whom somebody has answered. Whom a focal point
    answers for is nominated, and stands under People."""
    found = Person.objects.known().filter(user=None, email="", care_of__user=user.pk)
    found = found.exclude(member_state__in=scope_of(user).states)
    return without_strangers(found).select_related("care_of").order_by("name", "pk")


class MailboxView(OwnPage, FormView):
    """Whom a focal point answers for stands under People."""

    template_name = "me/mailbox.html"
    form_class = ColleagueForm

    def get_context_data(self, **kwargs: object) -> Context:
        places = Prefetch(
            "registrations", Registration.objects.select_related("event").order_by("-pk"), to_attr="places"
        )
        theirs = Prefetch("applications", Application.objects.filter(Q(nominated_by=None)).select_related("training"), to_attr="theirs")  # fmt: skip
        coming = Training.objects.published().filter(starts_at__gt=timezone.now()).order_by("starts_at", "slug")
        people = colleagues_of(self.user).prefetch_related(places, theirs)
        pages = Paginator(people, PER_PAGE)
        number = page_number(self.request)
        if number > pages.num_pages:
            raise Http404("no such page")
        return super().get_context_data(**kwargs) | {
            "page_obj": pages.page(number), "calls": [one for one in coming if window_of(one).state == "open"],
        }  # fmt: skip

    def form_valid(self, form: ColleagueForm) -> HttpResponse:
        if not spend("colleague added", str(self.user.pk), most=MOST_ADDED, seconds=HOUR):
            form.add_error(None, _("Many people were written down in this hour. Please go on in an hour."))
            return self.form_invalid(form)
        owner, said = self.own_person(), form.cleaned_data
        facts = {name: getattr(owner, name) for name in mailboxes.FACTS}
        one = mailboxes.colleague_of(owner=owner, name=said["name"], native_name=said["native_name"], facts=facts)
        consents.give(person=one, what=Consent.What.NOTICE, how=Consent.How.TOLD, by=self.user)
        messages.success(self.request, _("%(name)s is kept.") % {"name": one.name})
        return redirect("me-mailbox")


class ForColleague(OwnPage):
    """An application that the reader of the mailbox writes for somebody reached through it."""

    kwargs: dict[str, Any]

    @cached_property
    def applicant(self) -> Person:
        return get_object_or_404(
            colleagues_of(self.user).select_related("care_of", "member_state"), pk=self.kwargs["pk"]
        )

    def write_url(self) -> str:
        return reverse("me-mailbox-apply", kwargs=self.kwargs)

    def check_url(self) -> str:
        return reverse("me-mailbox-apply-check", kwargs=self.kwargs)

    def get_context_data(self, **kwargs: object) -> Context:
        this: Any = self
        return super().get_context_data(**kwargs) | this.writing_context() | {"one": self.applicant}


class ApplyView(ForColleague, WriteMixin, TemplateView):
    template_name = "me/mailbox_apply.html"


class CheckView(ForColleague, CheckMixin, TemplateView):
    template_name = "me/mailbox_apply_check.html"
