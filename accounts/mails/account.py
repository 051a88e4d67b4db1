"""The mails of accounts: codes to sign in with, and notices that something in an account has changed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.mail_types import Drop, Facts, FactsOf, MailType, register

from ..models import User

TOPIC: Final = "account"
CODE_LIFETIME: Final = dt.timedelta(minutes=settings.CODE_MINUTES)
NO_ACCOUNT: Final = ("accounts.nobody", 0)  # the matter of a mail to an address without an account


@dataclass(frozen=True)
class AccountMail:
    """A mail that allauth asks for: our kind of mail, and which facts of allauth's it carries under which names."""

    kind: MailType
    payload: dict[str, str]


def _of_user(facts: Callable[[], dict[str, object]]) -> FactsOf:
    """Facts that hold as long as the account is there."""

    def find(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        if not User.objects.filter(pk=subject_id, is_active=True).exists():
            return Drop(_("The account is no longer there."))
        return Facts(facts())

    return find


def _address_of(name: str) -> str:
    return settings.SITE_URL + reverse(name)


def _code(
    name: str,
    label: Promise,
    title: Promise,
    purpose: Promise,
    minutes: int = settings.CODE_MINUTES,
    unasked: Promise | None = None,
) -> AccountMail:
    """`unasked`: what to do about a code that one did not ask for; without it, nothing."""
    values = {"title": title, "purpose": purpose, "minutes": minutes, "unasked": unasked}
    kind = MailType(
        name=f"accounts.{name}",
        label=label,
        topic=TOPIC,
        facts=_of_user(lambda: dict(values)),
        template="accounts/code",
        service=True,
        security=True,
        secrets=frozenset({"code"}),
        lifetime=dt.timedelta(minutes=minutes),
    )
    return AccountMail(register(kind), {"code": "code"})


def _notice(name: str, title: Promise, what: Promise, *, by_office: bool = False, **further: str) -> AccountMail:
    """`by_office`: the secretariat did it, so the machine it was done from is nobody's business and no password is at stake."""
    machine = {} if by_office else {"ip": "ip", "user_agent": "user_agent"}
    kind = MailType(
        name=f"accounts.{name}",
        label=title,
        topic=TOPIC,
        facts=_of_user(
            lambda: {
                "title": title,
                "what": what,
                "by_office": by_office,
                "reset_url": _address_of("account_reset_password"),
            }
        ),
        template="accounts/notice",
        service=True,
        security=True,
        # Machines and addresses of a person: kept no longer than it takes to send them
        secrets=frozenset({*machine, *further}),
    )
    return AccountMail(register(kind), {**machine, **further})


def _to_anybody(name: str, label: Promise, link: str, page: str) -> AccountMail:
    kind = MailType(
        name=f"accounts.{name}",
        label=label,
        topic=TOPIC,
        facts=lambda subject_id, recipient_key, occurrence: Facts({link: _address_of(page)}),
        template=f"accounts/{name}",
        service=True,
        security=True,
        lifetime=CODE_LIFETIME,
    )
    return AccountMail(register(kind), {})


_confirm = (
    _("E-mail confirmation"),
    _("Your code to confirm this address"),
    _("Enter it on the page where you gave the address."),
)
# By the folder of templates that allauth would have used
ACCOUNT_MAILS: Final = {
    "account/email/email_confirmation_signup": _code("confirm_signup", *_confirm),
    "account/email/email_confirmation": _code("confirm_address", *_confirm),
    "account/email/login_code": _code(
        "sign_in_code",
        _("Code to sign in"),
        _("Your code to sign in"),
        _("Enter it on the page where you want to sign in."),
    ),
    "account/email/password_reset_code": _code(
        "password_code",
        _("Code for a new password"),
        _("Your code for a new password"),
        _("Enter it on the page where you asked for a new password."),
    ),
    "accounts/proof_code": _code(
        "proof_code",
        _("Code to show that it is you"),
        _("Your code to show that it is you"),
        _("Enter it on the page that asked for it."),
        minutes=10,
        unasked=_(
            "If you did not ask for it, somebody else is signed in as you: tell the secretariat, and give the code to nobody."
        ),
    ),
    "account/email/unknown_account": _to_anybody(
        "no_account", _("No account with this address"), "signup_url", "account_signup"
    ),
    "account/email/account_already_exists": _to_anybody(
        "account_exists", _("Account exists already"), "reset_url", "account_reset_password"
    ),
    "account/email/email_changed": _notice(
        "address_changed",
        _("Your e-mail address was changed"),
        _("The address of your account was changed. From now on you sign in with the new one."),
        old_address="from_email",
        new_address="to_email",
    ),
    "account/email/email_confirm": _notice(
        "address_confirmed", _("Your e-mail address was confirmed"), _("An address of your account was confirmed.")
    ),
    "account/email/email_deleted": _notice(
        "address_removed",
        _("An e-mail address was removed"),
        _("An address was removed from your account."),
        old_address="deleted_email",
    ),
    "account/email/password_changed": _notice(
        "password_changed", _("Your password was changed"), _("The password of your account was changed.")
    ),
    "account/email/password_reset": _notice(
        "password_reset", _("Your password was set anew"), _("A new password was set with a code sent to this address.")
    ),
    "account/email/password_set": _notice(
        "password_set", _("A password was set"), _("Your account has a password now.")
    ),
    "accounts/first_proof": _notice(
        "first_proof",
        _("Your address is confirmed; what was set before has been ended"),
        _(
            "You have shown that this address is yours. A password, a passkey or another way to sign in had been set for it "
            "before, perhaps by somebody else: none of it works any more, and whoever was signed in is signed out. Set a "
            "password of your own if you want one; a code that we mail to you lets you in without."
        ),
    ),
    "accounts/factor_taken": _notice(
        "factor_taken",
        _("Your second factor was taken away"),
        _(
            "The secretariat has taken away a second factor of your account, and everybody who was signed in is signed out."
        ),
        by_office=True,
    ),
    "mfa/email/totp_activated": _notice(
        "app_added", _("Authenticator app added"), _("An authenticator app was added to your account.")
    ),
    "mfa/email/totp_deactivated": _notice(
        "app_removed", _("Authenticator app removed"), _("The authenticator app was removed from your account.")
    ),
    "mfa/email/recovery_codes_generated": _notice(
        "recovery_codes", _("New recovery codes"), _("New recovery codes were made. The old ones no longer work.")
    ),
    "mfa/email/webauthn_added": _notice("passkey_added", _("Passkey added"), _("A passkey was added to your account.")),
    "mfa/email/webauthn_removed": _notice(
        "passkey_removed", _("Passkey removed"), _("A passkey was removed from your account.")
    ),
    "socialaccount/email/account_connected": _notice(
        "service_added",
        _("Another way to sign in was added"),
        _("Your account can now be entered through another service that you have chosen."),
    ),
    "socialaccount/email/account_disconnected": _notice(
        "service_removed",
        _("A way to sign in was removed"),
        _("Your account can no longer be entered through the other service."),
    ),
}

# To whom an officer has made an account
INVITED: Final = register(
    MailType(
        name="accounts.invited",
        label=_("An account was made for you"),
        topic=TOPIC,
        facts=_of_user(lambda: {"sign_in_url": _address_of("account_request_login_code")}),
        template="accounts/invited",
        service=True,
        security=True,
    )
)
