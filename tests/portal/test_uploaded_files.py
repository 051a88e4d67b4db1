"""What people upload is for the portal's own account of the machine alone."""

import stat
from pathlib import Path
from typing import Any

from django.conf import settings as of_portal
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from tests.portal.test_security import in_production

SHOWN = """
import json
from django.conf import settings
print(json.dumps({name: settings.STORAGES[name]["OPTIONS"] for name in ("default", "private")}, default=str))
"""


def test_file_and_its_folders_are_closed_to_others(tmp_path: Path) -> None:
    options = {"file_permissions_mode": of_portal.OWN_FILE, "directory_permissions_mode": of_portal.OWN_FOLDER}
    storage = FileSystemStorage(location=tmp_path / "private", **options)
    for content in (ContentFile(b"small"), ContentFile(b"x" * 3_000_000)):
        storage.save("applications/2026/cv.pdf", content)
    found: dict[str, set[str]] = {"file": set(), "folder": set()}
    for place in [tmp_path / "private", *(tmp_path / "private").rglob("*")]:
        found["folder" if place.is_dir() else "file"].add(oct(stat.S_IMODE(place.stat().st_mode)))
    assert found == {"file": {"0o600"}, "folder": {"0o700"}}


def test_both_stores_of_a_real_portal_are_so(tmp_path: Any) -> None:
    done = in_production(SHOWN)
    assert done.returncode == 0, done.stderr
    assert (
        done.stdout.count('"file_permissions_mode": 384') == done.stdout.count('"directory_permissions_mode": 448') == 2
    )
