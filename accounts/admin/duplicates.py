"""People who may be in the records twice: the list of pairs, both records side by side, and what an officer decides."""

from typing import Any, Final, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record_admin.links import change_page
from record_admin.merging_form import TakeForm
from record_admin.model_admin import Links
from records.template_context import Context

from ..models import Person, User
from ..persons import duplicates, merging
from ..persons.former import present_id
from ..staff_search import people_known_by

PER_PAGE: Final = 50
MOST_NAMED: Final = 3  # beside the title of a person
MOST_FOUND: Final = 20


class MergePersonsForm(TakeForm):
    """Whose value is kept of each field in which the records differ; why, as a code, since no name is kept in the audit list."""

    why = forms.ChoiceField(
        label=gettext_lazy("How is it known?"),
        choices=[
            ("told", gettext_lazy("The person has said so")),
            ("address", gettext_lazy("Both read the same mailbox")),
            ("known", gettext_lazy("The secretariat or a focal point knows the person")),
        ],
        widget=forms.RadioSelect,
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class AnotherForm(forms.Form):
    """Which other record is of the same person."""

    of = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    q = forms.CharField(required=False, max_length=200)


class PairsMixin(admin.ModelAdmin):
    """For whoever may change people; the site asks who sits there, as before all that cannot be undone."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("duplicates/", view(self.duplicates_view), name="accounts_person_duplicates"),
            path("duplicates/<int:first>/<int:second>/", view(self.pair_view), name="accounts_person_pair"),
        ]
        return [*own, *super().get_urls()]

    def list_links(self, request: HttpRequest) -> Links:
        own = (reverse("admin:accounts_person_duplicates"), gettext_lazy("People who may be here twice"))
        return [*super().list_links(request), own]  # type: ignore[misc]

    def act_links(self, record: Any) -> Links:
        """Whom the person may be besides: the first few by name."""
        numbers = duplicates.candidates_of(record)[:MOST_NAMED]
        others = Person.objects.known().filter(pk__in=numbers).order_by("pk") if numbers else ()
        pairs = [
            (_pair_page(record.pk, other.pk), format_lazy(gettext_lazy("May be one with {}: compare"), other.name))
            for other in others
        ]
        another = f"{reverse('admin:accounts_person_duplicates')}?of={record.pk}"
        further = [(another, gettext_lazy("Make one with another record"))]
        return [*pairs, *super().act_links(record), *further]  # type: ignore[misc]

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """The address of a record that has become one with another leads there for good."""
        number = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
        present = Person.objects.filter(pk=present_id(number)).first() if number else None
        if present is not None:
            return HttpResponsePermanentRedirect(change_page(present))
        return cast(HttpResponse, super()._get_obj_does_not_exist_redirect(request, opts, object_id))  # type: ignore[misc]

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        page = Paginator(duplicates.candidates(), PER_PAGE).get_page(request.GET.get("page"))
        numbers = {number for pair in page.object_list for number in (pair.first, pair.second)}
        people = Person.objects.known().select_related("member_state").in_bulk(numbers)
        context = {
            **self.admin_site.each_context(request),
            "title": _("People who may be here twice"),
            "opts": self.opts,
            "page_obj": page,
            **self._another(request),
            "pairs": [
                (pair, people[pair.first], people[pair.second], _pair_page(pair.first, pair.second))
                for pair in page.object_list
                if pair.first in people and pair.second in people
            ],
        }
        return TemplateResponse(request, "admin/accounts/duplicates.html", context)

    def _another(self, request: HttpRequest) -> Context:
        """The person from whose page one comes, and whom the words find that may be meant besides."""
        form = AnotherForm(request.GET)
        of = form.cleaned_data.get("of") if form.is_valid() else None
        person = Person.objects.known().filter(pk=of).first() if of else None
        words = " ".join(form.cleaned_data.get("q", "").split()) if person else ""
        found = people_known_by(words).exclude(pk=of).select_related("member_state")[:MOST_FOUND] if words else []
        return {"of": person, "words": words, "found": [(one, _pair_page(of or 0, one.pk)) for one in found]}

    def pair_view(self, request: HttpRequest, first: int, second: int) -> HttpResponse:
        """Both records; the first is the one that stays."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        people = Person.objects.known().select_related("member_state", "user", "care_of").in_bulk([first, second])
        if len(people) < 2:
            raise Http404(f"{first} {second}")
        kept, gone, by = people[first], people[second], cast(User, request.user)
        if "apart" in request.POST:
            merging.keep_apart(one=first, other=second, by=by)
            self.message_user(request, _("It is remembered that these are two people."))
            return redirect("admin:accounts_person_duplicates")
        outlook = merging.look(kept, gone, by)
        form = MergePersonsForm(
            request.POST if request.method == "POST" else None,
            differences=outlook.differences, initial={"seen": outlook.seen},
        )  # fmt: skip
        if request.method == "POST" and self._merged(request, kept, gone, form):
            return redirect(change_page(kept))
        context = {
            **self.admin_site.each_context(request),
            "title": _("One person or two: %(first)s, %(second)s") % {"first": kept, "second": gone},
            "opts": self.opts,
            "both": (kept, gone),
            "outlook": outlook,
            "form": form,
            "the_other_way": _pair_page(second, first),
            "crumbs": [(_("People who may be here twice"), reverse("admin:accounts_person_duplicates"))],
        }
        return TemplateResponse(request, "admin/accounts/pair.html", context)

    def _merged(self, request: HttpRequest, kept: Person, gone: Person, form: MergePersonsForm) -> bool:
        if not form.is_valid():
            return False
        said = {"gone": str(gone), "kept": str(kept)}
        try:
            merging.merge(
                first=kept.pk, second=gone.pk, take=form.take, seen=form.cleaned_data["seen"],
                why=form.cleaned_data["why"], by=cast(User, request.user),
            )  # fmt: skip
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return False
        words = _("“%(gone)s” is one with “%(kept)s” now. The old address leads here.")
        self.message_user(request, words % said)
        return True


def _pair_page(first: int, second: int) -> str:
    return reverse("admin:accounts_person_pair", args=[first, second])
