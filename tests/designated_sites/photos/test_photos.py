"""Photos: only pictures get in, only pixels get out."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client
from PIL import Image, ImageCms

from designated_sites.models import SitePhoto
from designated_sites.photos import processing as photos
from tests.factories import BiosphereReserveFactory

GPS = {1: "N", 2: (51.0, 6.0, 0.0), 3: "E", 4: (100.0, 30.0, 0.0)}


def picture(size: tuple[int, int] = (640, 480), mode: str = "RGB", colour: Any = (30, 120, 90)) -> Image.Image:
    return Image.new(mode, size, colour)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def jpeg_with_position(size: tuple[int, int] = (640, 480), orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825).update(GPS)
    return encoded(picture(size), exif=exif, comment=b"my house", xmp=b"<x:xmpmeta/>")


def stored(content: bytes) -> SitePhoto:
    photo = SitePhoto(site=BiosphereReserveFactory(), alt="A lake", credit="Bat", licence="CC BY 4.0")
    photos.store(photo=photo, upload=upload(content))
    return SitePhoto.objects.get(pk=photo.pk)


def read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def bare_png(width: int, height: int) -> bytes:
    """A PNG whose head says how large it is and that holds next to nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * ((width // 8 + 1) * 64), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_position_is_in_the_upload_and_in_none_of_the_files(db: None) -> None:
    content = jpeg_with_position()
    assert dict(Image.open(BytesIO(content)).getexif().get_ifd(0x8825))[1] == "N"
    photo = stored(content)
    names = photos.file_names(photo)
    assert len(names) == 1 + 2 * 3
    for name in names:
        with Image.open(BytesIO(read(name))) as image:
            assert dict(image.getexif()) == {}
            assert {"exif", "xmp", "comment", "icc_profile", "photoshop"} & image.info.keys() == set()
        for trace in (b"Exif", b"A camera", b"my house", b"xmpmeta"):
            assert trace not in read(name)


def test_widths_are_made_in_three_formats_and_exist(db: None) -> None:
    photo = stored(encoded(picture((3000, 1500))))
    assert (photo.width, photo.height, photo.widths) == (2560, 1280, [480, 960, 1600])
    found = {}
    for name in photos.file_names(photo):
        with Image.open(BytesIO(read(name))) as image:
            found[name.removeprefix(photo.image.name.removesuffix(".jpg"))] = (image.format, image.size)
    assert found == {
        ".jpg": ("JPEG", (2560, 1280)),
        "-480.avif": ("AVIF", (480, 240)), "-480.webp": ("WEBP", (480, 240)), "-480.jpg": ("JPEG", (480, 240)),
        "-960.avif": ("AVIF", (960, 480)), "-960.webp": ("WEBP", (960, 480)), "-960.jpg": ("JPEG", (960, 480)),
        "-1600.avif": ("AVIF", (1600, 800)), "-1600.webp": ("WEBP", (1600, 800)), "-1600.jpg": ("JPEG", (1600, 800)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("width", "widths"),
    [(300, [300]), (480, [480]), (700, [480, 700]), (1600, [480, 960, 1600]), (1700, [480, 960, 1600])],
)
def test_widths_never_exceed_the_picture(width: int, widths: list[int]) -> None:
    assert photos.widths_of(picture((width, 100))) == widths


def test_checked_turns_the_picture_upright() -> None:
    assert photos.checked(upload(jpeg_with_position((400, 200), orientation=6))).size == (200, 400)


def test_checked_converts_colours_to_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = photos.checked(upload(encoded(picture(colour=(200, 30, 30)), "PNG", icc_profile=srgb)))
    assert same.getpixel((5, 5)) == (200, 30, 30)
    # A profile that does not fit the pixels is passed over, the picture stays.
    assert photos.checked(upload(encoded(picture(colour=(200, 30, 30)), "PNG", icc_profile=lab))).mode == "RGB"


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (picture(mode="L", colour=90), "JPEG"),
        (picture(mode="CMYK", colour=(10, 20, 30, 40)), "JPEG"),
        (picture(mode="P", colour=3), "PNG"),
        (picture(mode="I;16", colour=40000), "PNG"),
        (picture(mode="LA", colour=(90, 10)), "PNG"),
        (picture(), "WEBP"),
        (picture(), "AVIF"),
    ],
)
def test_checked_takes_every_kind_of_pixel(image: Image.Image, kind: str) -> None:
    taken = photos.checked(upload(encoded(image, kind)))
    assert (taken.mode, taken.size) == ("RGB", (640, 480))


def test_checked_puts_transparency_on_white() -> None:
    clear = photos.checked(upload(encoded(picture(mode="RGBA", colour=(0, 0, 0, 0)), "PNG")))
    assert clear.getpixel((5, 5)) == (255, 255, 255)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WHOLE = encoded(picture((640, 480)))


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        b"\xff\xd8\xff\xe0\x00\x10JFIF<html><script>alert(1)</script></html>",
        WHOLE[: len(WHOLE) // 2],
        encoded(picture(), "GIF"),
        encoded(picture(), "TIFF"),
        encoded(picture(), "PNG")[:200],
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        b"x",
    ],
    ids=["svg", "html with a jpeg head", "truncated", "gif", "tiff", "truncated png", "pdf", "png head", "one letter"],
)
def test_checked_refuses_what_is_no_picture(content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        photos.checked(upload(content))
    assert refused.value.messages == [
        "This file is not a picture that can be read. Save it as JPEG, PNG, WebP or AVIF and try again."
    ]


@pytest.mark.parametrize("size", [(30_000, 30_000), (12_000, 9_000), (7_680, 7_680), (6_325, 6_325)])
def test_checked_refuses_too_many_pixels_from_the_head_alone(size: tuple[int, int]) -> None:
    content = bare_png(*size)
    assert len(content) < 20_000
    with pytest.raises(ValidationError) as refused:
        photos.checked(upload(content, "bomb.png"))
    assert refused.value.messages == [
        "The picture has more than 40 million pixels. Save it smaller, for example 2560 pixels wide."
    ]


def test_large_picture_is_made_smaller_before_it_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decoded picture of 39 million pixels with transparency takes 160 MB: no step may make a second one of that size."""
    large = Image.new("RGBA", (6_000, 4_000), (10, 120, 30, 128))
    made: list[int] = []
    new = Image.new

    def counted(mode: str, size: tuple[int, int], *given: Any) -> Image.Image:
        made.append(size[0] * size[1])
        return new(mode, size, *given)

    content = encoded(large, "PNG")
    monkeypatch.setattr(Image, "new", counted)
    picture_kept = photos.checked(upload(content, "large.png"))
    assert picture_kept.size == (2560, 1707)
    assert max(made) <= 3_000 * 2_000


def test_checked_refuses_too_many_bytes(settings: Any) -> None:
    settings.PHOTO_MAX_BYTES = 1000
    with pytest.raises(ValidationError) as refused:
        photos.checked(upload(WHOLE))
    assert refused.value.messages == [
        "The picture is larger than 1000\xa0bytes. Save it smaller, for example 2560 pixels wide."
    ]


def test_checked_drops_what_is_hidden_behind_the_picture(db: None) -> None:
    photo = stored(WHOLE + b"<script>alert(1)</script>")
    assert all(b"<script>" not in read(name) for name in photos.file_names(photo))


def test_names_are_random_and_hold_nothing_of_the_upload(db: None) -> None:
    first, second = stored(WHOLE), stored(WHOLE)
    assert first.image.name != second.image.name
    assert len(first.image.name.removeprefix("photos/").removesuffix(".jpg")) == 32


def test_replacing_takes_the_old_files_away_after_commit(db: None, django_capture_on_commit_callbacks: Any) -> None:
    photo = stored(WHOLE)
    old = photos.file_names(photo)
    with django_capture_on_commit_callbacks() as callbacks:
        photos.store(photo=photo, upload=upload(encoded(picture((500, 500)))))
        new = photos.file_names(photo)
        assert all(default_storage.exists(name) for name in old + new)
    for callback in callbacks:
        callback()
    assert [default_storage.exists(name) for name in old] == [False] * len(old)
    assert [default_storage.exists(name) for name in new] == [True] * len(new)


def test_store_leaves_no_files_when_the_upload_is_refused(db: None) -> None:
    photo = stored(WHOLE)
    before = default_storage.listdir("photos")[1]
    with pytest.raises(ValidationError):
        photos.store(photo=photo, upload=upload(SVG))
    assert default_storage.listdir("photos")[1] == before
    assert SitePhoto.objects.get(pk=photo.pk).image.name == photo.image.name


def test_picture_tag_offers_all_widths(db: None) -> None:
    photo = stored(encoded(picture((1000, 500))))
    stem = photo.image.url.removesuffix(".jpg")
    html = Template('{% load photos %}{% picture photo sizes="50vw" %}').render(Context({"photo": photo}))
    assert (
        f'<source type="image/avif" srcset="{stem}-480.avif 480w, {stem}-960.avif 960w, {stem}-1000.avif 1000w" sizes="50vw">'
        in html
    )
    assert f'<img src="{stem}-960.jpg"' in html
    assert 'alt="A lake" width="1000" height="500" loading="lazy"' in html


def test_photo_file_is_served_for_good(db: None, client: Client) -> None:
    photo = stored(WHOLE)
    response = client.get(photo.image.url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == read(photo.image.name)
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(photo.image.url.replace(".jpg", "-480.avif"))["Content-Type"] == "image/avif"


@pytest.mark.parametrize(
    "path",
    [
        "photos/" + "0" * 32 + ".jpg", "photos/../documents/x.pdf", "photos/..%2F..%2Fsettings.py", "photos/", "photos/x.jpg",
        "photos/" + "0" * 32 + ".svg", "photos/" + "0" * 32 + ".jpg/", "secret.txt", "", "../manage.py", "documents/..",
        "documents/..%2Fphotos", "documents/%2e%2e/secret.txt", "documents/none.pdf",
    ],
)  # fmt: skip
def test_nothing_else_of_the_storage_is_served(db: None, client: Client, path: str) -> None:
    default_storage.save("secret.txt", SimpleUploadedFile("secret.txt", b"secret"))
    assert client.get("/media/" + path).status_code == 404
