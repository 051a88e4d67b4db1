"""A download says how long it is before anything of it goes out, compressed or not; nothing streams out of the database."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory

from designated_sites.listing import exports
from eabrn_portal.compression import Compression
from records.one_snapshot import one_snapshot
from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory, DocumentFactory, GeoparkFactory

from . import every_page

SOURCES = [
    path
    for path in settings.BASE_DIR.rglob("*.py")
    if path.relative_to(settings.BASE_DIR).parts[0] not in {".venv", "tests", "tools", "var"}
]


@pytest.mark.sweep
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_every_file_says_its_length(network_served: None, encoding: str) -> None:
    wrong = {}
    kinds = {"reserve-export", "geopark-export", "site-export", "compare-export", "statistics-export"}
    addresses = [every_page.FILES[name] for name in every_page.FILES]
    addresses += [
        every_page.FILES[name].replace(".csv", ending) for name in kinds for ending in (".xlsx", ".geojson", ".kml")
    ]
    DocumentFactory(slug="plan").file.save("plan.pdf", ContentFile(b"%PDF-1.7 " + b"a plan " * 1000))
    for address in addresses:
        answer: Any = Client(headers={"accept-encoding": encoding}).get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.get("Content-Length") != str(len(content)):
            wrong[address] = answer.get("Content-Length")
        if answer.get("Content-Encoding") == "gzip":
            assert gzip.decompress(content)
    assert wrong == {}


def test_nothing_streams_and_no_cursor_stays_open() -> None:
    """A StreamingHttpResponse may end early and look whole; `iterator()` reads all or leaves a cursor open."""
    assert lines_with(r"\bStreamingHttpResponse\b|\.iterator\(") == []


# What a pooler that gives a connection for one transaction cannot keep. `set_config(..., true)`, SET LOCAL and
# pg_advisory_xact_lock end with it.
OF_A_SESSION = r"pg_(try_)?advisory_lock\(|\b(UN)?LISTEN |\bNOTIFY |pg_notify|WITH HOLD|CREATE TEMP|\bPREPARE |SET SESSION|set_config\([^)]*false"


def test_nothing_needs_the_same_connection_after_a_transaction() -> None:
    # An upgrade holds its lock on a connection past the pooler (`DATABASE_DIRECT_URL`).
    assert [line for line in lines_with(OF_A_SESSION) if "commands/upgrade.py" not in line] == []
    assert settings.DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] is True


def lines_with(pattern: str) -> list[str]:
    return [
        f"{path.relative_to(settings.BASE_DIR)}: {line.strip()}"
        for path in SOURCES
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(pattern, line)
    ]


def compressed(response: Any, encoding: str = "gzip") -> Any:
    return Compression(lambda request: response)(RequestFactory().get("/", headers={"accept-encoding": encoding}))


@pytest.mark.django_db
def test_picture_and_pdf_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"%PDF" * 1000)
    answer = compressed(FileResponse(file.open("rb"), content_type="application/pdf"))
    assert (answer["Content-Length"], "Content-Encoding" in answer) == ("4000", False)
    answer.close()


@pytest.mark.django_db
def test_large_text_is_compressed_on_the_disk_and_keeps_its_name(tmp_path: Path) -> None:
    file = tmp_path / "sites.csv"
    file.write_bytes(b"one,two\n" * 500_000)
    first = FileResponse(file.open("rb"), content_type="text/csv", as_attachment=True, filename="湖.csv")
    named = first["Content-Disposition"]
    answer = compressed(first)
    content = b"".join(answer.streaming_content)
    assert answer["Content-Length"] == str(len(content))
    assert gzip.decompress(content) == file.read_bytes()
    assert (answer["Content-Disposition"], answer["Vary"]) == (named, "Accept-Encoding")
    answer.close()
    assert answer.closed
    assert compressed(HttpResponse(b"x" * 1000, content_type="text/html"))["Content-Encoding"] == "gzip"


@pytest.fixture
def sites(transactional_db: None) -> None:
    for number in range(30):
        BiosphereReserveFactory(slug=f"r{number}")
    GeoparkFactory(slug="g")


def test_rows_of_a_file_are_of_one_moment(sites: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("records.one_snapshot.AT_ONCE", 10)
    other = psycopg2.connect(**dsn())
    with one_snapshot():
        names = BiosphereReserve.objects.order_by("pk").values_list("name", flat=True)
        before = list(names)
        other.cursor().execute("UPDATE designated_sites_designatedsite SET name = 'Renamed'")
        other.commit()
        assert list(names) == before
    other.close()
    assert not connection.in_atomic_block


def dsn() -> dict[str, Any]:
    return {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in ("dbname", "user", "host", "port", "password")
    }


def test_file_within_another_transaction_belongs_to_it(sites: None) -> None:
    with transaction.atomic():
        BiosphereReserve.objects.filter(slug="r0").update(name="Mine")
        with one_snapshot():
            assert BiosphereReserve.objects.filter(name="Mine").exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson", "kml"])
def test_connection_that_is_cut_gives_503(sites: None, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = exports.in_parts

    def cut(*args: Any, **kwargs: Any) -> Iterator[Any]:
        rows = read(*args, **kwargs)
        yield next(rows)
        killer = psycopg2.connect(**dsn())
        killer.cursor().execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        killer.close()
        yield from rows

    monkeypatch.setattr("records.one_snapshot.AT_ONCE", 10)
    monkeypatch.setattr(exports, "in_parts", cut)
    answer = Client().get(f"/reserves/export.{ending}")
    assert answer.status_code == 503
    assert Client().get("/reserves/").status_code == 200
