"""Events to come: one with everything, one postponed, one cancelled, a programme with parts; registrations in each state."""

import datetime as dt

from django.utils import timezone

from ..names import make, one
from .people import Cast

SEOUL = "Asia/Seoul"
START = dt.datetime(2027, 3, 9, 1, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
STATES = ("held", "confirmed", "waiting", "offered", "cancelled", "expired")


def event(slug: str, title: str, **facts: object) -> object:
    about = {"kind": "workshop", "status": "announced", "starts_at": START, "start_precision": "minute", "ends_at": START + 8 * HOUR,
             "end_precision": "minute", "timezone": SEOUL, "format": "hybrid"}  # fmt: skip
    return make("Event", slug=slug, title_en=title, **{**about, **facts})


def fill(cast: Cast) -> None:
    series = make("Series", slug="lake-days", name_en="Lake days", name_ru="Дни озёр")
    whole = event(
        "lake-week", "Week of lakes", kind="conference", start_precision="month", ends_at=None, end_precision=""
    )
    lakes = event(
        "lakes-workshop", "Lakes & <water>: a workshop", title_ru="Озёра и вода: семинар", title_zh_hans="湖泊与水：研讨会", series=series, part_of=whole,
        summary_en="A workshop on lakes.\nWith field work.", venue_en="Jeju", languages=["en", "ko"], capacity_onsite=2, capacity_online=40, other_countries=["VN"],
        programme_names=["Another programme"], url="https://lakes.example.org/workshop", fund_code="F-2027-1", result_code="R1", registration_opens_at=timezone.now() - 48 * HOUR,
        registration_closes_at=START - 48 * HOUR, gives_certificates=True, outcomes_en="One thing\nAnother thing",
    )  # fmt: skip
    lakes.member_states.set([one("MemberState", code=code) for code in ("KR", "MN")])
    lakes.programmes.set([one("Programme", slug="lakes-programme")])
    lakes.documents.set([one("Document", slug="lakes-report")])
    make("EventInvolvement", event=lakes, partner=one("Partner", slug="lake-institute"), role="organiser")
    make("EventInvolvement", event=lakes, name="A fund for lakes", role="funder", order=1)
    make("EventSite", event=lakes, geopark=one("Geopark", slug="jeju-island"))
    make("EventSite", event=lakes, reserve=one("BiosphereReserve", slug="khuvsgul-lake"))
    make("EventSite", event=lakes, name="A lake nobody has designated")
    for number in range(2):
        begins = START + number * 2 * HOUR
        session = make(
            "EventSession",
            event=lakes,
            title=f"Lakes, part {number + 1}",
            starts_at=begins,
            ends_at=begins + HOUR,
            summary="About water",
            trainer_names="Prof. Lake",
        )
        session.trainers.set([cast.trainer])
    make(
        "JoinLink",
        event=lakes,
        provider="zoom",
        url="https://zoom.example/j/1",
        meeting_number="1 2 3",
        passcode="lake",
    )
    make(
        "JoinLink",
        event=lakes,
        provider="phone",
        dial_in="Mongolia +976 11 123456\nKorea +82 2 123456",
        session=session,
    )
    make(
        "Material",
        event=lakes,
        kind="slides",
        title="Slides",
        url="https://example.org/slides",
        visibility="public",
        language="en",
    )
    make(
        "Material",
        event=lakes,
        kind="handout",
        title="Handout",
        url="https://example.org/handout",
        visibility="registered",
        session=session,
    )
    make(
        "AdvanceQuestion",
        event=lakes,
        person=cast.others[0],
        text="How deep?\nAnd how wide?",
        language="mn",
        session=session,
        state="accepted",
    )
    make("AdvanceQuestion", event=lakes, text="A question without a name", language="en")
    _registrations(cast, lakes)
    moved = event(
        "rivers-forum",
        "Forum of rivers",
        kind="forum",
        sequence=1,
        format="onsite",
        venue_en="Vladivostok",
        timezone="Asia/Vladivostok",
    )
    make(
        "EventPostponement",
        event=moved,
        was_starts_at=START - 700 * HOUR,
        was_start_precision="day",
        moved_at=timezone.now(),
        reason="The host asked for it.",
    )
    event(
        "cancelled-symposium",
        "Symposium of steppes",
        kind="symposium",
        status="cancelled",
        sequence=1,
        cancelled_at=timezone.now(),
        cancel_reason="Too few came.",
    )
    event("draft-celebration", "A celebration still to be announced", kind="celebration", status="draft")


def _registrations(cast: Cast, lakes: object) -> None:
    now = timezone.now()
    for number, state in enumerate(STATES):
        facts: dict[str, object] = (
            {"held_until": dt.datetime(2027, 1, 1, tzinfo=dt.UTC)} if state in ("held", "offered") else {}
        )
        if state == "waiting":
            facts["queued_at"] = now
        if state == "confirmed":
            facts["confirmed_at"] = now
        if state == "cancelled":
            facts["cancelled_at"] = now
        registration = make(
            "Registration", event=lakes, person=cast.others[number], state=state, presence="onsite" if state == "confirmed" else "online",
            audience=("site", "academia", "student")[number % 3], **facts,
        )  # fmt: skip
        make(
            "RegistrationStep",
            registration=registration,
            state=state,
            why="Registered.",
            by_id=cast.officer.user.pk if number % 2 else None,
        )
    make(
        "Registration",
        event=lakes,
        person=cast.participant,
        state="confirmed",
        confirmed_at=now,
        registered_by=cast.officer.user,
        audience="site",
    )
    make(
        "Registration",
        event=lakes,
        person=cast.ranger,
        state="confirmed",
        confirmed_at=now,
        registered_by=cast.focal_point.user,
        audience="site",
    )
