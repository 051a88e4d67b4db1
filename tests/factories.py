"""Test records without surprises: explicit values, the least that the constraints ask for."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import Person, RoleGrant, User
from events.models import Event, Registration, Series
from geoparks.models import Geopark
from network.models import Document, MemberState, Partner, Programme
from records.formats.partial_dates import Precision
from reserves.models import BiosphereReserve
from trainings.models import Application, SeatClass, Training

STATE_NAMES = {
    "CN": "China",
    "JP": "Japan",
    "KP": "Democratic People's Republic of Korea",
    "KR": "Republic of Korea",
    "KZ": "Kazakhstan",
    "MN": "Mongolia",
    "RU": "Russian Federation",
}
PASSWORD = "correct-horse-battery"


class MemberStateFactory(DjangoModelFactory):
    """`MemberStateFactory(code="MN")` gives the one Mongolia there is."""

    class Meta:
        model = MemberState
        django_get_or_create = ("code",)

    code = "MN"
    name = factory.LazyAttribute(lambda state: STATE_NAMES.get(state.code, state.code))


class StatesOf:
    """Gives a record its member states: `states=["MN", "RU"]`; without the word, Mongolia; `states=[]` for none."""

    @staticmethod
    def set_states(record: Any, create: bool, extracted: Iterable[str] | None, default: tuple[str, ...]) -> None:
        if not create:
            return
        codes = default if extracted is None else extracted
        record.member_states.set([MemberStateFactory(code=code) for code in codes])
        record.refresh_from_db(fields=["state_codes"])


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"partner-{n:05}")
    name = factory.Sequence(lambda n: f"Partner {n:05}")
    kind = Partner.Kind.ACADEMIA

    @factory.post_generation
    def states(self, create: bool, extracted: Iterable[str] | None, **kwargs: Any) -> None:
        StatesOf.set_states(self, create, extracted, ())


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"programme-{n:05}")
    name = factory.Sequence(lambda n: f"Programme {n:05}")
    kind = Programme.Kind.PROGRAMME


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    slug = factory.Sequence(lambda n: f"document-{n:05}")
    title = factory.Sequence(lambda n: f"Document {n:05}")
    kind = Document.Kind.REPORT
    url = factory.LazyAttribute(lambda document: f"https://example.org/{document.slug}")


class BiosphereReserveFactory(DjangoModelFactory):
    class Meta:
        model = BiosphereReserve
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"reserve-{n:05}")
    name = factory.Sequence(lambda n: f"Reserve {n:05}")
    designation_year = 1997
    ecosystem = BiosphereReserve.Ecosystem.TEMPERATE_FOREST

    @factory.post_generation
    def states(self, create: bool, extracted: Iterable[str] | None, **kwargs: Any) -> None:
        StatesOf.set_states(self, create, extracted, ("MN",))


class GeoparkFactory(DjangoModelFactory):
    class Meta:
        model = Geopark
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"geopark-{n:05}")
    name = factory.Sequence(lambda n: f"Geopark {n:05}")
    designation_year = 2017

    @factory.post_generation
    def states(self, create: bool, extracted: Iterable[str] | None, **kwargs: Any) -> None:
        StatesOf.set_states(self, create, extracted, ("MN",))


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = Series

    slug = factory.Sequence(lambda n: f"series-{n:05}")
    name = factory.Sequence(lambda n: f"Series {n:05}")


class ActivityFactory(DjangoModelFactory):
    """An announced activity on two known days of October 2030; `starts_at` and `ends_at` are instants."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    status = "announced"
    starts_at = dt.datetime(2030, 10, 1, 1, 0, tzinfo=dt.UTC)
    start_precision = Precision.MINUTE
    ends_at = factory.LazyAttribute(lambda activity: activity.starts_at + dt.timedelta(hours=2))
    end_precision = factory.LazyAttribute(lambda activity: activity.start_precision if activity.ends_at else "")
    timezone = "Asia/Ulaanbaatar"

    @factory.post_generation
    def states(self, create: bool, extracted: Iterable[str] | None, **kwargs: Any) -> None:
        StatesOf.set_states(self, create, extracted, ())


class EventFactory(ActivityFactory):
    class Meta:
        model = Event
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"event-{n:05}")
    title = factory.Sequence(lambda n: f"Event {n:05}")
    kind = Event.Kind.WEBINAR


class TrainingFactory(ActivityFactory):
    class Meta:
        model = Training
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"training-{n:05}")
    title = factory.Sequence(lambda n: f"Training {n:05}")


class SeatClassFactory(DjangoModelFactory):
    class Meta:
        model = SeatClass

    training = factory.SubFactory(TrainingFactory)
    funding = "full"
    presence = "onsite"
    seats = 2


class UserFactory(DjangoModelFactory):
    """An active user with the password `PASSWORD` and no role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user-{n:05}@example.org")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **{"password": PASSWORD, **kwargs})


class PersonFactory(DjangoModelFactory):
    """Without an account; `user=UserFactory()` joins one, whose address the person then has."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Person {n:05}")
    email = factory.Maybe(
        "user", factory.SelfAttribute("user.email"), factory.Sequence(lambda n: f"person-{n:05}@example.org")
    )
    user = None


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    person = factory.SubFactory(PersonFactory)
    role = RoleGrant.Role.TRAINER


class RegistrationFactory(DjangoModelFactory):
    """A confirmed place; other states name what they need (`state="held", held_until=...`)."""

    class Meta:
        model = Registration

    event = factory.SubFactory(EventFactory)
    person = factory.SubFactory(PersonFactory)
    state = "confirmed"


class ApplicationFactory(DjangoModelFactory):
    """A draft of a person of Mongolia; other states name what they need (`state="submitted", submitted_at=...`)."""

    class Meta:
        model = Application

    training = factory.SubFactory(TrainingFactory)
    person = factory.SubFactory(PersonFactory)
    member_state = factory.SubFactory(MemberStateFactory)
    reference = factory.Sequence(lambda n: f"T26-{n:05}")
