"""Programmes: one tree, each with a page."""

import pytest
from django.test import Client

from network.models import Programme
from network.tree import path_to, tree_of
from tests.factories import DocumentFactory, EventFactory, ProgrammeFactory, TrainingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, Programme]:
    area = ProgrammeFactory(name="Water", kind="focus_area")
    forum = ProgrammeFactory(name="Forum", parent=area)
    book = ProgrammeFactory(name="Book", kind="project", parent=forum)
    offer = ProgrammeFactory(slug="offer-water", name="Advice", kind="offer", parent=area)
    ProgrammeFactory(name="Hidden", parent=forum, published=False)
    return {"area": area, "forum": forum, "book": book, "offer": offer}


def test_tree_goes_from_focus_areas_down_and_sets_offers_apart(client: Client, tree: dict[str, Programme]) -> None:
    context = client.get("/programmes/").context
    (area,) = context["areas"]
    (forum,) = area.running
    assert area.programme == tree["area"]
    assert forum.programme == tree["forum"]
    assert [branch.programme for branch in forum.running] == [tree["book"]]
    assert [branch.programme for branch in area.offers] == [tree["offer"]]
    assert context["offers"] == [tree["offer"]]


def test_tree_shows_what_hangs_below_a_programme_not_published(tree: dict[str, Programme]) -> None:
    Programme.objects.filter(pk=tree["area"].pk).update(published=False)
    roots = tree_of(Programme.objects.published().order_by("name"))
    assert [root.programme.name for root in roots] == ["Advice", "Forum"]


def test_tree_query_count_does_not_grow(client: Client, django_assert_num_queries) -> None:
    parent = ProgrammeFactory(kind="focus_area")
    for number in (1, 2):
        ProgrammeFactory.create_batch(number, parent=parent)
        with django_assert_num_queries(1):
            client.get("/programmes/")


def test_path_ends_where_a_ring_closes(tree: dict[str, Programme]) -> None:
    Programme.objects.filter(pk=tree["area"].pk).update(parent=tree["book"])
    assert [one.name for one in path_to(tree["forum"], Programme.objects.all())] == ["Book", "Water"]


def test_page_links_up_down_and_to_what_it_holds(client: Client, tree: dict[str, Programme]) -> None:
    forum = tree["forum"]
    DocumentFactory(title="Forum paper", programme=forum)
    DocumentFactory(title="Hidden paper", programme=forum, published=False)
    EventFactory(title="Forum day").programmes.add(forum)
    TrainingFactory(title="Forum course").programmes.add(forum)
    context = client.get(forum.get_absolute_url()).context
    assert context["above"] == [tree["area"]]
    assert list(context["children"]) == [tree["book"]]
    assert [document.title for document in context["documents"]] == ["Forum paper"]
    assert [panel.key for panel in context["panels"]] == ["events", "trainings", "calendar"]


def test_only_the_page_of_an_offer_leads_to_the_form(client: Client, tree: dict[str, Programme]) -> None:
    assert 'href="/programmes/offer-water/ask/"' in client.get("/programmes/offer-water/").content.decode()
    assert "/ask/" not in client.get(tree["forum"].get_absolute_url()).content.decode()
