"""Files that officers put up: known by content, taken away with their record, handed out without harm."""

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from designated_sites.models import SitePhoto
from designated_sites.photos import processing as photos
from network import uploads
from network.models import Document
from records import chosen_files
from reserves.models import BiosphereReserve
from tests.admin.pages import address, change_address, errors_of, fields_of, opened, send
from tests.factories import BiosphereReserveFactory, DocumentFactory

PDF = b"%PDF-1.7\n%%EOF"


def zipped(*names: str, first: tuple[str, bytes] | None = None, mimetype: bytes = b"x") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if first:
            archive.writestr(*first)
        for name in names:
            archive.writestr(name, mimetype if name == "mimetype" else b"x")
    return file.getvalue()


ODT = zipped("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.text"))
OVERRIDE = (
    b'<Types><Override PartName="/word/main.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>'
)
GOOD = {
    "a.pdf": PDF,
    "a.PDF": PDF,
    "a.docx": zipped("[Content_Types].xml", "word/document.xml"),
    "a.xlsx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "a.pptx": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "a.odt": ODT,
    "a.txt": "Монгол".encode(),
    "a.csv": "\ufeffname;長白山\r\n".encode(),
    "word online.docx": zipped("[Content_Types].xml", "word/document2.xml"),
    "numbered.xlsx": zipped("[Content_Types].xml", "xl/workbook2.xml"),
    "numbered.pptx": zipped("[Content_Types].xml", "ppt/presentation1.xml"),
    "other name.docx": zipped("word/main.xml", first=("[Content_Types].xml", OVERRIDE)),
    "backslashes.docx": zipped("[Content_Types].xml", "word\\document.xml"),
    "scanned.pdf": b"\xef\xbb\xbf\r\n" + PDF,
    "mailed.pdf": b"X-Gate: 1\r\n" * 40 + PDF,
    "packed anew.odt": zipped(
        "mimetype", first=("content.xml", b"x"), mimetype=b"application/vnd.oasis.opendocument.text"
    ),
    "chinese.txt": "长白山自然保护区的森林和湖泊".encode("gb18030"),
    "korean.csv": "name;한라산 생물권 보전지역\r\n".encode("cp949"),
    "wide.txt": "Монгол нуур".encode("utf-16"),
}
WRONG_CONTENT = {
    "a.pdf": b"<html>",
    "b.docx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "c.docx": zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "d.xlsx": b"PK\x03\x04 not a zip",
    "e.odt": zipped("content.xml"),
    "f.txt": b"\xff\xfe\x00",
    "g.csv": b"a\x00b",
    "h.pptx": PDF,
    "i.pdf": b"<script>1</script>" + PDF,
    "j.pdf": b" " * 1100 + PDF,
    "k.docx": zipped(
        "word/document2.xml",
        first=("[Content_Types].xml", OVERRIDE.replace(b"document.main", b"document.macroEnabled.main")),
    ),
    "l.docx": zipped("[Content_Types].xml", "word/document2.xml", "word/vbaProject.bin"),
    "m.txt": bytes(range(128, 256)) * 4,
}
WRONG_KIND = ["a.html", "a.svg", "a.exe", "a.docm", "a", "a.pdf.js", ".htaccess"]


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(size: tuple[int, int] = (500, 400)) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, "JPEG")
    return SimpleUploadedFile("IMG_0001.JPG", file.getvalue())


def document_with_file(name: str = "a.pdf", content: bytes = PDF, **facts: Any) -> Document:
    made = DocumentFactory(**facts)
    made.file = uploads.checked(upload(name, content))
    made.save()
    return made  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", GOOD)
def test_document_is_known_by_its_content(officer_client: Client, name: str) -> None:
    record = DocumentFactory()
    response = send(officer_client, record, file=upload(name, GOOD[name]))
    assert response.status_code == 302, errors_of(response)
    record.refresh_from_db()
    stem, _dot, kind = record.file.name.removeprefix("documents/").partition(".")
    assert (len(stem), kind) == (32, name.partition(".")[2].lower())
    assert record.file.read() == GOOD[name]


@pytest.mark.parametrize("name", WRONG_CONTENT)
def test_document_that_is_not_what_its_name_says_is_refused(officer_client: Client, name: str) -> None:
    kind = name.partition(".")[2]
    response = send(officer_client, DocumentFactory(), file=upload(name, WRONG_CONTENT[name]))
    assert errors_of(response) == [
        f"File – The file is called .{kind} but its content is not, or it holds macros. Save it anew as .{kind}."
    ]


