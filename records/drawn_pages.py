"""Files of strangers drawn as pictures, so that a page can show them and nothing in them runs: a page of a PDF, or a picture.

Each is drawn by a program of its own, which has little memory and time: a file made to break its reader breaks that program
and nothing else. `python -m records.drawn_pages pages|page|picture N < file > answer` is that program.
"""

import resource
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import IO, Final

import pypdfium2
from PIL import Image

WIDTH: Final = 1000  # pixels; a page is read at less
MOST_PIXELS: Final = 50_000_000
SECONDS: Final = 15
MEMORY: Final = 1024**3
ROOT: Final = Path(__file__).resolve().parent.parent


class CannotBeDrawnError(Exception):
    """The file is damaged, locked, too large, or none of its kind."""


def page_count(file: IO[bytes]) -> int:
    """How many pages a PDF has."""
    return int(_asked("pages", 0, file))


def page_picture(file: IO[bytes], number: int) -> bytes:
    """A page of a PDF as JPEG; the first is 1."""
    return _asked("page", number, file)


def small_picture(file: IO[bytes]) -> bytes:
    """A picture as JPEG, no wider than a page is shown, without what else its file holds."""
    return _asked("picture", 0, file)


def _asked(what: str, number: int, file: IO[bytes]) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
             "from records.drawn_pages import main; main()", what, str(number)],
            input=file.read(), capture_output=True, timeout=SECONDS, check=True,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as error:
        raise CannotBeDrawnError(what) from error
    return done.stdout


def main() -> None:
    """The program that draws: bounded before it looks at the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    what, number = sys.argv[1], int(sys.argv[2])
    sys.stdout.buffer.write(DRAWS[what](sys.stdin.buffer.read(), number))


def _pages(content: bytes, _number: int) -> bytes:
    return str(len(pypdfium2.PdfDocument(content))).encode()


def _page(content: bytes, number: int) -> bytes:
    page = pypdfium2.PdfDocument(content)[number - 1]
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), (MOST_PIXELS / max(width * height, 1)) ** 0.5, 4)
    return _as_jpeg(page.render(scale=scale).to_pil())


def _picture(content: bytes, _number: int) -> bytes:
    with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise CannotBeDrawnError("too large")
        picture.draft("RGB", (WIDTH, WIDTH))
        picture.thumbnail((WIDTH, WIDTH * 2))
        return _as_jpeg(picture)


def _as_jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    ground = Image.new("RGB", picture.size, "white")
    shown = picture.convert("RGBA")
    ground.paste(shown, mask=shown)
    ground.save(out, "JPEG", quality=82)
    return out.getvalue()


DRAWS: Final[dict[str, Callable[[bytes, int], bytes]]] = {"pages": _pages, "page": _page, "picture": _picture}

if __name__ == "__main__":
    main()
