"""The last guard of every rule is the database: what no form, act or import may write is refused there, too."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model

from accounts.models import Consent, DifferentPersons, Person, RoleGrant, RoleRequest, User
from activities import models as activities
from designated_sites.models import LinkedSite, NotADuplicate, SiteName, SiteProposal, SiteRedirect, Stewardship
from events import models as events
from geoparks.models import Geopark, Revalidation
from history.record_tables import tables_of
from network.models import MemberState, Programme, ProgrammePartner
from reserves.models import BiosphereReserve, PeriodicReview
from tests.factories import (
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PartnerFactory,
    PersonFactory,
    ProgrammeFactory,
    SeatClassFactory,
    SeriesFactory,
    TrainingFactory,
    UserFactory,
)
from trainings import models as trainings

pytestmark = pytest.mark.django_db
GUARDED = ("network", "accounts", "designated_sites", "reserves", "geoparks", "activities", "events", "trainings")
NOW = dt.datetime(2030, 10, 1, 1, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
Write = Callable[[], Any]


def twice(model: type[Model], **facts: Callable[[], Any]) -> Write:
    """Two rows with the same facts."""

    def write() -> None:
        same = {name: make() for name, make in facts.items()}
        for _time in range(2):
            model._default_manager.create(**same)

    return write


def changed(make: Callable[[], Model], **facts: Any) -> Write:
    """A sound record, then an UPDATE past all forms."""
    return lambda: type(record := make())._default_manager.filter(pk=record.pk).update(**facts)


def just(value: Any) -> Callable[[], Any]:
    return lambda: value


def event_session() -> activities.Session:
    return activities.Session.objects.create(activity=EventFactory(), title="One", starts_at=NOW, ends_at=NOW + HOUR)


def training_session() -> activities.Session:
    return activities.Session.objects.create(activity=TrainingFactory(), title="One", starts_at=NOW, ends_at=NOW + HOUR)


def certificate() -> trainings.Certificate:
    return trainings.Certificate.objects.create(
        number="C-1", activity=TrainingFactory(), name="Bat", title="One", dates="1 October 2030"
    )


def certified_twice(**whose: Any) -> None:
    person = PersonFactory()
    for number in ("C-1", "C-2"):
        trainings.Certificate.objects.create(number=number, person=person, name="Bat", title="One", dates="D", **whose)


def application(**facts: Any) -> trainings.Application:
    whole = {"training": TrainingFactory(), "person": PersonFactory(), "member_state": MemberStateFactory()}
    return trainings.Application.objects.create(**whole | facts)


def question(**facts: Any) -> trainings.Question:
    return trainings.Question.objects.create(training=TrainingFactory(), code="why", label="Why?", **facts)


def applied_twice() -> None:
    same = {"training": TrainingFactory(), "person": PersonFactory()}
    application(reference="A-1", state="withdrawn", **same)
    application(reference="A-2", **same)
    application(reference="A-3", **same)


def at_once() -> None:
    """Rules that wait for the end of the transaction are asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def same_reserve_rank() -> None:
    training = TrainingFactory()
    seats = SeatClassFactory(training=training)
    for number in range(2):
        application(
            reference=f"A-{number}", training=training, state="reserve_list", submitted_at=NOW, seat_class=seats, reserve_rank=1
        )  # fmt: skip
    at_once()


def same_endorsement_rank() -> None:
    training = TrainingFactory()
    for number in range(2):
        application(reference=f"A-{number}", training=training, state="endorsed", submitted_at=NOW, endorsement_rank=1)
    at_once()


def registered_twice() -> None:
    same = {"event": EventFactory(), "person": PersonFactory()}
    for state in ("cancelled", "expired", "confirmed", "waiting"):
        events.Registration.objects.create(state=state, **same)


def attendance_span(factory: Any, **facts: Any) -> activities.AttendanceSpan:
    activity = factory()
    file = activities.AttendanceFile.objects.create(activity=activity, provider="zoom", digest="x")
    match = activities.AttendanceMatch.objects.create(activity=activity, key="name:bat")
    return activities.AttendanceSpan.objects.create(file=file, match=match, **facts)


