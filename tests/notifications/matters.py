"""Something real for every kind of mail to be about, always the same, so that mails can be compared word by word."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from accounts.models import Person, RoleGrant, RoleRequest, User
from accounts.persons.recipients import recipient_of
from designated_sites.models import SiteProposal, Stewardship
from desk.models import Announcement, OfferRequest
from events.mails import addresses
from events.models import Event, Registration, Survey
from history.models import Change
from notifications import mail_types, outbox
from notifications.models import Address, Fault, Mail, Mailing
from notifications.recipients import Recipient, of_address
from tests.factories import (
    ApplicationFactory,
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PersonFactory,
    ProgrammeFactory,
    RegistrationFactory,
    RoleGrantFactory,
    SeatClassFactory,
    TrainingFactory,
    UserFactory,
)
from trainings.models import Certificate, SelectionDecision, Training

NOW = dt.datetime(2026, 11, 25, 9, 30, tzinfo=dt.UTC)
READER = "ranger@example.org"
ZONE = "Asia/Ulaanbaatar"
SECRETS = {
    "code": "94510539", "ip": "192.0.2.7", "user_agent": "Firefox", "old_address": "old@example.org",
    "new_address": "new@example.org", "heading": "Line one", "words": "Bat\n\nLine <two>",
    "proof_url": "http://localhost:8000/events/lakes/register/address/secret/",
}  # fmt: skip
TITLES = {
    "title_en": "Lakes & <water>: a webinar", "title_zh_hans": "湖泊与水：网络研讨会", "title_ru": "Озёра и вода: вебинар",
}  # fmt: skip


def put_about(name: str, language: str = "en") -> Mail:
    """A mail of a kind, written down for a reader of a language."""
    matter = next(made for prefix, made in _matters(name) if name.startswith(prefix))
    facts = matter(language)
    secrets = {secret: SECRETS[secret] for secret in mail_types.get(name).secrets}
    payload = {**secrets, **facts.pop("payload", {})}
    assert outbox.put(kind=name, payload=payload, **facts)
    mail = Mail.objects.get(kind=name)
    mail.created_at = NOW
    if name == "events.recording":
        Event.objects.update(recording_url="https://example.org/recording")
    if name == "events.cancelled":
        Event.objects.update(status="cancelled")
    return mail


def _matters(name: str) -> list[tuple[str, Callable[[str], dict[str, Any]]]]:
    return [
        ("accounts.role_asked", lambda language: _asked(language, "asked")),
        ("accounts.role_refused", lambda language: _asked(language, "refused")),
        ("accounts.role_", _role),
        ("accounts.steward_", _steward),
        ("accounts.", _account),
        ("desk.announcement", _announcement),
        ("desk.", _offer),
        ("events.place_", lambda language: _place(name, language)),
        ("events.survey", _survey),
        ("events.letter", _letter),
        ("events.new_address", _new_address),
        ("events.new_mailbox", _new_mailbox),
        ("events.party_to_confirm", _party),
        ("events.still_coming", _still_coming),
        ("events.", _event),
        ("me.same_person", _same_person),
        ("notifications.fault", _fault),
        ("notifications.test", _test),
        ("opendata.digest", _digest),
        ("me.to_do", _to_do),
        ("trainings.certificate_ready", _certificate),
        ("trainings.follow_up_", _follow_up),
        ("trainings.to_endorse", _to_endorse),
        ("trainings.results_of_state", _results),
        ("trainings.deadline_extended", _extended),
        *((f"trainings.{change}", lambda language: _changed(name, language)) for change in CHANGES),
        ("trainings.", lambda language: _application(name, language)),
        ("review.", _review),
        ("revalidation.", _revalidation),
        ("proposal.", lambda language: _proposal(name, language)),
        ("site.confirm", _confirm),
    ]


def _fault(language: str) -> dict[str, Any]:
    fault = Fault.objects.create(
        fingerprint="f", error="builtins.ValueError", where="event-place", line="events/views.py:12", count=5, first_at=NOW, last_at=NOW,
    )  # fmt: skip
    return {"subject": fault, "recipient": of_address(READER, language=language, zone=ZONE), "occurrence": "2.1"}


def _test(language: str) -> dict[str, Any]:
    recipient = of_address(READER, language=language, zone=ZONE)
    return {"subject": ("notifications.mail", 7), "recipient": recipient, "occurrence": "1"}


def _person(language: str) -> Person:
    return PersonFactory(name="Gantömör", email=READER, language=language, time_zone=ZONE)


def _account(language: str) -> dict[str, Any]:
    user: User = UserFactory(email=READER)
    return {"subject": user, "recipient": Recipient(f"user:{user.pk}", READER, language, ZONE)}


def _role(language: str) -> dict[str, Any]:
    state = MemberStateFactory(code="MN", name_ru="Монголия", name_zh_hans="蒙古")
    grant = RoleGrantFactory(
        person=_person(language), role=RoleGrant.Role.FOCAL_POINT, member_state=state, reason="named"
    )
    return {"subject": grant, "recipient": recipient_of(grant.person)}


def _asked(language: str, state: str) -> dict[str, Any]:
    mongolia = MemberStateFactory(code="MN", name_ru="Монголия", name_zh_hans="蒙古")
    reason = {"ru": "Просьба пришла от другого комитета.", "zh-hans": "该申请来自另一个委员会。"}.get(
        language, "The request came from another committee."
    )
    request = RoleRequest.objects.create(
        person=PersonFactory(name="Bat", organisation="Hustai"), role="focal_point", member_state=mongolia,
        message="Line one\nLine <two>", state=state, decided_at=None if state == "asked" else NOW, reason=reason,
    )  # fmt: skip
    return {"subject": request, "recipient": recipient_of(_person(language))}


def _steward(language: str) -> dict[str, Any]:
    site = BiosphereReserveFactory(slug="hustai", name="Hustai")
    person = _person(language)
    return {"subject": person, "recipient": recipient_of(person), "occurrence": f"reserve.{site.pk}.1"}


def _proposal(name: str, language: str) -> dict[str, Any]:
    """Two facts of a reserve proposed; when decided, one accepted and one refused."""
    person = _person(language)
    site = BiosphereReserveFactory(slug="hustai", name="Hustai", core_ha=1)
    why = {"ru": "Площадь указана без источника.", "zh-hans": "面积没有注明来源。"}.get(language, "No source is named.")
    decisions = {"longitude": {"accepted": True, "reason": "", "was": ""}, "core_ha": {"accepted": False, "reason": why, "was": "1"}}  # fmt: skip
    is_over = name == "proposal.decided"
    proposal = SiteProposal.objects.create(
        site=site, proposer=person, base={"longitude": "", "core_ha": "1"}, changes={"longitude": "105.9", "core_ha": "2"},
        reason="Measured anew", state="decided" if is_over else "open", decisions=decisions if is_over else {},
    )  # fmt: skip
    return {"subject": proposal, "recipient": recipient_of(person), "occurrence": "reserve"}


def _confirm(language: str) -> dict[str, Any]:
    site = BiosphereReserveFactory(slug="hustai", name="Hustai")
    return {"subject": site, "recipient": recipient_of(_person(language)), "occurrence": "reserve.20261125"}


def _offer(language: str) -> dict[str, Any]:
    request = OfferRequest.objects.create(
        programme=ProgrammeFactory(kind="offer", slug="advice", name="Advice & <help>"), name="Bat", email="bat@example.org",
        organisation="Hustai", message="Line one\nLine <two>",
    )  # fmt: skip
    return {"subject": request, "recipient": of_address(READER, language=language, zone=ZONE)}


def _announcement(language: str) -> dict[str, Any]:
    announcement = Announcement.objects.create(
        title_en="Call & <nominations>", text_en="First line.\n\nSecond line.",
        title_ru="Приём & <заявок>", text_ru="Первая строка.\n\nВторая строка.",
        title_zh_hans="征集 & <提名>", text_zh_hans="第一行。\n\n第二行。",
    )  # fmt: skip
    return {"subject": announcement, "recipient": recipient_of(_person(language))}


def _event(language: str) -> dict[str, Any]:
    event = EventFactory(
        slug="lakes", starts_at=dt.datetime(2026, 12, 9, 7, tzinfo=dt.UTC), timezone="Asia/Tokyo", format="online", sequence=1,
        summary="", **TITLES,
    )  # fmt: skip
    Event.objects.update(created_at=NOW, updated_at=NOW)
    event.postponements.create(
        was_starts_at=dt.datetime(2026, 12, 2, 7, tzinfo=dt.UTC), was_start_precision="minute", moved_at=NOW
    )
    registration = RegistrationFactory(event=event, person=_person(language), join_token="token-of-gantomor")
    reason = {"ru": "Попросил организатор.", "zh-hans": "应主办方要求。"}.get(language, "The host asked for it.")
    return {
        "subject": event, "recipient": recipient_of(registration.person), "occurrence": f"{registration.pk}.1",
        "payload": {"reason": reason},
    }  # fmt: skip


STATES = {
    "to_confirm": "held", "confirmed": "confirmed", "waiting": "waiting", "offered": "offered", "lapsed": "expired",
    "cancelled": "cancelled",
}  # fmt: skip


def _place(name: str, language: str) -> dict[str, Any]:
    facts = _event(language)
    registration = Registration.objects.get()
    registration.state = STATES[name.removeprefix("events.place_")]
    registration.confirmed_at = NOW
    registration.queued_at = NOW if registration.state == "waiting" else None
    registration.held_until = (
        NOW + dt.timedelta(hours=24) if registration.state in ("held", "offered", "waiting") else None
    )
    registration.save()
    return {"subject": registration, "recipient": facts["recipient"], "occurrence": "1"}


def _new_address(language: str) -> dict[str, Any]:
    facts = _event(language)
    return facts | {"occurrence": addresses.occurrence_of(Registration.objects.get()), "payload": {}}


def _new_mailbox(language: str) -> dict[str, Any]:
    facts = _event(language)
    return facts | {"subject": Registration.objects.get(), "occurrence": "20261125T0930", "payload": {}}


def _party(language: str) -> dict[str, Any]:
    """Three people: two who are reached at the address of the form, one of them with a place that is held."""
    facts = _event(language)
    first = Registration.objects.select_related("person").get()
    second = RegistrationFactory(
        event=first.event, person=PersonFactory(name="Bat", email="", care_of=first.person, language=language, time_zone=ZONE),
    )  # fmt: skip
    until = NOW + dt.timedelta(hours=24)
    Registration.objects.filter(pk=first.pk).update(party="abc", state="held", held_until=until)
    Registration.objects.filter(pk=second.pk).update(party="abc", state="waiting", held_until=until)
    return facts | {"recipient": of_address(READER, language=language, zone=ZONE), "occurrence": "3.abc", "payload": {}}


def _same_person(language: str) -> dict[str, Any]:
    one = _person(language)
    other = PersonFactory(name="Bat", email="bat@example.org")
    return {
        "subject": one, "recipient": of_address(READER, language=language, zone=ZONE), "occurrence": f"{other.pk}.20261125",
        "payload": {"message": "Bat"},
    }  # fmt: skip


def _still_coming(language: str) -> dict[str, Any]:
    facts = _event(language)
    event = Event.objects.get()
    return facts | {"subject": Registration.objects.get(), "occurrence": f"{event.sequence}.m1", "payload": {}}


def _letter(language: str) -> dict[str, Any]:
    facts = _event(language)
    words = {"letter_subject": "Bring a map", "letter_text": "Dear all,\nbring a map."}
    occurrence = f"{Registration.objects.get().pk}.{language}.m1"
    return facts | {"occurrence": occurrence, "payload": words}


def _survey(language: str) -> dict[str, Any]:
    facts = _event(language)
    survey = Survey.objects.create(event=facts["subject"], last_day=dt.date(2026, 12, 20), opened_at=NOW)
    return {"subject": survey, "recipient": facts["recipient"], "occurrence": facts["occurrence"]}


def _review(language: str) -> dict[str, Any]:
    site = BiosphereReserveFactory(slug="hustai", name="Hustai", designation_year=2017)
    Stewardship.objects.create(site=site, person=_person(language))
    return {"subject": site, "recipient": recipient_of(Person.objects.get()), "occurrence": "2027-09-30.12"}


def _revalidation(language: str) -> dict[str, Any]:
    site = GeoparkFactory(slug="hustai", name="Hustai", designation_year=2023)
    Stewardship.objects.create(site=site, person=_person(language))
    return {"subject": site, "recipient": recipient_of(Person.objects.get()), "occurrence": "2027-09-30.24"}


def _certificate(language: str) -> dict[str, Any]:
    person = _person(language)
    titles = {"en": "Lakes & <water>", "zh-hans": "湖泊与水", "ru": "Озёра и вода"}
    certificate = Certificate.objects.create(
        number="K7QM-2XWP-9TRF", activity=TrainingFactory(), person=person, name=person.name, title=titles[language],
        dates="4–5 May 2026", language=language,
    )  # fmt: skip
    return {"subject": certificate, "recipient": recipient_of(person), "occurrence": "first"}


def _follow_up(language: str) -> dict[str, Any]:
    training = TrainingFactory(
        slug="course", starts_at=dt.datetime(2027, 5, 9, 7, tzinfo=dt.UTC), timezone="Asia/Tokyo", deadline_zone="Asia/Tokyo",
        follow_up_closes_at=NOW + dt.timedelta(days=3), summary="", **TITLES,
    )  # fmt: skip
    application = ApplicationFactory(
        training=training, person=_person(language), state="confirmed", submitted_at=NOW, reference="T27-7K3F9"
    )
    return {"subject": application, "recipient": recipient_of(application.person)}


def _digest(language: str) -> dict[str, Any]:
    EventFactory(slug="lakes", summary="", **TITLES)
    DocumentFactory(slug="report", title_en="Report", title_ru="Отчёт", title_zh_hans="报告")
    Change.objects.update(at=NOW - dt.timedelta(days=7))
    address = Address.objects.create(email=READER, language=language, zone=ZONE, wishes={"digest": "weekly"})
    reader = of_address(READER, language=language, zone=ZONE)
    return {"subject": address, "recipient": reader, "occurrence": "2026-W48"}


def _to_do(language: str) -> dict[str, Any]:
    """A place to be taken, a seat to be taken, a profile to be completed."""
    person = _person(language)
    person.user = UserFactory(email=READER)
    person.save()
    event = EventFactory(slug="lakes", summary="", format="online", starts_at=NOW + dt.timedelta(days=20), **TITLES)
    RegistrationFactory(event=event, person=person, state="offered", held_until=NOW + dt.timedelta(days=1))
    course = TrainingFactory(slug="course", summary="", starts_at=NOW + dt.timedelta(days=90), **TITLES)
    ApplicationFactory(
        training=course, person=person, state="selected", submitted_at=NOW, answer_by=NOW + dt.timedelta(days=9), reference="T27-7K3F9",
    )  # fmt: skip
    return {"subject": person, "recipient": recipient_of(person), "occurrence": "2026-W48"}


CHANGES = ("moved", "postponed", "cancelled", "reopened")
WAYS = {
    "received": "submitted", "endorsed": "endorsed", "not_endorsed": "not_endorsed", "selected": "selected",
    "seat_offered": "selected", "seat_expiring": "selected", "on_reserve_list": "reserve_list", "not_selected": "not_selected",
    "confirmed": "confirmed", "given_up": "withdrawn", "seat_lapsed": "declined", "seat_taken_back": "not_selected",
}  # fmt: skip


def _training() -> Training:
    training: Training = TrainingFactory(
        slug="lakes", starts_at=dt.datetime(2027, 3, 9, 7, tzinfo=dt.UTC), timezone="Asia/Tokyo", format="onsite", summary="",
        costs_en="Travel and meals; not the visa.", costs_ru="Дорога и питание; виза нет.", costs_zh_hans="交通和餐饮；签证自理。",
        **TITLES,
    )  # fmt: skip
    return training


def _application(name: str, language: str) -> dict[str, Any]:
    training = _training()
    seats = SeatClassFactory(training=training)
    state = WAYS[name.removeprefix("trainings.")]
    application = ApplicationFactory(
        training=training, person=_person(language), reference="T27-7K3F9", state=state, submitted_at=NOW, seat_class=seats,
        answer_by=NOW + dt.timedelta(days=10) if state == "selected" else None,
        reserve_rank=1 if state == "reserve_list" else None,
    )  # fmt: skip
    reason = {"ru": "Уже была на таком обучении.", "zh-hans": "已参加过此类培训。"}.get(
        language, "Has been to such a training."
    )
    step = application.steps.create(from_state="submitted", to_state=state, reason=reason, by=UserFactory())
    return {"subject": application, "recipient": recipient_of(application.person), "occurrence": str(step.pk)}


def _results(language: str) -> dict[str, Any]:
    training, reader = _training(), _person(language)
    mailing = Mailing.objects.create(label="Results", goes_at=NOW)
    state = MemberStateFactory(code="MN")
    for number, told in ((1, "selected"), (2, "not_selected")):
        application = ApplicationFactory(
            training=training, person=PersonFactory(name="Bat"), state="submitted", submitted_at=NOW, member_state=state,
            reference=f"T27-{number}23",
        )  # fmt: skip
        SelectionDecision.objects.create(
            application=application, to_state=told, let_go_at=NOW, mailing=mailing, was_state="submitted",
            seat_class=SeatClassFactory(training=training) if told == "selected" else None,
        )  # fmt: skip
    return {"subject": training, "recipient": recipient_of(reader), "occurrence": f"MN.{mailing.pk}"}


def _letter(language: str) -> dict[str, Any]:
    facts = _event(language)
    registration = Registration.objects.get()
    words = {"letter_subject": "Line one", "letter_text": "Bat"}
    return facts | {"occurrence": f"{registration.pk}.{language}.m1", "payload": words}


def _to_endorse(language: str) -> dict[str, Any]:
    training, reader = _training(), _person(language)
    for _number in range(2):
        ApplicationFactory(training=training, state="submitted", submitted_at=NOW)
    return {"subject": training, "recipient": recipient_of(reader), "occurrence": "MN.2026-11-25"}


def _changed(name: str, language: str) -> dict[str, Any]:
    facts = _application("trainings.confirmed", language)
    training = Training.objects.get()
    status = "cancelled" if name == "trainings.cancelled" else "announced"
    Training.objects.update(status=status, sequence=1, created_at=NOW, updated_at=NOW)
    training.postponements.create(
        was_starts_at=dt.datetime(2027, 3, 2, 7, tzinfo=dt.UTC), was_start_precision="minute", moved_at=NOW
    )
    reason = {"ru": "Попросил организатор.", "zh-hans": "应主办方要求。"}.get(language, "The host asked for it.")
    occurrence = f"{facts['subject'].pk}.1"
    return facts | {"subject": training, "occurrence": occurrence, "payload": {"reason": reason}}


def _extended(language: str) -> dict[str, Any]:
    training, reader = _training(), _person(language)
    closes = dt.datetime(2026, 12, 15, 22, 59, tzinfo=dt.UTC)
    Training.objects.update(nominations_close_at=closes, deadline_zone="Europe/Paris")
    extension = training.extensions.create(was=closes - dt.timedelta(days=7))
    return {
        "subject": training, "recipient": recipient_of(reader), "occurrence": f"{reader.pk}.{extension.pk}",
        "payload": {"reason": {"ru": "Праздники.", "zh-hans": "假期。"}.get(language, "Holidays.")},
    }  # fmt: skip
