"""What the mails of trainings have in common: the training and the application as a reader needs them."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from activities.models.times import on_clocks
from notifications.mail_types import Drop
from records.formats.date_formatting import on_clock
from records.formats.partial_dates import Precision
from records.template_context import Context

from ..models import Application, Training
from .signed_links import application_url

GONE = Drop(_("The training is no longer there."))
REMOVED = Drop(_("The application is no longer there."))
OVERTAKEN = Drop(_("The application has changed meanwhile."))
CANCELLED = Drop(_("The training was cancelled."))


def title_of(training: Training) -> str:
    return str(_("Sample: %(title)s")) % {"title": training.title} if training.is_sample else training.title


def costs_in_own_language(training: Training) -> str:
    """What is paid, where it is written in the reader's language: a mail is whole in one; the page says it in any case."""
    return str(getattr(training, build_localized_fieldname("costs", get_language() or "en"), "") or "")


def facts_of_training(training: Training, zone: str) -> dict[str, object]:
    """The training in a reader's words: on the clocks of the place and on their own."""
    here, own = on_clocks(training), on_clocks(training, zone)
    return {
        "title": title_of(training),
        "place": here,
        "own": own if own != here and training.start_precision == Precision.MINUTE else None,
        "venue": training.venue,
        "event_url": settings.SITE_URL + training.get_absolute_url(),
    }


def facts_of(application: Application) -> Context:
    person, training = application.person, application.training
    return {
        **facts_of_training(training, person.own_zone),
        "name": person.name,
        "subject_person": person.name,
        "in_care": bool(not person.email and person.care_of_id),
        "reference": application.reference,
        "application_url": application_url(application),
        "seat": str(application.seat_class) if application.seat_class else "",
        "costs": costs_in_own_language(training),
        "deadline": on_clock(application.answer_by, person.own_zone or training.deadline_zone or training.timezone)
        if application.answer_by
        else None,
    }
