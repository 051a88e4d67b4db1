"""A human being by all the names under which records know them."""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet

from notifications.recipients import key_of_address
from records.personal_data import Owner
from records.personal_data.mentions import NOTHING, Marks
from search.models import SearchEntry

from ..models import Person, User
from .former import former_ids
from .recipients import key_of


def owner_of(*, person: Person | None, user: User | None) -> Owner:
    """Only addresses that are proven to be theirs: the person's own, and the verified ones of the account."""
    emails = {person.email} if person and person.email else set()
    keys = {key_of(number) for number in (person.pk, *former_ids(person.pk))} if person else set()
    if user:
        verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
        emails |= {email.lower() for email in verified}
        keys.add(f"user:{user.pk}")
    return Owner(
        person_id=person.pk if person else 0,
        user_id=user.pk if user else 0,
        emails=frozenset(emails),
        keys=frozenset(keys),
        names=frozenset({person.name, person.native_name} - {"", NOTHING}) if person else frozenset(),
    )


def owner_of_address(email: str) -> Owner:
    """Whoever reads a mailbox of which records know no person: a stranger who asked for something, or never confirmed."""
    return Owner(emails=frozenset({email.lower()}), keys=frozenset({key_of_address(email)}))


def owner_of_name(name: str) -> Owner:
    """Whoever is called so, where records know no more of them."""
    return Owner(names=frozenset({" ".join(name.split())}))


def never_confirmed() -> QuerySet[User]:
    """Accounts of which nobody has ever shown that the address is theirs."""
    verified = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return User.objects.filter(~Exists(verified), last_login=None, is_staff=False, is_superuser=False, person=None)


def accounts_of(owner: Owner) -> QuerySet[User]:
    """The own account, and others that wrote down one of the addresses and never confirmed it."""
    others = never_confirmed().filter(email__in=owner.emails)
    return User.objects.filter(Q(pk=owner.user_id) | Q(pk__in=others.values("pk")))


def marks_of(owner: Owner) -> Marks:
    return Marks(owner.emails, owner.names)


def sure_marks_of(owner: Owner) -> Marks:
    """Without names that may mean somebody else: of one word, borne by another person, or the name of a record."""
    return Marks(owner.emails, frozenset(name for name in owner.names if _is_distinct(name, owner)))


def _is_distinct(name: str, owner: Owner) -> bool:
    if len(name.split()) < 2 and not (len(name) >= 3 and ord(name[0]) > 0x2FFF):
        return False
    others = Person.objects.known().exclude(pk=owner.person_id)
    if others.filter(Q(name__iexact=name) | Q(native_name__iexact=name)).exists():
        return False
    return not SearchEntry.objects.filter(name__iexact=name).exists()
