"""What a focal point does in the name of a person who has no address of their own: take a seat, decline, withdraw.

Their mail comes to the committee, and so does the question whether they take the seat. Each act is in the log under the
name of whoever did it.
"""

import datetime as dt
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scopes import scope_of

from ..models import Application
from ..workflow import progress
from ..workflow.conditions import fresh
from .status_text import status_text_of

ACTS: Final = ("confirm", "decline", "withdraw")


def is_in_care(application: Application) -> bool:
    """The person has neither an address nor an account: nobody but the committee can answer for them."""
    return not application.person.email and application.person.user_id is None


def acts_for(application: Application, now: dt.datetime) -> tuple[str, ...]:
    """What can be done for the person now; nothing for whoever answers themselves."""
    return tuple(act for act in status_text_of(application, now).acts if act in ACTS) if is_in_care(application) else ()


@transaction.atomic
def answer(
    *, application: Application, act: str, by: User, reason: str = "", at: dt.datetime | None = None, seen: int | None = None
) -> Application:  # fmt: skip
    """`act` is one of ACTS. ValidationError for a person who answers themselves, and for one of another member state."""
    application = fresh(application, seen)
    if application.member_state_id not in scope_of(by).states:
        raise ValidationError(_("This application is not of your member state."), code="scope")
    if not is_in_care(application):
        raise ValidationError(
            _("%(name)s has an address of their own and answers themselves."),
            params={"name": application.person.name}, code="address",
        )  # fmt: skip
    if act == "confirm":
        return progress.confirm(application=application, by=by, at=at)
    if act == "decline":
        return progress.decline(application=application, by=by, reason=reason)
    if act == "withdraw":
        return progress.withdraw(application=application, by=by, reason=reason)
    raise ValueError(act)
