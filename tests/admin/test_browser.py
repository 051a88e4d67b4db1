"""The forms of the admin in a real browser, under the strict policy: no complaint in its console, rows and search at work."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Person
from events.models import Event
from notifications import handling, mail_types, mailings, outbox
from notifications.bounces import scoring
from notifications.mail_types import Facts, MailType
from notifications.models import Mail, Mailing
from notifications.recipients import Recipient
from reserves.models import BiosphereReserve
from tests.admin.records import event, reserve
from tests.admin.urls_with_act import MAIL_KIND
from tests.axe import ALL, GRAVE, broken_rules
from tests.factories import DocumentFactory, PartnerFactory
from tests.people import give_second_factor, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("search_kept"),
]
Opener = Callable[[str], Page]


@pytest.fixture
def opened(live_server: Any, officer: Person, new_page: Callable[..., Page]) -> Opener:
    """Opens a page of the admin as Oyun."""
    assert officer.user
    give_second_factor(officer.user)
    session = signed_in(officer.user).cookies["sessionid"].value
    page = new_page(viewport={"width": 1280, "height": 900})
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    def go(path: str) -> Page:
        page.goto(live_server.url + path)
        return page

    return go


def test_pages_of_the_admin_keep_to_the_policy(opened: Opener) -> None:
    made, site = event(2), reserve(2)
    for path in (
        "/admin/", "/admin/events/event/", "/admin/reserves/biospherereserve/?q=reserve", f"/admin/events/event/{made.pk}/change/",
        f"/admin/reserves/biospherereserve/{site.pk}/change/", f"/admin/reserves/biospherereserve/{site.pk}/history/",
        "/admin/trainings/training/add/", "/admin/accounts/person/add/",
    ):  # fmt: skip
        page = opened(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 1280


def choose(page: Page, row: str, text: str) -> None:
    page.locator(f"{row} .select2-selection").first.click()
    page.locator(".select2-search__field").last.press_sequentially(text)
    page.locator(".select2-results__option", has_text=text).click()


def test_rows_are_added_and_searched_in_a_reserve(opened: Opener) -> None:
    site = reserve(0)
    DocumentFactory(title="Nomination file")
    page = opened(f"/admin/reserves/biospherereserve/{site.pk}/change/")
    page.get_by_text("Other languages: Монгол").click()
    page.locator("#id_summary_mn").fill("Нуур")
    page.get_by_role("button", name="Add another Further name").click()
    page.locator("#id_names-0-name").fill("Хөвсгөл")
    page.get_by_role("button", name="Add another Periodic review").click()
    page.locator("#id_reviews-0-year").fill("2023")
    choose(page, "#reviews-0 .field-document", "Nomination")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_contain_text("was changed successfully")
    site = BiosphereReserve.objects.get(pk=site.pk)
    review = site.reviews.get()
    assert (site.summary_mn, site.names.get().name) == ("Нуур", "Хөвсгөл")  # type: ignore[attr-defined]
    assert (review.year, str(review.document)) == (2023, "Nomination file")


def test_times_and_bodies_are_edited_in_an_event(opened: Opener) -> None:
    made = event(0)
    Event.objects.update(status="draft")
    PartnerFactory(name="Institute of Botany")
    page = opened(f"/admin/events/event/{made.pk}/change/")
    page.locator("#id_starts_at_0").fill("2030-10-02")
    page.locator("#id_starts_at_1").fill("09:30")
    page.locator("#id_ends_at_0").fill("2030-10-02")
    page.locator("#id_ends_at_1").fill("11:00")
    page.locator("#id_registration_closes_at_0").fill("2030-09-30")
    page.locator("#id_timezone").select_option("Asia/Tokyo")
    page.get_by_role("button", name="Add another Body taking part").click()
    choose(page, "#involvements-0 .field-partner", "Institute")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_contain_text("was changed successfully")
    made = Event.objects.get(pk=made.pk)
    assert f"{made.starts_at:%Y-%m-%d %H:%M}" == "2030-10-02 00:30"
    assert str(made.involvements.get().partner) == "Institute of Botany"


def test_error_leads_to_its_field(opened: Opener) -> None:
    site = reserve(0)
    page = opened(f"/admin/reserves/biospherereserve/{site.pk}/change/")
    page.locator("#id_name").fill("")
    page.locator("#id_admin_region_en").fill("Typed and kept")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.locator(".error-summary a", has_text="Name").click()
    assert page.url.endswith("#id_name")
    assert page.locator("#id_admin_region_en").input_value() == "Typed and kept"


@pytest.fixture
def mailing(officer: Person, monkeypatch: pytest.MonkeyPatch) -> Mailing:
    """Three mails of a mailing that Oyun let go, in two languages; one has come back, one was called back."""
    words = {"title": "Your password was changed", "what": "It was.", "reset_url": "/"}
    kind = MailType(
        MAIL_KIND, "Password changed", "account", lambda *args: Facts(words), "accounts/notice", service=True
    )
    monkeypatch.setitem(mail_types._kinds, MAIL_KIND, kind)
    made = mailings.open_mailing(label="Summer school moved", kind=MAIL_KIND, by_id=officer.user_id)
    readers = [
        Recipient(f"person:{officer.pk}", "oyun@example.org", "en", "Asia/Ulaanbaatar"),
        Recipient("person:100", "reader@example.org", "ru", "Asia/Krasnoyarsk"),
        Recipient("person:101", "other@example.org", "ru", "Asia/Krasnoyarsk"),
    ]
    outbox.put_many(
        kind=MAIL_KIND, subject=("accounts.user", officer.user_id), readers=[(one, "") for one in readers], mailing=made
    )
    first, _second, third = made.mails.order_by("pk")
    Mail.objects.filter(pk=first.pk).update(state="sent", sent_at=made.created_at)
    scoring.report(email=first.email, kind="soft", at=made.created_at, words="452 full", event_id="e", mail=first)
    handling.stop(mails=[third], by_id=officer.user_id, reason="Moved away.")
    return made


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_everybody_can_work_with_mails(
    opened: Opener, mailing: Mailing, officer: Person, width: int, scheme: Any
) -> None:
    mail = mailing.mails.get(state="queued")
    page = opened("/admin/")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for path in (
        "/admin/notifications/mail/", f"/admin/notifications/mail/{mail.pk}/change/?language=ru", "/admin/notifications/mailing/",
        f"/admin/notifications/mailing/{mailing.pk}/change/", f"/admin/notifications/mailing/{mailing.pk}/call-back/",
        f"/admin/accounts/person/{officer.pk}/mails/",
    ):  # fmt: skip
        check(opened(path), width)
    opened(f"/admin/notifications/mail/{mail.pk}/change/").get_by_role("button", name="Stop this mail").click()
    check(page, width)


def check(page: Page, width: int) -> None:
    """No sideways scroll, nothing serious for those who need help to read it."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert broken_rules(page, ALL | {"preload": False}, impacts=GRAVE) == []


