"""Files of strangers drawn as pictures by a program of its own: what breaks its reader breaks nothing else."""

import io
from collections.abc import Callable
from typing import IO

import pytest
from PIL import Image

from records.drawn_pages import CannotBeDrawnError, page_count, page_picture, small_picture

pytestmark = pytest.mark.stack


def written(kind: str, size: tuple[int, int] = (300, 400), pages: int = 1) -> io.BytesIO:
    out = io.BytesIO()
    drawn = [Image.new("1", size) for _page in range(pages)]
    drawn[0].save(out, kind, **({"save_all": True, "append_images": drawn[1:]} if kind == "PDF" else {}))
    out.seek(0)
    return out


def test_pages_and_pictures_are_drawn_no_wider_than_they_are_shown() -> None:
    assert page_count(written("PDF", pages=3)) == 3
    assert Image.open(io.BytesIO(page_picture(written("PDF", (4000, 9000), pages=2), 2))).width == 1000
    small = Image.open(io.BytesIO(small_picture(written("PNG", (3000, 1000)))))
    assert (small.format, small.width) == ("JPEG", 1000)


@pytest.mark.parametrize(
    ("draw", "content"),
    [
        (page_count, b"%PDF-1.7 broken"),
        (small_picture, b"<svg onload='x()'/>"),
        (small_picture, written("PNG", (12000, 12000)).getvalue()),  # a small file that is large once it is read
        (lambda file: page_picture(file, 9), written("PDF").getvalue()),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw: Callable[[IO[bytes]], object], content: bytes) -> None:
    with pytest.raises(CannotBeDrawnError):
        draw(io.BytesIO(content))
