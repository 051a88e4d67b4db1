"""An event that is over: attendance from lists and by hand, a survey with answers, certificates, a report to a donor."""

import datetime as dt
from typing import Any

from ..names import make, one
from .coming import HOUR, event
from .people import Cast

START = dt.datetime(2026, 10, 6, 7, tzinfo=dt.UTC)


def fill(cast: Cast) -> None:
    webinar: Any = event(
        "steppe-webinar", "Webinar on steppes", kind="webinar", status="held", starts_at=START, ends_at=START + 2 * HOUR, format="online",
        timezone="Asia/Ulaanbaatar", participants=5, participants_note="Counted by the provider", recording_url="https://example.org/recording", gives_certificates=True,
        fund_code="F-2026", result_code="R2", written_summary_en="What was said.", registration_opens_at=START - 900 * HOUR, registration_closes_at=START - HOUR,
    )  # fmt: skip
    webinar.member_states.set([one("MemberState", code="MN")])
    make("EventInvolvement", event=webinar, partner=one("Partner", slug="lake-institute"), role="funder")
    sessions = [
        make(
            "EventSession",
            event=webinar,
            title=f"Steppes, part {number + 1}",
            starts_at=START + number * HOUR,
            ends_at=START + (number + 1) * HOUR,
        )
        for number in range(2)
    ]
    sessions[0].trainers.set([cast.trainer])
    guests = [cast.participant, *cast.others[:4]]
    places = [
        make(
            "Registration",
            event=webinar,
            person=person,
            state="confirmed",
            confirmed_at=START - 99 * HOUR,
            audience="site",
        )
        for person in guests
    ]
    for place in places[:3]:
        make("DoorOpening", registration=place, at=START)
    _attendance(cast, webinar, sessions, guests, "")
    _survey(webinar, places)
    make(
        "Material",
        event=webinar,
        kind="recording",
        title="Recording",
        url="https://example.org/recording",
        visibility="attended",
        has_captions=True,
    )
    for number, person in enumerate(guests[:2]):
        make(
            "Certificate", number=f"EABR-NWEB-000{number}", event=webinar, person=person, name=person.name, title="Webinar on steppes", dates="6 October 2026", hours="2.0",
            issued_by=cast.officer.user, language="en",
        )  # fmt: skip


def _attendance(cast: Cast, occasion: Any, sessions: list[Any], people: list[Any], prefix: str) -> None:
    kind = "training" if prefix else "event"
    of = {kind: occasion}
    listed = make(
        f"{prefix}AttendanceFile",
        provider="zoom",
        name="participants.csv",
        digest="0" * 64,
        rows=len(people),
        imported_by=cast.officer.user,
        **of,
    )
    for number, person in enumerate(people):
        match = make(
            f"{prefix}AttendanceMatch",
            key=f"email:{person.email}",
            name=person.name,
            email=person.email,
            minutes=90,
            state="email",
            person=person,
            **of,
        )
        make(
            f"{prefix}AttendanceSpan",
            file=listed,
            match=match,
            joined_at=sessions[0].starts_at,
            left_at=sessions[0].starts_at + dt.timedelta(minutes=50 - number),
        )
        for session in sessions:
            make(f"{prefix or 'Event'}Attendance", session=session, person=person, minutes=50 - number, source="Zoom")
    make(
        f"{prefix}AttendanceMatch",
        key="name:nobody we know",
        name="Somebody Else",
        minutes=12,
        candidates=[people[0].pk],
        **of,
    )
    make(
        f"{prefix}AttendanceCorrection",
        session=sessions[0],
        person=people[0],
        was=50,
        became=60,
        reason="Was there from the start",
        by=cast.officer.user,
    )


def _survey(webinar: Any, places: list[Any]) -> None:
    survey = make("Survey", event=webinar, last_day=dt.date(2026, 12, 24), opened_at=START + 3 * HOUR, reminders=1)
    kinds = (("scale", ""), ("text", ""), ("one", "This\nThat"), ("many", "Lakes\nRivers\nSteppes"), ("yes_no", ""))
    for order, (kind, choices) in enumerate(kinds):
        question = make(
            "SurveyQuestion",
            survey=survey,
            label_en=f"What of {kind}?",
            kind=kind,
            choices_en=choices,
            order=order,
            required=order == 0,
        )
        for number in range(6):
            if kind == "text":
                make("SurveyAnswer", question=question, text=f"Answer {number}")
            else:
                make("SurveyAnswer", question=question, choice=1 + number % (3 if kind == "many" else 2))
    for place in places[1:4]:
        make("SurveyAnswered", survey=survey, registration=place, day=dt.date(2026, 10, 8))
