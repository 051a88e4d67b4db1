"""How the registrations of an event are narrowed: by state, way of taking part, category, member state, and words."""

from typing import Any, Final

import django_filters
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext_lazy as _

from network.models import MemberState
from records.listing.filters import ChoicesFilter, SortFilter

from ..models import Event, Registration

State = Registration.State
NO_STATE: Final = "none"
# In a table there is no room for the words of the form.
SHORT_AUDIENCE: Final = {
    Registration.Audience.SITE: _("Site staff"),
    Registration.Audience.COMMITTEE: _("Committee"),
    Registration.Audience.GOVERNMENT: _("Government"),
    Registration.Audience.ACADEMIA: _("University"),
    Registration.Audience.CIVIL_SOCIETY: _("Association"),
    Registration.Audience.STUDENT: _("Student"),
    Registration.Audience.UN: _("International"),
    Registration.Audience.OTHER: _("Other"),
}
SHORT_STATE: Final = {State.HELD: _("Held"), State.WAITING: _("Waiting"), State.EXPIRED: _("Fell free")}
VIEWS: Final = (
    ("all", _("All"), ()),
    ("place", _("With a place"), (State.CONFIRMED, State.HELD, State.OFFERED)),
    ("unconfirmed", _("To confirm"), (State.HELD,)),
    ("waiting", _("Waiting list"), (State.WAITING, State.OFFERED)),
    ("ended", _("Ended"), Registration.GONE),
)
ORDERS: Final[dict[str, tuple[str | OrderBy, ...]]] = {
    "newest": ("-created_at", "-pk"),
    "oldest": ("created_at", "pk"),
    "name": ("person__name", "pk"),
    "state": ("state", "-created_at", "-pk"),
    "member_state": ("person__member_state__name", "person__name", "pk"),
    "queue": ("queued_at", "pk"),
}


class RegistrationFilterSet(django_filters.FilterSet):
    """Several values of one field are “or”, fields are “and”."""

    q = django_filters.CharFilter(label=_("Name, e-mail, number"), method="matching", max_length=200)
    state = ChoicesFilter(label=_("State"), choices=State.choices)
    presence = ChoicesFilter(label=_("Takes part"), choices=Registration.Presence.choices)
    audience = ChoicesFilter(label=_("Comes as"), choices=Registration.Audience.choices)
    member_state = ChoicesFilter(label=_("Member state"), method="in_states", choices=())
    more = ChoicesFilter(
        label=_("More"), method="marked",
        choices=[
            ("care", _("In care of a committee")),
            ("question", _("Sent a question")),
            ("present", _("Was there")),
            ("absent", _("Confirmed and was not there")),
            ("comes", _("Asked after the move: comes")),
            ("silent", _("Asked after the move: no answer")),
            ("added", _("Added by somebody else")),
        ],
    )  # fmt: skip
    sort = SortFilter(
        orders=ORDERS,
        choices=[
            ("newest", _("Newest first")),
            ("oldest", _("Oldest first")),
            ("name", _("By name")),
            ("state", _("By state")),
            ("member_state", _("By member state")),
            ("queue", _("As they wait")),
        ],
    )

    class Meta:
        model = Registration
        fields: list[str] = []

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        states = MemberState.objects.order_by("name").values_list("code", "name")
        self.filters["member_state"].extra["choices"] = [*states, (NO_STATE, _("Another country"))]

    def matching(self, found: QuerySet, name: str, value: str) -> QuerySet:
        """Every word in the name in either script, the address, the organisation, or the number of the registration."""
        for word in value.split():
            named = Q(person__name__icontains=word) | Q(person__native_name__icontains=word)
            known = named | Q(person__email__icontains=word) | Q(person__organisation__icontains=word)
            number = word.removeprefix("#")
            if number.isdecimal() and len(number) < 10:
                known |= Q(pk=int(number))
            found = found.filter(known)
        return found

    def in_states(self, found: QuerySet, name: str, value: list[str]) -> QuerySet:
        if not value:
            return found
        wanted = Q(person__member_state__in=[code for code in value if code != NO_STATE])
        return found.filter(wanted | Q(person__member_state=None) if NO_STATE in value else wanted)

    def marked(self, found: QuerySet, name: str, value: list[str]) -> QuerySet:
        marks = {
            "care": Q(person__email="") & ~Q(person__care_of=None),
            "question": Q(person__in=self.event.advance_questions.exclude(person=None).values("person")),
            "present": Q(was_there=True),
            "absent": Q(state=State.CONFIRMED, was_there=False),
            "comes": Q(comes_at__isnull=False),
            "silent": Q(asked_at__isnull=False, comes_at=None) & ~Q(state__in=Registration.GONE),
            "added": Q(registered_by__isnull=False),
        }
        wanted = Q()
        for one in value:
            wanted |= marks[one]
        return found.filter(wanted)


def counts_by_field(event: Event) -> dict[str, dict[str, int]]:
    """How many registrations have each value; four queries, however many people there are."""
    columns = {"state": "state", "presence": "presence", "audience": "audience", "member_state": "person__member_state"}
    return {
        field: {
            str(value or NO_STATE): number
            for value, number in event.registrations.order_by().values_list(column).annotate(Count("pk"))
        }
        for field, column in columns.items()
    }


def states_of_view(slug: str) -> tuple[str, ...]:
    return next((tuple(states) for name, _label, states in VIEWS if name == slug), ())
