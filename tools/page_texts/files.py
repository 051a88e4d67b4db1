"""Answers that are no pages, as text: sheets cell by cell, calendars line by line, JSON and XML laid out, papers read."""

import io
import json
import re
from typing import Any
from xml.dom import minidom

import openpyxl
import pypdf

from . import reading, varying


def answer(response: Any) -> str:
    """Status, the headers that say something, and the words."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.get("Content-Type", "")
    lines = [f"{response.status_code} {kind}"]
    for name in ("Location", "Content-Language", "Content-Disposition", "Link"):
        if name in response:
            lines.append(f"{name}: {varying.address(response[name])}")
    return "\n".join(lines) + "\n\n" + body(content, kind.partition(";")[0])


def body(content: bytes, kind: str) -> str:
    if kind == "text/html":
        return reading.page(content.decode())
    if "spreadsheetml" in kind:
        return _sheet(content)
    if kind == "application/pdf":
        return _paper(content)
    if kind.startswith("image/") and kind != "image/svg+xml":
        return f"{len(content)} bytes\n"
    text = content.decode("utf-8-sig", "replace")
    if kind.endswith("json"):
        return "\n".join(reading.json_lines(json.loads(text))) + "\n"
    if kind.endswith("xml"):
        lines = minidom.parseString(text).toprettyxml(indent=" ").splitlines()
        return varying.text("\n".join(line for line in lines if line.strip())) + "\n"
    if kind == "text/calendar":
        return _calendar(text)
    return varying.text(text.replace("\r\n", "\n"))


def _sheet(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    lines = []
    for sheet in book:
        lines.append(f"## {sheet.title}")
        for row in sheet.iter_rows(values_only=True):
            lines.append(" | ".join("" if cell is None else str(cell).replace("\n", "\\n") for cell in row))
    return varying.text("\n".join(lines)) + "\n"


def _paper(content: bytes) -> str:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    return varying.text("\n---- page\n".join(pages)) + "\n"


def _calendar(text: str) -> str:
    unfolded = re.sub(r"\r?\n[ \t]", "", text).replace("\r\n", "\n")
    return re.sub(r"(?m)^(UID:[a-z-]*)\d+", r"\1N", varying.text(unfolded))
