"""`{% picture photo sizes="..." %}`: a photo in the widths and formats a browser can choose from."""

from django import template

from ..models import SitePhoto
from ..photos.processing import srcset

register = template.Library()


@register.inclusion_tag("designated_sites/_picture.html")
def picture(photo: SitePhoto, sizes: str = "100vw", lazy: bool = True) -> dict[str, object]:
    """`sizes` says how wide the picture stands on the page; the first picture in view is not lazy."""
    fallback = max((width for width in photo.widths if width <= 960), default=None)
    stem = photo.image.url.rpartition(".")[0]
    return {
        "photo": photo,
        "sizes": sizes,
        "lazy": lazy,
        "avif": srcset(photo, "avif"),
        "webp": srcset(photo, "webp"),
        "jpg": srcset(photo, "jpg"),
        "src": f"{stem}-{fallback}.jpg" if fallback else photo.image.url,
    }
