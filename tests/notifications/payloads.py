"""Reports as mail services post them, shaped as each of them documents; the mail and its reader are filled in."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_datetime

SIGNING_KEY = "key-3ax6xnjp29jd6fds4gc373sgvjxteol0"


@dataclass
class Told:
    """What a report is about, whatever its shape."""

    email: str
    message_id: str  # as we gave it, with angle brackets
    at: str = "2026-11-24T10:00:00Z"
    words: str = "550 5.1.1 <gone@example.org>: Recipient address rejected: User unknown"
    event_id: str = "1"
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def seconds(self) -> int:
        moment = parse_datetime(self.at)
        assert moment
        return int(moment.timestamp())


@dataclass
class Post:
    """A request as it arrives."""

    service: str
    body: str
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def postmark(told: Told) -> Post:
    """Posts ids of its own; ours stands among the metadata, if the mail carried it there."""
    event = {
        "RecordType": "Bounce", "MessageStream": "outbound", "ID": int(told.event_id), "Type": "HardBounce", "TypeCode": 1,
        "Name": "Hard bounce", "Tag": "", "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", "ServerID": 23,
        "Metadata": {"message-id": told.message_id}, "Description": "The server was unable to deliver your message.",
        "Details": f"smtp;{told.words}", "Email": told.email, "From": "secretariat@portal.example", "BouncedAt": told.at,
        "DumpAvailable": True, "Inactive": True, "CanActivate": True, "Subject": "News", "Content": "<full dump>",
    }  # fmt: skip
    return Post("postmark", json.dumps(event | told.facts))


def postmark_complaint(told: Told) -> Post:
    facts = {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 100001, "Name": "Spam complaint"}
    return postmark(Told(**{**vars(told), "facts": facts, "words": ""}))


def postmark_unsubscribed(told: Told) -> Post:
    event = {
        "RecordType": "SubscriptionChange", "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", "ServerID": 123456,
        "MessageStream": "outbound", "ChangedAt": told.at, "Recipient": told.email, "Origin": "Recipient",
        "SuppressSending": True, "SuppressionReason": "ManualSuppression", "Tag": "",
        "Metadata": {"message-id": told.message_id},
    }  # fmt: skip
    return Post("postmark", json.dumps(event))


def _mailgun(told: Told, event: dict[str, Any]) -> Post:
    """Gives our Message-ID without brackets, and signs each post anew."""
    token = hashlib.sha256(f"{told.event_id}{told.facts}".encode()).hexdigest()[:50]
    signature = hmac.new(SIGNING_KEY.encode(), f"1732442400{token}".encode(), "sha256").hexdigest()
    data = {
        "id": f"G9Bn5sl1TC6nu79C8C0bw{told.event_id}", "timestamp": told.seconds + 0.37, "recipient": told.email,
        "recipient-domain": told.email.partition("@")[2], "tags": [], "user-variables": {}, "log-level": "error",
        "message": {"headers": {
            "to": told.email, "message-id": told.message_id.strip("<>"), "from": "secretariat@portal.example", "subject": "N",
        }, "attachments": [], "size": 111},
        "flags": {"is-routed": False, "is-authenticated": True, "is-system-test": False, "is-test-mode": False},
    }  # fmt: skip
    block = {"timestamp": "1732442400", "token": token, "signature": signature}
    return Post("mailgun", json.dumps({"signature": block, "event-data": data | event}))


def mailgun(told: Told) -> Post:
    code, _space, message = told.words.partition(" ")
    status = {"code": int(code), "message": message, "description": "", "attempt-no": 1, "session-seconds": 0.04}
    return _mailgun(told, {"event": "failed", "severity": "permanent", "reason": "generic", "delivery-status": status})


def mailgun_delayed(told: Told) -> Post:
    status = {"code": 452, "message": "4.2.2 The email account is over quota", "retry-seconds": 600, "attempt-no": 1}
    return _mailgun(told, {"event": "failed", "severity": "temporary", "reason": "generic", "delivery-status": status})


def mailgun_suppressed(told: Told) -> Post:
    status = {
        "code": 605,
        "message": "",
        "description": "Not delivering to previously bounced address",
        "attempt-no": 1,
    }
    return _mailgun(
        told, {"event": "failed", "severity": "permanent", "reason": "suppress-bounce", "delivery-status": status}
    )


def mailgun_complaint(told: Told) -> Post:
    return _mailgun(told, {"event": "complained", "log-level": "warn"})


def mailgun_unsubscribed(told: Told) -> Post:
    return _mailgun(told, {"event": "unsubscribed", "log-level": "warn"})


def mailgun_delivered(told: Told) -> Post:
    status = {"code": 250, "message": "OK", "description": "", "tls": True, "mx-host": "smtp-in.example.com"}
    return _mailgun(told, {"event": "delivered", "log-level": "info", "delivery-status": status})


def sendgrid(told: Told) -> Post:
    """A list of events; our Message-ID with brackets."""
    event = {
        "email": told.email, "timestamp": told.seconds, "smtp-id": told.message_id, "event": "bounce", "type": "bounce",
        "category": ["cat facts"], "sg_event_id": f"ZGbogmJYQ0Kn2c2Sb{told.event_id}", "status": "5.1.1",
        "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0", "reason": told.words, "ip": "168.1.1.1",
        "tls": 0, "bounce_classification": "Invalid Address",
    }  # fmt: skip
    return Post("sendgrid", json.dumps([event | told.facts]))


def sendgrid_dropped(told: Told) -> Post:
    facts = {"event": "dropped", "reason": "Bounced Address", "status": "5.0.0", "type": None}
    event = json.loads(sendgrid(told).body)[0] | facts
    return Post("sendgrid", json.dumps([{name: value for name, value in event.items() if value is not None}]))


def sendgrid_complaint(told: Told) -> Post:
    return sendgrid(Told(**{**vars(told), "facts": {"event": "spamreport"}}))


def sendgrid_unsubscribed(told: Told) -> Post:
    return sendgrid(Told(**{**vars(told), "facts": {"event": "group_unsubscribe", "asm_group_id": 10}}))


def _ses(told: Told, event: dict[str, Any]) -> Post:
    """A message in a message; Amazon's own id, ours among the headers."""
    mail = {
        "timestamp": told.at, "messageId": "00000137860315fd-34208509-5b74-41f3-95c5-22c1edc3c924-000000",
        "source": "secretariat@portal.example", "sendingAccountId": "123456789012", "destination": [told.email],
        "headersTruncated": False, "headers": [{"name": "Message-ID", "value": told.message_id}],
        "commonHeaders": {"from": ["secretariat@portal.example"], "messageId": told.message_id, "subject": "News"},
    }  # fmt: skip
    facts = {
        "Type": "Notification", "MessageId": f"19ba9823-d7f2-53c1-860e-cb10e0d13df{told.event_id}",
        "TopicArn": "arn:aws:sns:us-east-1:1234567890:SES_Events", "Subject": "Amazon SES Email Event Notification",
        "Message": json.dumps(event | {"mail": mail}) + "\n", "Timestamp": told.at.replace("Z", ".000Z"),
        "SignatureVersion": "1", "Signature": "EXAMPLE==", "SigningCertURL": "https://sns.example/cert.pem",
        "UnsubscribeURL": "https://sns.example/?Action=Unsubscribe",
    }  # fmt: skip
    return _sns(facts)


