"""Two officers in one record: nobody's work is overwritten unseen, and what was typed is not lost."""

import datetime as dt
import threading
from functools import partial
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client, RequestFactory

from accounts.models import User
from designated_sites.models import SiteName
from events.models import Event
from network.models import Partner
from record_admin.edit_conflicts.marks import mark_of
from reserves.models import BiosphereReserve, PeriodicReview
from tests.admin.pages import WHY, change_address, errors_of, opened, send
from tests.admin.records import MAKERS, event, geopark, reserve
from tests.factories import BiosphereReserveFactory, MemberStateFactory, PartnerFactory
from tests.people import signed_in
from tests.waiting import HANGING

TOLD = "This was changed since you opened the form. Choose above which version is kept."
pytestmark = [pytest.mark.sweep, pytest.mark.django_db]


@pytest.fixture
def desk(officer_client: Client) -> Client:
    return officer_client


@pytest.fixture
def other(administrator_client: Client) -> Client:
    return administrator_client


def conflicts_of(response: Any) -> dict[str, tuple[str, str]]:
    """Both versions by key of the field."""
    assert response.status_code == 200
    return {one.key: (one.yours, one.now) for one in response.context["conflicts"]}


def again(response: Any, data: dict[str, Any], whose: str, **changes: Any) -> dict[str, Any]:
    """What is sent when every conflict of a page is settled in the same way."""
    values = {f"_keep-{one.key}": [f"{whose}:{one.mark}"] for one in response.context["conflicts"]}
    return data | {"_seen": [response.context["seen"]]} | values | changes


# Field, what the other sends, what the officer sends, both in the words of the page, how the record is read, both as kept.
FIELDS: list[tuple[str, Any, Any, str, str, Any, Any]] = [
    ("admin_region_en", "Khuvsgul", "Hovsgol", "Hovsgol", "Khuvsgul", "Hovsgol", "Khuvsgul"),
    ("area_ha", "20", "30.50", "30.50", "20.00", "30.50", "20.00"),
    ("ecosystem", "tundra", "desert", "Desert", "Tundra", "desert", "tundra"),
    ("published", None, "on", "yes", "no", "True", "False"),
    ("other_designations", ["ramsar"], ["world_heritage"], "World Heritage", "Ramsar site", "['world_heritage']", "['ramsar']"),
    ("sources", "One", "Two", "Two", "One", "['Two']", "['One']"),
    ("summary_mn", "", "Нуур", "Нуур", "nothing", "Нуур", "None"),
]  # fmt: skip


