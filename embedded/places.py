"""Where the embedded servers keep their things: var/, and a shelter under /var/tmp for what var/ cannot hold."""

import contextlib
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from .errors import Refused

PROJECT = Path(__file__).resolve().parents[1]
SHELTERS = (Path("/var/tmp"), Path("/tmp"))
SOCKET_PATH_LIMIT = 100  # the kernel's is 107 bytes
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")
NEEDED_FREE = 300 * 1024 * 1024  # bytes of disk for a first start
LEAST_FREE = 32 * 1024 * 1024  # with less the database ends by itself
IDENTITY = re.compile(r"[0-9a-f]{16}")


def socket_fits(path: Path) -> bool:
    """Whether a server can listen at this path and every client can spell it in an address."""
    return len(os.fsencode(path)) <= SOCKET_PATH_LIMIT and PLAIN_PATH.fullmatch(str(path)) is not None


class Places:
    """One var/ directory. The random id in it, not its path, names its shelter: a new var/ at an old path starts empty."""

    def __init__(self, var: Path) -> None:
        self.var = var.resolve()
        self.logs = self.var / "log"

    def free(self) -> int:
        """Bytes of disk that are left."""
        return shutil.disk_usage(self.var).free

    def make(self) -> None:
        try:
            self.var.mkdir(parents=True, exist_ok=True)
            self.logs.mkdir(exist_ok=True)
        except OSError as error:
            raise Refused(
                f"Cannot make {self.var}: {error.strerror}. EABRN_VAR=/another/directory chooses another."
            ) from None
        if not os.access(self.var, os.W_OK) or not os.access(self.logs, os.W_OK):
            raise Refused(
                f"{self.var} belongs to another user. Start the portal as that user, or choose a directory of your own: "
                "EABRN_VAR=/another/directory make run"
            )

    @contextlib.contextmanager
    def locked(self, note: str) -> Iterator[None]:
        """Hold this var/ for one supervisor; the kernel lets go when it dies."""
        with (self.var / "run.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise Refused(f"The portal already runs here ({lock.read().strip()}). Stop that one first.") from None
            lock.truncate(0)
            lock.write(note)
            lock.flush()
            yield

    @property
    def instance(self) -> str:
        """The random id of this var/; made by the first start, which holds the lock."""
        path = self.var / "instance-id"
        with contextlib.suppress(FileNotFoundError):
            if IDENTITY.fullmatch(kept := path.read_text().strip()):
                return kept
        return self._new_instance()

    def _new_instance(self) -> str:
        return self.keep("instance-id", secrets.token_hex(8))

    def keep(self, name: str, value: str) -> str:
        """Write a small file of this var/ for its owner's eyes only, whole or not at all."""
        new = self.var / f".{name}.new"
        new.touch(mode=0o600)
        new.write_text(value + "\n")
        new.replace(self.var / name)
        return value

    def secret_key(self) -> str:
        """The key of a portal on this machine only; production brings its own."""
        with contextlib.suppress(FileNotFoundError):
            if kept := (self.var / "secret-key").read_text().strip():
                return kept
        return self.keep("secret-key", secrets.token_urlsafe(60))

    def shelter_path(self) -> Path:
        root = next((place for place in SHELTERS if os.access(place, os.W_OK | os.X_OK)), SHELTERS[-1])
        return root / f"eabrn-{self.instance}"

    def shelter(self) -> Path:
        """A directory with a short, plain path that every user can pass through, and that only we can write."""
        place = self.shelter_path()
        if self._is_lent_to_another(place):
            self._new_instance()  # this var/ is a copy of one that still exists: two servers must not share one shelter
            place = self.shelter_path()
        place.mkdir(mode=0o711, exist_ok=True)
        if place.is_symlink() or place.stat().st_uid != os.geteuid():
            raise Refused(
                f"{place} belongs to another user. Remove {self.var / 'instance-id'} to start with an empty portal."
            )
        place.chmod(0o711)  # whatever the umask
        (place / "home").write_text(f"{self.var}\n")
        return place

    def _is_lent_to_another(self, place: Path) -> bool:
        with contextlib.suppress(OSError):
            home = Path((place / "home").read_text().rstrip("\n"))
            if home != self.var:
                return (home / "instance-id").read_text().strip() == self.instance
        return False