def answered_twice() -> None:
    event = EventFactory()
    survey = events.Survey.objects.create(event=event, last_day=NOW.date())
    registration = events.Registration.objects.create(event=event, person=PersonFactory(), state="confirmed")
    for _time in range(2):
        events.SurveyAnswered.objects.create(survey=survey, registration=registration, day=NOW.date())


def capped(**facts: Any) -> trainings.SeatCap:
    return trainings.SeatCap.objects.create(training=TrainingFactory(), most=1, **facts)


def donor_report(**facts: Any) -> trainings.DonorReport:
    return trainings.DonorReport.objects.create(
        title="R", figures={}, checksum="0" * 64, frozen_at=NOW, frozen_by_id=1, **facts
    )


def of_every_site() -> dict[str, list[Write]]:
    """The rules that all types of site share: of each is tried every one."""
    found: dict[str, list[Write]] = {}
    for factory in (BiosphereReserveFactory, GeoparkFactory):
        of_type: dict[str, list[Write]] = {
            "point": [
                changed(factory, latitude=50, longitude=None), changed(factory, latitude=None, longitude=100),
                changed(factory, latitude="90.1", longitude=100), changed(factory, latitude=50, longitude="-180.1"),
            ],
            "area": [changed(factory, area_ha=0), changed(factory, area_ha=-1)],
            "year": [changed(factory, designation_year=1970), changed(factory, designation_year=2101)],
            "designated_has_year": [changed(factory, designation_year=None)],
            "designations": [changed(factory, other_designations=["ramsar", "park"])],
            "type": [changed(factory, site_type="park")],
            "slug_in_type": [lambda factory=factory: [factory(slug="same") for _time in range(2)]],
        }  # fmt: skip
        of_parts: dict[str, list[Write]] = {
            "sitename_once": [twice(SiteName, site=factory, name=just("A"), kind=just("local"), language=just("mn"))],
            "stewardship_once": [twice(Stewardship, site=factory, person=PersonFactory)],
            "siteproposal_one_at_a_time": [
                twice(SiteProposal, site=factory, proposer=PersonFactory, base=dict, changes=dict)
            ],
        }
        for name, writes in {
            **{f"designatedsite_{name}": writes for name, writes in of_type.items()}, **of_parts,
        }.items():  # fmt: skip
            found.setdefault(f"designated_sites_{name}", []).extend(writes)
    return found


def of_every_type(app: str, factory: Any, checks: Any, first_year: int) -> dict[str, list[Write]]:
    """The rules of periodic reviews and revalidations."""
    check = checks._meta.model_name
    return {
        f"{app}_{check}_once": [twice(checks, site=factory, year=just(2015))],
        f"{app}_{check}_year": [
            changed(lambda: checks.objects.create(site=factory(), year=2015), year=year) for year in (first_year - 1, 2151)
        ],
        f"{app}_{check}_override_has_reason": [lambda: checks.objects.create(site=factory(), year=2015, due_override=NOW.date())],
    }  # fmt: skip


def of_activities(factory: Any, session: Any) -> dict[str, list[Write]]:
    """The rules that events and trainings share."""
    involvement, site = activities.Involvement.objects, activities.ActivitySite.objects
    files, matches = activities.AttendanceFile, activities.AttendanceMatch
    return {
        "activities_activity_slug_once": [twice(factory._meta.model, slug=just("same"), title=just("A"), starts_at=just(NOW))],
        "activities_activity_ends_after_start": [changed(factory, ends_at=F("starts_at") - HOUR)],
        "activities_activity_attendance_share": [changed(factory, attendance_share=share) for share in (0, 101)],
        "activities_activity_end_has_precision": [changed(factory, ends_at=None), changed(factory, end_precision="")],
        "activities_activity_known_type": [changed(factory, activity_type="")],
        "activities_involvement_somebody": [lambda: involvement.create(activity=factory(), role="organiser")],
        "activities_activitysite_one_site": [
            lambda: site.create(activity=factory()),
        ],
        "activities_session_lasts": [changed(session, ends_at=F("starts_at"))],
        "activities_attendance_once": [twice(activities.Attendance, session=session, person=PersonFactory, minutes=just(5))],
        "activities_attendancefile_once": [twice(files, activity=factory, provider=just("zoom"), digest=just("x"))],
        "activities_attendancematch_once": [twice(matches, activity=factory, key=just("name:bat"))],
        "activities_attendancematch_person": [
            lambda: matches.objects.create(activity=factory(), key="x", state="name"),
            lambda: matches.objects.create(activity=factory(), key="x", state="nobody", person=PersonFactory()),
        ],
        "activities_attendancespan_one_way": [
            lambda: attendance_span(factory), lambda: attendance_span(factory, joined_at=NOW),
            lambda: attendance_span(factory, joined_at=NOW, left_at=NOW, minutes=3),
        ],
        "activities_joinlink_some_way": [lambda: activities.JoinLink.objects.create(activity=factory(), provider="zoom")],
        "activities_material_one_place": [
            lambda facts=facts: activities.Material.objects.create(activity=factory(), kind="slides", title="S", **facts)
            for facts in ({}, {"url": "https://example.org", "file": "materials/x.pdf"})
        ],
        "trainings_certificate_once": [lambda: certified_twice(activity=factory())],
    }  # fmt: skip