@pytest.mark.parametrize("whose", ["mine", "theirs"])
@pytest.mark.parametrize(("field", "their", "mine", "yours", "now", "kept", "left"), FIELDS)
def test_value_of_each_kind_in_both_versions(
    desk: Client,
    other: Client,
    field: str,
    their: Any,
    mine: Any,
    yours: str,
    now: str,
    kept: str,
    left: str,
    whose: str,
) -> None:
    site = BiosphereReserveFactory(
        area_ha="10", other_designations=[], sources=["Three"], summary_mn="Уул", published=mine is None
    )
    if field == "published":
        BiosphereReserve.objects.update(published=True)
    data = opened(desk, site) | WHY
    sent = opened(other, site) | WHY | {field: their}
    if their is None:
        del sent[field]
        BiosphereReserve.objects.update(published=True)
        data = {**data, "_seen": data["_seen"]}
    assert other.post(change_address(site), sent).status_code == 302
    answer = desk.post(change_address(site), data | {field: mine})
    assert conflicts_of(answer) == {field: (yours, now)}
    label = str(answer.context["adminform"].form[field].label)
    assert errors_of(answer) == [f"{label} – {TOLD}"]
    assert BiosphereReserve.objects.filter(pk=site.pk).values_list(field, flat=True)[0] != mine
    assert desk.post(change_address(site), again(answer, data | {field: mine}, whose)).status_code == 302
    fresh = BiosphereReserve.objects.get(pk=site.pk)
    assert str(getattr(fresh, field)) == (kept if whose == "mine" else left)


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_related_records_and_moments_in_both_versions(desk: Client, other: Client, whose: str) -> None:
    joint = [BiosphereReserveFactory(name=name, states=["MN", "RU"]) for name in ("Uvs Nuur", "Dauria")]
    site = reserve(1)
    MemberStateFactory(code="JP")
    data = opened(desk, site)
    theirs = {"joint_reserve": str(joint[0].pk), "member_states": ["MN"], "confirmed_at_0": "2030-11-02"}
    assert send(other, site, **theirs).status_code == 302
    mine = {"joint_reserve": str(joint[1].pk), "member_states": ["MN", "RU", "JP"], "confirmed_at_0": "2030-12-03"}
    answer = desk.post(change_address(site), data | mine)
    both = conflicts_of(answer)
    assert both["joint_reserve"] == ("Dauria", "Uvs Nuur")
    assert both["member_states"] == ("Japan, Mongolia, Russian Federation", "Mongolia")
    assert set(both) == {"joint_reserve", "member_states", "confirmed_at"}
    by = {one.key: one.by for one in answer.context["conflicts"]}
    assert all(one.startswith("Changed by root@example.org on ") for one in by.values())
    assert desk.post(change_address(site), again(answer, data | mine, whose)).status_code == 302
    site.refresh_from_db()
    kept, states, day = (1, ["JP", "MN", "RU"], 3) if whose == "mine" else (0, ["MN"], 2)
    assert (site.joint_reserve, sorted(site.state_codes), site.confirmed_at.day) == (joint[kept], states, day)


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_moments_on_the_wall_in_both_versions(desk: Client, other: Client, whose: str) -> None:
    made = event(1)
    Event.objects.update(status="draft")  # a public time is changed by the act of moving alone
    data = opened(desk, made)
    send(other, made, starts_at_0="2030-09-02")
    answer = desk.post(change_address(made), data | {"starts_at_0": "2030-09-03"})
    assert list(conflicts_of(answer)) == ["starts_at"]
    sent = again(answer, data | {"starts_at_0": "2030-09-03"}, whose)
    assert desk.post(change_address(made), sent).status_code == 302
    assert Event.objects.get(pk=made.pk).starts_at.day == (3 if whose == "mine" else 2)


def test_what_the_officer_did_not_touch_is_the_others_unless_chosen(desk: Client, other: Client) -> None:
    site = reserve(0)
    data = opened(desk, site) | {"admin_region_en": ["Mine"]}
    send(other, site, area_ha="77", **WHY)
    answer = desk.post(change_address(site), data)
    (conflict,) = answer.context["conflicts"]
    assert [chosen for *_facts, chosen in conflict.options] == [False, True]
    settled = again(answer, data, "theirs")
    assert desk.post(change_address(site), settled).status_code == 302
    site.refresh_from_db()
    assert (str(site.area_ha), site.admin_region_en) == ("77.00", "Mine")


def test_same_change_by_both_is_no_conflict(desk: Client, other: Client) -> None:
    site = reserve(0)
    data = opened(desk, site) | {"admin_region_en": ["Same"]}
    send(other, site, admin_region_en="Same")
    assert desk.post(change_address(site), data).status_code == 302


def test_another_change_after_the_choice_asks_again(desk: Client, other: Client) -> None:
    site = reserve(0)
    data = opened(desk, site) | {"admin_region_en": ["Mine"]}
    send(other, site, admin_region_en="First")
    settled = again(desk.post(change_address(site), data), data, "mine")
    send(other, site, admin_region_en="Second")
    answer = desk.post(change_address(site), settled)
    assert conflicts_of(answer) == {"admin_region_en": ("Mine", "Second")}
    assert desk.post(change_address(site), again(answer, data, "mine")).status_code == 302


def test_choice_outlives_another_error_of_the_form(desk: Client, other: Client) -> None:
    site = reserve(0)
    data = opened(desk, site) | {"admin_region_en": ["Mine"], "website": ["no address"]}
    send(other, site, admin_region_en="Theirs")
    answer = desk.post(change_address(site), again(desk.post(change_address(site), data), data, "theirs"))
    assert [error.label for error in answer.context["error_summary"]] == ["Website of the site"]
    form = answer.context["adminform"].form
    assert form["admin_region_en"].value() == "Theirs"
    sent = data | {"_seen": [answer.context["seen"]], "admin_region_en": ["Theirs"], "website": [""]}
    assert desk.post(change_address(site), sent).status_code == 302


