"""Mails stopped and sent again in the admin: first what it would do, then done."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Person
from notifications.admin import mail_actions
from notifications.models import Mail
from tests.admin.pages import fields_of
from tests.notifications.conftest import Put, ago

LIST = "/admin/notifications/mail/"
pytestmark = pytest.mark.django_db


def asked(client: Client, action: str, mails: list[Mail], address: str = LIST, **more: Any) -> Any:
    """The page that an action opens."""
    data = {"action": action, "_selected_action": [mail.pk for mail in mails], "index": 0, "select_across": "0", **more}
    return client.post(address, data)


def confirmed(client: Client, page: Any, address: str = LIST, **typed: Any) -> Any:
    return client.post(address, fields_of(page.content.decode()) | {"confirm": "x"} | typed, follow=True)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def test_stopping_asks_first_with_count_and_samples_and_a_reason(
    officer_client: Client, officer: Person, put: Put
) -> None:
    mails = [put(email=f"r{number}@example.org") for number in range(12)]
    Mail.objects.filter(pk=mails[11].pk).update(state="sent", sent_at=ago(hours=1))
    page = asked(officer_client, "stop", mails)
    text = page.content.decode()
    assert "<strong>11 mails.</strong>" in text
    assert text.count("@example.org</td>") == mail_actions.SAMPLES
    assert "and 1 more" in text
    assert "1 mail: It has gone out already." in text
    assert 'value="Stop 11 mails"' in text
    assert states() == ["queued"] * 11 + ["sent"]
    again = confirmed(officer_client, page)
    assert again.context["form"].errors == {"reason": ["This field is required."]}
    assert states() == ["queued"] * 11 + ["sent"]
    done = confirmed(officer_client, page, reason="Wrong date.")
    assert states() == ["dropped"] * 11 + ["sent"]
    assert said(done) == ["11 mails were stopped."]
    assert set(Mail.objects.filter(state="dropped").values_list("drop_reason", "traces__by_id")) == {
        ("Wrong date.", officer.user_id)
    }


def test_what_has_changed_meanwhile_is_shown_again(officer_client: Client, put: Put) -> None:
    mails = [put(), put()]
    page = asked(officer_client, "stop", mails)
    Mail.objects.filter(pk=mails[0].pk).update(state="sending", lease_until=ago(minutes=-1))
    again = confirmed(officer_client, page, reason="Wrong.")
    assert "The mails have changed since you looked." in again.content.decode()
    assert states() == ["sending", "queued"]
    confirmed(officer_client, again, reason="Wrong.")
    assert states() == ["sending", "dropped"]


def test_all_that_a_filter_finds_is_sent_again(
    officer_client: Client, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = [put() for _number in range(3)]
    Mail.objects.filter(pk__in=[mail.pk for mail in mails[:2]]).update(state="failed", last_error="550")
    address = f"{LIST}?state=trouble"
    page = asked(officer_client, "send_again", mails[:1], address, select_across="1")
    assert "<strong>2 mails.</strong>" in page.content.decode()
    assert fields_of(page.content.decode())["_selected_action"] == [str(mails[0].pk)]
    done = confirmed(officer_client, page, address)
    assert states() == ["queued"] * 3
    assert said(done) == ["2 mails are sent again."]
    monkeypatch.setattr(mail_actions, "MOST", 2)
    over = asked(officer_client, "stop", mails[:1], LIST, select_across="1")
    assert over.status_code == 302
    assert states() == ["queued"] * 3


def test_page_of_a_mail_offers_what_can_be_done_and_is_come_back_to(officer_client: Client, put: Put) -> None:
    mail = put()
    detail = f"{LIST}{mail.pk}/change/"
    text = officer_client.get(detail).content.decode()
    assert "Stop this mail" in text
    assert "Send this mail again" not in text
    page = officer_client.post(LIST, {"action": "stop", "_selected_action": mail.pk, "from_page": mail.pk})
    done = confirmed(officer_client, page, reason="Wrong.")
    assert done.redirect_chain == [(detail, 302)]
    text = done.content.decode()
    assert "Send this mail again" in text
    assert "Stop this mail" not in text


def test_nothing_to_do_offers_no_button(officer_client: Client, put: Put) -> None:
    mail = put()
    text = asked(officer_client, "send_again", [mail]).content.decode()
    assert "There is nothing to do." in text
    assert 'name="confirm"' not in text


@pytest.mark.parametrize("who", ["stranger", "focal_point"])
def test_others_stop_nothing(who: str, request: pytest.FixtureRequest, put: Put) -> None:
    client = Client()
    client.force_login(request.getfixturevalue(who).user, backend="allauth.account.auth_backends.AuthenticationBackend")
    mail = put()
    client.post(LIST, {"action": "stop", "_selected_action": mail.pk, "confirm": "x", "reason": "x", "seen": "x"})
    assert states() == ["queued"]
