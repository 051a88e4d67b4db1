"""Possible duplicates in the admin: the list of pairs, both records side by side, and what an officer decides."""

from typing import cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from designated_sites.models import DesignatedSite
from record_admin.model_admin import Links

from ..duplicates import finding as duplicates
from ..duplicates import merging
from ..duplicates.forms import ApartForm, MergeForm

PER_PAGE = 50


class DuplicatesMixin(admin.ModelAdmin):
    """For whoever may change sites of this kind; to merge two, one must be allowed to delete them as well."""

    def get_urls(self) -> list[URLPattern]:
        label, view = self._label, self.admin_site.admin_view
        own = [
            path("duplicates/", view(self.duplicates_view), name=f"{label}_duplicates"),
            path("duplicates/<int:first>/<int:second>/", view(self.pair_view), name=f"{label}_pair"),
        ]
        return [*own, *super().get_urls()]

    @property
    def _label(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def list_links(self, request: HttpRequest) -> Links:
        links = super().list_links(request)  # type: ignore[misc]
        if self.has_change_permission(request):
            links = [*links, (reverse(f"admin:{self._label}_duplicates"), gettext_lazy("Possible duplicates"))]
        return links

    def former_numbers(self, record: Model) -> list[int]:
        former = cast(DesignatedSite, record).redirects.values_list("former_id", flat=True)
        return [number for number in former if number is not None]

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        page = Paginator(duplicates.candidates(self.model), PER_PAGE).get_page(request.GET.get("page"))
        numbers = {number for pair in page.object_list for number in (pair.first, pair.second)}
        sites = self.model._default_manager.in_bulk(numbers)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Possible duplicates"),
            "opts": self.opts,
            "page_obj": page,
            "pairs": [
                (pair, sites[pair.first], sites[pair.second], self._page(pair.first, pair.second))
                for pair in page.object_list
                if pair.first in sites and pair.second in sites
            ],
        }
        return TemplateResponse(request, "admin/designated_sites/duplicates.html", context)

    def _page(self, first: int, second: int) -> str:
        return reverse(f"admin:{self._label}_pair", args=[first, second])

    def pair_view(self, request: HttpRequest, first: int, second: int) -> HttpResponse:
        """Both records; the first is the one that stays."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        sites: dict[int, DesignatedSite] = self.model._default_manager.in_bulk([first, second])
        if len(sites) < 2:
            raise Http404(f"{first} {second}")
        kept, gone = sites[first], sites[second]
        may_merge = self.has_delete_permission(request)
        apart = "apart" in request.POST
        merge_form = MergeForm(
            request.POST if request.method == "POST" and not apart else None,
            differences=merging.differences(kept, gone), initial={"seen": merging.version_of(kept, gone)},
        )  # fmt: skip
        apart_form = ApartForm(request.POST if apart else None)
        if request.method == "POST":
            if not apart and not may_merge:
                raise PermissionDenied
            done = (
                self._keep_apart(request, kept, gone, apart_form)
                if apart
                else self._merge(request, kept, gone, merge_form)
            )
            if done:
                return redirect(done)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Possible duplicates: %(first)s, %(second)s") % {"first": kept, "second": gone},
            "opts": self.opts,
            "kept": kept,
            "gone": gone,
            "moves": merging.moves(kept, gone),
            "may_merge": may_merge,
            "merge_form": merge_form,
            "apart_form": apart_form,
            "form": apart_form if apart else merge_form,
            "the_other_way": self._page(second, first),
        }
        return TemplateResponse(request, "admin/designated_sites/pair.html", context)

    def _keep_apart(
        self, request: HttpRequest, kept: DesignatedSite, gone: DesignatedSite, form: ApartForm
    ) -> str | None:
        if not form.is_valid():
            return None
        by = cast(User, request.user)
        try:
            duplicates.keep_apart(one=kept.pk, other=gone.pk, reason=form.cleaned_data["reason"], by=by)
        except ValidationError as refused:
            form.add_error(None, refused)
            return None
        self.message_user(request, _("It is remembered that these are two sites."))
        return reverse(f"admin:{self._label}_duplicates")

    def _merge(self, request: HttpRequest, kept: DesignatedSite, gone: DesignatedSite, form: MergeForm) -> str | None:
        if not form.is_valid():
            return None
        try:
            merging.merge(
                model=self.model, first=kept.pk, second=gone.pk, take=form.take, seen=form.cleaned_data["seen"],
                reason=form.cleaned_data["reason"], by=cast(User, request.user),
            )  # fmt: skip
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return None
        said = _("“%(gone)s” is one with “%(kept)s” now. Its address leads there.")
        self.message_user(request, said % {"gone": gone, "kept": kept})
        return reverse(f"admin:{self._label}_change", args=[kept.pk])
