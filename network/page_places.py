"""The places on the portal's own pages whose words the secretariat may write itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps as present_apps
from django.db import DEFAULT_DB_ALIAS
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


def make_rows(using: str = DEFAULT_DB_ALIAS, apps: Any = present_apps, **_signal: Any) -> None:
    """A row for each place, without words, so that the list shows what can be written. After every migration."""
    try:
        model = apps.get_model("network", "PageText")
    except LookupError:  # a database on its way to an older state
        return
    rows = model._base_manager.using(using)
    known = set(rows.values_list("key", flat=True))
    rows.bulk_create(model(key=key) for key in PLACES if key not in known)
