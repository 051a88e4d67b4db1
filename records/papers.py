"""Papers as PDF: tagged after PDF/UA-1, with the fonts of all scripts of the network inside, set by typst.

A template reads its facts as data (`json(bytes(sys.inputs.facts))`), so that nothing that somebody typed is ever markup.
The same template and facts give the same bytes.
"""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

import segno
import typst
from django.http import HttpResponse

from .letters import CJK_FONTS, FONTS, plain, printable

logger = logging.getLogger(__name__)
_LATIN: Final = "Noto Sans"
# What typst calls a language: its code, the region whose shapes of Han letters are meant, and the font that has them.
_TONGUES: Final = {
    "zh-hans": ("zh", "CN", "Noto Sans CJK SC"),
    "zh-hant": ("zh", "TW", "Noto Sans CJK TC"),
    "ja": ("ja", "JP", "Noto Sans CJK JP"),
    "ko": ("ko", "KR", "Noto Sans CJK KR"),
    "ko-hani": ("ko", "KR", "Noto Sans CJK KR"),
}


def typeset(template: Path, facts: dict[str, object]) -> bytes:
    """The PDF of a template with these facts, whatever somebody has typed into them: a letter that no font has is drawn as
    a sign that says so, and a text that cannot be set at all is set in plain letters."""
    try:
        return _set(template, _through(printable, facts))
    except typst.TypstError:
        logger.exception("%s is set in plain letters", template.name)
        return _set(template, _through(plain, facts))


def _set(template: Path, facts: object) -> bytes:
    made: bytes = typst.compile(
        template, root=template.parent, font_paths=[FONTS, CJK_FONTS], ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False, sort_keys=True)}, pdf_standards=["ua-1"],
    )  # fmt: skip
    return made


def _through(cleaned: Callable[[str], str], value: object) -> object:
    """The facts with all their texts cleaned."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, dict):
        return {name: _through(cleaned, one) for name, one in value.items()}
    return [_through(cleaned, one) for one in value] if isinstance(value, list | tuple) else value


def tongue(language: str) -> dict[str, object]:
    """A language as a template needs it: code, region, and the fonts that hold its letters, the best first."""
    code, region, han = _TONGUES.get(language.lower(), (language or "en", None, "Noto Sans CJK SC"))
    return {"lang": code, "region": region, "fonts": [_LATIN, han]}


def qr_code(text: str) -> str:
    """A QR code as SVG, for `image(bytes(...))` of a template."""
    drawn: str = segno.make(text, error="m").svg_inline(scale=1, border=0, omitsize=True)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def as_file(content: bytes, name: str) -> HttpResponse:
    """A paper about somebody: shown by the browser, kept by no cache on the way."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
