"""Certificates: given for taking part, printed anew with the same number, revoked.

What is printed is kept in the row and taken from person and activity when it is issued; a later change of either shows
only after a reissue.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from accounts.models import Person, User
from accounts.persons.recipients import recipient_of
from activities.models import Activity
from notifications import mailings, outbox
from notifications.models import Mailing
from records.formats.partial_dates import Precision
from typed_records.locks import locked

from ..mails import certificates as mails
from ..models import Application, ApplicationQuerySet, Certificate, Training
from ..workflow import progress
from .numbers import new_number
from .taking_part import Verdict, hours_of, standings
from .words import WORDS, day_words

State = Application.State


def entitled(activity: Activity) -> QuerySet[Person]:
    """The people who took part: applications that say so; at an event whoever reaches the share of its minutes.

    Where a training asks for a presentation, uploading it is a part of taking part: see `lacking`.
    """
    if isinstance(activity, Training):
        completed, attended = (activity.applications.filter(state=one) for one in (State.COMPLETED, State.ATTENDED))
        done = completed | attended.exclude(pk__in=attended.without_presentation())
        return Person.objects.filter(applications__in=done)
    reached = [one.person.pk for one in standings(activity) if one.verdict == Verdict.ATTENDED]
    return Person.objects.filter(pk__in=reached)


def without_certificate(activity: Activity) -> QuerySet[Person]:
    """Who took part and has no certificate yet, by name. Whose certificate was revoked gets no other one."""
    have = Certificate.objects.of(activity).exclude(person=None)
    return entitled(activity).filter(erased_at=None).exclude(pk__in=have.values("person")).order_by("name", "pk")


def lacking(training: Training) -> ApplicationQuerySet:
    """Applications of those who were there, but have not uploaded the presentation that is asked for. By name."""
    found = training.applications.filter(state=State.ATTENDED, person__erased_at=None).without_presentation()
    return found.order_by("person__name", "pk")


@transaction.atomic
def issue(*, activity: Activity, person: Person, by: User | None) -> Certificate:
    """One certificate for one person: the same one, however often it is asked for. The application is completed by it."""
    activity = locked(activity)
    found = Certificate.objects.of(activity).filter(person=person).first()
    if found is not None and found.revoked_at is None:
        return found
    if found is not None:
        raise ValidationError(_("The certificate of %(name)s was revoked. No second one is given.") % {"name": person})
    if isinstance(activity, Training) and lacking(activity).filter(person=person).exists():
        raise ValidationError(_("The presentation of %(name)s is missing.") % {"name": person})
    if not entitled(activity).filter(pk=person.pk).exists():
        raise ValidationError(_("%(name)s has not taken part, as far as is recorded.") % {"name": person})
    return _issue(activity, person, by)


@transaction.atomic
def issue_nevertheless(*, application: Application, reason: str, by: User | None) -> Certificate:
    """For one who was there and has not uploaded a presentation: the officer's decision, kept with its reason in the log."""
    training = locked(application.training)
    found = lacking(training).select_related("person").filter(pk=application.pk).first()
    if found is None:
        raise ValidationError(_("Nothing is missing here any more. Issue the certificate as usual."))
    if not reason.strip():
        raise ValidationError(_("Say why the certificate is given without a presentation."))
    progress.completed(application=found, by=by, reason=reason.strip())
    return issue(activity=training, person=found.person, by=by)


@transaction.atomic
def issue_all(*, activity: Activity, by: User | None) -> list[Certificate]:
    """For everybody who took part and has none yet."""
    activity = locked(activity)
    refuse_activity(activity)
    return [_issue(activity, person, by) for person in without_certificate(activity)]


@transaction.atomic
def issue_some(*, activity: Activity, people: Collection[Person], by: User | None) -> list[Certificate]:
    """For these, as far as they took part and have none yet: a part of all, so that not all wait for the last."""
    activity = locked(activity)
    refuse_activity(activity)
    wanted = {person.pk for person in people}
    return [_issue(activity, person, by) for person in without_certificate(activity) if person.pk in wanted]


