"""How long facts are kept that only reports need: only here is known what a person last took part in."""

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from events.models import Registration
from history.retention import Rule, register_rule
from trainings.models import Application


def _report_facts(before: dt.datetime) -> int:
    since = [
        rows.filter(person=OuterRef("pk"), created_at__gte=before)
        for rows in (Registration.objects, Application.objects)
    ]
    idle = Person.objects.known().filter(*(~Exists(rows) for rows in since), created_at__lt=before)
    stated = idle.exclude(sex=Person.Sex.NOT_STATED, birth_year=None, nationality="")
    return stated.update(sex=Person.Sex.NOT_STATED, birth_year=None, nationality="")


register_rule(
    Rule(
        "report-facts",
        _("Sex, year of birth and nationality of those who took part in nothing since"),
        _("Erased"),
        _report_facts,
    )
)
