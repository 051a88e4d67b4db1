"""How long facts are kept that only reports need, and people without an account: only here is known what a person last took
part in."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, Manager, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, Person, RoleGrant, RoleRequest
from accounts.persons import erasure
from accounts.persons.owner import owner_of
from activities.models import Attendance, AttendanceMatch, Session
from designated_sites.models import SiteProposal, Stewardship
from events.models import Registration
from history.retention import Rule, register_rule
from trainings.models import Application, Certificate


def _report_facts(before: dt.datetime) -> int:
    since = [
        rows.filter(person=OuterRef("pk"), created_at__gte=before)
        for rows in (Registration.objects, Application.objects)
    ]
    idle = Person.objects.known().filter(*(~Exists(rows) for rows in since), created_at__lt=before)
    stated = idle.exclude(sex=Person.Sex.NOT_STATED, birth_year=None, nationality="")
    return stated.update(sex=Person.Sex.NOT_STATED, birth_year=None, nationality="")


def _guests(before: dt.datetime) -> "QuerySet[Person]":
    """People of whom records know and who have no account, written down before a moment."""
    return Person.objects.known().filter(user=None, created_at__lt=before)


def _without(people: "QuerySet[Person]", *rows: "QuerySet | Manager") -> "QuerySet[Person]":
    return people.filter(*(~Exists(one.filter(person=OuterRef("pk"))) for one in rows))


@transaction.atomic
def _never_confirmed(before: dt.datetime) -> int:
    """Somebody typed an address into a form, and its reader never answered: the person is perhaps nobody."""
    places = Registration.objects.filter(person=OuterRef("pk"))
    answered = Registration.objects.exclude(state=Registration.State.EXPIRED) | Registration.objects.exclude(
        confirmed_at=None
    )
    strangers = _without(
        _guests(before).filter(Exists(places)), answered, Application.objects, Attendance.objects, AttendanceMatch.objects,
        Certificate.objects, Consent.objects, RoleGrant.objects, RoleRequest.objects, Session.trainers.through.objects, Stewardship.objects,
    )  # fmt: skip
    strangers = strangers.filter(~Exists(SiteProposal.objects.filter(proposer=OuterRef("pk"))))
    found = list(strangers)
    Registration.objects.filter(person__in=found).delete()
    return erasure.forget_all(owner=[owner_of(person=one, user=None) for one in found])


@transaction.atomic
def _idle_guests(before: dt.datetime) -> int:
    """Who has a certificate stays as long as it does, so that it can be issued anew; who holds a role, as long as that."""
    now = timezone.now()
    coming = Registration.objects.active().filter(event__starts_at__gt=now)
    trainings = Application.objects.active().filter(training__starts_at__gt=now)
    led = Session.trainers.through.objects.filter(session__ends_at__gte=before)
    idle = _without(
        _guests(before), Registration.objects.filter(created_at__gte=before), Application.objects.filter(created_at__gte=before),
        coming, trainings, led, Certificate.objects, RoleGrant.objects.active(), RoleRequest.objects.waiting(), Consent.objects.filter(at__gte=before),
    )  # fmt: skip
    idle = _without(idle, Stewardship.objects.filter(until=None))
    return erasure.forget_all(owner=[owner_of(person=one, user=None) for one in idle])


register_rule(
    Rule(
        "report-facts",
        _("Sex, year of birth and nationality of those who took part in nothing since"),
        _("Erased"),
        _report_facts,
        covers=(Person,),
    )
)
register_rule(
    Rule(
        "unconfirmed-guests",
        _("People without an account who registered and never confirmed their address"),
        _("Erased, with their registration"),
        _never_confirmed,
        covers=(Person, Registration),
    )
)
register_rule(
    Rule(
        "idle-guests",
        _("People without an account who took part in nothing since, and hold no certificate"),
        _("Name, address and all they told are erased; what figures rest on stays without a name"),
        _idle_guests,
        covers=(Person, Registration, Application, Consent),
    )
)
