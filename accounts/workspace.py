"""What stands in the navigation of the officers' workspace about people, their roles and what is kept about them."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from history.models import AuditEntry, PurgeRun
from record_admin.workspace.entries import (
    Section,
    Tab,
    list_name,
    register_list,
    register_lists_beside,
    register_tab,
    seeing,
)
from record_admin.workspace.finders import Finder, register_finder

from .models import Person, RoleGrant, RoleRequest, User
from .staff_search import find_accounts, find_people, people_at

register_list(Person, Section.PEOPLE, 10, label=_("People"), among_tabs=_("Persons"))
register_lists_beside(Person, {User: _("Accounts"), Authenticator: _("Second factors")})
register_list(
    RoleRequest, Section.PEOPLE, 20, label=_("Roles and requests"), waiting=RoleRequest.objects.waiting,
    among_tabs=_("Requests"),
)  # fmt: skip
register_lists_beside(RoleRequest, {RoleGrant: _("Roles")})

register_list(AuditEntry, Section.OVERSIGHT, 50, label=_("Personal data"), among_tabs=_("Audit list"))
register_lists_beside(AuditEntry, [PurgeRun])
register_tab(
    list_name(AuditEntry),
    Tab(_("What is kept about somebody"), "accounts_person_privacy", seeing(Person), ("accounts_person_privacy",)),
)

register_finder(Finder("people", _("People"), 10, (Person,), find_people, people_at))
register_finder(Finder("accounts", _("Accounts without a person"), 15, (User,), find_accounts))
