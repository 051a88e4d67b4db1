"""Numbers, areas and places in words of the language in use."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

NARROW_SPACE = "\u202f"  # a line never breaks here
# Sign of thousands and decimal sign. Django's own formats group nothing in Mongolian and Kazakh.
SIGNS = {"ru": (NARROW_SPACE, ","), "kk": (NARROW_SPACE, ",")}
HECTARES_PER_KM2 = 100


def grouped(number: Decimal | float, places: int = 2) -> str:
    """A number with its thousands set apart, at most `places` decimals and none that is only a zero."""
    thousands, point = SIGNS.get(get_language() or "", (",", "."))
    if isinstance(number, int):
        return f"{number:,}".replace(",", thousands)
    exact = Decimal(str(number)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _point, rest = f"{exact:,f}".partition(".")
    rest = rest.rstrip("0")
    whole = whole.replace(",", thousands)
    return f"{whole}{point}{rest}" if rest else whole


def square_kilometres(hectares: Decimal | float) -> str:
    """An area kept in hectares, as a number of square kilometres."""
    return grouped(Decimal(str(hectares)) / HECTARES_PER_KM2)


def per_cent(share: float, places: int = 1) -> str:
    """A share between 0 and 1 as in `10.3 %`, with all its decimals, so that figures stand under one another. What is
    there but would read as nothing is `<0.1 %`."""
    _thousands, point = SIGNS.get(get_language() or "", (",", "."))
    least = 10.0**-places
    sign = "<" if 0 < share * 100 < least / 2 else ""
    return f"{sign}{max(share * 100, least) if sign else share * 100:.{places}f}\u00a0%".replace(".", point)


def _degrees_and_minutes(angle: Decimal | float) -> tuple[int, int]:
    """Rounded to the minute of arc, some 2 km: finer than any point we keep."""
    return divmod(int((abs(Decimal(str(angle))) * 60).quantize(Decimal(1), rounding=ROUND_HALF_UP)), 60)


def coordinates(latitude: Decimal | float, longitude: Decimal | float) -> str:
    """A point in decimal degrees (WGS 84) as a reader of maps writes it: 33°23′ N, 126°33′ E."""
    north, east = _degrees_and_minutes(latitude), _degrees_and_minutes(longitude)
    first = _("%(angle)s N") if latitude >= 0 else _("%(angle)s S")
    second = _("%(angle)s E") if longitude >= 0 else _("%(angle)s W")
    # Translators: a point on the map, latitude then longitude, e.g. 33°23′ N, 126°33′ E
    return _("%(latitude)s, %(longitude)s") % {
        "latitude": first % {"angle": f"{north[0]}°{north[1]:02d}′"},
        "longitude": second % {"angle": f"{east[0]}°{east[1]:02d}′"},
    }
