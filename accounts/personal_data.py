"""What accounts hold about a human being: the account itself, the person, roles, consents, and traces of acts."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from history.models import AuditEntry, Change
from records.personal_data import Holding, Owner, register, rows

from .models import Consent, Person, RoleGrant, RoleRequest, User
from .sites import types_of


def _account(owner: Owner) -> dict[str, object]:
    """Without the password and the secrets of second factors, which nobody can read or should carry about."""
    return {
        "account": rows(User.objects.filter(pk=owner.user_id), "id", "email", "date_joined", "last_login"),
        "addresses": rows(EmailAddress.objects.filter(user=owner.user_id), "email", "verified", "primary"),
        "second_factors": rows(Authenticator.objects.filter(user=owner.user_id), "type", "created_at", "last_used_at"),
        "signed_in": rows(
            UserSession.objects.filter(user=owner.user_id), "ip", "user_agent", "created_at", "last_seen_at"
        ),
        "acts_accounted_for": rows(
            AuditEntry.objects.filter(actor_id=owner.user_id), "at", "what", "subject_label", "subject_id", "detail", "origin"
        ),
        "changes_of_records": rows(
            Change.objects.filter(actor_id=owner.user_id), "at", "table_name", "key", "action"
        ),
    }  # fmt: skip


def _person(owner: Owner) -> dict[str, object]:
    people = Person.objects.filter(pk=owner.person_id)
    return {
        "person": rows(
            people, "id", "name", "native_name", "native_language", "email", "care_of__name", "language", "time_zone",
            "member_state", "organisation", "position", "sex", "birth_year", "nationality", "created_at",
        ),
        "roles": rows(
            RoleGrant.objects.filter(person=owner.person_id), "role", "member_state", "granted_at", "withdrawn_at", "reason"
        ),
        "requests_for_roles": _requests(owner),
        "consents": rows(
            Consent.objects.filter(person=owner.person_id), "what", "version", "how", "at", "withdrawn_at"
        ),
        "mail_received_for": rows(Person.objects.filter(care_of=owner.person_id), "name"),
    }  # fmt: skip


def _requests(owner: Owner) -> list[dict[str, object]]:
    """What was asked for, a site with its type."""
    asked = rows(
        RoleRequest.objects.filter(person=owner.person_id), "role", "member_state", "site_id", "message",
        "state", "asked_at", "decided_at", "reason",
    )  # fmt: skip
    types = types_of(one["site_id"] for one in asked if one["site_id"])
    return [one | {"site_kind": types.get(one["site_id"], "")} for one in asked]


def _forget(owner: Owner) -> None:
    """What hangs on the person goes even where the nameless row stays; what hangs on the account goes with it."""
    for model in (RoleGrant, RoleRequest, Consent):
        model.objects.filter(person=owner.person_id).delete()


register(
    Holding(
        name="account",
        gather=_account,
        goes=(_("Your account: address, password, second factors and the list of where you are signed in."),),
        stays=(
            _("The number of your account beside changes of public records and in the audit list, without your name."),
        ),
    )
)
register(
    Holding(
        name="person",
        gather=_person,
        forget=_forget,
        goes=(
            _("Your name, addresses, organisation, position, year of birth, nationality and linked sites."),
            _("Your roles, your requests for roles, and what you have agreed to."),
        ),
    )
)