def refuse_activity(activity: Activity) -> None:
    """ValidationError when no certificate can be given for an event or training."""
    if not activity.gives_certificates:
        raise ValidationError(_("No certificates are given for this. Say so in its form first."))
    if activity.status not in (Activity.Status.HELD, Activity.Status.REPORTED):
        raise ValidationError(_("Certificates are given once it was held: set its status first."))
    if activity.start_precision not in (Precision.DAY, Precision.MINUTE):
        raise ValidationError(_("The day is not known. A certificate names it."))


def _issue(activity: Activity, person: Person, by: User | None) -> Certificate:
    refuse_activity(activity)
    made = Certificate.objects.create(
        activity=activity, person=person, number=new_number(), issued_by=by, **facts_of(activity, person)
    )
    if isinstance(activity, Training):
        for application in activity.applications.filter(person=person, state=State.ATTENDED):
            progress.completed(application=application, by=by)
    return made


@transaction.atomic
def reissue(*, certificate: Certificate, by: User | None) -> Certificate:
    """Takes name, title, dates and hours anew; the number stays. For a name that was written wrongly."""
    certificate = _fresh(certificate)
    if certificate.revoked_at:
        raise ValidationError(_("This certificate was revoked. It is not printed anew."))
    person = certificate.person
    if person is None or person.erased_at:
        raise ValidationError(_("The person had the account erased. There is no name to print."))
    for name, value in facts_of(certificate.activity, person).items():
        setattr(certificate, name, value)
    certificate.reissued_at = timezone.now()
    certificate.save()
    return certificate


@transaction.atomic
def revoke(*, certificate: Certificate, reason: str, by: User | None) -> Certificate:
    """From now on its number answers that it was revoked, and since when. The reason is for the office."""
    certificate = _fresh(certificate)
    if certificate.revoked_at:
        raise ValidationError(_("This certificate was revoked already."))
    if not reason.strip():
        raise ValidationError(_("Say why the certificate was revoked."))
    certificate.revoked_at, certificate.revoked_by, certificate.revoke_reason = timezone.now(), by, reason[:300]
    certificate.save()
    return certificate


@transaction.atomic
def send(*, activity: Activity, by: User | None) -> Mailing | None:
    """Tells everybody with a valid certificate, once for each printing, where to fetch it. None: nobody to tell."""
    found = Certificate.objects.of(activity).valid().exclude(person=None).filter(person__erased_at=None)
    certificates = list(found.select_related("person__care_of").order_by("name", "pk"))
    if not certificates:
        return None
    label = _("Certificates: %(activity)s") % {"activity": activity}
    mailing = mailings.open_mailing(label=label, kind=mails.READY.name, by_id=by.pk if by else None)
    for one in certificates:
        reader = (recipient_of(one.person), mails.printing_of(one))  # type: ignore[arg-type]
        outbox.put_many(kind=mails.READY.name, subject=one, readers=[reader], mailing=mailing)
    return mailing


def facts_of(activity: Activity, person: Person) -> dict[str, Any]:
    """What a certificate prints, in the person's language; whole in English where the title is not known in it."""
    language = _language(activity, person)
    title = getattr(activity, build_localized_fieldname("title", language))
    native = person.native_name if person.native_name != person.name else ""
    return {
        "name": person.name,
        "native_name": native,
        "native_language": (person.native_language or language) if native else "",
        "title": f"{WORDS[language]['sample']}: {title}"[:250] if activity.is_sample else title,
        "dates": day_words(activity.start_day, _last_day(activity), language),
        "hours": hours_of(activity),
        "language": language,
    }


def _language(activity: Activity, person: Person) -> str:
    wished: str = person.language.lower()
    known = wished in WORDS and bool(getattr(activity, build_localized_fieldname("title", wished)))
    return wished if known else "en"


def _last_day(activity: Activity) -> dt.date | None:
    return activity.end_day if activity.end_precision in (Precision.DAY, Precision.MINUTE) else None


def _fresh(certificate: Certificate) -> Certificate:
    found = Certificate.objects.select_related("person", "activity")
    return found.select_for_update(of=("self",)).get(pk=certificate.pk)
