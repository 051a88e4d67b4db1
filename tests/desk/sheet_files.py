"""Sheets in tests: taken out as the pages give them, changed, and brought in again."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from record_import.models import SheetUpload

Table = list[list[Any]]


def body(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def label(model: type[models.Model]) -> str:
    return model._meta.label_lower


def export(client: Client, model: type[models.Model], ending: str, query: str = "") -> bytes:
    return body(client.get(reverse("admin:sheet_export", args=[label(model), ending]) + query))


def table_of(content: bytes) -> Table:
    """The lines of an exported CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def csv_of(table: Sequence[Sequence[Any]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(table)
    return text.getvalue().encode(encoding)


def xlsx_of(table: Sequence[Sequence[Any]], title: str = "Sheet") -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet: Any = book.active
    sheet.title = title
    for row in table:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def sheets_of(content: bytes) -> dict[str, Table]:
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def upload(client: Client, model: type[models.Model], content: bytes, name: str = "sheet.csv") -> Any:
    """Sends a file; the page that the officer sees next."""
    page = reverse("admin:sheet_import", args=[label(model)])
    return client.post(page, {"file": SimpleUploadedFile(name, content)}, follow=True)


def shown(client: Client, model: type[models.Model], content: bytes, name: str = "sheet.csv") -> dict[str, Any]:
    """What the import of a file would do, as it is shown."""
    response = upload(client, model, content, name)
    assert response.redirect_chain, response.context["form"].errors
    return SheetUpload.objects.latest("pk").shown


def counts(told: dict[str, Any]) -> tuple[int, ...]:
    """New, changed, unchanged, problems."""
    return tuple(
        one if isinstance(one := told[name], int) else len(one) for name in ("new", "changed", "unchanged", "problems")
    )


def do(client: Client, model: type[models.Model], *, seen: str | None = None) -> Any:
    """Presses the button on the page of the latest upload."""
    page = reverse("admin:sheet_look", args=[label(model), SheetUpload.objects.latest("pk").pk])
    seen = client.get(page).context.get("seen", "") if seen is None else seen
    return client.post(page, {"seen": seen}, follow=True)


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]
