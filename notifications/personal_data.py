"""What the outbox holds about a human being: preferences of an address, and the mails that went there."""

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from records.personal_data import Correction, Fate, Held, Holding, Owner, register

from .models import Address, Bounce, Mail, MailQuerySet, MailTrace
from .recipients import key_of_address


def blank(mails: MailQuerySet) -> int:
    """Takes address, words and facts out of mails that are over: rows stay for the counts, and tell no longer to whom they
    went. How many.

    The key of a mailbox is worked out from its address, so that whoever has the address could find the mails: it goes too.
    """
    found = list(mails.order_by().values_list("pk", flat=True))
    MailTrace.objects.filter(mail__in=found).exclude(words="").update(words="")
    Bounce.objects.filter(mail__in=found).exclude(words="").update(words="")
    blanked = Mail.objects.filter(pk__in=found)
    blanked.filter(recipient_key__startswith="address:").update(
        recipient_key=Concat(Value("erased:"), Cast(F("pk"), CharField()))
    )
    return blanked.update(email="", payload={}, own_subject="", own_text="", last_error="")


def _mails(owner: Owner) -> MailQuerySet:
    """Not those of others who are reached at the same address: theirs are about somebody else, and still go."""
    keys = owner.keys | {key_of_address(email) for email in owner.emails}
    others = Q(recipient_key__startswith="person:") & ~Q(recipient_key__in=owner.keys)
    return Mail.objects.of_readers(keys, owner.emails).exclude(others).order_by("pk")


def _addresses(owner: Owner) -> QuerySet[Address]:
    return Address.objects.filter(email__in=owner.emails)


def _forget(owner: Owner) -> None:
    """Mails that still wait are not sent; the rows stay, without address and words, so that counts are right."""
    mails = _mails(owner).order_by()
    mails.filter(state=Mail.State.QUEUED).update(
        state=Mail.State.DROPPED, drop_reason=str(_("The reader has erased the account.")), sealed="", lease_until=None
    )
    blank(mails.exclude(state=Mail.State.SENDING))
    _addresses(owner).delete()


def _correct(owner: Owner, right: Correction) -> int:
    """Mails that still wait go to the right address; what its reader chose goes with it, unless the right one has preferences."""
    if right.email is None:
        return 0
    waiting = _mails(owner).order_by().filter(state=Mail.State.QUEUED).exclude(email=right.email)
    moved = waiting.filter(recipient_key__in=owner.keys, email__in=owner.emails).update(email=right.email)
    if not Address.objects.filter(email=right.email).exists():
        known = _addresses(owner).order_by("pk").first()
        if known:
            moved += Address.objects.filter(pk=known.pk).update(email=right.email, bounces=0, disabled_at=None)
    return moved


_COUNTED = _("That a mail was sent, and when, is counted.")

register(
    Holding(
        name="mail",
        held=(
            Held(
                "addresses", _("What mails are wanted at an address"), _addresses,
                ("email", "language", "zone", "wishes", "bounces", "disabled_at", "created_at"), by=("email",),
            ),
            Held(
                "mails", _("Mails"), _mails,
                ("kind", "email", "language", "due", "state", "sent_at", "payload", "own_subject", "own_text", "last_error"),
                by=("email",), fate=Fate.NAMELESS, why=_COUNTED,
            ),
            Held(
                "traces", _("What befell mails on their way"), lambda owner: MailTrace.objects.filter(mail__in=_mails(owner)),
                ("mail__kind", "at", "what", "words"), by=("mail",), fate=Fate.NAMELESS, why=_COUNTED,
            ),
            Held(
                "returned", _("Mails that came back"), lambda owner: Bounce.objects.filter(address__in=_addresses(owner)),
                ("kind", "at", "words"), by=("address",),
            ),
        ),
        forget=_forget,
        correct=_correct,
        goes=(_("Your mail preferences. Mails that wait for you are not sent."),),
        stays=(_("How many mails were sent and when, without your address."),),
    )
)  # fmt: skip