@pytest.mark.parametrize("name", WRONG_KIND)
def test_document_of_another_kind_is_refused(officer_client: Client, name: str) -> None:
    (error,) = errors_of(send(officer_client, DocumentFactory(), file=upload(name, PDF)))
    assert error.startswith("File – Files of the kind “")
    assert error.endswith("are not taken. Put up one of these: pdf, docx, xlsx, pptx, odt, txt, csv.")


def test_document_that_is_too_large_is_refused(officer_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "DOCUMENT_MAX_BYTES", 10)
    assert errors_of(send(officer_client, DocumentFactory(), file=upload("a.pdf", PDF))) == [
        "File – The file is larger than 10\xa0bytes. Make it smaller, or give the address where it stands."
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["replaced", "cleared", "deleted", "deleted with others", "untouched"])
def test_file_that_a_document_has_no_more_goes(officer_client: Client, how: str) -> None:
    record = document_with_file()
    old = record.file.name
    if how == "replaced":
        send(officer_client, record, file=upload("b.txt", b"new"))
    elif how == "cleared":
        send(officer_client, record, **{"file-clear": "on"})
    elif how == "deleted":
        officer_client.post(address(Document, "delete", record.pk), {"post": "yes"})
    elif how == "deleted with others":
        data = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
        officer_client.post(address(Document, "changelist"), data)
    else:
        send(officer_client, record)
    assert default_storage.exists(old) is (how not in {"replaced", "cleared"})  # a deleted document can be brought back


@pytest.mark.parametrize(
    ("encoding", "charset"), [("gb18030", "gb18030"), ("cp949", "euc-kr"), ("utf-8", "utf-8"), ("utf-16", "utf-16")]
)
def test_text_is_handed_out_as_it_was_put_up_with_its_encoding(
    db: None, client: Client, encoding: str, charset: str
) -> None:
    words = {"gb18030": "长白山自然保护区的森林和湖泊", "cp949": "한라산 생물권 보전지역"}.get(encoding, "Монгол нуур")
    content = (words * 4000).encode(encoding)  # in one line, longer than what is looked at
    response = client.get(document_with_file("a.txt", content).file.url)
    assert response["Content-Type"] == f"text/plain; charset={charset}"
    assert b"".join(response.streaming_content) == content


