"""However a row is written, its change is recorded, with who did it."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import Person
from events.models import Event, EventSession
from history.actor import acting, set_reason
from history.models import Change
from history.sentences import sentences
from history.triggers import tables_of
from network.models import Partner
from reserves.models import BiosphereReserve
from tests.factories import (
    PASSWORD,
    BiosphereReserveFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PartnerFactory,
    PersonFactory,
    TrainingFactory,
)

pytestmark = pytest.mark.django_db

# Personal data, and what is written by machines only.
UNTRACKED = {
    "desk": {"OfferRequest"},
    "designated_sites": {"LinkedSite", "Stewardship", "SiteProposal"},
    "activities": {
        "AdvanceQuestion",
        "Attendance",
        "AttendanceCorrection",
        "AttendanceFile",
        "AttendanceMatch",
        "AttendanceSpan",
    },
    "events": {
        "AdvanceQuestion",
        "AttendanceCorrection",
        "AttendanceFile",
        "AttendanceMatch",
        "CalendarToken",
        "DoorOpening",
        "Registration",
        "PlaceAct",
        "RegistrationStep",
        "SurveyAnswer",
        "SurveyAnswered",
    },
    "trainings": {
        "Application",
        "ApplicationFile",
        "ApplicationScore",
        "ApplicationStep",
        "SelectionDecision",
        "Certificate",
        "DonorReport",
        "TrainingAttendanceCorrection",
        "TrainingAttendanceFile",
        "TrainingAttendanceMatch",
    },
}


def test_every_record_table_has_the_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT event_object_table FROM information_schema.triggers WHERE trigger_name = 'zz_history'")
        tracked = {table for (table,) in cursor.fetchall()}
    expected = {
        table._meta.db_table
        for label in (
            "network",
            "designated_sites",
            "reserves",
            "geoparks",
            "activities",
            "events",
            "trainings",
            "desk",
        )
        for model in apps.get_app_config(label).get_models()
        if model.__name__ not in UNTRACKED.get(label, set())
        for table in tables_of(model)
    }
    assert tracked == expected


def last() -> Change:
    return Change.objects.latest_first()[0]


def test_save_records_changed_columns_only(officer: Person) -> None:
    partner = PartnerFactory(name="Old", website="https://example.org")
    with acting(officer.user.pk, reason="new name"):
        partner.name_en = "New"
        partner.save()
    change = last()
    assert (change.table_name, change.key, change.action) == ("network_partner", str(partner.pk), "UPDATE")
    assert (change.actor_id, change.reason) == (officer.user.pk, "new name")
    assert change.old == {"name": "Old", "name_en": "Old"}
    assert change.new == {"name": "New", "name_en": "New"}


def test_save_of_nothing_new_records_nothing() -> None:
    partner = PartnerFactory()
    before = Change.objects.count()
    partner.save()
    assert Change.objects.count() == before


def test_update_and_bulk_and_raw_sql_are_recorded(officer: Person) -> None:
    with acting(officer.user.pk):
        Partner.objects.bulk_create([Partner(slug="a", name="A", kind="NGO"), Partner(slug="b", name="B", kind="NGO")])
        Partner.objects.filter(slug="a").update(website="https://a.example")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE network_partner SET kind = 'media' WHERE slug = 'b'")
        partners = list(Partner.objects.order_by("slug"))
        for partner in partners:
            partner.role_ru = "роль"
        Partner.objects.bulk_update(partners, ["role_ru"])
        Partner.objects.filter(slug="b").delete()
    changes = list(Change.objects.filter(table_name="network_partner").order_by("pk"))
    assert [change.action for change in changes] == [
        "INSERT",
        "INSERT",
        "UPDATE",
        "UPDATE",
        "UPDATE",
        "UPDATE",
        "DELETE",
    ]
    assert {change.actor_id for change in changes} == {officer.user.pk}
    assert changes[0].new["slug"] == "a"
    assert changes[2].new == {"website": "https://a.example"}
    assert (changes[3].old, changes[3].new) == ({"kind": "NGO"}, {"kind": "media"})
    assert changes[4].new == {"role_ru": "роль"}
    assert changes[6].old["slug"] == "b"


def test_many_to_many_belongs_to_the_record(officer: Person) -> None:
    reserve = BiosphereReserveFactory(states=[])
    with acting(officer.user.pk):
        reserve.member_states.add(MemberStateFactory(code="JP"))
        reserve.member_states.clear()
    added, removed = (
        Change.objects.of(reserve).filter(table_name="designated_sites_designatedsite_member_states").order_by("pk")
    )
    assert (added.action, added.new["memberstate_id"], added.actor_id) == ("INSERT", "JP", officer.user.pk)
    assert (removed.action, removed.old["memberstate_id"]) == ("DELETE", "JP")
    assert f"designated_sites_designatedsite:{reserve.pk}" in added.parents


def test_derived_columns_are_no_change() -> None:
    reserve = BiosphereReserveFactory(states=[])
    before = Change.objects.filter(table_name="designated_sites_designatedsite").count()
    reserve.member_states.add(MemberStateFactory(code="JP"))
    assert Change.objects.filter(table_name="designated_sites_designatedsite").count() == before


def test_writing_outside_an_act_is_the_systems() -> None:
    PartnerFactory()
    assert last().actor_id is None


def test_actor_does_not_reach_the_next_transaction(officer: Person) -> None:
    with acting(officer.user.pk):
        PartnerFactory()
    PartnerFactory()
    assert last().actor_id is None


def test_inner_act_gives_back_the_outer_one(officer: Person, steward: Person) -> None:
    with acting(officer.user.pk, reason="outer"):
        with acting(steward.user.pk, reason="inner"):
            PartnerFactory(slug="inner")
        PartnerFactory(slug="outer")
    found = {
        change.new["slug"]: (change.actor_id, change.reason)
        for change in Change.objects.filter(table_name="network_partner")
    }
    assert found == {"inner": (steward.user.pk, "inner"), "outer": (officer.user.pk, "outer")}


def make_twice(actor_id: int) -> None:
    """An act whose second step the database refuses."""
    with acting(actor_id):
        Partner.objects.create(slug="x", name="X", kind="NGO")
        Partner.objects.create(slug="x", name="X", kind="NGO")


def test_failed_inner_act_gives_back_the_outer_one(officer: Person, steward: Person) -> None:
    with acting(officer.user.pk):
        with pytest.raises(IntegrityError):
            make_twice(steward.user.pk)
        PartnerFactory(slug="after")
    assert [change.new["slug"] for change in Change.objects.filter(table_name="network_partner")] == ["after"]
    assert last().actor_id == officer.user.pk


def test_undone_act_leaves_no_change(officer: Person) -> None:
    with pytest.raises(IntegrityError):
        make_twice(officer.user.pk)
    assert not Change.objects.filter(table_name="network_partner").exists()


def test_reason_can_be_given_within_the_act(officer: Person) -> None:
    with acting(officer.user.pk):
        set_reason("figure of the new list")
        PartnerFactory()
    assert last().reason == "figure of the new list"


def test_records_without_integer_key_are_found() -> None:
    state = MemberStateFactory(code="KZ")
    assert Change.objects.of(state).get().key == "KZ"


def test_request_of_a_signed_in_user_is_theirs(client: Client, settings, officer: Person) -> None:
    settings.STAFF_MFA = "optional"
    partner = PartnerFactory(name="Before")
    assert client.login(email=officer.email, password=PASSWORD)
    form = {"slug": partner.slug, "name_en": "After", "kind": partner.kind, "published": "on"}
    url = f"/admin/network/partner/{partner.pk}/change/"
    page = client.get(url)
    form["_seen"] = page.context["seen"]
    for formset in page.context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        form |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    response = client.post(url, form)
    assert response.status_code == 302, response.context["errors"] if response.context else response
    change = Change.objects.filter(table_name="network_partner", action="UPDATE").get()
    assert change.actor_id == officer.user.pk
    assert change.new["name_en"] == "After"
    assert len(change.request) == 32


def test_sentences_use_labels_and_a_fixed_number_of_queries(officer: Person, django_assert_num_queries) -> None:
    for number in (1, 3):
        reserve = BiosphereReserveFactory(slug=f"r{number}", states=[], ecosystem="desert")
        with acting(officer.user.pk):
            for _turn in range(number):
                BiosphereReserve.objects.filter(pk=reserve.pk).update(ecosystem="tundra")
                BiosphereReserve.objects.filter(pk=reserve.pk).update(ecosystem="desert")
            reserve.member_states.add(MemberStateFactory(code="JP"))
        changes = list(Change.objects.of(reserve).latest_first())
        with django_assert_num_queries(3):
            written = sentences(changes)
        assert written[0].who == officer.email
        assert written[0].what == "added: member states"
        assert [detail.new for detail in written[0].details] == [f"{reserve}", "Japan"]
        assert [(detail.label, detail.old, detail.new) for detail in written[1].details] == [
            ("main ecosystem", "Tundra", "Desert")
        ]


def test_history_of_an_event_holds_its_sessions(officer: Person) -> None:
    event = EventFactory()
    with acting(officer.user.pk):
        event.sessions.create(title="First", starts_at=event.starts_at, ends_at=event.ends_at)
    assert Change.objects.of(event).filter(table_name="activities_session").get().new["title"] == "First"
    assert Event.objects.count() == 1


def test_pages_that_show_a_record_under_another_name_tell_of_the_record() -> None:
    """A session of an event, which stands in a table for all activities: what was written is the record."""
    event = EventFactory()
    session = event.sessions.create(title="First", starts_at=event.starts_at, ends_at=event.ends_at)
    session.trainers.add(PersonFactory())
    shown = EventSession.objects.get(pk=session.pk)
    assert sentences(Change.objects.of(shown), of=shown)[-1].what == "added: session “First”"


def test_link_to_records_of_several_types_is_called_by_the_type() -> None:
    event, training = EventFactory(title="Lakes"), TrainingFactory(title="Rivers")
    reserve, geopark = BiosphereReserveFactory(name="Uvs Nuur"), GeoparkFactory(name="Jeju")
    links = [event.site_links.create(site=reserve), event.site_links.create(site=geopark)]
    seen = [(row.label, row.new) for one in sentences(Change.objects.of(event), of=event) for row in one.details]
    assert {("biosphere reserve", "Uvs Nuur"), ("geopark", "Jeju")} <= set(seen)
    postponed = training.postponements.create(was_starts_at=training.starts_at)
    assert ("training", "Rivers") in {
        (row.label, row.new) for one in sentences(Change.objects.of(postponed), of=postponed) for row in one.details
    }
    links[0].site = geopark
    links[0].save()  # from a reserve to a geopark: it is a site
    changed = sentences(Change.objects.of(event).latest_first(), of=event)[0]
    assert [(row.label, row.old, row.new) for row in changed.details] == [("site", "Uvs Nuur", "Jeju")]


def test_erasing_the_user_keeps_the_history(officer: Person) -> None:
    with acting(officer.user.pk):
        partner = PartnerFactory()
    user_id = officer.user.pk
    with transaction.atomic():
        officer.user.delete()
    change = Change.objects.of(partner).get()
    assert change.actor_id == user_id
    assert sentences([change])[0].who == "a user since removed"
