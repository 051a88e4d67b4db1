"""A page of the admin for the data of anybody, with an account or without: found, taken out, corrected, erased.

Everything is sent, nothing stands in an address: addresses of pages are kept in logs.
"""

from collections.abc import Callable
from typing import Any, Final, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from history import audit
from record_admin.model_admin import Links
from records.personal_data import Fate
from records.personal_data.mentions import Mention

from ..models import Person, User
from ..persons import correcting, erasure, finding, own_data
from ..persons.finding import Found
from .privacy_forms import CorrectForm, EraseForm, FindForm, SureForm, WhoseForm

LINKS: Final = 20  # rows of one kind that are named one by one


class PrivacyLinks(admin.ModelAdmin):
    """Persons and accounts: beside their lists and in the form of each stands the way to the page. Nobody erases by the
    admin's own deletion, which knows neither files nor mails nor texts."""

    def list_links(self, request: HttpRequest) -> Links:
        return [(reverse("admin:accounts_person_privacy"), gettext_lazy("Take out, correct or erase data of somebody"))]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "list_links": self.list_links(request)})

    def act_links(self, record: Any) -> Links:
        address = reverse("admin:accounts_person_privacy_of", args=[self.opts.model_name, record.pk])
        return [*super().act_links(record), (address, gettext_lazy("Take out, correct or erase the data"))]  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class PrivacyMixin(PrivacyLinks):
    """Has the page."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.privacy_view)
        own = [
            path("privacy/", view, name="accounts_person_privacy"),
            path("privacy/<slug:kind>/<int:pk>/", view, name="accounts_person_privacy_of"),
        ]
        return [*own, *super().get_urls()]

    @method_decorator(never_cache)
    def privacy_view(self, request: HttpRequest, kind: str = "", pk: int = 0) -> HttpResponseBase:
        """For whoever may; the site asks who sits there, as before all that cannot be undone."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        steps: dict[str, Callable[[HttpRequest, Found], HttpResponseBase]] = {
            "take": self._take, "correct": self._correct, "erase": self._erase, "now": self._erase_now,
        }  # fmt: skip
        ref = request.POST.get("whose", f"{kind}:{pk}" if pk else "")
        if not ref or "find" in request.POST:
            return self._find(request)
        found = finding.found(ref)
        if found is None:
            self.message_user(request, _("Nobody is kept by that name or address any more."))
            return redirect("admin:accounts_person_privacy")
        step = next((step for name, step in steps.items() if name in request.POST), None)
        return step(request, found) if step else self._shown(request, found)

    def _page(self, request: HttpRequest, **context: Any) -> HttpResponse:
        known = {**self.admin_site.each_context(request), "title": _("Data of somebody"), "opts": Person._meta}
        return TemplateResponse(request, "admin/accounts/privacy.html", {**known, **context})

    def _find(self, request: HttpRequest) -> HttpResponse:
        form = FindForm(request.POST or None)
        candidates = list(finding.candidates(form.cleaned_data["words"])) if form.is_valid() else None
        return self._page(request, form=form, find_form=form, candidates=candidates)

    def _shown(self, request: HttpRequest, found: Found, **forms_with_errors: forms.Form) -> HttpResponse:
        """What was found and what will happen to each, with the three acts."""
        initial = {"whose": found.ref, "seen": found.seen}
        acts = {
            "take_form": WhoseForm(initial=initial, auto_id="take_%s"),
            "correct_form": CorrectForm(initial=initial, auto_id="correct_%s"),
            "erase_form": EraseForm(initial=initial, offered=self._offered(found), auto_id="erase_%s"),
        } | forms_with_errors
        form = next(iter(forms_with_errors.values()), None)
        return self._page(request, found=found, **self._told(found), **acts, form=form)

    def _told(self, found: Found) -> dict[str, object]:
        fates = dict(Fate.choices)
        parts = [
            (part.held.what, len(part.keys), fates[part.held.fate], part.held.why, self._addresses(part.held.model, part.keys))
            for part in found.parts
        ]  # fmt: skip
        mentions = [(self._called(one), ", ".join(one.columns), self._fate(one)) for one in found.mentions]
        return {"parts": parts, "mentions": mentions}

    def _addresses(self, model: Any, keys: tuple[str, ...]) -> list[tuple[str, str]]:
        """Where an officer corrects each row."""
        try:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
            return [(key, reverse(name, args=[key])) for key in keys[:LINKS]]
        except NoReverseMatch:
            return []

    def _called(self, mention: Mention) -> str:
        return f"{finding.table_words(mention.table)} {mention.key}"

    def _fate(self, mention: Mention) -> str:
        if mention.frozen:
            return _("Kept: what was handed over does not change")
        return _("The name is taken out") if mention.sure else _("Kept, unless you choose it below")

    def _offered(self, found: Found) -> list[tuple[str, str]]:
        unsure = (one for one in found.mentions if not one.sure and not one.frozen)
        return [(one.id, f"{self._called(one)} ({', '.join(one.columns)})") for one in unsure]

    def _checked(self, form: WhoseForm, found: Found) -> bool:
        """Valid, and about what was seen."""
        if form.is_valid() and form.cleaned_data["seen"] != found.seen:
            fresh = cast(QueryDict, form.data).copy()
            fresh["seen"] = found.seen
            form.data = fresh
            form.add_error(None, _("What is kept has changed since you looked. Look again."))
        return form.is_valid()

    def _take(self, request: HttpRequest, found: Found) -> HttpResponseBase:
        form = WhoseForm(request.POST, auto_id="take_%s")
        if not self._checked(form, found):
            return self._shown(request, found, take_form=form)
        person = Person.objects.filter(pk=found.owner.person_id).first()
        content = own_data.as_zip(found.owner, person.language if person else "en")
        detail = f"data of a person, with files: {form.cleaned_data['why']}"
        audit.note(what=audit.What.EXPORTED, by_id=request.user.pk, on=person, detail=detail)
        return FileResponse(content, as_attachment=True, filename="eabrn-data.zip", content_type="application/zip")

    def _correct(self, request: HttpRequest, found: Found) -> HttpResponse:
        form = CorrectForm(request.POST, auto_id="correct_%s")
        if self._checked(form, found):
            try:
                rows = correcting.correct(
                    owner=found.owner, right=form.right, by=cast(User, request.user), why=form.cleaned_data["why"]
                )
            except ValidationError as refused:
                form.add_error(None, refused.messages)
            else:
                self.message_user(
                    request, ngettext("%(n)d row was corrected.", "%(n)d rows were corrected.", rows) % {"n": rows}
                )
                return redirect("admin:accounts_person_privacy")
        return self._shown(request, found, correct_form=form)

    def _erase(self, request: HttpRequest, found: Found) -> HttpResponse:
        """Asks once more."""
        form = EraseForm(request.POST, offered=self._offered(found), auto_id="erase_%s")
        if self._checked(form, found):
            try:
                erasure.refuse_erasing(owner=found.owner, by=cast(User, request.user))
            except ValidationError as refused:
                form.add_error(None, refused.messages)
            else:
                sure = SureForm(initial=form.cleaned_data, offered=self._offered(found))
                return self._page(request, found=found, **self._told(found), sure_form=sure)
        return self._shown(request, found, erase_form=form)

    def _erase_now(self, request: HttpRequest, found: Found) -> HttpResponse:
        form = SureForm(request.POST, offered=self._offered(found))
        if self._checked(form, found):
            try:
                done = erasure.erase_owner(
                    owner=found.owner, by=cast(User, request.user), why=form.cleaned_data["why"],
                    also=form.cleaned_data["also"],
                )  # fmt: skip
            except ValidationError as refused:
                form.add_error(None, refused.messages)
            else:
                self.message_user(request, self._done(done))
                return redirect("admin:accounts_person_privacy")
        return self._page(request, found=found, **self._told(found), sure_form=form, form=form)

    def _done(self, done: erasure.Erased) -> str:
        words = [_("It is erased.")]
        if done.figures:
            words.append(_("A row without a name stays, since figures rest on it."))
        if done.left:
            words.append(_("Public records still tell the name: %(records)s.") % {"records": ", ".join(done.left)})
        return " ".join(words)
