"""From an archive back to a portal, on this host or another, on this version of Postgres or a newer one."""

import tarfile
import tempfile
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.core.management import CommandError

from notifications import holding

from . import archive
from .programs import program, run


def restore(path: Path, *, other_key: bool = False) -> archive.Manifest:
    """Fills an empty database and empty stores, compares the counts of all tables, and holds the outbox.

    Raises CommandError, with what to do, when the database is not empty, the key is another, or anything differs.
    """
    manifest = archive.verify(path)
    if manifest.format > archive.FORMAT:
        raise CommandError(f"The backup was made by release {manifest.release}; this one is older: {settings.RELEASE}.")
    known = {archive.fingerprint(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}
    if manifest.key not in known and not other_key:
        raise CommandError(
            "SECRET_KEY is not the one of the portal that was backed up: links in mails that were sent, sign-ins and sealed "
            "mails would end. Set the old key, or put it into SECRET_KEY_FALLBACKS. Without it: --other-key."
        )
    connection = psycopg2.connect(settings.DATABASE_DIRECT_URL, connect_timeout=10)
    try:
        if archive.count_rows(connection):
            raise CommandError(
                "The database is not empty. Give DATABASE_URL of a new one: nothing is ever written over."
            )
        major = archive.server_major(connection)
    finally:
        connection.close()
    if major < manifest.postgres:
        raise CommandError(
            f"The backup is of PostgreSQL {manifest.postgres}, this server is {major}: it must not be older."
        )
    with tarfile.open(path) as opened, tempfile.TemporaryDirectory(prefix="restore-") as folder:
        opened.extract(archive.DUMP, folder, filter="data")
        run(
            [
                program("pg_restore", at_least=major),
                "--no-owner",
                "--no-privileges",
                "--exit-on-error",
                "--single-transaction",
                f"--dbname={settings.DATABASE_DIRECT_URL}",
                f"{folder}/{archive.DUMP}",
            ],
            doing="The database could not be restored",
        )
        holding.hold(why=f"Restored from a backup of {manifest.made_at}")
        for name in manifest.files:
            if name != archive.DUMP:
                store, _slash, place = name.partition("/")
                _put(opened, name, store, place)
    _compare(manifest)
    return manifest


def _put(opened: tarfile.TarFile, member: str, store: str, name: str) -> None:
    content = opened.extractfile(member)
    if content is None or store not in archive.STORES:
        raise CommandError(f"{member} is no file of the portal.")
    if storages[store].exists(name):
        raise CommandError(f"{member} exists already. Restore into empty folders: MEDIA_ROOT, PRIVATE_ROOT.")
    storages[store].save(name, File(content))


def _compare(manifest: archive.Manifest) -> None:
    connection = psycopg2.connect(settings.DATABASE_DIRECT_URL, connect_timeout=10)
    try:
        found = archive.count_rows(connection)
    finally:
        connection.close()
    own = {"notifications_outboxhold"}  # this copy's own
    differing = {
        table: (count, found.get(table))
        for table, count in manifest.rows.items()
        if table not in own and found.get(table) != count
    }
    if differing:
        told = "; ".join(f"{table}: {was}, now {now}" for table, (was, now) in sorted(differing.items()))
        raise CommandError(f"Rows are missing after the restore: {told}")
