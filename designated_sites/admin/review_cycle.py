"""Clocks in the admin: a column and a filter of the list, a block in the form, and acts on pages of their own."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.template_context import Label

from ..models.review_clock import ReviewCycleState
from ..models.reviewed import ClockedQuerySet
from ..review_cycle.recording import suggested_year


class ClockFilter(admin.SimpleListFilter):
    """Sites by the state of their clock."""

    title = _("next review")
    parameter_name = "clock"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return list(ReviewCycleState.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if value not in ReviewCycleState.values:
            return queryset
        return cast(ClockedQuerySet, queryset).with_clock(ReviewCycleState(value))

    def counts(self, queryset: QuerySet) -> Mapping[str, int]:
        """How many sites each state has. All are worked out in memory, in two queries, not each by two of its own."""
        return Counter(str(clock.state) for clock in cast(ClockedQuerySet, queryset).clocks())


@dataclass(frozen=True)
class ClockAct:
    """An act on the review of a site: its address, title, form, and what is done with the form's facts.

    `do` is called with the site, the user as `by`, and the form's fields by name.
    """

    name: str
    title: str | Promise
    form: type[forms.Form]
    do: Callable[..., object]


class ClockMixin(admin.ModelAdmin):
    """Admin of a kind of site that has a clock; a subclass names its acts."""

    clock_acts: ClassVar[tuple[ClockAct, ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        return [
            *(path(f"<int:pk>/{act.name}/", self.admin_site.admin_view(partial(self.clock_view, act=act)), name=self._name(act))
              for act in self.clock_acts),
            *super().get_urls(),
        ]  # fmt: skip

    def _name(self, act: ClockAct) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{act.name}"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the reviews, from which column and block are worked out."""
        return cast(ClockedQuerySet, super().get_queryset(request)).with_outcomes()

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str] | tuple[str, ...]:
        return [*super().get_readonly_fields(request, obj), "clock_block"]

    def act_links(self, record: Any) -> list[tuple[str, str | Promise]]:
        others: list[tuple[str, str | Promise]] = super().act_links(record)  # type: ignore[misc]
        if record.clock() is None:
            return others
        own = [(reverse(f"admin:{self._name(act)}", args=[record.pk]), act.title) for act in self.clock_acts]
        return [*others, *own]

    @admin.display(description=_("next review"))
    def clock_state(self, site: Any) -> str:
        clock = site.clock()
        if clock is None:
            return "–"
        return f"{clock.state.label} ({clock.due_on.year})" if clock.due_on else str(clock.state.label)

    @admin.display(description=_("As of now"))
    def clock_block(self, site: Any) -> SafeString | str:
        clock = site.clock() if site.pk else None
        if clock is None:
            return _now("No clock: the site is not designated, or its designation has ended.")
        return render_to_string("admin/designated_sites/_clock.html", {"clock": clock})

    def clock_view(self, request: HttpRequest, pk: int, act: ClockAct) -> HttpResponse:
        """One act: asked, refused in words at its field, or done."""
        site = get_object_or_404(self.model, pk=pk)
        if not self.has_change_permission(request, site):
            raise PermissionDenied
        form = act.form(request.POST or None, initial={"year": suggested_year(site.clock())})
        if request.method == "POST" and form.is_valid():
            try:
                act.do(site, by=request.user, **form.cleaned_data)
            except ValidationError as refused:
                _show_refusal(form, refused)
            else:
                self.message_user(request, _now("It is recorded."), messages.SUCCESS)
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", pk)
        context = {
            **self.admin_site.each_context(request), "title": f"{act.title}: {site}", "opts": self.opts, "original": site,
            "form": form, "button": act.title,
        }  # fmt: skip
        return TemplateResponse(request, "admin/act_form.html", context)


def _show_refusal(form: forms.Form, refused: ValidationError) -> None:
    """At the field it is about; what is about none of the form's stands above it."""
    for field, errors in refused.message_dict.items() if hasattr(refused, "error_dict") else [("", refused.messages)]:
        form.add_error(field if field in form.fields else None, errors)