def of_both(*rules: dict[str, list[Write]]) -> dict[str, list[Write]]:
    return {name: [write for one in rules for write in one[name]] for name in rules[0]}


def itself(make: Callable[[], Model], field: str) -> Write:
    """A record that is to be a part of itself."""
    return changed(make, **{field: F("pk")})


def decision(**facts: Any) -> trainings.SelectionDecision:
    made: trainings.SelectionDecision = trainings.SelectionDecision.objects.create(
        **{"application": application(), "to_state": "not_selected", **facts}
    )
    return made


BROKEN: dict[str, list[Write]] = {
    "network_memberstate_code": [lambda code=code: MemberState.objects.create(code=code, name="X") for code in ("mn", "M", "1A", "")],
    "network_programme_years": [changed(ProgrammeFactory, start_year=2001, end_year=2000)],
    "network_programme_not_its_own_parent": [itself(ProgrammeFactory, "parent")],
    "network_programmepartner_once": [twice(ProgrammePartner, programme=ProgrammeFactory, partner=PartnerFactory)],
    "accounts_user_email_lower": [changed(UserFactory, email="Bat@example.org")],
    "accounts_person_email_once": [twice(Person, name=just("Bat"), email=just("bat@example.org"))],
    "accounts_person_email_lower": [changed(PersonFactory, email="Bat@example.org")],
    "accounts_person_own_mail_or_care": [lambda: PersonFactory(care_of=PersonFactory())],
    "accounts_person_birth_year": [changed(PersonFactory, birth_year=1899), changed(PersonFactory, birth_year=2101)],
    "accounts_rolegrant_state_of_focal_point": [
        lambda: RoleGrant.objects.create(person=PersonFactory(), role="focal_point"),
        lambda: RoleGrant.objects.create(person=PersonFactory(), role="trainer", member_state=MemberStateFactory()),
    ],
    "accounts_rolegrant_once": [
        twice(RoleGrant, person=PersonFactory, role=just("focal_point"), member_state=MemberStateFactory),
        twice(RoleGrant, person=PersonFactory, role=just("secretariat")),
    ],
    "accounts_person_erased": [changed(PersonFactory, erased_at=NOW)],
    "designated_sites_linkedsite_once": [twice(LinkedSite, person=PersonFactory, site=BiosphereReserveFactory)],
    "accounts_consent_once": [twice(Consent, person=PersonFactory, what=just("notice"), version=just("1"), how=just("form"))],
    "accounts_rolerequest_of_what": [
        lambda: RoleRequest.objects.create(person=PersonFactory(), role="focal_point"),
        lambda: RoleRequest.objects.create(person=PersonFactory(), role="steward"),
        lambda: RoleRequest.objects.create(person=PersonFactory(), role="trainer", site_id=1),
    ],
    "accounts_rolerequest_decided_at": [
        lambda: RoleRequest.objects.create(person=PersonFactory(), role="trainer", state="granted"),
        lambda: RoleRequest.objects.create(person=PersonFactory(), role="trainer", decided_at=NOW),
    ],
    "accounts_rolerequest_why_refused": [
        lambda: RoleRequest.objects.create(person=PersonFactory(), role="trainer", state="refused", decided_at=NOW)
    ],
    "accounts_rolerequest_once": [twice(RoleRequest, person=PersonFactory, role=just("trainer"))],
    "accounts_differentpersons_once": [twice(DifferentPersons, first=PersonFactory, second=PersonFactory)],
    "accounts_differentpersons_order": [
        lambda: DifferentPersons.objects.create(second=PersonFactory(), first=PersonFactory())
    ],
    "designated_sites_not_a_duplicate_once": [
        twice(NotADuplicate, first=BiosphereReserveFactory, second=BiosphereReserveFactory, reason=just("Two lakes"))
    ],
    "designated_sites_not_a_duplicate_order": [
        lambda: NotADuplicate.objects.create(second=BiosphereReserveFactory(), first=BiosphereReserveFactory(), reason="No")
    ],
    "designated_sites_redirect_once": [twice(SiteRedirect, site=BiosphereReserveFactory, old_slug=just("a"))],
    **of_every_site(),
    **of_every_type("reserves", BiosphereReserveFactory, PeriodicReview, 1981),
    "reserves_biospherereserve_zones": [changed(BiosphereReserveFactory, **{zone: -1}) for zone in ("core_ha", "buffer_ha", "transition_ha")],
    "reserves_periodicreview_decided_after_report": [
        lambda: PeriodicReview.objects.create(
            site=BiosphereReserveFactory(), year=2015, received_on=NOW.date(), decided_on=NOW.date() - 24 * HOUR
        ),
    ],
    "geoparks_revalidation_decided_after_mission": [
        lambda: Revalidation.objects.create(
            site=GeoparkFactory(), year=2015, mission_on=NOW.date(), decided_on=NOW.date() - 24 * HOUR
        ),
    ],
    "reserves_biospherereserve_not_its_own_part": [itself(BiosphereReserveFactory, "joint_reserve")],
    **of_every_type("geoparks", GeoparkFactory, Revalidation, 2004),
    **of_both(of_activities(EventFactory, event_session), of_activities(TrainingFactory, training_session)),
    "events_event_not_its_own_part": [itself(EventFactory, "part_of")],
    "events_event_registration_span": [changed(EventFactory, registration_opens_at=NOW, registration_closes_at=NOW)],
    "events_registration_once": [registered_twice],
    "events_registration_held_until": [
        lambda state=state: events.Registration.objects.create(event=EventFactory(), person=PersonFactory(), state=state)
        for state in ("held", "offered")
    ],
    "events_survey_answered_once": [answered_twice],
    "trainings_training_deadline_has_zone": [changed(TrainingFactory, nominations_close_at=NOW, deadline_zone="")],
    "trainings_training_women_share": [changed(TrainingFactory, women_share=share) for share in ("-0.1", "100.1")],
    "trainings_seatclass_once": [twice(trainings.SeatClass, training=TrainingFactory, funding=just("full"), presence=just("onsite"), seats=just(1))],
    "trainings_seatcap_of_one": [capped, lambda: capped(member_state=MemberStateFactory(), site=BiosphereReserveFactory())],
    "trainings_seatcap_once": [twice(trainings.SeatCap, training=TrainingFactory, member_state=MemberStateFactory, most=just(1))],
    "trainings_question_once": [twice(trainings.Question, training=TrainingFactory, code=just("why"), label=just("Why?"), kind=just("short"))],
    "trainings_application_once": [applied_twice],
    "trainings_application_submitted_at": [lambda: application(state="submitted")],
    "trainings_application_reserve_rank": [lambda: application(state="reserve_list", submitted_at=NOW)],
    "trainings_application_answer_by": [lambda: application(state="selected", submitted_at=NOW)],
    "trainings_application_reserve_rank_once": [same_reserve_rank],
    "trainings_application_endorsement_rank_once": [same_endorsement_rank],
    "trainings_applicationscore_once": [
        twice(trainings.ApplicationScore, application=application, officer=UserFactory, points=just(3))
    ],
    "trainings_applicationscore_points": [
        lambda points=points: trainings.ApplicationScore.objects.create(
            application=application(), officer=UserFactory(), points=points
        )
        for points in (0, 6)
    ],
    "trainings_selectiondecision_one_held": [twice(trainings.SelectionDecision, application=application, to_state=just("not_selected"))],
    "trainings_selectiondecision_class": [lambda: decision(to_state="selected"), lambda: decision(seat_class=SeatClassFactory())],
    "trainings_selectiondecision_was": [lambda: decision(was_state="submitted"), lambda: decision(let_go_at=NOW)],
    "trainings_selectiondecision_holdable": [lambda: decision(to_state="withdrawn")],
    "trainings_applicationfile_once": [
        twice(
            trainings.ApplicationFile, application=application, purpose=just("answer"), code=just("cv"), name=just("cv.pdf"),
            kind=just("pdf"), size=just(1),
        )
    ],
    "trainings_applicationfile_for_one": [
        lambda facts=facts: trainings.ApplicationFile.objects.create(
            application=application(), name="a.pdf", kind="pdf", size=1, **facts
        )
        for facts in ({"purpose": "presentation", "code": "cv"}, {"purpose": "answer", "code": ""})
    ],
    "trainings_question_choices": [lambda: question(kind="short", choices=[{"code": "a", "label": {"en": "A"}}])],
    "trainings_question_limits_of_number": [lambda: question(kind="short", least=1)],
    "trainings_question_limits": [lambda: question(kind="number", least=2, most=1)],
    "trainings_donorreport_covers": [
        donor_report, lambda: donor_report(fund_code="F1", activity=TrainingFactory()),
        lambda: donor_report(activity=EventFactory(), first_day=NOW, last_day=NOW),
    ],
    "trainings_donorreport_period": [
        lambda: donor_report(first_day=NOW), lambda: donor_report(fund_code="F1", last_day=NOW),
        lambda: donor_report(first_day=NOW, last_day=NOW - 48 * HOUR),
    ],
    "trainings_certificate_revoked_with_reason": [changed(certificate, revoked_at=NOW)],
}  # fmt: skip


