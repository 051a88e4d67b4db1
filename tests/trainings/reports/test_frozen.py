"""A frozen report stays as it was, whatever becomes of the people, the records and the database's rows."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import Client

from accounts.models import Person
from accounts.persons.erasure import erase
from network.models import MemberState
from tests.factories import EventFactory, MemberStateFactory, PersonFactory, RegistrationFactory
from tests.people import with_account
from trainings.models import DonorReport
from trainings.reports.coverage import Covers
from trainings.reports.figures import figures
from trainings.reports.frozen import digest, freeze, is_sound, public_tables_of, tables_of

pytestmark = pytest.mark.django_db
STARTED = dt.datetime(2022, 6, 1, 1, tzinfo=dt.UTC)


def webinar(*people: Person, **facts: Any) -> Any:
    event = EventFactory(starts_at=STARTED, fund_code="F1", status="held", **facts)
    for one in people:
        RegistrationFactory(event=event, person=one, audience="site")
    return event


def frozen(officer: Person, covers: Covers | None = None, **facts: Any) -> DonorReport:
    covers = covers or Covers(fund_code="F1")
    return freeze(title="To the fund", covers=covers, seen=digest(figures(covers)), by=officer.user, **facts)  # type: ignore[arg-type]


def test_report_keeps_its_figures_when_people_are_erased(officer: Person, officer_client: Client) -> None:
    mongolia = MemberStateFactory(code="MN")
    people = [
        with_account(f"p{n}@example.org", f"Name {n}", birth_year=1990, sex="female", member_state=mongolia)
        for n in range(6)
    ]
    webinar(*people)
    report = frozen(officer)
    address = f"/admin/trainings/donorreport/{report.pk}/change/"
    page, figures_then = officer_client.get(address).content.decode(), report.figures
    for one in people:
        erase(user=one.user, person=one, by=one.user)  # type: ignore[arg-type]
    MemberState.objects.filter(code="MN").update(name_en="Renamed")
    report = DonorReport.objects.get()
    assert (report.figures, is_sound(report)) == (figures_then, True)
    assert main_part(officer_client.get(address).content.decode()) == main_part(page)
    live = figures(Covers(fund_code="F1"))
    assert live["summary"]["youth"] == 0  # the records have forgotten their years of birth
    assert report.figures["summary"]["youth"] == 6


def main_part(page: str) -> str:
    return page.split('id="content-main"')[1].split("</dl>", 1)[1]


def test_report_holds_no_key_and_no_name_of_a_person(officer: Person) -> None:
    people = [PersonFactory(pk=7_700_000 + n, name=f"Secretname {n}") for n in range(3)]
    webinar(*people)
    text = json.dumps(frozen(officer).figures)
    assert [word for word in ("Secretname", "77000", "@example.org") if word in text] == []


def test_checksum_is_that_of_the_whole_document(officer: Person) -> None:
    webinar(PersonFactory())
    report = frozen(officer, note="Sent by post")
    report.refresh_from_db()
    assert report.checksum == digest(report.figures)
    assert {report.figures[name] for name in ("title", "note")} == {"To the fund", "Sent by post"}
    assert (report.figures["frozen_by_id"], report.frozen_by_id) == (officer.user.pk, officer.user.pk)  # type: ignore[union-attr]
    assert dt.datetime.fromisoformat(report.figures["frozen_at"]) == report.frozen_at
    report.figures["summary"]["women"] += 1
    assert not is_sound(report)


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "Other"},
        {"note": "Other"},
        {"checksum": "0" * 64},
        {"figures": {}},
        {"frozen_by_id": 0},
        {"frozen_at": STARTED},
    ],
)
def test_database_refuses_every_change(officer: Person, facts: dict[str, Any]) -> None:
    webinar(PersonFactory())
    report = frozen(officer)
    with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
        DonorReport.objects.filter(pk=report.pk).update(**facts)
    with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
        report.save()
    with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trainings_donorreport")
    assert is_sound(DonorReport.objects.get(pk=report.pk))


def test_what_a_report_covers_cannot_be_deleted(officer: Person) -> None:
    event = webinar(PersonFactory())
    frozen(officer, Covers(activity_id=event.pk))
    event.registrations.all().delete()
    with pytest.raises(models.ProtectedError):
        event.delete()


def test_figures_that_changed_since_they_were_seen_are_not_frozen(officer: Person) -> None:
    event = webinar(PersonFactory())
    seen = digest(figures(Covers(fund_code="F1")))
    RegistrationFactory(event=event)
    with pytest.raises(ValidationError) as refused:
        freeze(title="X", covers=Covers(fund_code="F1"), seen=seen, by=officer.user)  # type: ignore[arg-type]
    assert refused.value.code == "changed"
    assert DonorReport.objects.count() == 0


def test_nothing_is_no_report(officer: Person) -> None:
    with pytest.raises(ValidationError, match="covers no event and no training"):
        frozen(officer, Covers(fund_code="None"))


def test_report_is_corrected_once_and_names_what_it_corrects(officer: Person) -> None:
    webinar(PersonFactory())
    first = frozen(officer)
    second = frozen(officer, replaces=first)
    assert (second.replaces, second.figures["replaces"]) == (first, first.checksum)
    with pytest.raises(ValidationError, match="correct the latest one"):
        frozen(officer, replaces=first)
    assert frozen(officer, replaces=second).replaces == second


def test_tables_come_back_as_they_were_kept(officer: Person) -> None:
    women = [PersonFactory(sex="female", member_state=MemberStateFactory(code="MN")) for _time in range(6)]
    webinar(*women, PersonFactory(sex="male", member_state=MemberStateFactory(code="JP")))
    report = DonorReport.objects.get(pk=frozen(officer).pk)
    tables = {table.code: table for table in tables_of(report.figures)}
    assert [table.as_json() for table in tables.values()] == report.figures["tables"]
    assert [(row.code, row.counts, row.people) for row in tables["states"].rows if row.total] == [
        ("JP", (0, 1, 0, 0), 1),
        ("MN", (6, 0, 0, 0), 6),
    ]
    assert [table.code for table in public_tables_of(report.figures)] == [
        "states",
        "ages",
        "roles",
        "sites",
        "seats",
        "activities",
    ]
