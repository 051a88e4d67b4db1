"""Files on a store that speaks S3: the same names, the same refusals, nothing that asks for a path on a disk."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import override_settings
from moto.server import ThreadedMotoServer

from eabrn_portal.backup import archive
from eabrn_portal.s3 import s3_stores

pytestmark = pytest.mark.stack

KEYS = {"access_key": "one", "secret_key": "two"}


@pytest.fixture
def stores() -> Iterator[None]:
    of_this = secrets.token_hex(4)  # what one test has stored stays in memory
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    given = {
        "endpoint_url": f"http://{host}:{port}",
        **KEYS,
        "media": f"media-{of_this}",
        "private": f"private-{of_this}",
        "region": "us-east-1",
    }
    client = boto3.client(
        "s3", endpoint_url=given["endpoint_url"], region_name="us-east-1",
        aws_access_key_id="one", aws_secret_access_key="two",
    )  # fmt: skip
    for bucket in ("media", "private"):
        client.create_bucket(Bucket=given[bucket])
    with override_settings(STORAGES=s3_stores(given)):
        yield
    client.close()
    server.stop()


def test_files_are_kept_read_and_taken_away(stores: None) -> None:
    store = storages["default"]
    name = store.save("materials/长白山 Ölziit.pdf", ContentFile(b"%PDF" + b"x" * 6_000_000))
    again = store.save("materials/长白山 Ölziit.pdf", ContentFile(b"other"))
    assert name != again
    assert store.size(name) == 6_000_004
    with store.open(name) as file:
        assert file.read(4) == b"%PDF"
    assert not storages["private"].exists(name)
    store.delete(name)
    assert (store.exists(name), store.exists(again)) == (False, True)


def test_backup_takes_them_along(stores: None, tmp_path: Path) -> None:
    storages["default"].save("photos/a/b.jpg", ContentFile(b"photo"))
    storages["default"].save("photos/c.jpg", ContentFile(b"another"))
    storages["private"].save("answers/cv.pdf", ContentFile(b"cv"))
    assert list(archive._names(storages["default"])) == ["photos/c.jpg", "photos/a/b.jpg"]
    assert list(archive._names(storages["private"])) == ["answers/cv.pdf"]
