"""The yearly question whether the facts of a site are right: who is asked, how often, and what a link is good for."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from designated_sites.stewardship import confirmations
from designated_sites.stewardship.signed_links import confirm_url
from designated_sites.stewardship.yearly_question import MOST_A_DAY, ask_for_confirmations
from history.models import Change
from notifications.composing.letters import write
from notifications.mail_types import Drop
from notifications.models import Mail
from reserves.models import BiosphereReserve
from tests.designated_sites.proposals.proposing import named_steward, site_of_kind
from tests.factories import BiosphereReserveFactory, GeoparkFactory, MemberStateFactory, PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 9, 30, tzinfo=dt.UTC)


def asked() -> set[tuple[str, str]]:
    """Kind of site and reader of every mail that asks."""
    rows = Mail.objects.filter(kind="site.confirm").values_list("subject_label", "recipient_key")
    return {(label.partition(".")[2], key) for label, key in rows}


def focal_point_of(code: str) -> Any:
    person = PersonFactory()
    RoleGrantFactory(person=person, role="focal_point", member_state=MemberStateFactory(code=code))
    return person


def test_stewards_are_asked_and_where_there_are_none_the_focal_points() -> None:
    reserve, geopark = BiosphereReserveFactory(states=["MN"]), GeoparkFactory(states=["MN", "RU"])
    stewards = [named_steward(reserve), named_steward(reserve)]
    mongolia, russia, _japan = (focal_point_of(code) for code in ("MN", "RU", "JP"))
    assert ask_for_confirmations() == 4
    assert asked() == {
        *(("biospherereserve", f"person:{one.pk}") for one in stewards),
        ("geopark", f"person:{mongolia.pk}"), ("geopark", f"person:{russia.pk}"),
    }  # fmt: skip
    assert geopark.pk in Mail.objects.filter(subject_label="geoparks.geopark").values_list("subject_id", flat=True)
    assert ask_for_confirmations() == 0


def test_former_and_coming_stewards_are_not_asked() -> None:
    site = BiosphereReserveFactory()
    today = dt.datetime.now(dt.UTC).date()
    for facts in ({"until": today - dt.timedelta(days=1)}, {"since": today + dt.timedelta(days=2)}):
        site.stewards.create(person=PersonFactory(), **facts)
    assert ask_for_confirmations() == 0


@pytest.mark.parametrize(
    ("days_ago", "is_asked"), [(None, True), (366, True), (364, False), (1, False)], ids=["never", "over", "within", "new"]
)  # fmt: skip
@pytest.mark.parametrize("kind", ["reserve", "geopark"])
def test_site_confirmed_within_the_year_is_left_alone(kind: str, days_ago: int | None, is_asked: bool) -> None:
    with time_machine.travel(NOW, tick=False):
        site = site_of_kind(kind, confirmed_at=None if days_ago is None else NOW - dt.timedelta(days=days_ago))
        named_steward(site)
        assert ask_for_confirmations() == int(is_asked)
        found = type(site).objects.not_confirmed_for_a_year()
        assert list(found) == ([site] if is_asked else [])


def test_hidden_sites_are_not_asked_about() -> None:
    named_steward(BiosphereReserveFactory(published=False))
    assert ask_for_confirmations() == 0
    assert not BiosphereReserve.objects.not_confirmed_for_a_year().exists()


def test_who_does_not_answer_is_asked_again_after_a_year_and_not_before() -> None:
    named_steward(BiosphereReserveFactory())
    with time_machine.travel(NOW) as clock:
        told = []
        for days in (0, 1, 37, 364, 366, 400):  # over New Year: the year is one of days, not of the calendar
            clock.move_to(NOW + dt.timedelta(days=days))
            told.append(ask_for_confirmations())
    assert told == [1, 0, 0, 0, 1, 0]


def test_interval_is_a_setting(settings: Any) -> None:
    settings.SITE_CONFIRM_DAYS = 30
    with time_machine.travel(NOW, tick=False):
        named_steward(BiosphereReserveFactory(confirmed_at=NOW - dt.timedelta(days=31)))
        named_steward(BiosphereReserveFactory(confirmed_at=NOW - dt.timedelta(days=29)))
        assert ask_for_confirmations() == 1


def test_reader_of_many_sites_gets_a_few_a_day() -> None:
    focal_point_of("MN")
    for _number in range(MOST_A_DAY + 2):
        BiosphereReserveFactory(states=["MN"])
    with time_machine.travel(NOW) as clock:
        told = [ask_for_confirmations(), ask_for_confirmations()]
        clock.move_to(NOW + dt.timedelta(days=1))
        told += [ask_for_confirmations(), ask_for_confirmations()]
    assert told == [MOST_A_DAY, 0, 2, 0]


def test_mail_that_waits_is_dropped_when_the_facts_were_confirmed() -> None:
    site = BiosphereReserveFactory()
    person = named_steward(site)
    ask_for_confirmations()
    mail = Mail.objects.get()
    assert not isinstance(write(mail), Drop)
    confirmations.confirm(site=site, person=person, seen=confirmations.shown(site))
    assert write(mail) == Drop("The facts were confirmed meanwhile.")


# The link -----------------------------------------------------------------------------------------------------------------


def link_of(site: Any, person: Any, day: str = "20261125") -> str:
    url = confirm_url(site_id=site.pk, person_id=person.pk, occurrence=f"{site.kind}.{day}")
    return url.removeprefix("http://localhost:8000")


@pytest.mark.parametrize("kind", ["reserve", "geopark"])
def test_link_shows_the_facts_and_confirms_by_its_button_only(kind: str) -> None:
    site = site_of_kind(kind, admin_region_en="Övörkhangai")
    person = named_steward(site, name="Saruul")
    with time_machine.travel(NOW):
        client, link = Client(enforce_csrf_checks=True), link_of(site, person)
        page = client.get(link)
        assert (page.status_code, page["Cache-Control"].count("no-store")) == (200, 1)
        assert "Övörkhangai" in page.content.decode()
        assert "You confirm as Saruul" in page.content.decode()
        site.refresh_from_db()
        assert site.confirmed_at is None
        data = {"seen": page.context["seen"], "csrfmiddlewaretoken": str(page.context["csrf_token"])}
        Change.objects.all().delete()
        done = client.post(link, data)
        assert (done.status_code, "facts are confirmed" in done.content.decode()) == (200, True)
    site.refresh_from_db()
    assert (site.confirmed_at.date(), site.confirmed_by) == (NOW.date(), person)
    change = Change.objects.get()
    assert (change.actor_id, change.reason) == (person.user_id, "Yearly confirmation")


def test_person_without_an_account_confirms_too() -> None:
    site, person = BiosphereReserveFactory(), PersonFactory()
    site.stewards.create(person=person)
    with time_machine.travel(NOW):
        client, link = Client(), link_of(site, person)
        client.post(link, {"seen": client.get(link).context["seen"]})
    site.refresh_from_db()
    assert site.confirmed_by == person


def unusable(link: str) -> str:
    """What is said of a link that is not good, whether looked at or pressed."""
    said = [getattr(Client(), act)(link, {"seen": "x"}) for act in ("get", "post")]
    assert [one.status_code for one in said] == [410, 410]
    assert said[0].context["refused"] == said[1].context["refused"]
    assert not BiosphereReserve.objects.filter(confirmed_at__gte=NOW).exists()
    return str(said[0].context["refused"])


def test_forged_link_says_so() -> None:
    site = BiosphereReserveFactory()
    person, other = named_steward(site), BiosphereReserveFactory()
    link = link_of(site, person)
    assert "not complete" in unusable(link[:-2] + "/")
    assert "not complete" in unusable(link.replace(f".{site.pk}.", f".{other.pk}."))
    assert "not complete" in unusable("/me/sites/confirm/x/")


def test_link_is_good_for_sixty_days() -> None:
    site = BiosphereReserveFactory()
    link = link_of(site, named_steward(site))
    with time_machine.travel(NOW + dt.timedelta(days=59)):
        assert Client().get(link).status_code == 200
    with time_machine.travel(NOW + dt.timedelta(days=60)):
        assert "good for 60 days" in unusable(link)


def test_link_is_good_for_one_confirmation_also_by_somebody_else() -> None:
    site = BiosphereReserveFactory()
    first, second = named_steward(site), named_steward(site)
    with time_machine.travel(NOW):
        client, link = Client(), link_of(site, first)
        seen = client.get(link).context["seen"]
        client.post(link, {"seen": seen})
        BiosphereReserve.objects.update(confirmed_at=NOW - dt.timedelta(hours=1))
        for used in (link, link_of(site, second)):
            assert "confirmed meanwhile" in unusable(used)


def test_link_of_who_no_longer_looks_after_the_site_says_so() -> None:
    site = BiosphereReserveFactory(states=["MN"])
    person = named_steward(site)
    with time_machine.travel(NOW):
        link = link_of(site, person)
        site.stewards.all().delete()
        assert "no longer does" in unusable(link)
        RoleGrantFactory(person=person, role="focal_point", member_state=MemberStateFactory(code="MN"))
        assert Client().get(link).status_code == 200
        BiosphereReserve.objects.update(published=False)
        assert "no longer does" in unusable(link)


def test_facts_that_changed_since_they_were_shown_are_looked_at_again() -> None:
    site = BiosphereReserveFactory()
    with time_machine.travel(NOW):
        client, link = Client(), link_of(site, named_steward(site))
        seen = client.get(link).context["seen"]
        BiosphereReserve.objects.update(area_ha=12)
        again = client.post(link, {"seen": seen}, follow=True)
    assert again.redirect_chain == [(link, 302)]
    assert "has changed while the page was open" in again.content.decode()
    site.refresh_from_db()
    assert site.confirmed_at is None


def test_looking_for_sites_asks_the_same_few_questions(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Nobody looks after these: a site costs the two questions who does."""
    BiosphereReserveFactory(states=["MN"])
    with django_assert_num_queries(5):
        ask_for_confirmations()
