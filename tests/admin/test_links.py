"""Ways from the pages of the admin: to the records that a form names, and by links that narrow a list."""

import re
from html import unescape
from typing import Any
from urllib.parse import urljoin

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.db import models
from django.test import Client, RequestFactory

from activities import models as activities
from events import models as events
from tests.admin.pages import change_address
from tests.admin.records import EVERY
from tests.factories import UserFactory
from typed_records.base import is_parent

pytestmark = pytest.mark.django_db


def shown(client: Client, record: models.Model) -> str:
    response = client.get(change_address(record))
    assert response.status_code == 200
    return response.content.decode()


NAMED = [
    ("attendance_list", "activity"), ("training_attendance_list", "activity"), ("attendance_match", "activity"),
    ("training_attendance_match", "activity"), ("attendance_correction", "session"),
    ("training_attendance_correction", "session"), ("session_of_event", "activity"), ("session_of_training", "activity"),
    ("advance_question", "activity"), ("certificate", "activity"), ("reserve_proposal", "site"),
    ("geopark_proposal", "site"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "relation"), NAMED)
def test_form_leads_to_the_record_that_it_names(officer_client: Client, kind: str, relation: str) -> None:
    record = EVERY[kind](1)
    named = getattr(record, relation)
    assert f'<a href="{change_address(named)}">{named}</a>' in shown(officer_client, record)


def test_question_leads_to_its_session(officer_client: Client) -> None:
    session = EVERY["session_of_event"](0)
    asked = events.AdvanceQuestion.objects.create(activity=session.activity, session=session, text="How?")
    assert f'<a href="{change_address(session)}">{session}</a>' in shown(officer_client, asked)


def test_field_without_a_record_leads_nowhere(officer_client: Client) -> None:
    html = shown(officer_client, EVERY["advance_question"](0))
    assert re.search(r'field-session_link.*?class="readonly">-</div>', html, re.S)


def test_session_that_is_chosen_can_be_opened(officer_client: Client) -> None:
    """Ways in and materials choose among sessions of their event, whose page is that of sessions of events."""
    event = EVERY["event"](1)
    session = event.sessions.get()
    activities.JoinLink.objects.update(session=session)
    activities.Material.objects.create(
        activity=event, session=session, kind="slides", title="A", url="https://a.example"
    )
    for part in ("sessions", "materials"):
        html = officer_client.get(change_address(event, part)).content.decode()
        assert 'data-href-template="/admin/events/eventsession/__fk__/change/' in html
        assert "/admin/events/eventsession/add/" not in html  # a session is added in the form of its event


def of_several_pages(model: type[models.Model]) -> bool:
    """Whether rows of a model are kept on pages of other models: of their types, or without a table of their own."""
    registered = admin.site._registry
    proxies = [one for one in registered if one._meta.proxy and one._meta.concrete_model is model]
    return is_parent(model) or (model not in registered and bool(proxies))


@pytest.mark.parametrize("kind", EVERY)
def test_no_form_names_a_record_without_the_way_to_it(rf: RequestFactory, kind: str) -> None:
    """Django would write the bare name of what stands in a table of several types: such a field is made by `linked`."""
    record = EVERY[kind](1)
    request = rf.get("/")
    request.user = UserFactory(is_staff=True, is_superuser=True)
    owner = admin.site._registry[type(record)]
    read: set[tuple[str, str]] = set()
    for one in (owner, *(inline(type(record), admin.site) for inline in owner.inlines)):
        names: Any = one.get_readonly_fields(request, record)
        relations = {field.name: field for field in one.model._meta.concrete_fields if field.is_relation}
        read |= {
            (type(one).__name__, name)
            for name in flatten(names)
            if name in relations and of_several_pages(relations[name].related_model)
        }
    assert read == set()


def narrowing(client: Client, page: str) -> dict[str, int]:
    """What the links of a page answer that have a query: a list that does not know a filter refuses it, or leads on."""
    html = client.get(page).content.decode()
    links = {urljoin(page, unescape(link)) for link in re.findall(r'href="([^"]*\?[^"]*)"', html)}
    return {link: client.get(link).status_code for link in links if link.startswith("/admin/")}


@pytest.mark.sweep
@pytest.mark.parametrize("kind", EVERY)
def test_links_that_narrow_a_list_are_understood(administrator_client: Client, kind: str) -> None:
    form = change_address(EVERY[kind](1))
    answers = narrowing(administrator_client, form) | narrowing(administrator_client, form.rsplit("/", 3)[0] + "/")
    assert answers
    assert {link: status for link, status in answers.items() if status != 200} == {}


@pytest.mark.sweep
def test_work_queue_leads_to_lists_that_understand_it(administrator_client: Client) -> None:
    for kind in EVERY:
        EVERY[kind](1)
    answers = narrowing(administrator_client, "/admin/")
    assert len(answers) > 5
    assert {link: status for link, status in answers.items() if status != 200} == {}


def test_questions_are_narrowed_by_their_event(officer_client: Client) -> None:
    """The column leads to activities of all types; whoever reads the list knows events."""
    for _time in range(2):
        EVERY["advance_question"](0)
    html = officer_client.get("/admin/events/advancequestion/").content.decode()
    assert re.search(r"<legend[^>]*>Event</legend>", html)
    assert "activity" not in re.sub(r"<[^>]*>", "", html).lower()
