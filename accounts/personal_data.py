"""What accounts hold about a human being: the account itself, the person, roles, consents, and traces of acts."""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from history.models import AuditEntry, Change
from record_admin.models import ChosenColumns, SavedView
from records.personal_data import Correction, Fate, Held, Holding, Owner, RowsAsValues, register
from records.personal_data.references import Reference, references

from .models import Consent, DifferentPersons, FormerPerson, Person, RoleGrant, RoleRequest, User
from .sites import types_of

NUMBER = _("The number of an account that is gone stays, without a name.")


def _users(owner: Owner) -> QuerySet[User]:
    return User.objects.filter(pk=owner.user_id)


def _addresses(owner: Owner) -> QuerySet[EmailAddress]:
    """Those of the account, and the same address where another account has written it down and never confirmed it."""
    return EmailAddress.objects.filter(Q(user=owner.user_id) | Q(email__in=owner.emails, verified=False))


def _people(owner: Owner) -> QuerySet[Person]:
    return Person.objects.filter(pk=owner.person_id)


def _in_care(owner: Owner) -> QuerySet[Person]:
    return Person.objects.filter(care_of=owner.person_id)


def _told_apart(owner: Owner) -> QuerySet[DifferentPersons]:
    return DifferentPersons.objects.filter(Q(first=owner.person_id) | Q(second=owner.person_id))


def _with_types(asked: RowsAsValues) -> RowsAsValues:
    """What was asked for, a site with its type."""
    types = types_of(one["site_id"] for one in asked if one["site_id"])
    return [one | {"site_kind": types.get(one["site_id"], "")} for one in asked]


def _correct(owner: Owner, right: Correction) -> int:
    facts = {"name": right.name, "native_name": right.native_name, "email": right.email}
    changed: dict[str, str | None] = {name: value for name, value in facts.items() if value is not None}
    if right.email:
        changed["care_of"] = None
    return _people(owner).update(**changed) if changed else 0


def _forget(owner: Owner) -> None:
    """What hangs on the person goes even where the nameless row stays; what hangs on the account goes with it. An address
    that another account wrote down and never confirmed is not that account's."""
    for model in (RoleGrant, RoleRequest, Consent, FormerPerson):
        model.objects.filter(person=owner.person_id).delete()
    _told_apart(owner).delete()
    _addresses(owner).exclude(user=owner.user_id).delete()


def _act(reference: Reference) -> Held:
    """Rows that name an account as the one who did something with them."""
    model = reference.model
    column: Any = model._meta.get_field(reference.column)
    key = model._meta.pk.name if model._meta.pk else "pk"
    return Held(
        f"{model._meta.label_lower}.{reference.column}",
        format_lazy("{}: {}", model._meta.verbose_name_plural, column.verbose_name),
        reference.rows,
        (key,),
        by=(reference.column,),
        fate=Fate.NAMELESS,
        why=NUMBER,
    )


def _other_services() -> tuple[Held, ...]:
    """Accounts at services through which one signs in, where the portal offers any. Their tokens are secrets."""
    if not apps.is_installed("allauth.socialaccount"):
        return ()
    accounts = apps.get_app_config("socialaccount").get_model("SocialAccount")._default_manager
    columns = ("provider", "uid", "extra_data", "date_joined", "last_login")
    rows = lambda owner: accounts.filter(user=owner.user_id)  # noqa: E731
    return (Held("other_services", _("Accounts at other services"), rows, columns, by=("user",)),)


# Told with what was done, or as what they are
ACTED = (AuditEntry, Change, Person, ChosenColumns, SavedView)

