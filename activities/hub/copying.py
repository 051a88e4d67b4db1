"""A new event or training made from an earlier one: what is copied is ticked before. People, dates, links and mails never are."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from modeltranslation.translator import NotRegistered, translator

from records.form_fields import ZoneField
from records.template_context import Cleaned, Context, Keywords, Label

from ..models import Activity
from ..timezones.wall_clock import WallClockField, instant, zone_named
from .names import OVERVIEW, page_of
from .sub_pages import SubPage

A = TypeVar("A", bound=Activity)
ALWAYS: Final = ("format", "is_sample")
TEXTS: Final = ("venue", "summary", "languages", "other_countries", "programme_names", "fund_code", "result_code")
RULE: Final = ("gives_certificates", "attendance_share", "certified_hours")
PLACES: Final = ("capacity_onsite", "capacity_online")


@dataclass(frozen=True)
class Copied:
    """Something that can be copied: what it is called, and how it comes from the old record into the new one. `span` is by
    how much later the new one starts."""

    label: Label
    copy: Callable[[Any, Any, dt.timedelta], None]
    fields: tuple[str, ...] = ()


def columns_of(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """Fields with their words in all languages."""
    try:
        translated = translator.get_options_for_model(model).all_fields
    except NotRegistered:
        translated = {}
    found = []
    for name in names:
        found += [name, *(field.name for field in translated.get(name, ()))]
    return found


def copy_rows(rows: Iterable[models.Model], *, owner: str, to: models.Model, **changed: object) -> None:
    """Each row anew, as one of another record."""
    for row in rows:
        row.pk = None
        row._state.adding = True
        setattr(row, owner, to)
        for name, value in changed.items():
            setattr(row, name, value)
        row.save()


def copy_sessions(old: Activity, new: Activity, span: dt.timedelta) -> None:
    """As far from the new start as they were from the former one; who leads them is not copied."""
    for row in old.sessions.all():
        row.starts_at, row.ends_at = row.starts_at + span, row.ends_at + span
        copy_rows([row], owner="activity", to=new, trainer_names="")


def copy_bodies(old: Activity, new: Activity, span: dt.timedelta) -> None:
    copy_rows(old.involvements.all(), owner="activity", to=new)
    new.programmes.set(old.programmes.all())


def copy_places(old: Activity, new: Activity, span: dt.timedelta) -> None:
    copy_rows(old.site_links.all(), owner="activity", to=new)
    new.member_states.set(old.member_states.all())


def nothing_more(old: Activity, new: Activity, span: dt.timedelta) -> None:
    """The columns of the record are all there is to copy."""


WHAT: Final[dict[str, Copied]] = {
    "texts": Copied(_("Texts in all languages, place, languages, codes"), nothing_more, TEXTS),
    "bodies": Copied(_("Bodies taking part and programmes"), copy_bodies),
    "sites": Copied(_("Sites, and where it is held"), copy_places),
    "sessions": Copied(_("Sessions, as far from the start as they were; without trainers"), copy_sessions),
    "places": Copied(_("Numbers of places"), nothing_more, PLACES),
    "rule": Copied(_("Rule for taking part and certificates"), nothing_more, RULE),
}


@transaction.atomic
def copy_as_new(
    *, source: A, title: str, starts_at: dt.datetime, timezone: str, chosen: Collection[str], what: dict[str, Copied],
    always: Iterable[str] = ALWAYS,
) -> A:  # fmt: skip
    """A draft that nobody sees, with what was chosen of another record. ValidationError when the new one would not be sound."""
    model = type(source)
    new = model(starts_at=starts_at, timezone=timezone, slug=free_address(model, title), published=False)
    for name in columns_of(model, ["title"]):
        setattr(new, name, title if name in ("title", "title_en") else None)
    fields = [*always, *(name for slug in chosen for name in what[slug].fields)]
    for name in columns_of(model, fields):
        setattr(new, name, getattr(source, name))
    new.full_clean(exclude=["slug"])
    new.save()
    for slug in what:
        if slug in chosen:
            what[slug].copy(model._default_manager.get(pk=source.pk), new, starts_at - source.starts_at)
    return new


def free_address(model: type[Activity], title: str) -> str:
    """From the title; with a number where one is taken."""
    wanted = slugify(title)[:70] or "copy"
    taken = set(model._default_manager.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(one for one in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if one not in taken)


class CopyForm(forms.Form):
    """Title and start of the new one, and what it takes along."""

    title = forms.CharField(label=_("Title in English"), max_length=250)
    starts_at = WallClockField(
        label=_("Start"), help_text=_("On the clocks of the zone below. It can be changed as long as it is a draft.")
    )
    timezone = ZoneField(label=_("Time zone"))
    chosen = forms.MultipleChoiceField(
        label=_("What is copied"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Never copied: people, dates, links to join, recordings, mails."),
    )  # fmt: skip

    def __init__(self, *args: Any, what: dict[str, Copied], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(slug, one.label) for slug, one in what.items()]  # type: ignore[attr-defined]
        self.fields["chosen"].initial = list(what)

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        if data.get("starts_at") and data.get("timezone"):
            try:
                data["starts_at"] = instant(data["starts_at"], zone_named(data["timezone"]))
            except ValidationError as refused:
                self.add_error("starts_at", refused)
        return data


class CopyPage(SubPage, FormView):
    """A subclass says what there is to copy, and which columns always come along."""

    part = OVERVIEW
    title = _("Copy as a new one")
    template_name = "admin/activities/copy.html"
    form_class = CopyForm
    wants = "view"
    what: dict[str, Copied] = WHAT
    always: tuple[str, ...] = ALWAYS

    def refuse_strangers(self) -> None:
        super().refuse_strangers()
        if not self.owner.has_add_permission(self.request):
            raise PermissionDenied

    @cached_property
    def source(self) -> Activity:
        return cast(Activity, self.record)

    def get_context_data(self, **kwargs: Any) -> Context:
        return super().get_context_data(**kwargs) | {"back": page_of(self.record, OVERVIEW)}

    def get_initial(self) -> Context:
        return {"title": self.source.title, "timezone": self.source.timezone}

    def get_form_kwargs(self) -> Keywords:
        return super().get_form_kwargs() | {"what": self.what}

    def form_valid(self, form: CopyForm) -> HttpResponse:
        try:
            new = copy_as_new(source=self.source, what=self.what, always=self.always, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return self.form_invalid(form)
        self.owner.log_addition(self.request, new, [{"added": {}}])
        self.owner.message_user(
            self.request, _now("The copy is a draft: nobody sees it. Look it over, then announce it."), "success"
        )
        return redirect(page_of(new, OVERVIEW))
