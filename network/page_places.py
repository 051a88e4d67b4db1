"""The places on the portal's own pages whose words the secretariat may write itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from records.template_context import Label


@dataclass(frozen=True)
class Place:
    """Where a text stands: the name of its page and what it is called in the list."""

    page: str
    label: Label


PLACES: Final[Mapping[str, Place]] = {
    "home-lead": Place("home", _("Home: what the network is")),
    "about-lead": Place("about", _("About: what the network is")),
    "about-beginning": Place("about", _("About: how it began")),
    "about-work": Place("about", _("About: what it does")),
    "about-office": Place("about", _("About: the office")),
    "about-portal": Place("about", _("About: this portal")),
    "contact-lead": Place("contact", _("Contact: who reads the mail")),
    "contact-hours": Place("contact", _("Contact: when the office answers")),
    "privacy-own": Place("privacy", _("Privacy: what the secretariat adds")),
    "terms-own": Place("terms", _("Terms of use: what the secretariat adds")),
}