def _sns(facts: dict[str, Any]) -> Post:
    headers = {"x-amz-sns-message-type": facts["Type"], "x-amz-sns-message-id": facts["MessageId"]}
    return Post("amazon_ses", json.dumps(facts), "text/plain; charset=UTF-8", headers)


def ses(told: Told) -> Post:
    recipient = {
        "emailAddress": told.email,
        "action": "failed",
        "status": "5.1.1",
        "diagnosticCode": f"smtp; {told.words}",
    }
    bounce = {
        "bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": [recipient], "timestamp": told.at,
        "feedbackId": "00000137860315fd-869464a4-8680-4114-98d3-716fe35851f9-000000", "reportingMTA": "dsn; a8-70.smtp.example",
    }  # fmt: skip
    return _ses(told, {"eventType": "Bounce", "bounce": bounce | told.facts})


def ses_passing(told: Told) -> Post:
    """Amazon gives no words of the server for what it calls transient."""
    facts = {"bounceType": "Transient", "bounceSubType": "General", "bouncedRecipients": [{"emailAddress": told.email}]}
    return ses(Told(**{**vars(told), "facts": facts}))


def ses_complaint(told: Told) -> Post:
    complaint = {
        "complainedRecipients": [{"emailAddress": told.email}], "timestamp": told.at, "userAgent": "Feedback Loop",
        "complaintFeedbackType": "abuse", "arrivalDate": told.at, "feedbackId": "000001378603177f-7a5433e7-8edb-42ae",
    }  # fmt: skip
    return _ses(told, {"notificationType": "Complaint", "complaint": complaint})


def ses_confirmation() -> Post:
    return _sns({
        "Type": "SubscriptionConfirmation", "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b", "Token": "2336412f37f",
        "TopicArn": "arn:aws:sns:us-west-2:123456789012:MyTopic", "Message": "You have chosen to subscribe ...",
        "SubscribeURL": "https://sns.example/?Action=ConfirmSubscription", "Timestamp": "2026-11-24T10:00:00.000Z",
    })  # fmt: skip


def brevo_passing(told: Told) -> Post:
    """One event, without an id; our Message-ID with brackets."""
    event = {
        "event": "soft_bounce", "email": told.email, "id": 333355, "date": "2026-11-24 11:00:00", "ts": told.seconds,
        "message-id": told.message_id, "ts_event": told.seconds, "ts_epoch": told.seconds * 1000, "subject": "News",
        "sending_ip": "1.1.1.1", "reason": "unable to reach the server", "tags": [],
    }  # fmt: skip
    return Post("brevo", json.dumps(event))
