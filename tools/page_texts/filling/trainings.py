"""Calls that are open and closed with applications in each state; a training that was held, with all that comes after."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from ..names import make, one
from .over import _attendance
from .people import Cast

HOUR = dt.timedelta(hours=1)
STATES = (
    "draft", "submitted", "endorsed", "not_endorsed", "shortlisted", "selected", "not_selected", "reserve_list", "confirmed", "declined",
    "withdrawn", "attended", "no_show", "completed",
)  # fmt: skip
WITH_SEAT = ("selected", "reserve_list", "confirmed", "declined", "attended", "no_show", "completed")
CHOICES = [{"code": "a", "label": {"en": "Water", "ru": "Вода"}}, {"code": "b", "label": {"en": "Land"}}]


def training(slug: str, title: str, start: dt.datetime, **facts: Any) -> Any:
    about = {"status": "announced", "starts_at": start, "start_precision": "day", "ends_at": start + 96 * HOUR, "end_precision": "day",
             "timezone": "Asia/Ulaanbaatar", "format": "onsite", "deadline_zone": "Europe/Paris"}  # fmt: skip
    return make("Training", slug=slug, title_en=title, **{**about, **facts})


def fill(cast: Cast) -> None:
    _open(cast)
    _held(cast)


def _open(cast: Cast) -> None:
    now = timezone.now()
    call = training(
        "lake-course", "Course on lakes", dt.datetime(2027, 6, 1, 1, tzinfo=dt.UTC), title_ru="Курс об озёрах", summary_en="A course.\nWith field work.",
        target_group_en="Managers", topics=["Lakes", "Fish"], costs_en="Travel and meals; not the visa.", call_opens_at=now - 99 * HOUR,
        nominations_close_at=dt.datetime(2026, 11, 20, 22, 59, tzinfo=dt.UTC), seats_note="Two for women", women_share="40.0", answer_days=7, asks_presentation=True,
        letter_office="The office", letter_signatory="The head", gives_certificates=True, follow_up_closes_at=dt.datetime(2027, 5, 1, tzinfo=dt.UTC), fund_code="F-2027",
    )  # fmt: skip
    call.member_states.set([one("MemberState", code="MN")])
    call.events.set([one("Event", slug="lakes-workshop")])
    full = make("SeatClass", training=call, funding="full", presence="onsite", seats=8, covers="Travel and hotel")
    full.only_states.set([one("MemberState", code=code) for code in ("MN", "RU", "CN", "JP", "KR", "KZ")])
    make("SeatClass", training=call, funding="self", presence="onsite", seats=3)
    make("SeatCap", training=call, member_state=one("MemberState", code="MN"), most=6)
    make("SeatCap", training=call, reserve=one("BiosphereReserve", slug="khuvsgul-lake"), most=1)
    make("SeatCap", training=call, geopark=one("Geopark", slug="jeju-island"), most=2)
    make("TrainingInvolvement", training=call, partner=one("Partner", slug="lake-institute"), role="partner")
    make("TrainingSite", training=call, geopark=one("Geopark", slug="jeju-island"))
    make("TrainingSite", training=call, reserve=one("BiosphereReserve", slug="khuvsgul-lake"))
    make(
        "TrainingPostponement",
        training=call,
        was_starts_at=dt.datetime(2027, 5, 1, 1, tzinfo=dt.UTC),
        moved_at=now,
        reason="The host asked for it.",
    )
    make("DeadlineExtension", training=call, was=dt.datetime(2026, 11, 13, 22, 59, tzinfo=dt.UTC), reason="Holidays")
    session = make(
        "TrainingSession",
        training=call,
        title="First day",
        starts_at=dt.datetime(2027, 6, 1, 1, tzinfo=dt.UTC),
        ends_at=dt.datetime(2027, 6, 1, 9, tzinfo=dt.UTC),
    )
    session.trainers.set([cast.trainer])
    for order, (code, kind, facts) in enumerate(_questions()):
        make("Question", training=call, code=code, kind=kind, label_en=f"Question {code}?", order=order, **facts)
    _applications(cast, call, full)


def _questions() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        ("why", "long", {"required": True, "help_en": "In a few words"}),
        ("field", "one", {"choices": CHOICES}),
        ("fields", "many", {"choices": CHOICES}),
        ("boat", "yes_no", {}),
        ("years", "number", {"least": 0, "most": 60, "only_if": {"question": "boat", "answer": True}}),
        ("since", "date", {}),
        ("letter", "file", {}),
        ("diet", "short", {"follow_up": True}),
    ]


def _applications(cast: Cast, call: Any, full: Any) -> None:
    moment = timezone.now() - 5 * HOUR
    people = [*cast.others, cast.participant, cast.ranger]
    for number, state in enumerate(STATES):
        person = people[number]
        facts: dict[str, Any] = {} if state == "draft" else {"submitted_at": moment}
        if state in WITH_SEAT:
            facts["seat_class"] = full
        if state == "selected":
            facts["answer_by"] = dt.datetime(2026, 12, 9, 12, tzinfo=dt.UTC)
        if state == "reserve_list":
            facts["reserve_rank"] = 1
        if state in ("endorsed", "not_endorsed"):
            facts["endorsed"] = state == "endorsed"
        one_of_them = _application(person, call, f"T27-{number:05}", state, wanted_class=full, **facts)
        make(
            "ApplicationStep",
            application=one_of_them,
            from_state="" if state == "draft" else "draft",
            to_state=state,
            by=cast.officer.user,
            reason="Fits well",
        )
        if state in ("submitted", "shortlisted"):
            make("ApplicationScore", application=one_of_them, officer=cast.officer.user, points=4, note="Good")
        if state == "confirmed":
            file = make(
                "ApplicationFile",
                application=one_of_them,
                purpose="presentation",
                name="talk.pdf",
                kind="pdf",
                size=17,
                file="",
            )
            file.file.save("talk.pdf", ContentFile(b"%PDF-1.7 a talk.."))
    _application(
        cast.ranger,
        call,
        "T27-RANGE",
        "submitted",
        submitted_at=moment,
        nominated_by=cast.focal_point,
        reserve=one("BiosphereReserve", slug="khuvsgul-lake"),
        endorsement_rank=1,
    )
    _application(
        cast.steward,
        call,
        "T27-STEWA",
        "selected",
        submitted_at=moment,
        seat_class=full,
        answer_by=dt.datetime(2026, 12, 9, 12, tzinfo=dt.UTC),
        geopark=one("Geopark", slug="jeju-island"),
    )


def _application(person: Any, call: Any, reference: str, state: str, **facts: Any) -> Any:
    answers = {
        "why": "For the lake",
        "field": "a",
        "fields": ["a", "b"],
        "boat": True,
        "years": 3,
        "since": "2020-01-01",
    }
    return make(
        "Application",
        training=call,
        person=person,
        reference=reference,
        state=state,
        member_state=person.member_state,
        answers=answers,
        **facts,
    )


def _held(cast: Cast) -> None:
    start = dt.datetime(2026, 5, 4, 1, tzinfo=dt.UTC)
    course = training(
        "steppe-course", "Course on steppes", start, status="held", gives_certificates=True, attendance_share=80, letter_office="The office", letter_signatory="The head",
        fund_code="F-2026", participants=3, call_opens_at=start - 2000 * HOUR, nominations_close_at=start - 900 * HOUR,
    )  # fmt: skip
    seats = make("SeatClass", training=course, funding="full", presence="onsite", seats=5)
    sessions = [
        make(
            "TrainingSession",
            training=course,
            title=f"Steppes, day {day + 1}",
            starts_at=start + day * 24 * HOUR,
            ends_at=start + day * 24 * HOUR + 2 * HOUR,
        )
        for day in range(2)
    ]
    sessions[0].trainers.set([cast.trainer])
    people = [cast.participant, cast.others[1], cast.others[2]]
    for number, (person, state) in enumerate(zip(people, ("completed", "attended", "no_show"), strict=True)):
        _application(
            person,
            course,
            f"T26-{number:05}",
            state,
            submitted_at=start - 1000 * HOUR,
            seat_class=seats,
            may_be_listed=number < 2,
            follow_up={"diet": "None"},
            follow_up_at=start - 500 * HOUR,
        )
    _attendance(cast, course, sessions, people[:2], "Training")
    make(
        "Certificate", number="EABR-NTRA-0001", training=course, person=cast.participant, name=cast.participant.name, native_name="Түүний нэр", native_language="mn",
        title="Course on steppes", dates="4–5 May 2026", hours="4.0", language="en", issued_by=cast.officer.user,
    )  # fmt: skip
    make(
        "Certificate", number="EABR-NTRA-0002", training=course, person=cast.others[1], name=cast.others[1].name, title="Course on steppes", dates="4–5 May 2026",
        language="en", revoked_at=timezone.now(), revoked_by=cast.officer.user, revoke_reason="Given by mistake",
    )  # fmt: skip