@pytest.mark.parametrize(("whose", "name"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_row_changed_by_both(desk: Client, other: Client, whose: str, name: str) -> None:
    site = reserve(2)
    row = site.names.first()
    data = opened(desk, site) | {"names-0-name": ["Mine"]}
    send(other, site, rows={"names-0-name": ["Theirs"]})
    answer = desk.post(change_address(site), data)
    assert conflicts_of(answer) == {f"names-{row.pk}-name": ("Mine", "Theirs")}
    assert errors_of(answer) == [f"further name 1, Name – {TOLD}"]
    assert desk.post(change_address(site), again(answer, data, whose)).status_code == 302
    assert SiteName.objects.get(pk=row.pk).name == name


@pytest.mark.parametrize(("whose", "names"), [("mine", {"Хөвсгөл 1", "Mine"}), ("theirs", {"Хөвсгөл 1"})])
def test_row_removed_by_the_other(desk: Client, other: Client, whose: str, names: set[str]) -> None:
    site = reserve(2)
    data = opened(desk, site) | {"names-0-name": ["Mine"]}
    send(other, site, rows={"names-0-DELETE": ["on"]})
    answer = desk.post(change_address(site), data)
    ((yours, now),) = conflicts_of(answer).values()
    assert "Mine" in yours
    assert now == "removed"
    assert desk.post(change_address(site), again(answer, data, whose)).status_code == 302
    assert set(site.names.values_list("name", flat=True)) == names


@pytest.mark.parametrize(("whose", "years"), [("mine", [2001]), ("theirs", [2001, 2005])])
def test_row_changed_by_the_other_and_removed_by_the_officer(
    desk: Client, other: Client, whose: str, years: list[int]
) -> None:
    site = reserve(2)
    data = opened(desk, site)
    index = [row.pk for row in PeriodicReview.objects.filter(site=site)].index(site.reviews.get(year=2000).pk)
    data |= {f"reviews-{index}-DELETE": ["on"]}
    send(other, site, rows={f"reviews-{index}-year": ["2005"]})
    answer = desk.post(change_address(site), data)
    assert [yours for yours, _now in conflicts_of(answer).values()] == ["removed"]
    assert site.reviews.count() == 2
    assert desk.post(change_address(site), again(answer, data, whose)).status_code == 302
    assert sorted(site.reviews.values_list("year", flat=True)) == years


def test_row_removed_by_both_and_row_added_by_the_other(desk: Client, other: Client) -> None:
    site = geopark(1)
    data = opened(desk, site) | {"names-0-DELETE": ["on"]}
    send(other, site, rows={"names-0-DELETE": ["on"]})
    site.names.create(name="Added")
    assert desk.post(change_address(site), data).status_code == 302
    assert [str(name) for name in site.names.all()] == ["Added"]


def test_form_without_its_version_is_refused(desk: Client) -> None:
    made = PartnerFactory()
    data = opened(desk, made) | {"name_en": ["Other"]}
    for seen in ([], [""], ["{"], ["[]"], ["7"], ['{"name_en": ["x"]}']):
        answer = desk.post(change_address(made), data | {"_seen": seen})
        assert answer.status_code == 200
        assert answer.context["error_summary"]
    assert Partner.objects.get().name != "Other"


def test_page_shows_both_versions_and_keeps_what_was_typed(desk: Client, other: Client) -> None:
    site = reserve(0)
    data = opened(desk, site) | {"admin_region_en": ["<b>Mine</b>"], "summary_en": ["Long text"]}
    send(other, site, admin_region_en="<i>Theirs</i>")
    html = desk.post(change_address(site), data).content.decode()
    assert "<title>Error: " in html
    assert "Changed by somebody else while the form was open" in html
    assert "&lt;b&gt;Mine&lt;/b&gt;" in html
    assert "&lt;i&gt;Theirs&lt;/i&gt;" in html
    assert ">\r\nLong text</textarea>" in html or ">\nLong text</textarea>" in html


def changeable_kinds(user: User) -> set[type]:
    """Models whose form somebody may send."""
    request: Any = RequestFactory().get("/")
    request.user = user
    return {model for model, owner in admin.site._registry.items() if owner.has_change_permission(request)}


# What the other wrote, what the officer typed, in a field of the form that is not a text.
NOT_A_TEXT: dict[str, tuple[str, Any, str]] = {
    "survey": ("last_day", dt.date(2031, 1, 1), "2031-02-02"),
    "advance_question": ("state", "put", "declined"),
}
# Forms that hold rows alone, or decide something once instead of showing a value to change.
NO_VALUES = {
    "session_of_event", "session_of_training", "role", "attendance_match", "attendance_list", "call_form",
    "training_attendance_match", "training_attendance_list",
}  # fmt: skip


def what_to_change(kind: str, form: Any) -> tuple[str, Any, str]:
    if kind in NOT_A_TEXT:
        return NOT_A_TEXT[kind]
    texts = (
        "CharField",
        "TextField",
        "EmailField",
        "LowercaseEmailField",
        "SlugField",
        "NameFormField",
        "AddressFormField",
    )
    found = (name for name, field in form.fields.items() if type(field).__name__ in texts and name in form.initial)
    return next(found), "theirs", "mine"


@pytest.mark.parametrize("kind", MAKERS)
def test_stale_form_of_every_kind_of_record_saves_nothing(
    administrator_client: Client, administrator: User, kind: str
) -> None:
    record = MAKERS[kind](1)
    page = administrator_client.get(change_address(record))
    owner = admin.site._registry[type(record)]
    request: Any = RequestFactory().get("/")
    request.user = administrator
    if kind == "application":  # a page with acts of its own, each of which says what it was decided on
        return
    if not owner.has_change_permission(request, record):
        assert administrator_client.post(change_address(record), {}).status_code == 403
        return
    assert page.context["seen"]
    if kind in NO_VALUES:
        return
    name, theirs, mine = what_to_change(kind, page.context["adminform"].form)
    data = opened(administrator_client, record) | WHY
    type(record)._base_manager.filter(pk=record.pk).update(**{name: theirs})
    answer = administrator_client.post(change_address(record), data | {name: mine})
    assert list(conflicts_of(answer)) == [name]
    assert type(record)._base_manager.filter(pk=record.pk, **{name: theirs}).exists()


def test_every_form_that_can_be_sent_is_compared(administrator: User) -> None:
    made = {type(MAKERS[kind](1)) for kind in MAKERS}
    left = {model.__name__ for model in changeable_kinds(administrator) - made}
    assert left <= {"Address", "Announcement", "Mail", "Mailing", "PageText"}  # each of the same ground as the others


def test_marks_tell_values_apart() -> None:
    moment = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    same: list[tuple[Any, Any]] = [
        ("", None), ([], None), (moment, moment.astimezone(dt.timezone(dt.timedelta(hours=8)))), (["b", "a"], ["a", "b"]),
    ]  # fmt: skip
    assert [mark_of(one) == mark_of(two) for one, two in same] == [True] * 4
    different = [("a", "b"), (0, None), (False, None), (["a"], ["a", "b"]), (1, 2)]
    assert [mark_of(one) == mark_of(two) for one, two in different] == [False] * 5


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_the_same_moment(officer: Any, officer_client: Client, administrator: User) -> None:
    """Real connections: one of two forms made from the same version is saved, the other sees both versions."""
    for turn in range(5):
        site = BiosphereReserveFactory(slug=f"at-once-{turn}")
        page = change_address(site)
        clients = [signed_in(officer.user), signed_in(administrator)]
        sent = [opened(client, site) | {"admin_region_en": [f"of {nth}"]} for nth, client in enumerate(clients)]
        acts = [partial(status_of, client, page, data) for client, data in zip(clients, sent, strict=True)]
        assert sorted(at_once(acts)) == [200, 302]


def status_of(client: Client, page: str, sent: Any) -> int:
    return int(client.post(page, sent).status_code)


def at_once(acts: list[Any]) -> list[Any]:
    """What each act answers, in a thread and connection of its own, all let go together."""
    answers: list[Any] = []
    gate = threading.Barrier(len(acts))

    def run(act: Any) -> None:
        try:
            gate.wait(HANGING)
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANGING)
    return answers
