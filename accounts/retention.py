"""How long accounts and what is accounted for are kept."""

import datetime as dt

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from history.models import AuditEntry, PurgeRun
from history.retention import NOBODY, Rule, keep, register_rule

from .models import Consent, DifferentPersons, FormerPerson, RoleGrant, RoleRequest, User
from .persons.owner import never_confirmed
from .sign_in import sessions


def _unconfirmed(before: dt.datetime) -> int:
    return never_confirmed().filter(date_joined__lt=before).delete()[1].get(User._meta.label, 0)


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
    Rule(
        "sessions",
        _("Sign-ins that have ended: network address, browser and time"),
        _("Erased"),
        _sessions,
        covers=(Session, UserSession),
    )
)
register_rule(
    Rule(
        "unconfirmed-accounts",
        _("Accounts whose address was never confirmed"),
        _("Erased"),
        _unconfirmed,
        covers=(User, EmailAddress, EmailConfirmation),
    )
)
register_rule(
    Rule("role-requests", _("Requests for roles that were decided"), _("Erased"), _requests, covers=(RoleRequest,))
)
register_rule(
    Rule(
        "audit",
        _("The audit list, the log of the admin and that of these rules"),
        _("Erased"),
        _audit,
        covers=(AuditEntry, PurgeRun, LogEntry),
    )
)
keep(
    Authenticator, *apps.get_app_config("socialaccount").get_models() if apps.is_installed("allauth.socialaccount") else (),
    because=_("How you sign in: kept until you take it away or erase the account."),
)  # fmt: skip
keep(RoleGrant, because=_("Who held which role, and when: kept until the account is erased."))
keep(Consent, because=_("What you agreed to and took back: kept as the proof of it until the account is erased."))
keep(
    FormerPerson, DifferentPersons,
    because=_("Which records are one person and which are two, by number: kept until the person is erased."),
)  # fmt: skip
keep(User.groups.through, User.user_permissions.through, Group, Permission, because=NOBODY, people=False)
