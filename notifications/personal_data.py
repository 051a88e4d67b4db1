"""What the outbox holds about a human being: preferences of an address, and the mails that went there."""

from django.utils.translation import gettext_lazy as _

from records.personal_data import Holding, Owner, register, rows

from .models import Address, Bounce, Mail, MailQuerySet, MailTrace


def blank(mails: MailQuerySet) -> int:
    """Takes address, words and facts out of mails that are over: rows stay for the counts, and tell no longer to whom they
    went. How many."""
    MailTrace.objects.filter(mail__in=mails.values("pk")).exclude(words="").update(words="")
    return mails.update(email="", payload={}, own_subject="", own_text="", last_error="")


def _mails(owner: Owner) -> MailQuerySet:
    return Mail.objects.of_readers(owner.keys, owner.emails).order_by()


def _gather(owner: Owner) -> dict[str, object]:
    own = Address.objects.filter(email__in=owner.emails)
    return {
        "addresses": rows(own, "email", "language", "zone", "wishes", "disabled_at", "created_at"),
        "mails": rows(_mails(owner).order_by("pk"), "kind", "email", "language", "due", "state", "sent_at"),
        "returned": rows(Bounce.objects.filter(address__in=own), "kind", "at", "words"),
    }


def _forget(owner: Owner) -> None:
    """Mails that still wait are not sent; the rows stay, without address and words, so that counts are right."""
    mails = _mails(owner)
    mails.filter(state=Mail.State.QUEUED).update(
        state=Mail.State.DROPPED, drop_reason=str(_("The reader has erased the account.")), sealed="", lease_until=None
    )
    blank(mails.exclude(state=Mail.State.SENDING))
    Address.objects.filter(email__in=owner.emails).delete()


register(
    Holding(
        name="mail",
        gather=_gather,
        forget=_forget,
        goes=(_("Your mail preferences. Mails that wait for you are not sent."),),
        stays=(_("How many mails were sent and when, without your address."),),
    )
)
