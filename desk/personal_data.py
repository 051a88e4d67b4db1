"""What the desk holds about a human being: what they asked the secretariat for."""

from django.utils.translation import gettext_lazy as _

from records.personal_data import Holding, Owner, register, rows

from .models import OfferRequest
from .offers import forget


def _gather(owner: Owner) -> list[dict[str, object]]:
    asked = OfferRequest.objects.filter(email__in=owner.emails)
    return rows(
        asked, "programme__name", "name", "email", "organisation", "member_state", "message", "state", "created_at"
    )


def _forget(owner: Owner) -> None:
    forget(OfferRequest.objects.filter(email__in=owner.emails))


register(
    Holding(
        name="requests_to_the_secretariat",
        gather=_gather,
        forget=_forget,
        goes=(_("Your name, address and words in requests to the secretariat."),),
    )
)
