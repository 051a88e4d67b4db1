"""Mailings in the admin: how far they are, and calling them back."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Person
from notifications import mailings, outbox
from notifications.models import Mail, Mailing
from notifications.recipients import Recipient
from tests.notifications.conftest import ago
from tests.people import give_second_factor, signed_in

LIST = "/admin/notifications/mailing/"
pytestmark = pytest.mark.django_db


def made(label: str = "Summer school moved", by_id: int | None = None, languages: str = "en en ru") -> Mailing:
    mailing = mailings.open_mailing(label=label, kind="test.news", by_id=by_id)
    readers = [
        Recipient(f"person:{number}", f"r{number}@example.org", language)
        for number, language in enumerate(languages.split())
    ]
    outbox.put_many(
        kind="test.news", subject=("test.matter", mailing.pk), readers=[(one, "") for one in readers], mailing=mailing
    )
    return mailing


def gone(mailing: Mailing, count: int) -> None:
    keys = list(mailing.mails.order_by("pk").values_list("pk", flat=True)[:count])
    Mail.objects.filter(pk__in=keys).update(state="sent", sent_at=ago(minutes=1))


def page(mailing: Mailing) -> str:
    return f"{LIST}{mailing.pk}/change/"


def test_page_says_who_let_it_go_and_how_far_it_is(officer_client: Client, officer: Person) -> None:
    mailing = made(by_id=officer.user_id)
    text = officer_client.get(page(mailing)).content.decode()
    assert "oyun@example.org" in text
    assert "All 3 mails are waiting, none has gone out." in text
    assert "Call back" in text
    gone(mailing, 1)
    response = officer_client.get(page(mailing))
    assert "1 of 3 mails have gone out, 2 are waiting and can be called back." in response.content.decode()
    assert [state.value for state in response.context["states"]] == ["queued", "sent"]
    assert response.context["table"] == [("en", "English", [1, 1]), ("ru", "Русский", [1, 0])]
    assert response.context["sums"] == [2, 1]
    assert [email for email, _shown in response.context["samples"]] == ["r0@example.org", "r2@example.org"]
    gone(mailing, 3)
    text = officer_client.get(page(mailing)).content.decode()
    assert "3 of 3 mails have gone out, none is waiting." in text
    assert "Call back" not in text


def test_calling_back_asks_first_and_says_how_many_had_gone(officer_client: Client, officer: Person) -> None:
    mailing = made()
    gone(mailing, 1)
    address = f"{LIST}{mailing.pk}/call-back/"
    text = officer_client.get(address).content.decode()
    assert 'value="Call back 2 mails"' in text
    assert Mail.objects.filter(state="queued").count() == 2
    response = officer_client.post(address, follow=True)
    assert response.redirect_chain == [(page(mailing), 302)]
    said = [str(message) for message in response.context["messages"]]
    assert said == ["2 mails were called back.", "1 mail had gone out already."]
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["dropped", "dropped", "sent"]
    mailing.refresh_from_db()
    assert mailing.called_back_by_id == officer.user_id
    assert 'value="Call back' not in officer_client.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_page_need_the_same_queries_for_any_number(
    officer_client: Client, officer: Person, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        mailing = made(f"Mailing {number}", officer.user_id, " ".join(["en"] * count))
    officer_client.get(LIST)
    with django_assert_num_queries(13):
        response = officer_client.get(LIST)
    text = response.content.decode()
    assert text.count("oyun@example.org</td>") == count
    officer_client.get(page(mailing))
    with django_assert_num_queries(16):
        officer_client.get(page(mailing))


def test_nobody_makes_changes_or_deletes_one(officer_client: Client) -> None:
    mailing = made()
    assert officer_client.get(f"{LIST}add/").status_code == 403
    assert officer_client.post(page(mailing), {"label": "x"}).status_code == 403
    assert officer_client.post(f"{LIST}{mailing.pk}/delete/", {"post": "yes"}).status_code == 403


def test_others_neither_see_nor_call_back(focal_point: Person) -> None:
    mailing = made()
    give_second_factor(focal_point.user)
    client = signed_in(focal_point.user)
    for address in (LIST, page(mailing), f"{LIST}{mailing.pk}/call-back/"):
        assert client.get(address, follow=True).status_code == 403
    client.post(f"{LIST}{mailing.pk}/call-back/")
    assert Mail.objects.filter(state="queued").count() == 3
