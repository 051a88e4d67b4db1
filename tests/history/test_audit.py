"""What must be accounted for is written down once, without names, and cannot be changed."""

import datetime as dt
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from accounts.models import Person, User
from accounts.roles import granting
from events.models import Survey
from history.models import AuditEntry, PurgeRun
from history.origin import masked
from notifications import mailings
from tests.admin import records
from tests.admin.pages import address
from tests.factories import PASSWORD, EventFactory, MemberStateFactory, TrainingFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db
PAST = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)


def entries() -> list[tuple[str, int | None, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("what", "actor_id", "detail"))


@pytest.mark.parametrize(
    ("whole", "kept"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::77", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("no address", ""),
    ],
)
def test_address_loses_its_last_part(whole: str, kept: str) -> None:
    assert masked(whole) == kept


def test_sign_in_is_accounted_for(stranger: Person) -> None:
    client = Client(REMOTE_ADDR="203.0.113.77")
    client.post("/accounts/login/", {"login": "jin@example.org", "password": "not-this-one"})
    assert entries() == []
    client.post("/accounts/login/", {"login": "jin@example.org", "password": PASSWORD})
    assert entries() == [("signed_in", stranger.user.pk, "")]
    assert AuditEntry.objects.get().origin == "203.0.113.0/24"


def test_failed_second_factor_is_accounted_for(stranger: Person, client: Client) -> None:
    TOTP.activate(stranger.user, generate_totp_secret())
    client.post("/accounts/login/", {"login": "jin@example.org", "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert entries() == [("factor_failed", stranger.user.pk, Authenticator.Type.TOTP)]
    assert client.get("/me/").status_code == 302


def test_roles_and_mass_mails_are_accounted_for(administrator: User, stranger: Person) -> None:
    state = MemberStateFactory(code="MN")
    given = granting.grant(person=stranger, role="focal_point", member_state=state, by=administrator, reason="Named")
    granting.withdraw(grant=given, by=administrator, reason="Left")
    mailings.open_mailing(label="News of Jin", kind="desk.announcement", by_id=administrator.pk)
    assert entries() == [
        ("role_granted", administrator.pk, "focal_point MN"),
        ("role_withdrawn", administrator.pk, "focal_point MN"),
        ("mass_mail", administrator.pk, "desk.announcement"),
    ]


def _closed_survey() -> Survey:
    survey = records.survey(1)
    Survey.objects.filter(pk=survey.pk).update(opened_at=PAST, last_day=PAST.date())
    return survey


def _report() -> str:
    return f"/admin/trainings/donorreport/{records.donor_report(1).pk}/report.xlsx"


# What takes data of people out of the portal: the page, and what the list says of it.
WAYS_OUT: dict[str, tuple[Callable[[], str], str]] = {
    "own data": (lambda: reverse("me-data"), "own data"),
    "own data to read": (lambda: reverse("me-data-page"), "own data, to read"),
    "own data with files": (lambda: reverse("me-data-zip"), "own data, with files"),
    "survey": (lambda: f"/admin/events/survey/{_closed_survey().pk}/results.csv", "results of a survey, csv"),
    "sheet of an event": (lambda: reverse("admin:events_sign_in_sheet", args=[EventFactory().pk]), "sign-in sheet, on site"),
    "sheet of a training": (
        lambda: reverse("admin:trainings_sign_in_sheet", args=[TrainingFactory().pk]) + "?all", "sign-in sheet, everybody",
    ),
    "donor report": (_report, "donor report"),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS_OUT)
def test_what_takes_data_of_people_out_is_accounted_for(officer: Person, officer_client: Client, way: str) -> None:
    address_of, detail = WAYS_OUT[way]
    response = officer_client.get(address_of())
    assert response.status_code == 200
    assert b"".join(response.streaming_content if response.streaming else [response.content])
    [(what, by, said)] = [entry for entry in entries() if entry[0] == "exported"]
    assert (what, by) == ("exported", officer.user.pk)
    assert said.startswith(detail)


def test_who_may_not_take_it_out_leaves_no_row(focal_point: Person) -> None:
    client = signed_in(focal_point.user)
    for way, (address_of, _detail) in WAYS_OUT.items():
        if not way.startswith("own data"):
            assert client.get(address_of()).status_code == 302
    assert not AuditEntry.objects.filter(what="exported").exists()


@pytest.mark.parametrize("model", [AuditEntry, PurgeRun])
def test_lists_are_read_by_staff_and_changed_by_nobody(
    model: type, administrator_client: Client, officer_client: Client
) -> None:
    AuditEntry.objects.create(what="signed_in")
    PurgeRun.objects.create(rule="audit", before="2030-01-01T00:00Z")
    key = model._default_manager.get().pk  # type: ignore[attr-defined]
    for client in (administrator_client, officer_client):
        assert client.get(address(model, "changelist")).status_code == 200
        assert client.get(address(model, "change", key)).status_code == 200
        assert client.post(address(model, "change", key), {"rule": "x"}).status_code == 403
        assert client.post(address(model, "delete", key), {"post": "yes"}).status_code == 403
        assert client.get(address(model, "add")).status_code == 403
