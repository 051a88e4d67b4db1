"""All figures of a report in one document of plain values, in English: what is shown, frozen and printed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import Person
from activities.models import Activity
from designated_sites.models import DesignatedSite
from network.models import MemberState, Partner

from .categories import AGES, NOT_STATED, ROLES, SEATS, SEVERAL_SITES, SEXES, STAGES, Age, Stage
from .coverage import Calendar, Covers, Programme
from .participations import Participation, Reading
from .tables import Axis, Table, cells, crossed, staged

DIMENSIONS: Final = ("activity", "member_state", "sex", "age", "role", "site", "seat")
Document = dict[str, Any]
SUMMARY: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("activities", _lazy("Events and trainings")),
    ("participations", _lazy("Participations")),
    ("people", _lazy("Different people")),
    ("women", _lazy("Women, participations")),
    ("sex_stated", _lazy("Participations with the sex stated")),
    ("youth", _lazy("Youth (18 to 35), participations")),
    ("age_stated", _lazy("Participations with the age stated")),
    ("member_states", _lazy("Member states taking part")),
    ("applied", _lazy("Applications and registrations")),
)


def figures(covers: Covers) -> Document:
    """Counts everything anew. The same records give the same document."""
    with translation.override("en"):
        programmes = Calendar().programmes(covers)
        return _document(covers, programmes, Reading(programmes))


def _document(covers: Covers, programmes: Sequence[Programme], reading: Reading) -> Document:
    order = {one.head.key: number for number, one in enumerate(programmes)}
    everybody = sorted(reading.participations(), key=lambda one: (order[one.programme], one.person_id))
    present = [one for one in everybody if Stage.TOOK_PART in one.stages]
    names = {one.head.key: f"{one.head.kind}:{one.head.slug}" for one in programmes}
    labels = _labels(everybody)
    return {
        "version": 1,
        "covers": _covered(covers, programmes),
        "summary": _summary(programmes, everybody, present),
        "activities": [_activity(one, reading, present) for one in programmes],
        "tables": [table.as_json() for table in _tables(programmes, names, labels, everybody, present)],
        "dimensions": [*DIMENSIONS],
        "stages": [str(stage) for stage in Stage],
        "labels": labels,
        "cells": cells(everybody, names),
        "notes": _notes(),
    }


def _summary(programmes: Sequence[Programme], everybody: list[Participation], present: list[Participation]) -> Document:
    return {
        "activities": len(programmes),
        "participations": len(present),
        "people": len({one.person_id for one in present}),
        "women": sum(one.sex == Person.Sex.FEMALE for one in present),
        "sex_stated": sum(one.sex != NOT_STATED for one in present),
        "youth": sum(one.age == Age.YOUTH for one in present),
        "age_stated": sum(one.age != NOT_STATED for one in present),
        "member_states": len({one.member_state for one in present} - {NOT_STATED}),
        "applied": sum(Stage.APPLIED in one.stages for one in everybody),
    }


def _activity(programme: Programme, reading: Reading, present: list[Participation]) -> Document:
    """What is counted of it, and on what the count rests: a webinar on its attendance lists, else on registrations."""
    head = programme.head
    events = [part for part in programme.parts if part.kind == "event" and part.begun]
    listed = [part for part in events if part.key in reading.recorded]
    rests = ["states"] if programme.keys("training") else []
    rests += ["attendance"] if listed else []
    rests += ["registrations"] if len(listed) < len(events) else []
    return {
        "code": f"{head.kind}:{head.slug}",
        "kind": head.kind,
        "title": head.title,
        "starts_on": head.starts_on.isoformat(),
        "parts": len(programme.parts) - 1,
        "fund_code": head.fund_code,
        "result_code": head.result_code,
        "rests_on": rests,
        "participations": sum(one.programme == head.key for one in present),
        "names_nobody_knows": sum(reading.unknown[pk] for pk in programme.keys("event")),
    }


def _plain(labels: Mapping[str, str | Promise]) -> dict[str, str]:
    return {str(code): str(label) for code, label in labels.items()}


def _labels(everybody: Sequence[Participation]) -> dict[str, dict[str, str]]:
    """Names of all categories in the order of printing. Member states are all there; of sites those that occur."""
    states = {state.code: state.name for state in MemberState.objects.order_by("name")}
    return {
        "member_state": {**states, NOT_STATED: _("Not stated, or another country")},
        "sex": _plain(SEXES),
        "age": _plain(AGES),
        "role": _plain(ROLES),
        "site": _sites({one.site for one in everybody}),
        "seat": _plain(SEATS),
    }


def _sites(codes: set[str]) -> dict[str, str]:
    keys = [int(code.partition(":")[2]) for code in codes - {NOT_STATED, SEVERAL_SITES}]
    named = DesignatedSite.objects.filter(pk__in=keys).values_list("name", "slug", "site_type", "pk")
    known = {f"{kind}:{pk}": name for name, _slug, kind, pk in sorted(named)}
    lost = {
        code: _("A site no longer on record") for code in sorted(codes - {NOT_STATED, SEVERAL_SITES} - known.keys())
    }
    several = {SEVERAL_SITES: _("Several sites")} if SEVERAL_SITES in codes else {}
    return {**known, **lost, **several, NOT_STATED: _("Not stated")}


def _tables(
    programmes: Sequence[Programme], names: Mapping[Any, str], labels: dict[str, dict[str, str]],
    everybody: list[Participation], present: list[Participation],
) -> list[Table]:  # fmt: skip
    sex, state = Axis(labels["sex"], lambda one: one.sex), Axis(labels["member_state"], lambda one: one.member_state)
    age, site = Axis(labels["age"], lambda one: one.age), Axis(labels["site"], lambda one: one.site)
    role = Axis(_occurring(labels["role"], {one.role for one in present}), lambda one: one.role)
    seat = Axis(_occurring(labels["seat"], {one.seat for one in present}), lambda one: one.seat)
    held = Axis({names[one.head.key]: one.head.title for one in programmes}, lambda one: names[one.programme])
    state_words = _("Member state")

    def by_sex(code: str, title: str, heading: str, rows: Axis) -> Table:
        return crossed(code, title, heading, present, rows, sex, public=True)

    return [
        by_sex("states", _("By member state and sex"), state_words, state),
        by_sex("ages", _("By age group and sex"), _("Age group"), age),
        by_sex("roles", _("By role and sex"), _("Role"), role),
        by_sex("sites", _("By site and sex"), _("Site"), site),
        by_sex("seats", _("By class of seats and sex"), _("Class of seats"), seat),
        by_sex("activities", _("By event or training and sex"), _("Event or training"), held),
        crossed("state_ages", _("By member state and age group"), state_words, present, state, age, public=False),
        staged("stages", _("From application to taking part"), state_words, everybody, state, _stages()),
    ]


def _stages() -> dict[Stage, str]:
    return {stage: str(STAGES[stage]) for stage in Stage}


def _occurring(labels: dict[str, str], codes: set[str]) -> dict[str, str]:
    return {code: label for code, label in labels.items() if code in codes or code == NOT_STATED}


def _covered(covers: Covers, programmes: Sequence[Programme]) -> list[list[str]]:
    """What the report covers, in words that stay true when records are renamed."""
    heads = {one.head.key: one.head.title for one in programmes}
    found: list[list[str]] = []
    if covers.activity_id is not None:
        kind = Activity.objects.values_list("activity_type", flat=True).get(pk=covers.activity_id)
        found.append([str(Activity.Type(kind).label), heads.get(covers.activity_id, "")])
    if covers.fund_code:
        found.append([_("Fund code"), covers.fund_code])
    if covers.result_code:
        found.append([_("Result code"), covers.result_code])
    if covers.funder_id is not None:
        found.append([_("Funder"), Partner.objects.values_list("name", flat=True).get(pk=covers.funder_id)])
    if covers.first_day and covers.last_day:
        found.append([_("Period"), f"{covers.first_day.isoformat()} – {covers.last_day.isoformat()}"])
    return found


def _notes() -> list[str]:
    return [
        _("A person counts once at an activity. A series and its parts, and a training with its webinars, are one activity, "
          "in the year and period in which it began. Samples, drafts and what was cancelled are never counted."),
        _("At trainings those took part whose application says attended or completed. At events those took part whom "
          "attendance lists show; where no list was imported, those with a confirmed registration."),
        _("Trainers are counted by the sessions they lead, once for each activity, and as nothing else there."),
        _("Names in attendance lists that mean nobody on record are not counted; their number stands beside the activity."),
        _("Age is that of the year in which the activity began: only the year of birth is asked. Youth is 18 to 35."),
        _("Participations are counted in every column. “Different people” counts somebody once who took part several times."),
        _("Endorsement and selection exist for trainings only. Whoever has confirmed was selected."),
    ]  # fmt: skip
