"""A kind of mail like those of the portal: facts read from the database, text and HTML on the common frame, declinable."""

from notifications.mail_types import Facts, MailType, register
from notifications.models import Mail
from notifications.topics import Frequency, Topic, register_topic

TOPIC = register_topic(
    Topic("harness", "Harness", "Mails of the harness.", (Frequency.ALL, Frequency.NEVER), default=Frequency.ALL)
)


def _facts(subject_id: int, recipient_key: str, occurrence: str) -> Facts:
    created = Mail.objects.values_list("created_at", flat=True).get(
        kind=NEWS.name, subject_label="harness.matter", subject_id=subject_id, recipient_key=recipient_key
    )
    return Facts({"number": subject_id, "reader": recipient_key, "created": created})


NEWS = register(MailType("harness.news", "News of the harness", TOPIC.name, _facts, "harness"))