def test_database_refuses_to_change_a_frozen_report() -> None:
    report = donor_report(fund_code="F1")
    assert refused_by(report.save) == refused_by(report.delete) == "trainings_donorreport_frozen"


def refused_by(write: Write) -> str:
    """The name of the constraint that refuses a write."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write()
    return refused.value.__cause__.diag.constraint_name


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("name", "write"),
    [pytest.param(name, write, id=f"{name}-{n}") for name, writes in BROKEN.items() for n, write in enumerate(writes)],
)
def test_database_refuses(name: str, write: Write) -> None:
    assert refused_by(write) == name


def test_every_constraint_is_tried() -> None:
    models = [model for label in GUARDED for model in apps.get_app_config(label).get_models()]
    assert {constraint.name for model in models for constraint in model._meta.constraints} == BROKEN.keys()


UNIQUE = [(factory, "slug") for factory in (PartnerFactory, ProgrammeFactory, DocumentFactory, BiosphereReserveFactory,
          GeoparkFactory, SeriesFactory, EventFactory, TrainingFactory)]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "field"),
    [*UNIQUE, (SeriesFactory, "name_en"), (UserFactory, "email"), (lambda **facts: application(**facts), "reference")],
)
def test_database_keeps_identities_apart(make: Callable[..., Any], field: str) -> None:
    table = tables_of(type(make(**{field: "same"})))[-1]
    assert refused_by(lambda: make(**{field: "same"})).startswith(f"{table}_{field.removesuffix('_en')}")


def test_database_keeps_numbers_of_certificates_and_users_of_persons_apart() -> None:
    certificate()
    assert refused_by(certificate).startswith("trainings_certificate_number")
    user: User = UserFactory()
    PersonFactory(user=user)
    assert refused_by(lambda: PersonFactory(user=user, email="")).startswith("accounts_person_user_id")


def test_ended_roles_and_care_may_come_back() -> None:
    """What the conditions of the constraints leave free."""
    person, site = PersonFactory(), BiosphereReserveFactory()
    for _time in range(2):
        RoleGrant.objects.create(person=person, role="trainer", withdrawn_at=NOW)
        Stewardship.objects.create(site=site, person=person, until=NOW.date())
    assert (person.roles.count(), BiosphereReserve.objects.get().stewards.count()) == (2, 2)
    assert Geopark.objects.count() == Programme.objects.count() == 0
