"""The officer's way to move, cancel and reopen: what changes, who is told, and only then the act."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.admin.mass import before_doing, goes_back
from notifications.models import Mailing
from records.template_context import Cleaned, Posted

from ..admin.shared import MovedByActMixin
from ..models import Activity
from .forms import ReasonForm
from .moves import MOVABLE


@dataclass(frozen=True)
class Act:
    """An act on an activity that has a page of its own in the admin: what it is called, what is asked, what is done.

    `do` is given the key of the record, the form that is filled in and the officer, and gives the mailing it opens.
    """

    title: str | Promise
    form: Callable[[Posted | None, Any], forms.BaseForm]
    do: Callable[[int, Any, User], Mailing | None]
    when: Callable[[Any], bool]


class ActivityActsMixin(MovedByActMixin, admin.ModelAdmin):
    """Acts that change what the public reads of an activity and tell people: each shows who is told, and only then is done."""

    acts: ClassVar[dict[str, Act]] = {}

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{name}/", self.admin_site.admin_view(partial(self.act_view, name=name)), name=self._url_of(name)
            )
            for name in self.acts
        ]  # fmt: skip
        return [*own, *super().get_urls()]

    def _url_of(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def act_links(self, record: Any) -> list[tuple[str, str | Promise]]:
        acts = [(name, act) for name, act in self.acts.items() if act.when(record)]
        own = [(reverse(f"admin:{self._url_of(name)}", args=[record.pk]), act.title) for name, act in acts]
        return [*own, *super().act_links(record)]  # type: ignore[misc]

    def act_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        record, act = get_object_or_404(self.model, pk=pk), self.acts[name]
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        # The form writes into the record it is given: another one than the page tells of.
        form = act.form(request.POST or None, self.model._default_manager.get(pk=pk))
        title = f"{act.title}: {record}"
        if request.method == "POST" and form.is_valid() and not goes_back(request):
            try:
                return before_doing(
                    self, request, act=lambda: act.do(pk, form, cast(User, request.user)), title=title, form=form, zone=record.timezone,
                    button=_("Do it and tell them"), then=reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk]),
                )  # fmt: skip
            except ValidationError as refused:
                form.add_error(None, refused)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": record,
            "form": form,
            "button": _("Look who is told"),
        }
        return TemplateResponse(request, "admin/act_form.html", context)


def reason_form(data: Posted | None, record: models.Model) -> forms.BaseForm:
    return ReasonForm(data)


def can_move(record: Activity) -> bool:
    return record.status in MOVABLE


def can_reopen(record: Activity) -> bool:
    return record.status == Activity.Status.CANCELLED


class StatusByActMixin(forms.ModelForm):
    """What is announced is cancelled and reopened by its acts alone."""

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        cancelled = Activity.Status.CANCELLED
        if (
            self.instance.pk
            and "status" in self.changed_data
            and cancelled in (data.get("status"), self.initial.get("status"))
        ):
            self.add_error(
                "status",
                _(
                    "Use the acts at the top to cancel it or to let it take place after all: the page keeps the day and the "
                    "reason, and everybody concerned is told."
                ),
            )
        return data