register(
    Holding(
        name="account",
        held=(
            Held(
                "account", _("Account"), _users, ("id", "email", "date_joined", "last_login", "is_staff", "is_active"),
                by=("email",),
            ),
            Held("addresses", _("Addresses of the account"), _addresses, ("email", "verified", "primary"), by=("user", "email")),
            Held(
                "confirmations", _("Confirmations of addresses under way"),
                lambda owner: EmailConfirmation.objects.filter(email_address__in=_addresses(owner)), ("created", "sent"),
                by=("email_address",),
            ),
            Held(
                "second_factors", _("Second factors, without their secrets"),
                lambda owner: Authenticator.objects.filter(user=owner.user_id), ("type", "created_at", "last_used_at"), by=("user",),
            ),
            Held(
                "signed_in", _("Where you are signed in"), lambda owner: UserSession.objects.filter(user=owner.user_id),
                ("ip", "user_agent", "created_at", "last_seen_at", "data"), by=("user",),
            ),
            Held(
                "acts_accounted_for", _("Entries of the audit list"),
                lambda owner: AuditEntry.objects.filter(actor_id=owner.user_id),
                ("at", "what", "subject_label", "subject_id", "detail", "origin"), by=("actor_id",), fate=Fate.KEPT, why=NUMBER,
            ),
            Held(
                "changes_of_records", _("Changes of records"), lambda owner: Change.objects.filter(actor_id=owner.user_id),
                ("at", "table_name", "key", "action", "reason"), by=("actor_id",), fate=Fate.KEPT, why=NUMBER,
            ),
            Held(
                "log_of_the_admin", _("Log of the admin"), lambda owner: LogEntry.objects.filter(user=owner.user_id),
                ("action_time", "content_type__model", "object_id", "object_repr", "action_flag", "change_message"), by=("user",),
            ),
            *_other_services(),
        ),
        goes=(_("Your account: address, password, second factors and the list of where you are signed in."),),
        stays=(
            _("The number of your account beside changes of public records and in the audit list, without your name."),
        ),
    )
)  # fmt: skip
register(
    Holding(
        name="person",
        held=(
            Held(
                "person", _("Person"), _people,
                (
                    "id", "name", "native_name", "native_language", "email", "care_of__name", "language", "time_zone",
                    "member_state", "organisation", "position", "sex", "birth_year", "nationality", "created_at",
                ),
                by=("user", "email"), fate=Fate.NAMELESS,
                why=_("Where figures rest on it, a row with member state and sex stays; else it is erased."),
            ),
            Held(
                "roles", _("Roles"), lambda owner: RoleGrant.objects.filter(person=owner.person_id),
                ("role", "member_state", "granted_at", "withdrawn_at", "reason"), by=("person",),
            ),
            Held(
                "requests_for_roles", _("Requests for roles"), lambda owner: RoleRequest.objects.filter(person=owner.person_id),
                ("role", "member_state", "site_id", "message", "state", "asked_at", "decided_at", "reason"), by=("person",),
                also=_with_types,
            ),
            Held(
                "consents", _("What was agreed to"), lambda owner: Consent.objects.filter(person=owner.person_id),
                ("what", "version", "how", "at", "withdrawn_at"), by=("person",),
            ),
            Held(
                "former_numbers", _("Numbers of records that became one with yours"),
                lambda owner: FormerPerson.objects.filter(person=owner.person_id), ("former_id", "at"), by=("person",),
            ),
            Held(
                "told_apart", _("Records that are somebody else's, by an officer's word"), _told_apart, ("at",),
                by=("first", "second"),
            ),
            Held(
                "mail_received_for", _("People whose mail you receive"), _in_care, ("name",), by=("care_of",), fate=Fate.KEPT,
                why=_("Their mail goes through another focal point of the state, if there is one."),
            ),
        ),
        forget=_forget,
        correct=_correct,
        goes=(
            _("Your name, addresses, organisation, position, year of birth, nationality and linked sites."),
            _("Your roles, your requests for roles, and what you have agreed to."),
        ),
        stays=(
            _("Your name where a public record tells it, such as a document you wrote: the secretariat takes it out if you ask."),
        ),
    )
)  # fmt: skip
register(
    Holding(
        name="acts",
        held=tuple(_act(one) for one in references() if one.is_act and one.model not in ACTED),
    )
)
