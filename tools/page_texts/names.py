"""Records by names that outlast a release: a model that was split into two tables, or became one of two, is found by any
of its names, and a field by what it means. What a release no longer knows may go from here with that release."""

from typing import Any

from django.apps import apps
from django.db import models
from django.utils.module_loading import import_string

# The name of 0.1 -> that of later releases
MODELS = {
    "ReserveName": "SiteName", "GeoparkName": "SiteName", "ReservePhoto": "SitePhoto", "GeoparkPhoto": "SitePhoto",
    "ReserveSteward": "Stewardship", "GeoparkSteward": "Stewardship", "ReserveProposal": "SiteProposal",
    "GeoparkProposal": "SiteProposal", "EventInvolvement": "Involvement", "TrainingInvolvement": "Involvement",
    "EventSite": "ActivitySite", "TrainingSite": "ActivitySite", "EventPostponement": "Postponement",
    "TrainingPostponement": "Postponement", "EventSession": "Session", "TrainingSession": "Session",
    "EventAttendance": "Attendance", "TrainingAttendance": "Attendance", "TrainingAttendanceFile": "AttendanceFile",
    "TrainingAttendanceMatch": "AttendanceMatch", "TrainingAttendanceSpan": "AttendanceSpan",
    "TrainingAttendanceCorrection": "AttendanceCorrection", "SiteLink": "LinkedSite",
}  # fmt: skip
FIELDS = {"event": ("activity",), "training": ("activity",), "reserve": ("site",), "geopark": ("site",)}


def ours() -> list[type[models.Model]]:
    """Every model of our own apps that has a table of its own."""
    project = [config for config in apps.get_app_configs() if not config.name.startswith(("django.", "allauth"))]
    found = [model for config in project for model in config.get_models()]
    return [model for model in found if not model._meta.proxy and model._meta.managed]


def model(name: str) -> type[Any]:
    """The model of this name, whichever app it lives in."""
    for wanted in (name, MODELS.get(name, name)):
        for found in ours():
            if found.__name__ == wanted:
                return found
    raise LookupError(f"There is no model {name}: say in tools/page_texts/names.py what it is called now.")


def fields_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields()}


def make(name: str, /, **facts: Any) -> Any:
    """A new record; facts are named as in release 0.1."""
    table = model(name)
    known = fields_of(table)
    for old in [old for old in facts if old not in known]:
        for new in FIELDS.get(old, ()):
            if new in known:
                facts[new] = facts.pop(old)
                break
    return table.objects.create(**facts)


def about_site(
    name: str, site: Any, kind: str, /, *, own: str = "site_kind", key: str = "site_id", **facts: Any
) -> Any:
    """A record that is about a site: by kind and number, or by a foreign key."""
    if own in fields_of(model(name)):
        return make(name, **{own: kind, key: site.pk}, **facts)
    if key in fields_of(model(name)):
        return make(name, **{key: site.pk}, **facts)
    return make(name, site=site, **facts)


def one(name: str, /, **facts: Any) -> Any:
    return model(name).objects.get(**facts)


def act(*paths: str) -> Any:
    """A function that has moved: the first of these places at which it is."""
    for path in paths:
        try:
            return import_string(path)
        except ImportError:
            continue
    raise LookupError(f"None of {paths} is there.")
