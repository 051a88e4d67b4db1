"""Words of the portal's own pages that the secretariat writes itself: shown in place of the portal's, looked at before saving."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from network.models import PageText
from network.page_places import PLACES
from tests.admin.pages import change_address, opened, send

pytestmark = pytest.mark.django_db
OWN = "Its secretariat has been at the UNESCO office in Beijing"


@pytest.fixture
def beginning() -> PageText:
    return PageText.objects.create(key="about-beginning")


def about(client: Client) -> str:
    return client.get("/about/").content.decode()


def drawn(language: str) -> str:
    with translation.override(language):
        return Template(
            '{% load page_texts %}{% pagetext "about-beginning" %}The portal\'s own.{% endpagetext %}'
        ).render(Context())


def test_what_the_office_wrote_stands_in_place_of_the_portals_words(client: Client, beginning: PageText) -> None:
    assert OWN in about(client)
    beginning.text_en = "First part.\n\nSecond <part>."
    beginning.text_ru = "Первая часть."
    beginning.save()
    page = about(client)
    assert "<p>First part.</p>\n<p>Second &lt;part&gt;.</p>" in page
    assert OWN not in page
    assert drawn("ru") == "<p>Первая часть.</p>"
    assert drawn("ja") == '<p lang="en">First part.</p>\n<p lang="en">Second &lt;part&gt;.</p>'


def test_words_in_one_language_leave_the_others_as_they_are(beginning: PageText) -> None:
    beginning.text_ru = "Первая часть."
    beginning.save()
    assert (drawn("ru"), drawn("en")) == ("<p>Первая часть.</p>", "The portal's own.")


def test_every_place_is_on_its_page(client: Client) -> None:
    for key in PLACES:
        PageText.objects.create(key=key, text_en=f"Words of {key}.")
    for key, place in PLACES.items():
        assert f"Words of {key}." in client.get(reverse(place.page)).content.decode(), key


def test_page_is_looked_at_before_it_is_saved(officer_client: Client, client: Client, beginning: PageText) -> None:
    page = f"/admin/network/pagetext/{beginning.pk}/preview/"
    for key, address in (("about-beginning", page), ("home-lead", page.replace(beginning.pk, "home-lead"))):
        answer = officer_client.post(
            address, {"text_en": f"New words of {key}.", "text_ru": "Новое.", "language": "en"}
        )
        assert f"New words of {key}." in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
    assert "Новое." in officer_client.post(page, {"text_ru": "Новое.", "language": "ru"}).content.decode()
    assert OWN in about(client)
    assert client.post(page, {"text_en": "x"}).status_code == 302
    assert not any(text.text_en for text in PageText.objects.all())


def test_officer_writes_a_text_with_history(officer_client: Client, client: Client, beginning: PageText) -> None:
    assert (
        'formaction="/admin/network/pagetext/about-beginning/preview/"'
        in officer_client.get(change_address(beginning)).content.decode()
    )
    assert "text_en" in opened(officer_client, beginning)
    assert send(officer_client, beginning, text_en="Written by the office.").status_code == 302
    assert "Written by the office." in about(client)
    history = officer_client.get(f"/admin/network/pagetext/{beginning.pk}/history/").content.decode()
    assert "Written by the office." in history
    listed = officer_client.get("/admin/network/pagetext/").content.decode()
    assert "About: how it began" in listed


def test_place_that_is_not_known_is_an_error_of_the_template() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template('{% load page_texts %}{% pagetext "nowhere" %}{% endpagetext %}').render(Context())


def test_place_that_has_no_words_yet_is_chosen_and_goes_again(officer_client: Client, client: Client) -> None:
    page = "/admin/network/pagetext/add/"
    assert "About: what it does" in officer_client.get(page).content.decode()
    assert officer_client.post(page, {"key": "about-work", "text_en": "We plant trees."}).status_code == 302
    assert "We plant trees." in about(client)
    assert officer_client.post(page, {"key": "nowhere", "text_en": "x"}).status_code == 200
    officer_client.post("/admin/network/pagetext/about-work/delete/", {"post": "yes"})
    assert "We plant trees." not in about(client)
