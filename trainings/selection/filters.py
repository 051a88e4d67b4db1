"""How the applicants of a training are narrowed and ordered on the selection desk."""

from dataclasses import dataclass
from typing import Final

import django_filters
from django import forms
from django.db.models import Avg, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from designated_sites.models import DesignatedSite
from network.models import MemberState
from records.listing.filters import ChoicesFilter, SortFilter

from ..models import Application, ApplicationScore, SelectionDecision, Training
from ..reports.categories import AGES, NOT_STATED
from ..workflow.transitions import State
from .balance import age_band, been_before, held_relation

NONE = "none"  # how an address writes "not stated"
ENDORSED = {"yes": True, "no": False, "open": None}


def for_the_desk(training: Training) -> QuerySet:
    """All that were sent, with what an officer weighs: mean score, how many have given one, earlier trainings; and the
    decision that is held."""
    scores = ApplicationScore.objects.filter(application=OuterRef("pk")).order_by().values("application")
    earlier = (
        Application.objects.filter(person=OuterRef("person"), state__in=[State.ATTENDED, State.COMPLETED])
        .exclude(training=OuterRef("training"))
        .order_by()
        .values("person")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        training.applications.exclude(state=State.DRAFT)
        .select_related("person", "member_state", "seat_class", "wanted_class", "site")
        .alias(held=held_relation())
        .annotate(
            held_id=F("held__pk"),
            held_to=F("held__to_state"),
            held_class=F("held__seat_class"),
            mean_score=Subquery(scores.annotate(mean=Avg("points")).values("mean")),
            number_of_scores=Coalesce(
                Subquery(scores.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), Value(0)
            ),
            earlier=Coalesce(Subquery(earlier, output_field=IntegerField()), Value(0)),
        )
    )


class AgeFilter(ChoicesFilter):
    """Age groups at the start of the training."""

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        year = self.parent.training.starts_at.year
        groups = [NOT_STATED if one == NONE else one for one in value]
        return qs.alias(age=age_band(year)).filter(age__in=groups) if value else qs


class EndorsedFilter(ChoicesFilter):
    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        said = Q()
        for one in value:
            said |= Q(endorsed=ENDORSED[one])
        return qs.filter(said)


class BeforeFilter(ChoicesFilter):
    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.alias(before=been_before()).filter(before=value[0] == "yes") if len(value) == 1 else qs


DECIDED: Final = {
    "open": Q(state__in=Application.STILL_OPEN, held_to=None),
    "selected": Q(state__in=Application.HOLDING) | Q(held_to=SelectionDecision.To.SELECTED),
    "reserve": Q(state=State.RESERVE_LIST, held_to=None) | Q(held_to=SelectionDecision.To.RESERVE_LIST),
    "against": Q(state=State.NOT_SELECTED, held_to=None) | Q(held_to=SelectionDecision.To.NOT_SELECTED),
    "held": Q(held_to__isnull=False),
}


class DecidedFilter(ChoicesFilter):
    """What is decided, whether it was told or is still held."""

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        wanted = Q()
        for one in value:
            wanted |= DECIDED[one]
        return qs.filter(wanted)


class WordsOfPersonFilter(django_filters.CharFilter):
    """Reference, name in either script, address, organisation, or the site."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        people, sites = Person.objects.matching(value), DesignatedSite.objects.matching(value)
        return qs.filter(
            Q(reference__icontains=value) | Q(person__in=people.values("pk")) | Q(site__in=sites.order_by().values("pk"))
        )  # fmt: skip


VIEWS: Final = {
    "": (_("All"), Q(pk__isnull=False)),
    "decided=open&endorsed=yes": (_("Endorsed, not decided"), DECIDED["open"] & Q(endorsed=True)),
    "decided=selected": (_("Selected"), DECIDED["selected"]),
    "decided=reserve": (_("Reserve list"), DECIDED["reserve"]),
    "decided=open&endorsed=open": (_("Not endorsed yet"), DECIDED["open"] & Q(endorsed=None)),
    "decided=held": (_("Held: nobody told"), DECIDED["held"]),
}


@dataclass(frozen=True)
class View:
    """One of the lists that are built in, with how many it finds."""

    label: str
    query: str
    number: int
    is_current: bool


def views_of(training: Training, query: str) -> list[View]:
    """Counted by one query. `query`: what is set now, without page and order."""
    counted = {f"n{place}": Count("pk", filter=wanted) for place, (_label, wanted) in enumerate(VIEWS.values())}
    numbers = training.applications.exclude(state=State.DRAFT).alias(held=held_relation()).annotate(
        held_to=F("held__to_state")
    ).aggregate(**counted)  # fmt: skip
    return [
        View(str(label), f"?{address}" if address else "?", numbers[f"n{place}"], address == query)
        for place, (address, (label, _wanted)) in enumerate(VIEWS.items())
    ]


class ApplicantFilterSet(django_filters.FilterSet):
    q = WordsOfPersonFilter(label=_("Reference, name, address, organisation or site"), max_length=200)
    decided = DecidedFilter(
        label=_("Decision"),
        choices=[
            ("open", _("Not decided")), ("selected", _("Selected")), ("reserve", _("Reserve list")),
            ("against", _("Not selected")), ("held", _("Held: nobody told")),
        ],
    )  # fmt: skip
    state = ChoicesFilter(label=_("State"), choices=[choice for choice in State.choices if choice[0] != State.DRAFT])
    member_state = ChoicesFilter(label=_("Member state"))
    endorsed = EndorsedFilter(
        label=_("Endorsement"), choices=[("yes", _("Endorsed")), ("no", _("Not endorsed")), ("open", _("Not said yet"))]
    )
    wanted = ChoicesFilter(label=_("Class applied for"), field_name="wanted_class")
    sex = ChoicesFilter(label=_("Sex"), field_name="person__sex", choices=Person.Sex.choices)
    age = AgeFilter(label=_("Age"), choices=[(code or NONE, label) for code, label in AGES.items()])
    before = BeforeFilter(
        label=_("Earlier trainings"), choices=[("yes", _("Has been before")), ("no", _("First time"))]
    )
    sort = SortFilter(
        orders={
            "sent": ("submitted_at", "pk"),
            "score": (F("mean_score").desc(nulls_last=True), "submitted_at", "pk"),
            "rank": ("member_state", F("endorsement_rank").asc(nulls_last=True), "submitted_at", "pk"),
            "state": ("state", "reserve_rank", "submitted_at", "pk"),
            "name": ("person__name", "pk"),
        },
        choices=[
            ("sent", _("As they came")), ("score", _("Best score first")), ("rank", _("Rank of the focal point")),
            ("state", _("State")), ("name", _("Name")),
        ],
    )  # fmt: skip

    class Meta:
        model = Application
        form = forms.Form
        fields: list[str] = []

    def __init__(self, *args: object, training: Training, **kwargs: object) -> None:
        self.training = training
        super().__init__(*args, **kwargs)
        states = MemberState.objects.filter(pk__in=training.applications.values("member_state")).order_by("name")
        self.filters["member_state"].extra["choices"] = [(state.code, state.name) for state in states]
        self.filters["wanted"].extra["choices"] = [(str(one.pk), str(one)) for one in training.seat_classes.all()]
