"""Numbers, areas, points and names in words of the language in use."""

from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from records.formats import measures
from records.templatetags import text


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (Decimal("387194.00"), "387,194"),
        (Decimal("1133.40"), "1,133.4"),
        (Decimal("0.005"), "0.01"),
        (1234567.891, "1,234,567.89"),
        (999, "999"),
        (0, "0"),
    ],
)
def test_grouped_keeps_what_is_known_and_no_more(number: Decimal | float, expected: str) -> None:
    assert measures.grouped(number) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "1,133.4"), ("mn", "1,133.4"), ("ko", "1,133.4"), ("ru", "1\u202f133,4"), ("kk", "1\u202f133,4")],
)
def test_grouped_follows_the_language(language: str, expected: str) -> None:
    with translation.override(language):
        assert measures.grouped(Decimal("1133.40")) == expected


def test_areas_are_kept_in_hectares_and_shown_in_either_unit() -> None:
    assert text.hectares(Decimal("185000.00")) == "185,000"
    assert (text.hectares(Decimal("8931178.43")), text.hectares(Decimal("8931178.43"), 0)) == (
        "8,931,178.43",
        "8,931,178",
    )
    assert text.km2(Decimal("185000.00")) == "1,850"
    assert text.km2(Decimal("150")) == "1.5"


def test_area_that_is_not_known_is_said_in_words() -> None:
    assert (text.hectares(None), text.km2(None), text.number(None)) == ("not known", "not known", "")
    assert text.hectares(0) == "0"


def test_share_has_one_decimal_and_never_hides_what_is_there() -> None:
    assert measures.per_cent(0.1034) == "10.3\u00a0%"
    assert measures.per_cent(1) == "100.0\u00a0%"
    assert measures.per_cent(0) == "0.0\u00a0%"
    assert measures.per_cent(0.0001) == "<0.1\u00a0%"
    with translation.override("ru"):
        assert measures.per_cent(0.1034) == "10,3\u00a0%"


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ((Decimal("33.38333"), Decimal("126.55000")), "33°23′ N, 126°33′ E"),
        ((52.9999, -179.9999), "53°00′ N, 180°00′ W"),
        ((-0.5, 0.0), "0°30′ S, 0°00′ E"),
    ],
)
def test_point_is_written_as_on_a_map(point: tuple[Decimal | float, Decimal | float], expected: str) -> None:
    assert measures.coordinates(*point) == expected


def test_tags_in_a_template() -> None:
    source = '{% load text %}{% local_name name "ko" %}|{% local_name name "" %}|{% coordinates None None %}|{{ area|hectares }}'
    drawn = engines["django"].from_string(source).render({"name": "제주 <도>", "area": Decimal("14580.00")})
    assert drawn == '<span lang="ko">제주 &lt;도&gt;</span>|제주 &lt;도&gt;||14,580'


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("plain words & more", "plain words &amp; more"),
        ("point: approximate: a guess", "Point: approximate: a guess"),
        ("a town hall: its register", "a town hall: its register"),
        (
            "see https://a.example/b).",
            'see <a href="https://a.example/b" rel="nofollow noreferrer external">a.example</a>).',
        ),
        (
            "https://a.example/b(c)",
            '<a href="https://a.example/b(c)" rel="nofollow noreferrer external">a.example</a>',
        ),
        ("http://[broken", '<a href="http://[broken" rel="nofollow noreferrer external">http://[broken</a>'),
    ],
)
def test_source_links_addresses_and_nothing_else(given: str, expected: str) -> None:
    assert text.source(given) == expected
