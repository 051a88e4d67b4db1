"""The officer's way to move, cancel and reopen: what changes, who is told, and only then the act."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.admin.mass import before_doing, goes_back
from notifications.models import Mailing
from records.template_context import Cleaned, Posted

from ..admin.shared import MovedByActMixin
from ..models import Activity
from ..models.windows import window_of
from .forms import ReasonForm
from .moves import MOVABLE


@dataclass(frozen=True)
class Act:
    """An act on an activity that has a page of its own in the admin: what it is called, what is asked, what is done.

    `do` is given the key of the record, the form that is filled in and the officer, and gives the mailing it opens. Without a
    form nothing is asked: the page shows at once what will be done. `explains` says beside the mails what else it does.
    """

    title: str | Promise
    form: Callable[[Posted | None, Any], forms.BaseForm] | None
    do: Callable[[int, Any, User], Mailing | None]
    when: Callable[[Any], bool]
    button: str | Promise = ""
    explains: Callable[[Any], str] | None = None


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
        title = f"{act.title}: {record}"
        if act.form is None:
            return self._without_form(request, record, act, title)
        # The form writes into the record it is given: another one than the page tells of.
        form = act.form(request.POST or None, self.model._default_manager.get(pk=pk))
        if request.method == "POST" and form.is_valid() and not goes_back(request):
            try:
                return before_doing(
                    self, request, act=lambda: act.do(pk, form, cast(User, request.user)), title=title, form=form, zone=record.timezone,
                    explanation=getattr(form, "explanation", ""), button=_("Do it and tell them"), then=self.after_act(record),
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
        return TemplateResponse(request, "admin/activities/act_form.html", context)

    def _without_form(self, request: HttpRequest, record: Any, act: Act, title: str) -> HttpResponse:
        then = self.after_act(record)
        if goes_back(request):
            return redirect(then)
        try:
            return before_doing(
                self, request, act=lambda: act.do(record.pk, None, cast(User, request.user)), title=title, then=then,
                button=act.button or act.title, explanation=act.explains(record) if act.explains else "", zone=record.timezone,
            )  # fmt: skip
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(then)

    def after_act(self, record: Any) -> str:
        """Where an act leads to: the form of the record, unless it has a page of its own."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])


def reason_form(data: Posted | None, record: models.Model) -> forms.BaseForm:
    return ReasonForm(data)


def can_move(record: Activity) -> bool:
    return record.status in MOVABLE


def is_draft(record: Activity) -> bool:
    return record.status == Activity.Status.DRAFT


def is_over(record: Activity) -> bool:
    return record.status in MOVABLE and (record.ends_at or record.starts_at) <= timezone.now()


def told_of_announcing(record: Activity) -> str:
    """What the public sees then, and what is still lacking."""
    window = window_of(record)
    said = [_("From now on everybody sees it on the portal, in feeds and calendars.")]
    if window.opens is None and window.closes is None:
        said.append(_("Nobody can register or apply: neither opening nor closing is set."))
    if not record.sessions.exists():
        said.append(_("It has no session yet."))
    if not record.summary:
        said.append(_("Its summary is empty."))
    return " ".join(said)


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
