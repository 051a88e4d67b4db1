"""How the lists of people and of their registrations are narrowed."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from events.models import Registration
from records.listing.filters import ChoicesFilter, SortFilter, WordsFilter
from trainings.models import Application

SENT = [(value, label) for value, label in Application.State.choices if value != Application.State.DRAFT]
BY_RANK = ("endorsement_rank", "submitted_at", "pk")
MAIL = [("own", _("To an address of their own")), ("care", _("In care of somebody else")), ("none", _("Nowhere"))]


class MailFilter(ChoicesFilter):
    """Where a person's mail goes."""

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        own, in_care = qs.exclude(email=""), qs.filter(email="").exclude(care_of=None)
        sets = {"own": own, "care": in_care, "none": qs.filter(email="", care_of=None)}
        keys = [sets[chosen].values("pk") for chosen in value]
        return qs.filter(pk__in=keys[0].union(*keys[1:])) if len(keys) > 1 else qs.filter(pk__in=keys[0])


class RoleFilter(ChoicesFilter):
    """Persons who hold one of some roles now."""

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.filter(roles__role__in=value, roles__withdrawn_at=None).distinct() if value else qs


class PersonFilterSet(django_filters.FilterSet):
    q = WordsFilter(label=_("Name, address or organisation"))
    role = RoleFilter(label=_("Role"), choices=[("focal_point", _("Focal point")), ("trainer", _("Trainer"))])
    mail = MailFilter(label=_("Mail goes"), choices=MAIL)
    sort = SortFilter(
        orders={"name": ("name", "pk"), "newest": ("-created_at", "-pk")},
        choices=[("name", _("Name")), ("newest", _("Newest first"))],
    )

    class Meta:
        model = Person
        form = forms.Form
        fields: list[str] = []


class OfPersonFilter(django_filters.CharFilter):
    """Rows of persons who are found by some words."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(person__in=Person.objects.matching(value)) if value else qs


class RegistrationFilterSet(django_filters.FilterSet):
    q = OfPersonFilter(label=_("Name, address or organisation"), max_length=200)
    state = ChoicesFilter(label=_("State"), choices=Registration.State.choices)
    sort = SortFilter(
        orders={
            "newest": ("-created_at", "-pk"),
            "name": ("person__name", "pk"),
            "event": ("-event__starts_at", "event_id", "pk"),
        },
        choices=[("newest", _("Newest first")), ("name", _("Name")), ("event", _("Date of the event"))],
    )

    class Meta:
        model = Registration
        form = forms.Form
        fields: list[str] = []


class ApplicationFilterSet(django_filters.FilterSet):
    q = OfPersonFilter(label=_("Name, address or organisation"), max_length=200)
    state = ChoicesFilter(label=_("State"), choices=SENT)
    sort = SortFilter(
        orders={
            "rank": BY_RANK,
            "newest": ("-submitted_at", "-pk"),
            "name": ("person__name", "pk"),
        },
        choices=[("rank", _("Rank, then as they came")), ("newest", _("Newest first")), ("name", _("Name"))],
    )

    class Meta:
        model = Application
        form = forms.Form
        fields: list[str] = []
