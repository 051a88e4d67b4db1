"""Who enters the admin, and by which way."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import Person, RoleGrant, User
from eabrn_portal.admin_site import APP_ORDER
from tests.admin.pages import address, send
from tests.admin.records import EVERY
from tests.factories import PASSWORD, PersonFactory, RoleGrantFactory, UserFactory
from tests.people import signed_in

SIGN_IN = "/accounts/login/?next=%2Fadmin%2F"


def test_anonymous_is_led_to_the_sign_in_of_the_portal(db: None, client: Client) -> None:
    assert client.get("/admin/", follow=True).redirect_chain[-1] == (SIGN_IN, 302)


def test_officer_without_second_factor_is_led_to_set_one_up(officer: Person) -> None:
    response = signed_in(officer.user).get("/admin/", follow=True)
    assert response.redirect_chain == [("/admin/login/?next=/admin/", 302), ("/accounts/2fa/", 302)]
    assert response.status_code == 200


def test_officer_with_second_factor_enters(officer_client: Client) -> None:
    assert officer_client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(officer: Person) -> None:
    Authenticator.objects.create(user=officer.user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert signed_in(officer.user).get("/admin/").status_code == 302


def test_optional_setting_lets_an_officer_in_without(officer: Person, settings: Any) -> None:
    settings.STAFF_MFA = "optional"
    assert signed_in(officer.user).get("/admin/").status_code == 200


@pytest.mark.parametrize("who", ["focal_point", "steward", "stranger"])
def test_others_never_enter(who: str, request: pytest.FixtureRequest) -> None:
    client = signed_in(request.getfixturevalue(who).user)
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/admin/reserves/biospherereserve/", follow=True).status_code == 403


def test_staff_flag_without_role_shows_nothing(db: None, settings: Any) -> None:
    settings.STAFF_MFA = "optional"
    client = signed_in(UserFactory(is_staff=True))
    response = client.get("/admin/")
    assert (response.status_code, response.context["app_list"]) == (200, [])
    assert client.get("/admin/reserves/biospherereserve/").status_code == 403


def test_withdrawn_officer_sees_nothing(officer: Person, officer_client: Client) -> None:
    RoleGrant.objects.filter(person=officer).update(withdrawn_at="2030-01-01T00:00Z")
    assert officer_client.get("/admin/reserves/biospherereserve/").status_code == 403


def test_sign_in_form_of_django_takes_no_password_from_anonymous(officer: Person, client: Client) -> None:
    response = client.post("/admin/login/", {"username": officer.user.email, "password": PASSWORD})
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_sign_in_form_of_django_does_not_change_who_is_signed_in(
    officer: Person, officer_client: Client, administrator: User
) -> None:
    response = officer_client.post("/admin/login/", {"username": administrator.email, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert officer_client.session["_auth_user_id"] == str(officer.user.pk)


def test_index_follows_the_work_of_an_officer(officer_client: Client) -> None:
    apps = [app["app_label"] for app in officer_client.get("/admin/").context["app_list"]]
    assert apps == [label for label in APP_ORDER if label in apps]
    assert {"reserves", "geoparks", "events", "trainings", "network", "desk", "accounts", "history"} <= set(apps)


def test_index_hides_from_officers_what_is_the_administrators(
    officer_client: Client, administrator_client: Client
) -> None:
    def listed(client: Client) -> set[str]:
        apps = client.get("/admin/").context["app_list"]
        return {model["object_name"] for app in apps for model in app["models"]}

    everything, officers = listed(administrator_client), listed(officer_client)
    assert everything - officers == {"Authenticator"}
    assert {"Group", "UserSession", "EmailAddress", "EmailConfirmation", "LoadedRow", "LogEntry"} & everything == set()


def test_officer_may_see_users_but_not_change_them(officer_client: Client, stranger: Person) -> None:
    assert officer_client.get(address(User, "changelist")).status_code == 200
    page = address(User, "change", stranger.user.pk)
    assert officer_client.get(page).status_code == 200
    assert officer_client.post(page, {"email": "mine@example.org", "is_superuser": "on"}).status_code == 403
    assert officer_client.get(address(User, "add")).status_code == 403
    assert officer_client.get(page.replace("change", "delete")).status_code == 403
    assert officer_client.get(page.replace("change", "password")).status_code == 403


def test_officer_cannot_join_a_person_with_an_account(
    officer_client: Client, stranger: Person, focal_point: Person
) -> None:
    other = PersonFactory(name="Other")
    response = send(officer_client, other, name="Another", user=str(stranger.user.pk))
    assert response.status_code == 302
    other.refresh_from_db()
    assert (other.name, other.user) == ("Another", None)


@pytest.mark.sweep
def test_every_page_of_the_index_answers(administrator_client: Client) -> None:
    apps = administrator_client.get("/admin/").context["app_list"]
    pages = [entry[key] for app in apps for entry in app["models"] for key in ("admin_url", "add_url") if entry[key]]
    assert len(pages) > 20
    assert {page: administrator_client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_no_page_has_inline_script_or_style_or_other_hosts(administrator_client: Client) -> None:
    RoleGrantFactory()
    apps = administrator_client.get("/admin/").context["app_list"]
    for page in ["/admin/", *(entry["add_url"] for app in apps for entry in app["models"] if entry["add_url"])]:
        html = administrator_client.get(page).content.decode()
        for forbidden in ("<style", " style=", " onclick=", "<script>", 'src="http', 'href="http', 'src="//'):
            assert forbidden not in html, (page, forbidden)


@pytest.mark.parametrize("kind", ["attendance_match", "training_attendance_match", "registration", "application"])
def test_nothing_is_deleted_over_rows_that_nobody_may_delete(officer_client: Client, kind: str) -> None:
    """What people did at an activity, and what tells of people, keeps it."""
    row = EVERY[kind](1)
    activity = getattr(row, "activity", None) or getattr(row, "event", None) or row.training
    page = address(type(activity), "delete", activity.pk)
    assert str(row._meta.verbose_name).capitalize() in str(officer_client.get(page).context["protected"])
    officer_client.post(page, {"post": "yes"})
    assert type(row)._base_manager.filter(pk=row.pk).exists()
