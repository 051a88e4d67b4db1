"""How long the outbox remembers to whom it wrote."""

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from history.retention import NOBODY, Rule, keep, register_rule

from .models import Address, Bounce, DomainPace, Fault, Mail, Mailing, MailTrace, OutboxHold
from .personal_data import blank

OVER = (Mail.State.SENT, Mail.State.DROPPED, Mail.State.FAILED, Mail.State.UNKNOWN)


def _mail_addresses(before: dt.datetime) -> int:
    return blank(Mail.objects.filter(state__in=OVER, due__lt=before).exclude(email=""))


def _returned(before: dt.datetime) -> int:
    return Bounce.objects.filter(at__lt=before).delete()[0]


def _idle_addresses(before: dt.datetime) -> int:
    """Those that were last written to long ago, without a wish and not switched off: a wish to be left alone stays."""
    written = Mail.objects.filter(email=OuterRef("email"))
    returned = Bounce.objects.filter(address=OuterRef("pk"))
    idle = Address.objects.filter(
        ~Exists(written), ~Exists(returned), created_at__lt=before, wishes={}, disabled_at=None
    )
    return idle.delete()[1].get(Address._meta.label, 0)


register_rule(
    Rule(
        "mail-addresses",
        _("Address and words of mails that were sent or given up"),
        _("Taken out; that a mail was sent, and when, stays counted"),
        _mail_addresses,
        covers=(Mail, MailTrace),
    )
)
register_rule(Rule("returned-mails", _("Reports of mails that came back"), _("Erased"), _returned, covers=(Bounce,)))
register_rule(
    Rule(
        "idle-addresses",
        _("Addresses without preferences to which nothing was sent"),
        _("Erased"),
        _idle_addresses,
        covers=(Address,),
    )
)
keep(Mailing, because=_("Which mail went to many, and which officer let it go, by the number of the account."))
keep(DomainPace, Fault, OutboxHold, because=NOBODY, people=False)
