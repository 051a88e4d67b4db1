"""The categories by which participants are counted. Every dimension has one for what is not stated: the empty code."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from events.models import Registration

from ..models import SeatClass

NOT_STATED: Final = ""
YOUTH: Final = (18, 35)  # years, both included
SEVERAL_SITES: Final = "several"
Labels = dict[str, str | Promise]


class Stage(StrEnum):
    """How far a person came at an activity. Each includes those who went further."""

    APPLIED = "applied"
    ENDORSED = "endorsed"
    SELECTED = "selected"
    CONFIRMED = "confirmed"
    TOOK_PART = "took_part"


class Age(StrEnum):
    """Age at the start of the activity: the year of the start less the year of birth, since no more is asked."""

    UNDER = "under_18"
    YOUTH = "youth"
    OVER = "over_35"

    @classmethod
    def of(cls, birth_year: int | None, year: int) -> str:
        if birth_year is None or birth_year > year:
            return NOT_STATED
        age = year - birth_year
        return str(cls.UNDER if age < YOUTH[0] else cls.YOUTH if age <= YOUTH[1] else cls.OVER)


class Role(StrEnum):
    """As what somebody was there, beside the audience categories of a registration."""

    TRAINER = "trainer"
    PARTICIPANT = "participant"


class Seat(StrEnum):
    """Beside the classes of seats of a training (`full_onsite`)."""

    EVENT_ONSITE = "event_onsite"
    EVENT_ONLINE = "event_online"
    NONE = "none"


def seat_of_class(funding: str, presence: str) -> str:
    return f"{funding}_{presence}"


def sex_code(sex: str) -> str:
    return NOT_STATED if sex == Person.Sex.NOT_STATED else sex


STAGES: Final[Labels] = {
    Stage.APPLIED: _("Applied or registered"),
    Stage.ENDORSED: _("Endorsed"),
    Stage.SELECTED: _("Selected"),
    Stage.CONFIRMED: _("Confirmed"),
    Stage.TOOK_PART: _("Took part"),
}
SEXES: Final[Labels] = {
    Person.Sex.FEMALE: _("Female"),
    Person.Sex.MALE: _("Male"),
    Person.Sex.OTHER: _("Other"),
    NOT_STATED: _("Not stated"),
}
AGES: Final[Labels] = {
    Age.UNDER: _("Under 18"),
    Age.YOUTH: _("18 to 35 (youth)"),
    Age.OVER: _("Over 35"),
    NOT_STATED: _("Not stated"),
}
ROLES: Final[Labels] = {
    Role.TRAINER: _("Trainer"),
    Role.PARTICIPANT: _("Participant of a training"),
    **{str(code): label for code, label in Registration.Audience.choices},
    NOT_STATED: _("Not stated"),
}
SEATS: Final[Labels] = {
    seat_of_class(SeatClass.Funding.FULL, SeatClass.Presence.ONSITE): _("Fully funded, on site"),
    seat_of_class(SeatClass.Funding.FULL, SeatClass.Presence.ONLINE): _("Fully funded, online"),
    seat_of_class(SeatClass.Funding.SELF, SeatClass.Presence.ONSITE): _("Self-funded, on site"),
    seat_of_class(SeatClass.Funding.SELF, SeatClass.Presence.ONLINE): _("Self-funded, online"),
    Seat.EVENT_ONSITE: _("Event, on site"),
    Seat.EVENT_ONLINE: _("Event, online"),
    Seat.NONE: _("No seat (trainers)"),
    NOT_STATED: _("Not stated"),
}
