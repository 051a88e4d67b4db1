"""How long accounts and what is accounted for are kept."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from history.models import AuditEntry, PurgeRun
from history.retention import Rule, register_rule

from .models import RoleRequest, User
from .sign_in import sessions


def _unconfirmed(before: dt.datetime) -> int:
    verified = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    never = User.objects.filter(
        ~Exists(verified), date_joined__lt=before, last_login=None, is_staff=False, is_superuser=False, person=None
    )
    return never.delete()[1].get(User._meta.label, 0)


def _sessions(before: dt.datetime) -> int:
    """`before` plays no part: a session says itself when it ends."""
    ended = Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
    return ended + sessions.purge()


def _requests(before: dt.datetime) -> int:
    return RoleRequest.objects.filter(decided_at__lt=before).delete()[0]


def _audit(before: dt.datetime) -> int:
    kept = (AuditEntry.objects.filter(at__lt=before), PurgeRun.objects.filter(at__lt=before))
    return sum(old.delete()[0] for old in kept) + LogEntry.objects.filter(action_time__lt=before).delete()[0]


register_rule(
    Rule("sessions", _("Sign-ins that have ended: network address, browser and time"), _("Erased"), _sessions)
)
register_rule(Rule("unconfirmed-accounts", _("Accounts whose address was never confirmed"), _("Erased"), _unconfirmed))
register_rule(Rule("role-requests", _("Requests for roles that were decided"), _("Erased"), _requests))
register_rule(Rule("audit", _("The audit list, the log of the admin and that of these rules"), _("Erased"), _audit))
