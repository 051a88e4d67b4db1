"""Files made for one answer: a small one stays in memory, a large one waits on the disk."""

import io
import tempfile
from typing import IO, Final

IN_MEMORY: Final = 1024 * 1024  # bytes


def from_its_start(written: "tempfile.SpooledTemporaryFile[bytes]") -> IO[bytes]:
    """What was written, to be read. A small file needs nobody to close it."""
    size = written.tell()
    written.seek(0)
    if size > IN_MEMORY:
        return written
    with written:
        return io.BytesIO(written.read())
