"""What somebody has to do, by mail once a week: for those who ask for it, never empty, once for each ISO week."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.persons.recipients import recipient_of
from accounts.persons.to_do import tasks_of
from notifications import outbox
from notifications.mail_types import Drop, Facts, MailType, register
from notifications.models import Address, Mail
from notifications.planning import weekly_is_due
from notifications.topics import Frequency, Topic, register_topic
from records.formats.date_formatting import HOUSE_ZONE
from records.formats.vocabulary import UNSET

from .to_do import told_on

TOPIC: Final = register_topic(
    Topic(
        name="to_do",
        label=_("What you have to do"),
        explanation=_("The list of your own page, on Monday morning. Nothing comes when nothing waits for you."),
        frequencies=(Frequency.WEEKLY, Frequency.NEVER),
        default=Frequency.NEVER,
    )
)


def _facts(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    person = Person.objects.known().filter(pk=subject_id).select_related("user").first()
    if person is None or person.user is None or not person.user.is_active:
        return Drop(_("The account is no longer there."))
    zone = timezone.get_current_timezone_name()
    tasks = [told_on(task, HOUSE_ZONE if zone == UNSET else zone) for task in tasks_of(person, person.user)]
    if not tasks:
        return Drop(_("Nothing waits any longer."))
    lines = [{"told": one, "task": one.task, "url": settings.SITE_URL + one.task.address} for one in tasks]
    return Facts({"tasks": lines, "number": len(tasks), "me_url": settings.SITE_URL + reverse("me")})


TO_DO: Final = register(
    MailType(
        name="me.to_do", label=_("What you have to do"), topic=TOPIC.name, facts=_facts, template="me/to_do",
        frequencies=frozenset({Frequency.WEEKLY}),
    )
)  # fmt: skip


def plan_lists() -> int:
    """Writes down the lists of all readers for whom it is Monday morning, or later in the week, and for whom something waits."""
    wishing = {one.email: one for one in Address.objects.wishing(TOPIC.name, Frequency.WEEKLY)}
    due = {email: week for email, one in wishing.items() if (week := weekly_is_due(one.zone))}
    written = Mail.objects.filter(kind=TO_DO.name, occurrence__in=set(due.values()))
    known = set(written.values_list("subject_id", "occurrence"))
    people = Person.objects.known().filter(email__in=due).exclude(user=None).select_related("user", "care_of")
    return sum(
        outbox.put(kind=TO_DO.name, subject=one, recipient=recipient_of(one), occurrence=due[one.email])
        for one in people
        if one.user and one.user.is_active and (one.pk, due[one.email]) not in known and tasks_of(one, one.user)
    )
