"""All that is held about somebody, to take along: for programs (JSON), to read (a page), and with the files handed in."""

import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Any, Final

from django.conf import settings
from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation

from records.personal_data import Owner, all_held, all_holdings
from records.personal_data.telling import told

IN_MEMORY: Final = 4 * 1024**2
JSON_NAME: Final = "data.json"
PAGE_NAME: Final = "data.html"


def gathered(owner: Owner) -> dict[str, Any]:
    held = {holding.name: holding.gather(owner) for holding in all_holdings()}
    return {"made_at": timezone.now(), "portal": settings.SITE_URL, **held}


def as_json(owner: Owner) -> str:
    return json.dumps(gathered(owner), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def as_page(owner: Owner, language: str) -> str:
    """A page that needs nothing but itself."""
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(known):
        files = [(name, kept) for name, kept, _file in files_of(owner)]
        context = {"tables": list(told(owner)), "files": files, "language": known, "made_at": timezone.now()}
        return render_to_string("accounts/own_data.html", context)


def as_zip(owner: Owner, language: str) -> IO[bytes]:
    """Page, JSON and files in one. A file that is not where it should be is named in `missing.txt`."""
    made: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever asked closes it
    missing = []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(PAGE_NAME, as_page(owner, language))
        packed.writestr(JSON_NAME, as_json(owner))
        for _name, kept, file in files_of(owner):
            try:
                with file.open("rb") as content, packed.open(kept, "w") as entry:
                    for part in content.chunks():
                        entry.write(part)
            except FileNotFoundError:
                missing.append(kept)
        if missing:
            packed.writestr("missing.txt", "\n".join(missing) + "\n")
    made.seek(0)
    return made


def files_of(owner: Owner) -> Iterator[tuple[str, str, File]]:
    """Each file that was handed in: what it was called, its place among those taken along, and the file."""
    for holding, held in all_held():
        if held.file:
            for row in held.rows(owner):
                file = getattr(row, held.file)
                name = str(row)
                yield name, f"files/{holding.name}/{row.pk}-{_fit(name)}", file


def _fit(name: str) -> str:
    """A name that no system for files stumbles over; letters of all scripts stay."""
    return re.sub(r"[^\w.()+-]+", "-", name).strip("-.")[-100:] or "file"
