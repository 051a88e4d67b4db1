"""Photos of sites: taken by their content only, cleaned of all that is not picture, made in widths for every browser.

What a camera or a phone writes into a file (position, owner, serial number, preview) never reaches the storage: the
pixels are decoded, turned upright, brought to sRGB and encoded anew. The file as it was uploaded is not kept.
"""

import secrets
import struct
import zlib
from collections.abc import Iterable
from functools import partial
from io import BytesIO
from typing import IO, Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from ..models import SitePhoto

READ: Final = ("JPEG", "PNG", "WEBP", "AVIF")  # no other decoder of Pillow ever sees an upload
MASTER: Final = 2560  # the longer side of the largest picture kept, in pixels
WIDTHS: Final = (480, 960, 1600)
FOLDER: Final = "photos/"
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}
# What decoders raise on files that are broken, cut off or made to deceive.
_UNREADABLE: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    LookupError,
    OverflowError,
    struct.error,
    zlib.error,
)
_TOO_LARGE: Final = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def checked(upload: UploadedFile) -> Image.Image:
    """The clean picture an upload holds, upright, in sRGB, at most MASTER pixels wide or high.

    ValidationError, in words for the one who uploads, when it is too large or no picture.
    """
    if (upload.size or 0) > settings.PHOTO_MAX_BYTES:
        raise ValidationError(
            _("The picture is larger than %(most)s. Save it smaller, for example 2560 pixels wide.")
            % {"most": filesizeformat(settings.PHOTO_MAX_BYTES)}
        )
    upload.seek(0)
    try:
        with Image.open(upload, formats=READ) as picture:
            _refuse_large(picture)
            picture.draft("RGB", (MASTER, MASTER))
            return _clean(picture)
    except _TOO_LARGE as error:
        raise _too_many_pixels() from error
    except _UNREADABLE as error:
        raise ValidationError(
            _("This file is not a picture that can be read. Save it as JPEG, PNG, WebP or AVIF and try again.")
        ) from error


def _refuse_large(picture: Image.Image) -> None:
    """Asks the file's head, before any pixel is decoded."""
    if picture.width * picture.height > settings.PHOTO_MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    most = settings.PHOTO_MAX_PIXELS // 1_000_000
    return ValidationError(
        _("The picture has more than %(most)d million pixels. Save it smaller, for example 2560 pixels wide.")
        % {"most": most}
    )


def _clean(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(_nearer_to_size(picture))
    pixels = _srgb(_without_transparency(upright), profile)
    pixels.thumbnail((MASTER, MASTER))
    bare = Image.new("RGB", pixels.size)  # a new picture carries nothing over but pixels
    bare.paste(pixels)
    return bare


def _nearer_to_size(picture: Image.Image) -> Image.Image:
    """A large picture made smaller by a whole number first: every step that follows works on a copy, and copies add up."""
    factor = max(picture.size) // MASTER
    if factor < 2 or picture.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return picture
    return picture.reduce(factor)


def _without_transparency(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        layered = picture.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return picture.convert("RGB") if picture.mode not in ("RGB", "CMYK", "L") else picture


def _srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every screen shows them; a profile that cannot be read is passed over."""
    if profile:
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            shown = ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return picture.convert("RGB")
        return shown or picture.convert("RGB")
    return picture.convert("RGB")


def widths_of(picture: Image.Image) -> list[int]:
    """The widths a picture is made in: never wider than itself, its own width where it is small."""
    own = [picture.width] if picture.width <= WIDTHS[-1] else []
    return [width for width in WIDTHS if width < picture.width] + own


def place(*, photo: SitePhoto, picture: Image.Image) -> None:
    """Writes the files of a picture under new random names and points the photo, not yet saved, to them.

    Files the photo had before go once the change is committed, so that no visitor ever meets a half-replaced picture.
    """
    if photo.image:
        discard(photos=[photo])
    token, widths = secrets.token_hex(16), widths_of(picture)
    written: list[str] = []
    try:
        for name, content in _encoded(picture, token, widths):
            written.append(default_storage.save(name, ContentFile(content)))
    except OSError:
        for name in written:
            default_storage.delete(name)
        raise
    photo.image.name = f"{FOLDER}{token}.jpg"
    photo.width, photo.height, photo.widths = picture.width, picture.height, widths


@transaction.atomic
def store(*, photo: SitePhoto, upload: UploadedFile) -> SitePhoto:
    """Checks an upload, writes its files and saves the photo with them. ValidationError when it is no picture."""
    place(photo=photo, picture=checked(upload))
    photo.save()
    return photo


def _encoded(picture: Image.Image, token: str, widths: list[int]) -> Iterable[tuple[str, bytes]]:
    yield f"{FOLDER}{token}.jpg", _encode(picture, {**FORMATS["jpg"], "quality": 88})
    for width in widths:
        height = max(1, round(picture.height * width / picture.width))
        smaller = picture.resize((width, height), Image.Resampling.LANCZOS) if width < picture.width else picture
        for extension, options in FORMATS.items():
            yield f"{FOLDER}{token}-{width}.{extension}", _encode(smaller, options)


def _encode(picture: Image.Image, options: dict[str, Any]) -> bytes:
    file: IO[bytes] = BytesIO()
    picture.save(file, **options)
    return file.getvalue()  # type: ignore[attr-defined]


def file_names(photo: SitePhoto) -> list[str]:
    """All files of a photo in the storage."""
    name = photo.image.name or ""
    stem = name.rpartition(".")[0]
    return [name, *(f"{stem}-{width}.{extension}" for width in photo.widths for extension in FORMATS)] if name else []


def discard(*, photos: Iterable[SitePhoto]) -> None:
    """Takes the files of photos away, once the change that needs them no more is committed."""
    for name in [name for photo in photos for name in file_names(photo)]:
        transaction.on_commit(partial(default_storage.delete, name), robust=True)


def srcset(photo: SitePhoto, extension: str) -> str:
    """The widths of a photo in one format, as `<source srcset>` wants them."""
    stem = photo.image.url.rpartition(".")[0]
    return ", ".join(f"{stem}-{width}.{extension} {width}w" for width in photo.widths)


def smallest_url(photo: SitePhoto) -> str:
    """A small picture for lists, as JPEG."""
    stem = photo.image.url.rpartition(".")[0]
    return f"{stem}-{min(photo.widths)}.jpg" if photo.widths else photo.image.url
