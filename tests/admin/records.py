"""One full record of every kind the admin lists, each with as many rows as asked for."""

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile

from accounts.models import Consent, Person, RoleGrant, RoleRequest, User
from activities import models as activities
from designated_sites.models import SiteName, SitePhoto, SiteProposal, SiteRedirect, Stewardship
from desk.models import Announcement, OfferRequest
from events import models as events
from geoparks import models as geoparks
from history.models import AuditEntry, Change, DeletedRecord, PurgeRun
from network.models import Document, MemberState, PageText, Partner, Programme, ProgrammePartner
from notifications.models import Address, Mail, Mailing
from reserves import models as reserves
from tests.factories import (
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PartnerFactory,
    PersonFactory,
    ProgrammeFactory,
    RoleGrantFactory,
    SeriesFactory,
    TrainingFactory,
    UserFactory,
)
from trainings import models as trainings
from trainings.reports.coverage import Covers
from trainings.reports.figures import figures
from trainings.reports.frozen import digest, freeze

MOMENT = dt.datetime(2030, 10, 1, 1, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
OTHER_STATES = ("CN", "JP", "KR", "KZ")


def member_state(rows: int) -> MemberState:
    state = MemberStateFactory(
        code=f"X{chr(ord('A') + MemberState.objects.count())}", languages=["mn", "zh"], name_kk="", time_zones=["Asia/Ulaanbaatar"],
        mab_committee=PartnerFactory(), national_commission=PartnerFactory(),
    )  # fmt: skip
    return state  # type: ignore[no-any-return]


def partner(rows: int) -> Partner:
    made = PartnerFactory(
        states=["MN", "RU"], aliases=["Also", "So"], sources=["One, two", "https://example.org/?a=1;b"]
    )
    for _row in range(rows):
        ProgrammePartner.objects.create(partner=made, programme=ProgrammeFactory(), role="Lead")
    return made  # type: ignore[no-any-return]


def programme(rows: int) -> Programme:
    made = ProgrammeFactory(parent=ProgrammeFactory(), start_year=2001, summary="One\nTwo")
    for _row in range(rows):
        ProgrammePartner.objects.create(partner=PartnerFactory(), programme=made)
    return made  # type: ignore[no-any-return]


def document(rows: int) -> Document:
    made = DocumentFactory(programme=ProgrammeFactory(), year=2001, languages=["mn", "en"], summary="One\nTwo")
    made.file.save("0.pdf", ContentFile(b"%PDF-1.7"))
    return made  # type: ignore[no-any-return]


def reserve(rows: int) -> reserves.BiosphereReserve:
    made = BiosphereReserveFactory(
        states=["MN", "RU"], latitude="50.12345", longitude="100.5", area_ha="1133.40", core_ha="625.1", extension_years=[1999, 2009],
        other_designations=["ramsar", "world_heritage"], sources=["One", "Two"], summary="One\nTwo", confirmed_by=PersonFactory(),
        confirmed_at=MOMENT, joint_reserve=BiosphereReserveFactory(states=["MN", "RU"]), summary_ru="Один\nДва",
    )  # fmt: skip
    for row in range(rows):
        SiteName.objects.create(site=made, name=f"Хөвсгөл {row}", kind="local", language="mn", order=row)
        reserves.PeriodicReview.objects.create(site=made, year=2000 + row, document=DocumentFactory())
        Stewardship.objects.create(site=made, person=PersonFactory())
        SitePhoto.objects.create(
            site=made,
            image=f"photos/{row}.jpg",
            alt="A lake",
            credit="Bat",
            licence="CC BY 4.0",
            width=9,
            height=9,
            widths=[480],
        )
    return made  # type: ignore[no-any-return]


def geopark(rows: int) -> geoparks.Geopark:
    made = GeoparkFactory(overlapping_names=["A", "B"], geological_theme="Rocks", confirmed_by=PersonFactory())
    made.overlapping_reserves.set([BiosphereReserveFactory() for _row in range(rows)])
    for row in range(rows):
        SiteName.objects.create(site=made, name=f"长白山 {row}", kind="local", language="zh-Hans")
        geoparks.Revalidation.objects.create(site=made, year=2010 + row, document=DocumentFactory())
        Stewardship.objects.create(site=made, person=PersonFactory())
        SitePhoto.objects.create(
            site=made,
            image=f"photos/{row}.jpg",
            alt="Rocks",
            credit="Bat",
            licence="CC BY 4.0",
            width=9,
            height=9,
            widths=[480],
        )
    return made  # type: ignore[no-any-return]


def event(rows: int) -> events.Event:
    made = EventFactory(
        series=SeriesFactory(), part_of=EventFactory(), states=["MN"], outcomes="One\nTwo", other_countries=["VN"], languages=["en", "mn"],
        registration_opens_at=MOMENT - 99 * HOUR, registration_closes_at=MOMENT - HOUR,
    )  # fmt: skip
    made.programmes.set([ProgrammeFactory() for _row in range(rows)])
    made.documents.set([DocumentFactory() for _row in range(rows)])
    for row in range(rows):
        activities.Involvement.objects.create(activity=made, partner=PartnerFactory(), role="organiser")
        activities.Involvement.objects.create(activity=made, name="A body", role="funder")
        activities.ActivitySite.objects.create(activity=made, site=BiosphereReserveFactory())
        activities.ActivitySite.objects.create(activity=made, site=GeoparkFactory())
        activities.JoinLink.objects.create(activity=made, provider="zoom", url="https://example.org/1")
        activities.Postponement.objects.create(activity=made, was_starts_at=MOMENT - (row + 1) * HOUR, moved_at=MOMENT)
        session = activities.Session.objects.create(
            activity=made, title=f"Session {row}", starts_at=MOMENT + row * HOUR, ends_at=MOMENT + (row + 1) * HOUR
        )
        session.trainers.set([PersonFactory(), PersonFactory()])
    return made  # type: ignore[no-any-return]


def training(rows: int) -> trainings.Training:
    made = TrainingFactory(
        series=SeriesFactory(), states=["MN"], topics=["A", "B"], women_share="34.5", call_opens_at=MOMENT - 99 * HOUR,
        nominations_close_at=MOMENT - HOUR, deadline_zone="Europe/Paris", costs="One\nTwo",
    )  # fmt: skip
    made.events.set([EventFactory() for _row in range(rows)])
    kinds = [("full", "onsite"), ("self", "onsite"), ("full", "online")]
    for row in range(rows):
        seats = trainings.SeatClass.objects.create(
            training=made, funding=kinds[row][0], presence=kinds[row][1], seats=5
        )
        seats.only_states.set([MemberStateFactory(code=code) for code in ("MN", "RU")])
        trainings.SeatCap.objects.create(training=made, member_state=MemberStateFactory(code=OTHER_STATES[row]), most=3)
        trainings.SeatCap.objects.create(training=made, site=BiosphereReserveFactory(), most=1)
        activities.Involvement.objects.create(activity=made, partner=PartnerFactory())
        activities.ActivitySite.objects.create(activity=made, site=GeoparkFactory())
        activities.Postponement.objects.create(activity=made, was_starts_at=MOMENT - (row + 1) * HOUR)
        trainings.DeadlineExtension.objects.create(training=made, was=MOMENT - (row + 9) * HOUR)
        session = activities.Session.objects.create(
            activity=made, title=f"Session {row}", starts_at=MOMENT + row * HOUR, ends_at=MOMENT + (row + 1) * HOUR
        )
        session.trainers.set([PersonFactory(), PersonFactory()])
    return made  # type: ignore[no-any-return]


def person(rows: int) -> Person:
    made = PersonFactory(member_state=MemberStateFactory(), care_of=None, user=UserFactory(), time_zone="Asia/Hovd")
    for code in OTHER_STATES[:rows]:
        RoleGrantFactory(person=made, role=RoleGrant.Role.FOCAL_POINT, member_state=MemberStateFactory(code=code))
        Consent.objects.create(person=made, what="notice", version=code, how="own_page")
    return made  # type: ignore[no-any-return]


def role_request(rows: int) -> RoleRequest:
    return RoleRequest.objects.create(
        person=PersonFactory(), role="steward", site_id=BiosphereReserveFactory().pk, message="Why"
    )


def user(rows: int) -> User:
    made: User = UserFactory()
    PersonFactory(user=made)
    return made


def role(rows: int) -> RoleGrant:
    made: RoleGrant = RoleGrantFactory(granted_by=UserFactory())
    return made


def registration(rows: int) -> events.Registration:
    return events.Registration.objects.create(
        event=EventFactory(), person=PersonFactory(), state="confirmed", registered_by=UserFactory()
    )


def application(rows: int) -> trainings.Application:
    made = trainings.Application.objects.create(
        training=TrainingFactory(), person=PersonFactory(), member_state=MemberStateFactory(), site=BiosphereReserveFactory(),
        reference=f"A-{trainings.Application.objects.count()}", state="selected", submitted_at=MOMENT, answers={"why": "so"}, answer_by=MOMENT,
    )  # fmt: skip
    for _row in range(rows):
        trainings.ApplicationStep.objects.create(application=made, to_state="selected", by=UserFactory(), reason="Fits")
    return made


def certificate(rows: int) -> trainings.Certificate:
    return trainings.Certificate.objects.create(
        number=f"C-{trainings.Certificate.objects.count()}", activity=TrainingFactory(), person=PersonFactory(), name="Bat",
        title="A training", dates="1 October 2030",
    )  # fmt: skip


def donor_report(rows: int) -> trainings.DonorReport:
    event, officer = EventFactory(fund_code="F1", starts_at=MOMENT - 9999 * HOUR * 9), UserFactory()
    for _row in range(rows):
        events.Registration.objects.create(event=event, person=PersonFactory(), state="confirmed")
    covers = Covers(activity_id=event.pk)
    return freeze(title="To the fund", covers=covers, seen=digest(figures(covers)), by=officer)


def session_of_event(rows: int) -> events.EventSession:
    made = events.EventSession.objects.create(
        activity=EventFactory(), title="One", starts_at=MOMENT, ends_at=MOMENT + HOUR
    )
    for _row in range(rows):
        activities.Attendance.objects.create(session=made, person=PersonFactory(), minutes=30)
    return made


def session_of_training(rows: int) -> trainings.TrainingSession:
    made = trainings.TrainingSession.objects.create(
        activity=TrainingFactory(), title="One", starts_at=MOMENT, ends_at=MOMENT + HOUR
    )
    for _row in range(rows):
        activities.Attendance.objects.create(session=made, person=PersonFactory(), minutes=30)
    return made


def request_for_offer(rows: int) -> OfferRequest:
    return OfferRequest.objects.create(
        programme=ProgrammeFactory(kind=Programme.Kind.OFFER), name="Jin", email="jin@example.org", organisation="A park",
        member_state=MemberStateFactory(), message="A map", handled_by=UserFactory(),
    )  # fmt: skip


def redirect(rows: int) -> SiteRedirect:
    number = SiteRedirect.objects.count()
    return SiteRedirect.objects.create(site=BiosphereReserveFactory(), old_slug=f"old-{number}")


def reserve_proposal(rows: int) -> SiteProposal:
    return SiteProposal.objects.create(
        site=BiosphereReserveFactory(), proposer=PersonFactory(), base={"website": ""}, changes={"website": "https://example.org"},
        decided_by=UserFactory(),
    )  # fmt: skip


def geopark_proposal(rows: int) -> SiteProposal:
    return SiteProposal.objects.create(site=GeoparkFactory(), proposer=PersonFactory(), base={}, changes={})


def series(rows: int) -> events.Series:
    made: events.Series = SeriesFactory()
    EventFactory(series=made)
    return made


def call_form(rows: int) -> trainings.CallForm:
    made = TrainingFactory(deadline_zone="Europe/Paris", follow_up_closes_at=MOMENT)
    for row in range(rows):
        trainings.Question.objects.create(
            training=made, code=f"q{row}", label=f"Why {row}?", kind="one", order=row, required=True,
            choices=[{"code": "a", "label": {"en": "A", "ru": "А"}}, {"code": "b", "label": {"en": "B"}}],
            only_if={"question": "q0", "answer": "a"} if row else None,
        )  # fmt: skip
    return trainings.CallForm.objects.get(pk=made.pk)


def survey(rows: int) -> events.Survey:
    made = events.Survey.objects.create(event=EventFactory(), last_day=MOMENT.date())
    for row in range(rows):
        made.questions.create(label=f"Which {row}?", kind="one", choices="This\nThat", order=row)
    return made


def advance_question(rows: int) -> events.AdvanceQuestion:
    return events.AdvanceQuestion.objects.create(
        activity=EventFactory(), person=PersonFactory(), text="How deep?\nAnd how wide?", language="mn"
    )


def attendance_match(rows: int) -> events.AttendanceMatch:
    candidates = [PersonFactory().pk for _row in range(rows)]
    return events.AttendanceMatch.objects.create(
        activity=EventFactory(), key=f"name:{candidates[0]}", name="Bat", candidates=candidates
    )


def attendance_list(rows: int) -> events.AttendanceFile:
    return events.AttendanceFile.objects.create(
        activity=EventFactory(), provider="zoom", name="list.csv", digest="x", imported_by=UserFactory()
    )


def attendance_correction(rows: int) -> events.AttendanceCorrection:
    session = session_of_event(rows)
    return events.AttendanceCorrection.objects.create(
        session=session, person=PersonFactory(), was=1, became=2, by=UserFactory()
    )


def training_attendance_match(rows: int) -> trainings.TrainingAttendanceMatch:
    candidates = [PersonFactory().pk for _row in range(rows)]
    return trainings.TrainingAttendanceMatch.objects.create(
        activity=TrainingFactory(), key=f"name:{candidates[0]}", name="Bat", candidates=candidates
    )


def training_attendance_list(rows: int) -> trainings.TrainingAttendanceFile:
    return trainings.TrainingAttendanceFile.objects.create(
        activity=TrainingFactory(), provider="zoom", name="list.csv", digest="x", imported_by=UserFactory()
    )


def training_attendance_correction(rows: int) -> trainings.TrainingAttendanceCorrection:
    session = session_of_training(rows)
    return trainings.TrainingAttendanceCorrection.objects.create(
        session=session, person=PersonFactory(), was=1, became=2, by=UserFactory()
    )


def calendar_address(rows: int) -> events.CalendarToken:
    return events.CalendarToken.objects.create(person=PersonFactory())


def change(rows: int) -> Change:
    series(rows)
    found = Change.objects.latest_first().first()
    assert found is not None
    return found


def page_text(rows: int) -> PageText:
    return PageText.objects.update_or_create(key="about-work", defaults={"text_en": "What we do."})[0]  # type: ignore[no-any-return]


def deleted_record(rows: int) -> DeletedRecord:
    PartnerFactory().delete()
    return DeletedRecord.objects.latest("pk")  # type: ignore[no-any-return]


def audit_entry(rows: int) -> AuditEntry:
    return AuditEntry.objects.create(what="signed_in")


def purge_run(rows: int) -> PurgeRun:
    return PurgeRun.objects.create(rule="audit", before=MOMENT)


def mailing(rows: int) -> Mailing:
    return Mailing.objects.create(label="News", kind="desk.announcement", goes_at=MOMENT)


def mail(rows: int) -> Mail:
    made = Mail.objects.create(
        kind="desk.announcement", subject_label="desk.announcement", subject_id=1, recipient_key=f"person:{Mail.objects.count()}",
        email="jin@example.org", due=MOMENT, created_at=MOMENT, mailing=mailing(rows),
    )  # fmt: skip
    for row in range(rows):
        made.traces.create(what="attempt", words=f"Attempt {row}")
    return made


def mail_address(rows: int) -> Address:
    return Address.objects.create(email=f"reader-{Address.objects.count()}@example.org")


def announcement(rows: int) -> Announcement:
    return Announcement.objects.create(title="News", text="There is news.")


def authenticator(rows: int) -> Authenticator:
    return Authenticator.objects.create(user=UserFactory(), type=Authenticator.Type.TOTP, data={"secret": "x"})


MAKERS: dict[str, Any] = {
    maker.__name__: maker
    for maker in (
        member_state, partner, programme, document, reserve, geopark, series, event, training, person, user, role, role_request, registration,
        application, certificate, donor_report, session_of_event, session_of_training, request_for_offer, redirect, reserve_proposal,
        geopark_proposal, call_form, survey, advance_question, attendance_match, attendance_list, attendance_correction, calendar_address,
        training_attendance_match, training_attendance_list, training_attendance_correction,
    )
}  # fmt: skip
# Kinds that only acts or the database itself write.
FURTHER: dict[str, Any] = {
    maker.__name__: maker
    for maker in (
        change,
        deleted_record,
        page_text,
        audit_entry,
        purge_run,
        mailing,
        mail,
        mail_address,
        announcement,
        authenticator,
    )
}
EVERY = MAKERS | FURTHER