def test_document_is_handed_out_as_a_download(db: None, client: Client) -> None:
    record = document_with_file(slug="seville-strategy")
    response = client.get(record.file.url)
    assert b"".join(response.streaming_content) == PDF
    assert {name: response[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="seville-strategy.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    assert set(response["Content-Security-Policy"].split("; ")) == {"default-src 'none'", "sandbox"}


def test_document_not_published_is_for_officers_only(officer_client: Client, client: Client) -> None:
    record = document_with_file(published=False)
    assert client.get(record.file.url).status_code == 404
    response = officer_client.get(record.file.url)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_document_whose_file_is_gone_is_not_found(db: None, client: Client) -> None:
    record = document_with_file()
    default_storage.delete(record.file.name)
    assert client.get(record.file.url).status_code == 404


def photo_rows(**facts: Any) -> dict[str, Any]:
    row = {"alt": "A lake", "credit": "Bat", "licence": "CC BY 4.0", "taken_year": "", "order": "0", **facts}
    return {"photos-TOTAL_FORMS": "1", **{f"photos-0-{name}": value for name, value in row.items()}}


@pytest.mark.django_db(transaction=True)
def test_photo_is_added_replaced_and_removed(officer_client: Client) -> None:
    site = BiosphereReserveFactory()
    assert send(officer_client, site, rows=photo_rows(picture=picture())).status_code == 302
    photo = SitePhoto.objects.get()
    first = photos.file_names(photo)
    assert (photo.width, photo.height, photo.widths, photo.alt) == (500, 400, [480, 500], "A lake")
    assert photos.smallest_url(photo) in officer_client.get(change_address(site)).content.decode()

    changed = send(officer_client, site, rows={"photos-0-picture": picture((300, 300)), "photos-0-alt": "The lake"})
    assert changed.status_code == 302
    photo.refresh_from_db()
    second = photos.file_names(photo)
    assert (photo.width, photo.widths, photo.alt) == (300, [300], "The lake")
    assert [default_storage.exists(name) for name in [*first, *second]] == [False] * len(first) + [True] * len(second)

    send(officer_client, site, rows={"photos-0-credit": "Saruul"})
    assert all(default_storage.exists(name) for name in second)

    assert send(officer_client, site, rows={"photos-0-DELETE": "on"}).status_code == 302
    assert SitePhoto.objects.count() == 0
    assert [default_storage.exists(name) for name in second] == [False] * len(second)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("many", [False, True])
def test_photos_stay_while_their_site_can_be_brought_back(officer_client: Client, many: bool) -> None:
    site = BiosphereReserveFactory()
    send(officer_client, site, rows=photo_rows(picture=picture()))
    names = photos.file_names(SitePhoto.objects.get())
    if many:
        data = {"action": "delete_selected", "_selected_action": [site.pk], "post": "yes"}
        officer_client.post(address(BiosphereReserve, "changelist"), data)
    else:
        officer_client.post(address(BiosphereReserve, "delete", site.pk), {"post": "yes"})
    assert BiosphereReserve.objects.count() == 0
    assert [default_storage.exists(name) for name in names] == [True] * len(names)


def test_photo_asks_for_what_is_missing_and_tells_what_is_wrong(officer_client: Client) -> None:
    site = BiosphereReserveFactory()
    refused = send(officer_client, site, rows=photo_rows(credit="", alt=""))
    assert errors_of(refused) == [
        "photo 1, Description for those who cannot see it – This field is required.",
        "photo 1, Photographer or owner – This field is required.",
        "photo 1, picture – Choose a picture.",
    ]
    refused = send(officer_client, site, rows=photo_rows(picture=upload("a.jpg", b"<svg/>")))
    assert errors_of(refused) == [
        "photo 1, picture – This file is not a picture that can be read. Save it as JPEG, PNG, WebP or AVIF and try again."
    ]
    assert (SitePhoto.objects.count(), opened(officer_client, site)["photos-TOTAL_FORMS"]) == (0, ["0"])


def test_chosen_picture_stays_chosen_when_something_else_is_wrong(officer_client: Client) -> None:
    site = BiosphereReserveFactory()
    refused = send(officer_client, site, rows=photo_rows(alt="", picture=picture()))
    assert "“IMG_0001.JPG” is chosen already." in refused.content.decode()
    mended = fields_of(refused.content.decode()) | {"photos-0-alt": "A lake"}
    assert officer_client.post(change_address(site), mended).status_code == 302
    assert SitePhoto.objects.get().width == 500


def test_chosen_document_stays_chosen_and_another_may_be_chosen_instead(officer_client: Client) -> None:
    record = DocumentFactory()
    refused = send(officer_client, record, file=upload("a.pdf", PDF), title_en="")
    mended: dict[str, Any] = fields_of(refused.content.decode()) | {"title_en": "Seville"}
    assert "file-chosen" in mended
    assert officer_client.post(change_address(record), mended).status_code == 302
    record.refresh_from_db()
    assert record.file.read() == PDF
    again: dict[str, Any] = opened(officer_client, record) | {"file": upload("b.txt", b"other"), "title_en": ""}
    mended = fields_of(officer_client.post(change_address(record), again).content.decode()) | {"title_en": "Seville"}
    assert officer_client.post(change_address(record), mended).status_code == 302
    record.refresh_from_db()
    assert record.file.read() == b"other"


def test_name_that_nobody_sealed_brings_no_file_and_a_kept_one_goes_after_a_day(officer_client: Client) -> None:
    site = BiosphereReserveFactory()
    refused = send(officer_client, site, rows=photo_rows(**{"picture-chosen": "photos/secret.jpg"}))
    assert "Choose a picture." in str(errors_of(refused))
    kept = chosen_files.keep(picture())
    assert chosen_files.forget(timezone.now() - dt.timedelta(days=1)) == 0
    assert chosen_files.forget(timezone.now() + dt.timedelta(seconds=1)) >= 1
    assert chosen_files.bring(kept.token) is None


def test_every_file_in_a_form_of_the_admin_stays_chosen() -> None:
    found = [
        (model, field)
        for model, owner in admin.site._registry.items()
        for form in (owner.form, *(inline.form for inline in owner.inlines))
        for field in form.base_fields.values()
        if isinstance(field, forms.FileField) and not isinstance(field.widget, chosen_files.KeepsChosen)
    ]
    assert found == []
