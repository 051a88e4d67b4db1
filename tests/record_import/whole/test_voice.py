"""What the network's data say in public: facts, in nobody's voice, with sources that may be linked."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.test import Client

from designated_sites.models import DesignatedSite
from events.models import Event
from geoparks.models import Geopark
from network.models import Document, MemberState, Partner, Programme
from records.formats.addresses import republisher
from records.models import Sourced
from records.source_grades import Grade, best_of
from reserves.models import BiosphereReserve
from trainings.models import Training

pytestmark = [pytest.mark.sweep, pytest.mark.usefixtures("loaded")]
KINDS: list[type[Sourced]] = [BiosphereReserve, Geopark, Event, Training, Document, Partner, Programme, MemberState]
# How many records nobody but others stands behind; it only falls.
MOST_OF_OTHERS = 45
# What only who compiled the data would say.
COMPILER = re.compile(
    r"stored cop|\bin reach|cop(y|ies) read|pages? read|editor's|kept (here|for the)|third-party|not found|damaged|mirrored|\(copy\)"
    r"|\brests on|is inferred|was not read|to be checked|the compiler|newer version may",
    re.IGNORECASE,
)


def _texts(record: Sourced) -> Iterator[tuple[str, str]]:
    for column in record._meta.concrete_fields:
        if column.name == "internal_note":
            continue
        value = getattr(record, column.attname)
        if isinstance(column, models.CharField | models.TextField) and value:
            yield column.name, value
        elif isinstance(column, ArrayField):
            yield from ((column.name, str(one)) for one in value or ())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind._meta.model_name)
def test_no_record_speaks_in_the_voice_of_who_compiled_it(kind: type[Sourced]) -> None:
    said = {
        (str(record), name): text
        for record in kind.objects.all()
        for name, text in _texts(record)
        if COMPILER.search(text)
    }
    assert said == {}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind._meta.model_name)
def test_no_record_leads_to_who_republishes(kind: type[Sourced]) -> None:
    addresses = [column.name for column in kind._meta.concrete_fields if isinstance(column, models.URLField)]
    led = {(str(one), name): getattr(one, name) for one in kind.objects.all() for name in addresses}
    assert {where: to for where, to in led.items() if republisher(to)} == {}


def test_notes_are_in_the_data_and_on_no_page(client: Client) -> None:
    """Every note is told to the secretariat alone: neither its page nor the API has a word of it."""
    with_notes = [record for kind in KINDS for record in kind.objects.exclude(internal_note="")]
    assert len(with_notes) > 40
    for record in with_notes:
        assert record.internal_note not in client.get(record.get_absolute_url()).content.decode().replace("&#x27;", "'")
    for kind in ("reserves", "geoparks", "events", "documents", "programmes"):
        answer = client.get(f"/api/{kind}").content.decode()
        assert "internal_note" not in answer
        assert "is not linked" not in answer


def test_document_that_is_not_held_says_where_to_ask(client: Client) -> None:
    not_held = Document.objects.published().text_not_held()
    assert {"seville-strategy", "statutory-framework", "br-periodic-review-form-2013"} <= {one.slug for one in not_held}
    page = client.get("/documents/seville-strategy/").content.decode()
    assert "The text is not held here. Ask the secretariat for it." in page
    assert "docest" not in page


def test_designated_geoparks_are_those_of_the_list_of_unesco() -> None:
    """As a public catalogue copied it on 22 September 2026: 51 in China, 11 in Japan, 7 in the Republic of Korea, 2 in the
    Russian Federation, 1 in the Democratic People's Republic of Korea."""
    held = Geopark.objects.designated()
    by_state = {code: held.in_state(code).count() for code in ("CN", "JP", "KR", "RU", "KP")}
    assert by_state == {"CN": 51, "JP": 11, "KR": 7, "RU": 2, "KP": 1}
    assert all(any(source.startswith("list: ") for source in one.sources) for one in held)
    assert DesignatedSite.objects.get(slug="shimabara-peninsula").name == "Unzen Volcanic Area UNESCO Global Geopark"


def test_sources_are_graded_by_who_published_them() -> None:
    assert best_of(["https://en.unesco.org/biosphere/aspac/aya", "https://www.kommersant.ru/doc/1"]) == Grade.UNESCO
    assert best_of(["area: https://www.kazmab.kz/x"]) == best_of(["https://english.ah.gov.cn/x"]) == Grade.STATE
    assert best_of(["A book", "https://www.hankookilbo.com/News/Read/1"]) == Grade.PRESS
    assert best_of(["https://unesco.org.example.com/"]) == Grade.OTHER
    assert best_of([]) is None


def test_every_record_of_the_data_names_a_source() -> None:
    """Sources are named for all; how many of them nobody but others stands behind is said here, so that it only falls."""
    none = [str(one) for kind in KINDS for one in kind.objects.all() if not one.sources]
    others = [str(one) for kind in KINDS for one in kind.objects.all() if best_of(one.sources) == Grade.OTHER]
    assert none == []
    assert len(others) <= MOST_OF_OTHERS, others
