"""The file of a backup: a tar of `manifest.json`, `database.dump` and the files that people have sent.

The counts of all tables and the dump are of one snapshot, so they can be compared after a restore.
"""

import hashlib
import hmac
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

import psycopg2
import psycopg2.sql
from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.management import CommandError
from django.utils import timezone

from .programs import program, run

FORMAT: Final = 1
DUMP: Final = "database.dump"
MANIFEST: Final = "manifest.json"
STORES: Final = ("default", "private")  # photos and documents; what was handed in with applications
BLOCK: Final = 1024 * 1024


@dataclass
class Manifest:
    """What an archive holds and what it needs."""

    format: int
    release: str
    made_at: str
    postgres: int
    key: str
    migrations: list[str]
    rows: dict[str, int]
    files: dict[str, str]

    @classmethod
    def read(cls, archive: tarfile.TarFile) -> "Manifest":
        """Raises CommandError for a file that is no backup of ours."""
        try:
            member = archive.extractfile(MANIFEST)
            known: dict[str, Any] = json.load(member) if member else {}
            return cls(**known)
        except (KeyError, TypeError, ValueError):
            raise CommandError("This is no backup of the portal: it has no manifest that can be read.") from None


def fingerprint(key: str) -> str:
    """By which a key is known without being told."""
    return hmac.new(key.encode(), b"eabrn backup", hashlib.sha256).hexdigest()[:16]


def server_major(connection: Any) -> int:
    return int(connection.server_version) // 10000


def count_rows(connection: Any) -> dict[str, int]:
    """Rows of every table of the portal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall()]
        counts = {}
        for table in tables:
            cursor.execute(psycopg2.sql.SQL("SELECT count(*) FROM {}").format(psycopg2.sql.Identifier(table)))
            counts[table] = cursor.fetchone()[0]
    return counts


def write(path: Path) -> Manifest:
    """Makes the archive, reads it back, and only then gives it its name. Raises CommandError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        dump = Path(folder) / DUMP
        connection = psycopg2.connect(settings.DATABASE_DIRECT_URL, connect_timeout=10)
        try:
            connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_export_snapshot()")
                snapshot = cursor.fetchone()[0]
                cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
                migrations = [name for (name,) in cursor.fetchall()]
            major = server_major(connection)
            run(
                [
                    program("pg_dump", at_least=major),
                    "--format=custom",
                    "--no-owner",
                    "--no-privileges",
                    f"--snapshot={snapshot}",
                    f"--file={dump}",
                    f"--dbname={settings.DATABASE_DIRECT_URL}",
                ],
                doing="The database could not be dumped",
            )
            rows = count_rows(connection)
        finally:
            connection.close()
        with open(unfinished, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as target:
            sums = {DUMP: _sum(dump.open("rb"))}
            with tarfile.open(fileobj=target, mode="w") as archive:
                archive.add(dump, DUMP)
                for store in STORES:
                    for name in _names(storages[store]):
                        sums[f"{store}/{name}"] = _add(archive, storages[store], store, name, Path(folder))
                manifest = Manifest(
                    format=FORMAT,
                    release=settings.RELEASE,
                    made_at=timezone.now().isoformat(timespec="seconds"),
                    postgres=major,
                    key=fingerprint(settings.SECRET_KEY),
                    migrations=migrations,
                    rows=rows,
                    files=sums,
                )
                _add_bytes(archive, MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
            target.flush()
            os.fsync(target.fileno())
    verify(unfinished)
    unfinished.replace(path)
    return manifest


def verify(path: Path) -> Manifest:
    """Reads the whole archive and compares every file with its sum. Raises CommandError."""
    try:
        with tarfile.open(path) as archive:
            manifest = Manifest.read(archive)
            for name, wanted in manifest.files.items():
                member = archive.extractfile(name)
                if member is None or _sum(member) != wanted:
                    raise CommandError(f"{path}: {name} is damaged.")
    except (OSError, tarfile.TarError, KeyError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from None
    return manifest


def _sum(file: IO[bytes]) -> str:
    with file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _names(store: Storage, folder: str = "") -> Iterator[str]:
    """Of all files of a store, whatever kind of store it is."""
    try:
        folders, files = store.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files) if name)
    for name in sorted(folders):
        yield from _names(store, f"{prefix}{name}")


def _add(archive: tarfile.TarFile, store: Storage, label: str, name: str, folder: Path) -> str:
    """One file of a store; copied aside first, since it may change while it is read."""
    copy = folder / "file"
    digest = hashlib.sha256()
    with store.open(name) as file, copy.open("wb") as aside:
        for block in file.chunks(BLOCK):
            digest.update(block)
            aside.write(block)
    archive.add(copy, f"{label}/{name}")
    return digest.hexdigest()


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        member = tarfile.TarInfo(name)
        member.size = len(content)
        member.mode = 0o600
        archive.addfile(member, file)