def test_a_mail_is_looked_at_changed_stopped_and_sent_again(opened: Opener, mailing: Mailing) -> None:
    mail = mailing.mails.get(state="queued")
    page = opened(f"/admin/notifications/mail/{mail.pk}/change/")
    framed = page.frame_locator("iframe.letter-frame")
    expect(framed.locator("h1")).to_have_text("Your password was changed")
    page.locator("#id_email").fill("new@example.org")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".steps")).to_contain_text("address: reader@example.org → new@example.org")
    page.get_by_role("button", name="Stop this mail").click()
    page.get_by_label("Why").fill("Wrong date.")
    page.get_by_role("button", name="Stop 1 mail").click()
    expect(page.locator(".messagelist")).to_contain_text("1 mail was stopped.")
    expect(page.locator(".steps")).to_contain_text("Wrong date.")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_who_gets_what_is_looked_at_done_and_called_back(
    opened: Opener, mailing: Mailing, settings: Any, width: int, scheme: Any
) -> None:
    settings.ROOT_URLCONF = "tests.admin.urls_with_act"
    page = opened("/admin/")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    opened("/admin/tell/")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    check(page, width)
    with page.context.expect_page() as letter:
        page.get_by_role("button", name="As a mail program shows it").first.click()
    expect(letter.value.locator("h1")).to_have_text("Your password was changed")
    letter.value.close()
    page.get_by_role("button", name="Do it").click()
    page.locator(".messagelist a").click()
    page.get_by_role("link", name="Call back").click()
    page.get_by_role("button", name="Call back 9 mails").click()
    expect(page.locator(".messagelist")).to_contain_text("9 mails were called back.")
    check(page, width)
