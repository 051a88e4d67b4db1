"""The table of a long list as a file: asked for by a button, made by the worker with the filter, order and columns of the list."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from desk.sheet_import import long_sheets as sheets
from history.models import AuditEntry
from network.models import Partner
from record_admin.listing import long_sheets
from record_admin.long_work import running
from record_admin.long_work.kinds import Pace
from record_admin.models import ChosenColumns, LongWork
from tests.desk.sheet_files import body, table_of
from tests.factories import PartnerFactory

pytestmark = pytest.mark.django_db
SLOW = Pace(1.5, "a test: two are long")


@pytest.fixture(autouse=True)
def _partners(db: None) -> None:
    for slug, kind in (("alpha", "academia"), ("beta", "ngo"), ("gamma", "academia")):
        PartnerFactory(slug=slug, name=slug.title(), kind=kind)


def made(client: Client, address: str) -> list[list[str]]:
    before = client.get(address)
    assert "Make the file" in before.content.decode()
    assert not LongWork.objects.exists()
    assert len({client.post(address, {"make": "1"})["Location"] for _twice in range(2)}) == 1
    assert running.do_what_waits() == 1
    work = LongWork.objects.get()
    assert (work.state, work.done, work.total) == ("done", 2, 2), work.outcome
    return table_of(body(client.get(reverse("admin:long_work_file", args=[work.pk]))))


def test_list_keeps_filter_order_and_columns(
    officer_client: Client, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_sheets, "PACE", SLOW)
    ChosenColumns.objects.create(officer_id=officer.user.pk, label="network.partner", columns=["kind"])
    page = reverse("admin:network_partner_changelist")
    assert officer_client.get(f"{page}?sheet=csv&kind__exact=ngo")["Content-Type"].startswith(
        "text/csv"
    )  # one is short
    AuditEntry.objects.all().delete()
    table = made(officer_client, f"{page}?sheet=csv&kind__exact=academia&o=-1")
    assert [row[0] for row in table[1:]] == ["Gamma", "Alpha"]
    assert len(table[0]) == 2
    assert AuditEntry.objects.filter(what="exported", actor_id=officer.user.pk).count() == 2  # each press is noted


def test_sheet_of_records_keeps_the_filter(officer_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "EXPORTING", {"csv": SLOW, "xlsx": SLOW})
    address = reverse("admin:sheet_export", args=[Partner._meta.label_lower, "csv"])
    table = made(officer_client, f"{address}?kind__exact=academia")
    assert {row[0] for row in table[1:]} == {"alpha", "gamma"}
