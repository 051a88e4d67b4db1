"""Who took part in what, or applied for it: one participation for each person and programme, from few queries.

Keys of persons are here to tell people apart and go no further than the counting.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from django.db.models import Q

from accounts.models import Person
from activities.models import Attendance as Minutes
from activities.models import AttendanceFile, AttendanceMatch, Session
from designated_sites.models import LinkedSite, Stewardship
from events.models import Registration

from ..models import Application, ApplicationStep
from .categories import NOT_STATED, SEVERAL_SITES, Age, Role, Seat, Stage, seat_of_class, sex_code
from .coverage import Held, Key, Programme

State = Application.State
# What was decided last among these says whether somebody is selected.
SELECTION: Final = {State.SELECTED: True, State.CONFIRMED: True, State.NOT_SELECTED: False, State.RESERVE_LIST: False}
CONFIRMED: Final = frozenset({State.CONFIRMED, State.ATTENDED, State.NO_SHOW, State.COMPLETED})
TOOK_PART: Final = frozenset({State.ATTENDED, State.COMPLETED})
# Registrations that never became one: whose address nobody has confirmed.
NEVER_REGISTERED: Final = (Registration.State.HELD, Registration.State.EXPIRED)


@dataclass(frozen=True)
class Participation:
    """One person at one programme, with the facts of that time."""

    person_id: int
    programme: Key
    member_state: str
    sex: str
    age: str
    role: str
    site: str
    seat: str
    stages: frozenset[Stage]


@dataclass
class _Found:
    """What the records say of one person at one programme; the first part that says something holds."""

    trainer: bool = False
    applied: bool = False
    audience: str = ""
    member_state: str = ""
    site: str = ""
    seat: str = ""
    stages: set[Stage] = field(default_factory=set)

    @property
    def role(self) -> str:
        if self.trainer:
            return str(Role.TRAINER)
        return self.audience or (str(Role.PARTICIPANT) if self.applied else NOT_STATED)


class Reading:
    """Reads all that concerns some programmes. The number of queries depends on nothing."""

    def __init__(self, programmes: Iterable[Programme]) -> None:
        self.programmes = list(programmes)
        self.parts: dict[Key, Held] = {part.key: part for one in self.programmes for part in one.parts}
        self.heads: dict[Key, Key] = {part.key: one.head.key for one in self.programmes for part in one.parts}
        self.training_ids = sorted(one.key for one in self.parts.values() if one.kind == "training")
        self.event_ids = sorted(one.key for one in self.parts.values() if one.kind == "event")
        self._found: dict[tuple[int, Key], _Found] = defaultdict(_Found)
        self.recorded = self._read_attendance()
        self._read_applications()
        self._read_registrations()
        self._read_presence()
        self._read_trainers()

    def _at(self, person_id: int, part: Key) -> _Found:
        return self._found[person_id, self.heads[part]]

    def _read_applications(self) -> None:
        log: dict[int, list[str]] = defaultdict(list)
        steps = ApplicationStep.objects.filter(application__training__in=self.training_ids).order_by("pk")
        for application, state in steps.values_list("application", "to_state"):
            log[application].append(state)
        sent = Application.objects.filter(training__in=self.training_ids).exclude(submitted_at=None)
        rows = sent.exclude(state=State.DRAFT).order_by("-submitted_at", "-pk").values_list(
            "pk", "person", "training", "state", "member_state", "seat_class__funding", "seat_class__presence", "site__site_type", "site",
            "endorsed",
        )  # fmt: skip
        # One that was withdrawn says less than another of the same person that was not.
        ordered = sorted(rows, key=lambda row: row[3] == State.WITHDRAWN)
        for pk, person, training, state, code, funding, presence, kind, site, endorsed in ordered:
            found = self._at(person, training)
            found.applied = True
            found.member_state = found.member_state or code
            found.seat = found.seat or (seat_of_class(funding, presence) if funding else "")
            found.site = found.site or (f"{kind}:{site}" if site else "")
            found.stages |= stages_of(state, log[pk], endorsed)

    def _read_registrations(self) -> None:
        kept = Registration.objects.filter(event__in=self.event_ids).exclude(state__in=NEVER_REGISTERED)
        rows = kept.order_by("event__starts_at", "event", "pk")
        columns = ("event", "person", "state", "presence", "audience", "confirmed_at")
        for event, person, state, presence, audience, confirmed_at in rows.values_list(*columns):
            if state == Registration.State.CANCELLED and confirmed_at is None:
                continue
            found = self._at(person, event)
            found.stages.add(Stage.APPLIED)
            if state != Registration.State.CONFIRMED:
                continue
            found.stages.add(Stage.CONFIRMED)
            found.audience = found.audience or audience
            found.seat = found.seat or str(Seat.EVENT_ONSITE if presence == "onsite" else Seat.EVENT_ONLINE)
            if self.parts[event].begun and event not in self.recorded:
                found.stages.add(Stage.TOOK_PART)

    def _read_attendance(self) -> frozenset[Key]:
        """The events of which attendance lists say who was there."""
        files = AttendanceFile.objects.filter(activity__in=self.event_ids).order_by().values_list("activity", flat=True)
        minutes = Minutes.objects.filter(session__activity__in=self.event_ids).annotate(present=Q(minutes__gt=0))
        listed = list(minutes.order_by().values_list("session__activity", "person", "present").distinct())
        self._present = [(event, person) for event, person, present in listed if present]
        return frozenset(files) | {event for event, _person, _present in listed}

    @cached_property
    def unknown(self) -> Counter[Key]:
        """How many names in the attendance lists of an event mean nobody we know."""
        nobody = AttendanceMatch.objects.filter(activity__in=self.event_ids, person=None, minutes__gt=0)
        return Counter(nobody.order_by().values_list("activity", flat=True))

    def _read_presence(self) -> None:
        for event, person in self._present:
            self._at(person, event).stages.add(Stage.TOOK_PART)

    def _read_trainers(self) -> None:
        led = Session.trainers.through.objects.filter(session__activity__in=self.parts)
        for part, person in led.values_list("session__activity", "person"):
            if not self.parts[part].begun:
                continue
            found = self._at(person, part)
            found.trainer = True
            found.stages.add(Stage.TOOK_PART)

    def participations(self) -> list[Participation]:
        ids = {person for person, _programme in self._found}
        rows = Person.objects.filter(pk__in=ids).values_list("pk", "member_state", "sex", "birth_year")
        persons = {pk: (code or "", sex_code(sex), birth_year) for pk, code, sex, birth_year in rows}
        sites = _sites_of(ids)
        years = {one.head.key: one.head.starts_on.year for one in self.programmes}
        made: list[Participation] = []
        for (person, programme), found in self._found.items():
            code, sex, birth_year = persons[person]
            seat = found.seat or (str(Seat.NONE) if found.trainer else NOT_STATED)
            made.append(
                Participation(
                    person_id=person, programme=programme, member_state=found.member_state or code, sex=sex,
                    age=Age.of(birth_year, years[programme]), role=found.role, site=found.site or sites.get(person, NOT_STATED),
                    seat=seat, stages=frozenset(found.stages),
                )
            )  # fmt: skip
        return made


def stages_of(state: str, log: Iterable[str], endorsed: bool | None) -> set[Stage]:
    """How far an application that was sent has come, by its state, the log of its states in the order of time, and what the
    focal point has said."""
    states = [*log, state]
    decided = [SELECTION[State(one)] for one in states if one in SELECTION]
    reached = {Stage.APPLIED}
    if endorsed:
        reached.add(Stage.ENDORSED)
    if state in CONFIRMED or State.CONFIRMED in states:
        reached |= {Stage.CONFIRMED, Stage.SELECTED}
    if decided and decided[-1]:
        reached.add(Stage.SELECTED)
    if state in TOOK_PART:
        reached.add(Stage.TOOK_PART)
    return reached


def _sites_of(persons: set[int]) -> dict[int, str]:
    """The one site a person has to do with, by own word or as steward; several are said to be several."""
    of_person: dict[int, set[str]] = defaultdict(set)
    linked = LinkedSite.objects.filter(person__in=persons)
    for person, kind, site in linked.values_list("person", "site__site_type", "site"):
        of_person[person].add(f"{kind}:{site}")
    stewards = Stewardship.objects.filter(person__in=persons, until=None)
    for person, kind, site in stewards.values_list("person", "site__site_type", "site"):
        of_person[person].add(f"{kind}:{site}")
    return {person: sites.pop() if len(sites) == 1 else SEVERAL_SITES for person, sites in of_person.items()}
