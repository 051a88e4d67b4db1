"""What the desk holds about a human being: what they asked the secretariat for."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from records.personal_data import Correction, Fate, Held, Holding, Owner, register

from .models import OfferRequest
from .offers import forget


def _asked(owner: Owner) -> QuerySet[OfferRequest]:
    """By the address that was typed, in whatever letters."""
    typed = Q()
    for email in owner.emails:
        typed |= Q(email__iexact=email)
    return OfferRequest.objects.filter(typed) if typed else OfferRequest.objects.none()


def _forget(owner: Owner) -> None:
    forget(_asked(owner))


def _correct(owner: Owner, right: Correction) -> int:
    facts = {"name": right.name, "email": right.email}
    return _asked(owner).update(**{name: value for name, value in facts.items() if value}) if any(facts.values()) else 0


register(
    Holding(
        name="requests_to_the_secretariat",
        held=(
            Held(
                "requests", _("Requests to the secretariat"), _asked,
                (
                    "programme__name", "name", "email", "organisation", "member_state", "message", "language", "state",
                    "answer_note", "created_at",
                ),
                by=("email",), fate=Fate.NAMELESS, why=_("What was asked for and when is counted."),
            ),
        ),
        forget=_forget,
        correct=_correct,
        goes=(_("Your name, address and words in requests to the secretariat."),),
    )
)  # fmt: skip
