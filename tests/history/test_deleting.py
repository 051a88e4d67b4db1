"""Deleting: refused while others refer to the record; else hidden at once, kept 90 days, and brought back with its rows."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.admin import site as admin_site
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person, User
from activities.models import Material
from designated_sites.duplicates import merging
from designated_sites.models import SiteRedirect, Stewardship
from events.models import Event, Series, Survey
from geoparks.models import Geopark
from history.deleted_files import _take_away
from history.models import Change, DeletedRecord
from history.record_pages import HistoryMixin
from history.triggers import tracked_tables
from network.models import Document, MemberState, Partner, Programme
from reserves.models import BiosphereReserve
from tests.admin import records
from tests.admin.pages import address
from tests.factories import (
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    MemberStateFactory,
    PartnerFactory,
    RegistrationFactory,
    SeriesFactory,
)
from trainings.models import Training

pytestmark = pytest.mark.django_db

SURE = {"post": "yes", "reason_for_change": "Entered twice"}
LIST = "/admin/history/deletedrecord/"


def everything() -> dict[str, list[str]]:
    """All rows of all tables that the history keeps, without the columns that follow from others."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(tracked_tables()):
            cursor.execute(f"SELECT (to_jsonb(t) - 'updated_at')::text FROM \"{table}\" t ORDER BY 1")
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


def delete(client: Client, record: models.Model) -> Any:
    return client.post(address(type(record), "delete", record.pk), SURE)


def latest_deletion() -> Change:
    deletion = DeletedRecord.objects.restorable(tracked_tables()).order_by("-pk").first()
    assert deletion
    return deletion


def bring_back(client: Client, deletion: Change, reason: str = "A slip") -> Any:
    return client.post(f"{LIST}{deletion.pk}/restore/", {"reason": reason})


def test_member_state_that_sites_lie_in_stays_whole(officer_client: Client) -> None:
    state = MemberStateFactory(code="MN")
    site = BiosphereReserveFactory(name="Khuvsgul", states=["MN"])
    before = everything()
    page = officer_client.get(address(MemberState, "delete", state.pk)).content.decode()
    assert address(BiosphereReserve, "change", site.pk) in page
    assert 'value="Delete"' not in page
    delete(officer_client, state)
    officer_client.post(
        address(MemberState, "changelist"), {"action": "delete_selected", "_selected_action": [state.pk], **SURE}
    )
    assert everything() == before


def of_event(document: Document) -> models.Model:
    event = EventFactory()
    event.documents.add(document)
    return event


REFERRED: list[tuple[Any, Any]] = [
    (lambda: DocumentFactory(), of_event),
    (lambda: PartnerFactory(), lambda partner: MemberStateFactory(code="JP", mab_committee=partner)),
    (lambda: BiosphereReserveFactory(), lambda site: records.event(1).site_links.create(site=site).activity),
    (lambda: EventFactory(), lambda event: RegistrationFactory(event=event)),
    (lambda: records.series(1), lambda series: EventFactory(series=series)),
    (lambda: BiosphereReserveFactory(), lambda site: BiosphereReserveFactory(joint_reserve=site)),
]


@pytest.mark.parametrize(("make", "refer"), REFERRED)
def test_whatever_refers_is_named_and_keeps_the_record(officer_client: Client, make: Any, refer: Any) -> None:
    record = make()
    other = refer(record)
    delete(officer_client, record)
    assert type(record)._base_manager.filter(pk=record.pk).exists()
    page = officer_client.get(address(type(record), "delete", record.pk)).content.decode()
    assert str(other._meta.verbose_name).lower() in page.lower()


RECORDS = {
    BiosphereReserve: records.reserve, Geopark: records.geopark, Event: records.event, Training: records.training,
    Partner: records.partner, Programme: records.programme, Document: records.document, Series: lambda _rows: SeriesFactory(),
    SiteRedirect: records.redirect, Survey: records.survey,
}  # fmt: skip


