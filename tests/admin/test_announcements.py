"""An announcement is written, looked at with its readers, sent, and can be called back."""

import pytest
from django.test import Client

from desk.models import Announcement
from notifications.models import Mail, Mailing
from tests.factories import PersonFactory

from .pages import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(officer_client: Client) -> Client:
    return officer_client


def test_written_looked_at_and_sent_once(desk: Client) -> None:
    for language in ("ru", "en"):
        PersonFactory(language=language, email=f"{language}@example.org")
    typed = fields_of(desk.get("/admin/desk/announcement/add/").content.decode())
    typed |= {"title_en": ["Call"], "text_en": ["Come."], "languages": ["ru", "en"]}
    desk.post("/admin/desk/announcement/add/", typed)
    announcement = Announcement.objects.get()
    page, address = (
        f"/admin/desk/announcement/{announcement.pk}/change/",
        f"/admin/desk/announcement/{announcement.pk}/send/",
    )
    assert address in desk.get(page).content.decode()
    shown = desk.post(address).content.decode()
    assert not Mail.objects.exists()
    assert "mails go out." in shown
    assert "ru@example.org" in shown
    desk.post(address, {**fields_of(shown), "confirm": ["1"]})
    assert Mail.objects.filter(kind="desk.announcement").count() == Mailing.objects.get().mails.count() >= 2
    assert address not in desk.get(page).content.decode()
    again = desk.post(address, {**fields_of(shown), "confirm": ["1"]}, follow=True)
    assert "This announcement was sent already. Write a new one." in again.content.decode()


def test_nobody_in_the_audience_is_said(desk: Client) -> None:
    announcement = Announcement.objects.create(title_en="Call", text_en="Come.", languages=["kk"])
    answer = desk.post(f"/admin/desk/announcement/{announcement.pk}/send/", follow=True)
    assert "Nobody is in this audience. Choose a wider one." in answer.content.decode()
