"""Names of countries that take part in meetings without being members of the network, under the names UNESCO uses.

A code that is not here is shown as it is: a code is right in every language, a guessed name may not be. Add a line when
a country first takes part.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

NAMES: Final = {
    "AU": _("Australia"), "BD": _("Bangladesh"), "BR": _("Brazil"), "BT": _("Bhutan"), "CA": _("Canada"),
    "DE": _("Germany"), "ES": _("Spain"), "FR": _("France"), "ID": _("Indonesia"), "IN": _("India"),
    "IR": _("Iran (Islamic Republic of)"), "IT": _("Italy"), "KE": _("Kenya"), "KG": _("Kyrgyzstan"),
    "KH": _("Cambodia"), "LA": _("Lao People's Democratic Republic"), "LK": _("Sri Lanka"), "MM": _("Myanmar"),
    "MV": _("Maldives"), "MY": _("Malaysia"), "NP": _("Nepal"), "NZ": _("New Zealand"), "PE": _("Peru"),
    "PH": _("Philippines"), "PK": _("Pakistan"), "PT": _("Portugal"), "RO": _("Romania"), "SG": _("Singapore"),
    "TH": _("Thailand"), "TJ": _("Tajikistan"), "TL": _("Timor-Leste"), "TM": _("Turkmenistan"),
    "US": _("United States of America"), "UZ": _("Uzbekistan"), "VN": _("Viet Nam"), "ZA": _("South Africa"),
}  # fmt: skip


def country_names(codes: Iterable[str], members: Mapping[str, str]) -> list[str]:
    """Names for ISO codes in their order: members of the network by the name of their record, others from here."""
    return [members.get(code) or str(NAMES.get(code, code)) for code in codes]