@pytest.mark.parametrize("model", RECORDS)
def test_record_of_every_kind_comes_back_with_its_rows(officer_client: Client, model: type[models.Model]) -> None:
    record: Any = RECORDS[model](0 if model is Partner else 1)
    Stewardship.objects.all().delete()  # who looks after a site is asked first
    record = model._base_manager.get(pk=record.pk)
    before = everything()
    answer = delete(officer_client, record)
    assert answer.status_code == 302, answer.content.decode()
    assert not model._base_manager.filter(pk=record.pk).exists()
    listed = officer_client.get(LIST).content.decode()
    deletion = latest_deletion()
    assert f"{LIST}{deletion.pk}/restore/" in listed
    assert "Entered twice" in listed
    assert bring_back(officer_client, deletion).url == address(model, "change", record.pk)
    assert everything() == before
    assert Change.objects.of(record).latest_first().first().reason == "A slip"  # type: ignore[union-attr]
    assert f"{LIST}{deletion.pk}/restore/" not in officer_client.get(LIST).content.decode()
    assert bring_back(officer_client, deletion).status_code == 404


def test_address_that_was_taken_since_is_said(officer_client: Client) -> None:
    site = BiosphereReserveFactory(name="Aya", slug="aya")
    delete(officer_client, site)
    BiosphereReserveFactory(name="Another", slug="aya")
    answer = bring_back(officer_client, latest_deletion())
    assert "Another record has taken its address" in answer.content.decode()
    assert BiosphereReserve.objects.count() == 1


def test_record_that_names_one_which_is_gone_says_so(officer_client: Client) -> None:
    series = SeriesFactory()
    event = EventFactory(series=series)
    delete(officer_client, event)
    deletion = latest_deletion()
    delete(officer_client, series)
    answer = bring_back(officer_client, deletion)
    assert "stands in the way" in answer.content.decode()
    assert not Event.objects.exists()


def test_only_who_may_delete_sees_it(officer_client: Client, client: Client) -> None:
    delete(officer_client, PartnerFactory())
    page = f"{LIST}{latest_deletion().pk}/restore/"
    assert client.get(page).status_code == 302
    assert client.get(LIST).status_code == 302


def test_files_stay_as_long_as_the_record_may_come_back() -> None:
    name = default_storage.save("documents/kept.pdf", ContentFile(b"%PDF"))
    other = default_storage.save("materials/gone.pdf", ContentFile(b"%PDF"))
    document, event = DocumentFactory(file=name), EventFactory()
    Material.objects.create(activity=event, kind="slides", title="Slides", file=other)
    document.delete()
    event.delete()
    with time_machine.travel(timezone.now() + dt.timedelta(days=91)):
        assert _take_away(timezone.now() - dt.timedelta(days=92)) == 0
        assert default_storage.exists(name)
        assert _take_away(timezone.now() - dt.timedelta(days=90)) == 2
        assert not default_storage.exists(name)
        assert not default_storage.exists(other)
        assert not DeletedRecord.objects.restorable(tracked_tables()).exists()


# What may be deleted though it does not come back, and why.
NOT_BROUGHT_BACK = {
    "mfa.Authenticator": "a second factor that is lost",
    "events.AttendanceFile": "a list that was taken in: the file is at hand",
    "trainings.TrainingAttendanceFile": "a list that was taken in: the file is at hand",
}


def test_only_what_comes_back_may_be_deleted(administrator: User) -> None:
    request = RequestFactory().get("/")
    request.user = administrator
    for model, owner in admin_site._registry.items():
        if owner.has_delete_permission(request) and model._meta.label not in NOT_BROUGHT_BACK:
            assert isinstance(owner, HistoryMixin), model
            assert model._meta.concrete_model._meta.db_table in tracked_tables(), model  # type: ignore[union-attr]


def test_deleted_record_is_reached_from_the_admin(officer_client: Client) -> None:
    assert reverse("admin:history_deletedrecord_changelist") == LIST
    assert "Nothing" not in officer_client.get(LIST).content.decode()


def test_record_that_became_one_with_another_is_not_among_the_deleted(officer: Person) -> None:
    first, second = BiosphereReserveFactory(), BiosphereReserveFactory()
    merging.merge(
        model=BiosphereReserve, first=first.pk, second=second.pk, take={}, seen=merging.version_of(first, second),
        reason="One lake", by=officer.user,
    )  # fmt: skip
    assert Change.objects.filter(action="DELETE", key=str(second.pk)).exists()
    assert not DeletedRecord.objects.restorable(tracked_tables()).filter(key=str(second.pk)).exists()
