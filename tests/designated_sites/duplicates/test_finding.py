"""Which records may be one site: by shared names in any script, never by letters that look alike."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Person
from designated_sites.duplicates import finding as duplicates
from designated_sites.models import NotADuplicate
from geoparks.models import Geopark
from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory, GeoparkFactory


def pairs(model: Any = BiosphereReserve) -> list[tuple[int, int]]:
    return [(pair.first, pair.second) for pair in duplicates.candidates(model)]


def site(name: str, point: tuple[str, str] | None = None, **facts: Any) -> BiosphereReserve:
    place = {"latitude": point[0], "longitude": point[1]} if point else {}
    return BiosphereReserveFactory(name=name, **place, **facts)  # type: ignore[no-any-return]


HERE, NEAR, FAR = ("50.0", "100.0"), ("50.1", "100.2"), ("50.0", "103.0")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khuvsgul Nuur", "KHUVSGUL-NUUR"), ("Хөвсгөл нуур", "ХӨВСГӨЛ  НУУР"), ("长白山", "长白山"), ("설악산", "설악산"),
        ("ビキン", "ﾋﾞｷﾝ"), ("Mt. Sorak-san", "Mt Soraksan"),
    ],
)  # fmt: skip
def test_shared_name_in_any_script(one: str, other: str) -> None:
    first, second = site("Made-up one", HERE), site("Made-up two", NEAR, designation_year=2001)
    first.names.create(name=one)
    second.names.create(name=other, kind="former")
    assert pairs() == [(first.pk, second.pk)]
    (pair,) = duplicates.candidates(BiosphereReserve)
    assert (pair.km, pair.same_year) == (18, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("point", "other_point", "year", "other_year", "states", "found"),
    [
        (HERE, NEAR, 1997, 2001, ["MN"], True),
        (HERE, FAR, 1997, 1997, ["MN"], True),
        (HERE, FAR, 1997, 2001, ["MN"], False),
        (HERE, None, 1997, 2001, ["MN"], False),
        (None, None, 1997, 1997, ["MN"], True),
        (HERE, NEAR, 1997, 1997, ["RU"], False),
        (HERE, NEAR, 1997, 1997, ["RU", "MN"], True),
    ],
)
def test_place_year_and_state(
    point: Any, other_point: Any, year: int, other_year: int, states: list[str], found: bool
) -> None:
    site("Same", point, designation_year=year)
    site("Same", other_point, designation_year=other_year, states=states)
    assert bool(pairs()) is found


@pytest.mark.django_db
def test_without_place_and_year_the_name_in_one_state_is_enough() -> None:
    site("Same", status="aspiring", designation_year=None)
    site("Same", HERE, status="aspiring")
    assert len(pairs()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other"), [("Khuvsgul", "Khovsgol"), ("Altai", "Altay"), ("A", "A"), ("Sorak", "Sorak One")]
)
def test_names_that_look_alike_are_no_reason(one: str, other: str) -> None:
    site(one, HERE)
    site(other, HERE)
    assert pairs() == []


@pytest.mark.django_db
def test_parts_of_a_shared_site_are_no_duplicates() -> None:
    whole = site("Shared", HERE, states=["MN", "RU"])
    site("Shared", HERE, joint_reserve=whole)
    site("Shared", HERE, states=["RU"], joint_reserve=whole)
    site("Shared", HERE, joint_reserve=whole, designation_year=2001)
    assert pairs() == []


@pytest.mark.django_db
def test_a_geopark_is_no_duplicate_of_a_reserve_and_its_title_no_part_of_the_name() -> None:
    site("Altai", HERE)
    one = GeoparkFactory(name="Altai UNESCO Global Geopark")
    assert pairs() == pairs(Geopark) == []
    other = GeoparkFactory(name="Altai", status="aspiring")
    assert pairs(Geopark) == [(one.pk, other.pk)]
    assert duplicates.open_count(BiosphereReserve, Geopark) == 1


@pytest.mark.django_db
def test_what_was_decided_is_remembered_once(officer: Person) -> None:
    one, other = site("Same", HERE), site("Same", HERE)
    by: Any = officer.user
    duplicates.keep_apart(one=other.pk, other=one.pk, reason="Two lakes", by=by)
    assert pairs() == []
    with pytest.raises(ValidationError, match="decided already"):
        duplicates.keep_apart(one=one.pk, other=other.pk, reason="Again", by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        NotADuplicate.objects.create(first=other, second=one, reason="")


@pytest.mark.django_db
def test_queries_do_not_rise_with_the_sites(django_assert_num_queries: Any) -> None:
    for number in (2, 6):
        for nth in range(number):
            site(f"Same {number}", HERE).names.create(name=f"Name {nth}")
        with django_assert_num_queries(5):
            assert duplicates.candidates(BiosphereReserve)


@pytest.mark.django_db
@pytest.mark.usefixtures("network_data")
def test_real_data_holds_no_pair_by_letters_alone() -> None:
    """One pair shares a whole name: two reserves of one year listed under one former name. An officer says what they are."""
    found = {}
    for model in (BiosphereReserve, Geopark):
        sites: Any = model._default_manager.in_bulk()
        found[model.kind] = [
            (sites[pair.first].slug, sites[pair.second].slug, pair.names) for pair in duplicates.candidates(model)
        ]
    assert found == {"reserve": [("okskiy", "prioksko-terrasnyi", ("okarivervalley",))], "geopark": []}
