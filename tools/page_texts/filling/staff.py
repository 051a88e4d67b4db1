"""What the secretariat and the machinery leave behind: announcements, mails in each state, requests, accounts of acts."""

import datetime as dt
from typing import Any

from django.utils import timezone

from ..names import about_site, act, make, one
from .people import Cast

STATES = ("queued", "sending", "sent", "failed", "unknown", "dropped")


def fill(cast: Cast) -> None:
    _mails(cast)
    _requests(cast)
    _report(cast)
    now = timezone.now()
    make("PurgeRun", rule="audit", before=now, rows=3)
    make("PurgeRun", rule="sessions", before=now, error="It failed.")
    make("DomainPace", domain="qq.com", next_at=now)
    make("AuditEntry", what="exported", actor_id=cast.officer.user.pk, subject_label="events.event", detail="3 rows")
    make("SheetUpload", officer_id=cast.officer.user.pk, label="network.partner", name="partners.csv", content=b"slug,name_en\r\n", encoding="utf-8",
         shown={"new": [], "changed": [], "unchanged": 0, "problems": []})  # fmt: skip
    make("CalendarToken", person=cast.steward)


def _mails(cast: Cast) -> None:
    now = timezone.now()
    announcement = make(
        "Announcement",
        title_en="Call & <nominations>",
        text_en="First line.\n\nSecond line.",
        title_ru="Приём & <заявок>",
        text_ru="Первая строка.",
        roles=["focal_point"],
        languages=["en"],
    )
    announcement.member_states.set([one("MemberState", code="MN")])
    mailing = make(
        "Mailing",
        label="Call & <nominations>",
        kind="desk.announcement",
        by_id=cast.officer.user.pk,
        created_at=now,
        goes_at=now,
    )
    sent = make(
        "Announcement",
        title_en="Sent before",
        text_en="It was sent.",
        mailing=mailing,
        event=one("Event", slug="lakes-workshop"),
    )
    for number, state in enumerate(STATES):
        reader = cast.others[number]
        mail = make(
            "Mail", mailing=mailing, kind="desk.announcement", subject_label="desk.announcement", subject_id=sent.pk, recipient_key=f"person:{reader.pk}",
            occurrence="m1", email=reader.email, language="en", zone="Asia/Ulaanbaatar", due=now, state=state, attempts=number, created_at=now,
            last_error="550 no such user" if state == "failed" else "", drop_reason="It was called back." if state == "dropped" else "", sent_at=now if state == "sent" else None,
            lease_until=now + dt.timedelta(days=60) if state == "sending" else None,
        )  # fmt: skip
        make("MailTrace", mail=mail, what="attempt", words=f"Attempt {number + 1}")
    address = make("Address", email=cast.others[3].email, language="ja", zone="Asia/Tokyo", wishes={"digest": "weekly"})
    make("Bounce", address=address, mail=mail, kind="hard", at=now, words="550 no such user", event_id="returned-1")
    make("Address", email="gone@example.org", disabled_at=now)


def _requests(cast: Cast) -> None:
    now = timezone.now()
    russia, khuvsgul = one("MemberState", code="RU"), one("BiosphereReserve", slug="khuvsgul-lake")
    by: dict[str, Any] = {"decided_at": now, "decided_by": cast.officer.user}
    make(
        "RoleRequest",
        person=cast.others[6],
        role="focal_point",
        member_state=russia,
        message="I was named.\nBy the committee.",
    )
    about_site(
        "RoleRequest",
        khuvsgul,
        "reserve",
        person=cast.others[12],
        role="steward",
        state_codes=["MN"],
        message="I work there.",
    )
    make(
        "RoleRequest",
        person=cast.others[12],
        role="trainer",
        state="refused",
        reason="Not this year",
        state_codes=["MN"],
        **by,
    )
    make("RoleRequest", person=cast.trainer, role="trainer", state="granted", **by)
    make("RoleRequest", person=cast.others[8], role="trainer", state="taken_back", decided_at=now)
    offer = one("Programme", slug="offer-lakes")
    for state in ("new", "answered", "closed"):
        make("OfferRequest", programme=offer, name="Jin", email="jin@example.org", organisation="A park", member_state=russia, message="A map,\nplease", language="en",
             state=state, answer_note="" if state == "new" else "Sent", handled_by=None if state == "new" else cast.officer.user)  # fmt: skip


def _report(cast: Cast) -> None:
    covers_of = act("trainings.reports.coverage.Covers")
    figures = act("trainings.reports.figures.figures")
    freeze, digest = (
        act(
            f"trainings.frozen_reports.{name}",
            f"trainings.reports.frozen.{name}",
            f"trainings.reports.frozen_reports.{name}",
        )
        for name in ("freeze", "digest")
    )
    webinar = one("Event", slug="steppe-webinar")
    names = covers_of.__dataclass_fields__
    covers = covers_of(**({"event_id": webinar.pk} if "event_id" in names else {"activity_id": webinar.pk}))
    freeze(
        title="To the fund for steppes",
        covers=covers,
        seen=digest(figures(covers)),
        by=cast.officer.user,
        note="With thanks",
    )
    wide = covers_of(fund_code="F-2026")
    freeze(title="All of F-2026", covers=wide, seen=digest(figures(wide)), by=cast.officer.user)
