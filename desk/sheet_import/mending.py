"""Rows of a sheet that are not taken, as a sheet of their own: to be mended and brought again."""

from collections.abc import Collection, Mapping
from typing import Any, Final, cast

from django.core.files.base import ContentFile
from django.http import FileResponse

from record_import.registry import Records
from record_import.uploaded_files import FORMULA, Uploaded
from records.listing.exports import Sheet, guarded, workbook_response

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def refused_lines(shown: Mapping[str, Any]) -> set[int]:
    """The rows that something is wrong with; those of the headings are no rows."""
    problems = shown.get("problems")
    return {one[0] for one in problems if one[0] > 1} if isinstance(problems, list) else set()


def sheet_to_mend(sheet: Records, uploaded: Uploaded, lines: Collection[int]) -> bytes:
    """The headings as they were, and these rows, all as text."""
    (_number, headings), *rows = uploaded.lines
    width = max((place for place, heading in enumerate(headings, 1) if heading.strip()), default=0)
    kept = [[guarded(cell.replace(FORMULA, "")) for cell in cells[:width]] for number, cells in rows if number in lines]
    answer = workbook_response(sheet.title, [Sheet(sheet.title, headings[:width], kept)])
    return b"".join(cast(FileResponse, answer))


def as_download(content: bytes, name: str) -> FileResponse:
    """For the officer alone."""
    stem = name.rpartition(".")[0] or name
    answer = FileResponse(ContentFile(content), as_attachment=True, filename=f"{stem}-to-mend.xlsx", content_type=XLSX)
    answer["Cache-Control"] = "private, no-store"
    return answer
