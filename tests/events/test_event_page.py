"""The page of an event: all that is known of it, linked both ways."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.test import Client

from activities.rescheduling.moves import When
from events.registration import rescheduling
from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PartnerFactory,
    PersonFactory,
    ProgrammeFactory,
    SeriesFactory,
    TrainingFactory,
)
from tests.look.pages import Page
from tests.people import with_account

pytestmark = pytest.mark.django_db
START = dt.datetime(2030, 10, 1, 1, tzinfo=dt.UTC)


def page(client: Client, record: object) -> str:
    return client.get(record.get_absolute_url()).content.decode()


def test_page_gives_time_zone_and_offset(client: Client) -> None:
    text = page(client, EventFactory(timezone="Asia/Almaty", starts_at=dt.datetime(2018, 5, 29, 3, tzinfo=dt.UTC)))
    assert "Tuesday 29 May 2018<br>09:00 to 11:00" in text
    assert "Almaty, Asia/Almaty (UTC+6)" in text


@pytest.mark.parametrize(
    ("precision", "words", "note"),
    [
        ("year", "2030", "Only the year is known."),
        ("month", "October 2030", "Only the month is known."),
        ("day", "1 October 2030", "Local date in Ulaanbaatar."),
    ],
)
def test_page_says_how_much_of_the_date_is_known(client: Client, precision: str, words: str, note: str) -> None:
    text = page(client, EventFactory(start_precision=precision, ends_at=None))
    assert f">{words}</time>" in text
    assert note in text
    assert "The start in the seven capitals" not in text


def test_page_shows_the_time_of_a_reader_who_is_signed_in(client: Client) -> None:
    reader = with_account("reader@example.org", "Reader", time_zone="Asia/Tokyo")
    event = EventFactory()
    client.force_login(reader.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    text = page(client, event)
    assert "Your time" in text
    assert "10:00 to 12:00" in text
    assert "Tokyo, Asia/Tokyo (UTC+9)" in text


def test_page_links_sites_both_ways_and_keeps_names_as_text(client: Client) -> None:
    event, reserve, geopark = (
        EventFactory(title="Day"),
        BiosphereReserveFactory(name="Lake"),
        GeoparkFactory(name="Cave"),
    )
    hidden = BiosphereReserveFactory(name="Unseen", published=False)
    event.site_links.create(site=reserve)
    event.site_links.create(site=geopark)
    event.site_links.create(name="A place in words")
    event.site_links.create(site=hidden)
    text = page(client, event)
    for site in (reserve, geopark):
        assert f'href="{site.get_absolute_url()}"' in text
        (panel,) = client.get(site.get_absolute_url()).context["panels"]
        assert [one.title for one in panel.context["activities"]] == ["Day"]
    assert "A place in words" in text
    assert "Unseen" not in text


def test_page_links_bodies_by_role_and_keeps_names_as_text(client: Client) -> None:
    event, partner = EventFactory(), PartnerFactory(name="Institute")
    event.involvements.create(partner=partner, role="funder")
    event.involvements.create(name="A body in words", role="organiser")
    event.involvements.create(partner=PartnerFactory(name="Unseen", published=False), name="In words", role="partner")
    bodies = client.get(event.get_absolute_url()).context["bodies"]
    assert [(str(group["role"]), [str(one) for one in group["bodies"]]) for group in bodies] == [
        ("Organiser", ["A body in words"]),
        ("Partner", ["In words"]),
        ("Funder", ["Institute"]),
    ]
    text = page(client, event)
    assert f'href="{partner.get_absolute_url()}">Institute</a>' in text
    assert "Unseen" not in text


def test_page_names_a_role_in_the_plural_over_several_bodies(client: Client) -> None:
    event = EventFactory()
    for name in ("One", "Two"):
        event.involvements.create(name=name, role="organiser")
    assert [group["role"] for group in client.get(event.get_absolute_url()).context["bodies"]] == ["Organisers"]


def test_page_links_a_series_and_its_parts_both_ways(client: Client) -> None:
    series = SeriesFactory(slug="webinars", name="Webinars of 2021")
    whole = EventFactory(title="Whole", series=series)
    part = EventFactory(title="Part", series=series, part_of=whole)
    draft = EventFactory(title="Unseen", part_of=whole, series=series, status="draft")
    assert list(client.get(whole.get_absolute_url()).context["parts"]) == [part]
    assert f'href="{whole.get_absolute_url()}">Whole</a>' in page(client, part)
    assert list(client.get(part.get_absolute_url()).context["siblings"]) == [whole]
    assert list(client.get(whole.get_absolute_url()).context["siblings"]) == []  # they stand there as its parts
    assert 'href="/events/?series=webinars">Webinars of 2021</a>' in page(client, part)
    assert draft.title not in page(client, whole)


def test_page_links_the_training_it_was_part_of(client: Client) -> None:
    event, training = EventFactory(title="Day"), TrainingFactory(title="Course")
    training.events.add(event)
    (panel,) = client.get(event.get_absolute_url()).context["panels"]
    assert [one.title for one in panel.context["activities"]] == ["Course"]
    assert f'href="{event.get_absolute_url()}">Day</a>' in page(client, training)


def test_page_names_hosts_programmes_and_participants(client: Client) -> None:
    MemberStateFactory(code="KP")
    event = EventFactory(
        states=["MN"], other_countries=["VN"], participants=1200, participants_note="more than", programme_names=["IOC"],
        participating_codes=["KP", "LK"], participating_note="and others", languages=["en", "mn"],
    )  # fmt: skip
    programme = ProgrammeFactory(name="Lakes")
    event.programmes.add(programme)
    context = client.get(event.get_absolute_url()).context
    assert context["elsewhere"] == ["Viet Nam"]
    assert context["participating"] == ["Democratic People's Republic of Korea", "Sri Lanka"]
    text = page(client, event)
    for words in (
        'href="/member-states/MN/">Mongolia</a>',
        "1,200",
        "more than",
        "IOC",
        f'href="{programme.get_absolute_url()}">Lakes</a>',
        "and others",
        '<span lang="mn">Монгол</span>',
    ):
        assert words in text


def test_page_tells_outcomes_sessions_and_a_postponement(client: Client) -> None:
    event = EventFactory(outcomes="One thing\n\nAnother thing", timezone="Asia/Shanghai")
    session = event.sessions.create(
        title="Welcome", starts_at=START, ends_at=START + dt.timedelta(minutes=30), trainer_names="Two guests"
    )
    session.trainers.add(PersonFactory(name="Saruul"))
    event.postponements.create(
        was_starts_at=START - dt.timedelta(days=40), was_start_precision="day", reason="The host fell through."
    )
    text = page(client, event)
    for words in (
        "<li>One thing</li><li>Another thing</li>",
        "09:00 to 09:30",
        "Saruul, Two guests",
        "Moved: it was to take place on 22 August 2030.",
        "The host fell through.",
    ):
        assert words in text


def test_page_keeps_the_trace_of_a_move_and_a_cancellation(client: Client) -> None:
    event = EventFactory(timezone="Asia/Shanghai", starts_at=START + dt.timedelta(days=7))
    with time_machine.travel(START - dt.timedelta(days=30), tick=False):
        sooner = When(START, "minute", None, "", "Asia/Tokyo")
        rescheduling.move(event=event, to=sooner, reason="The host asked for it.", by=None)
        before = (
            "it was to take place on Tuesday 8 October 2030, 10:00, Tokyo, Asia/Tokyo (UTC+9). The host asked for it."
        )
        assert f"Moved: {before}" in Page(page(client, event)).text
        rescheduling.move(event=event, to=replace(sooner, starts_at=START + dt.timedelta(days=14)), reason="", by=None)
        rescheduling.cancel(event=event, reason="A typhoon.", by=None)
        text = Page(page(client, event)).text
        assert f"Moved: {before}" in text
        assert "Moved: it was to take place on Tuesday 1 October 2030, 10:00, Tokyo, Asia/Tokyo (UTC+9)." in text
        assert "It does not take place. It was cancelled on 1 September 2030. A typhoon." in text
        assert "The start in the seven capitals" not in text
        rescheduling.reopen(event=event, reason="", by=None)
        text = Page(page(client, event)).text
    assert "It was cancelled on 1 September 2030, and takes place after all." in text
    assert "It does not take place" not in text
    assert "The start in the seven capitals" in text


def test_page_of_a_sample_says_so_and_claims_no_confidence(client: Client) -> None:
    text = page(client, EventFactory(is_sample=True))
    assert '<span class="badge badge-note">Sample</span>' in text
    assert "Made up, so that the portal can be tried." in text
    assert "Confidence" not in text


@pytest.mark.parametrize("facts", [{"status": "draft"}, {"published": False}])
def test_page_of_what_is_not_public_is_not_found(client: Client, facts: dict[str, object]) -> None:
    event = EventFactory(**facts)
    for address in (event.get_absolute_url(), f"{event.get_absolute_url()}register/", f"/events/{event.slug}.ics"):
        assert client.get(address).status_code == 404


def test_page_query_count_does_not_grow(client: Client, django_assert_num_queries) -> None:
    series = SeriesFactory()
    event = EventFactory(series=series, states=["MN"])
    for number in (1, 2):
        for _ in range(number):
            event.involvements.create(partner=PartnerFactory())
            event.site_links.create(site=BiosphereReserveFactory())
            event.site_links.create(site=GeoparkFactory())
            event.programmes.add(ProgrammeFactory())
            EventFactory(part_of=event, series=series)
            event.sessions.create(title="S", starts_at=START, ends_at=START + dt.timedelta(hours=1)).trainers.add(
                PersonFactory()
            )
        with django_assert_num_queries(17):
            client.get(event.get_absolute_url())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "No registration is on record."),
        ({"registration_opens_at": START - dt.timedelta(days=1)}, "Not open yet."),
        ({"registration_opens_at": START - dt.timedelta(days=60)}, "Your name in Latin letters"),
        ({"registration_closes_at": START - dt.timedelta(days=50)}, "Closed."),
        ({"status": "cancelled"}, "It does not take place."),
    ],
)
def test_registration_page_says_how_things_stand(client: Client, facts: dict[str, object], words: str) -> None:
    event = EventFactory(**facts)
    with time_machine.travel(START - dt.timedelta(days=30), tick=False):
        response = client.get(f"{event.get_absolute_url()}register/")
    assert response.status_code == 200
    assert words in response.content.decode()
