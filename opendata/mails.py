"""The weekly digest of what is new: for those who ask for it, never empty, once for each address and ISO week."""

from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from notifications import outbox
from notifications.mail_types import Drop, Facts, MailType, register
from notifications.models import Address, Mail
from notifications.planning import register_planner, week_before, weekly_is_due
from notifications.recipients import of_address
from notifications.topics import Frequency, Topic, register_topic
from records.formats.date_formatting import moment_words
from records.formats.partial_dates import Precision
from records.template_context import Context

from .news.whats_new import News, whats_new

TOPIC: Final = register_topic(
    Topic(
        name="digest",
        label=_("What is new on the portal"),
        explanation=_(
            "New events, trainings, documents and sites, on Monday morning. Nothing comes when nothing is new."
        ),
        frequencies=(Frequency.WEEKLY, Frequency.NEVER),
        default=Frequency.NEVER,
    )
)


def _facts(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    since, until = week_before(occurrence)
    news = whats_new(since, until)
    if not news:
        return Drop(_("Nothing was new in this week."))
    return Facts({"day": moment_words(since, "UTC", Precision.DAY), "sections": [_section(one) for one in news]})


def _section(news: News) -> Context:
    lines = [{"title": str(one), "url": settings.SITE_URL + one.get_absolute_url()} for one in news.records]
    return {"title": news.title, "lines": lines, "more": news.more}


DIGEST: Final = register(
    MailType(
        name="opendata.digest", label=_("Weekly digest"), topic=TOPIC.name, facts=_facts, template="opendata/digest",
        frequencies=frozenset({Frequency.WEEKLY}),
    )
)  # fmt: skip


def plan_digests() -> int:
    """Writes down the digests of all readers for whom it is Monday morning, or later in the week."""
    readers = list(Address.objects.wishing(TOPIC.name, Frequency.WEEKLY))
    due = {address: week for address in readers if (week := weekly_is_due(address.zone))}
    written = Mail.objects.filter(kind=DIGEST.name, occurrence__in=set(due.values()))
    known = set(written.values_list("subject_id", "occurrence"))
    has_news = {week: bool(whats_new(*week_before(week))) for week in set(due.values())}
    return sum(
        outbox.put(
            kind=DIGEST.name, subject=address, occurrence=week,
            recipient=of_address(address.email, language=address.language, zone=address.zone),
        )
        for address, week in due.items()
        if has_news[week] and (address.pk, week) not in known
    )  # fmt: skip


register_planner(DIGEST.name, plan_digests)
