"""The table of a long list as a file, made by the worker: the same filter, order and columns, in the officer's name.

It is the officer's alone: which rows a list shows, and which columns, may depend on who asks.
"""

import hashlib
from typing import Any, Final

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..long_work import starting
from ..long_work.asked import as_asked
from ..long_work.kinds import Kind, Pace, register_kind
from ..long_work.progress import Doing
from ..models import LongWork
from .sheets import as_file

PACE: Final = Pace(0.003, "150 applications in 0.45 s, 600 reserves in 1.18 s, on 2 cores of November 2026")


def start(*, model: Any, address: str, ending: str, by_id: int) -> LongWork:
    """`address` is that of the list, with its filter; who asks for the same once more, while it is made, gets the same."""
    label, asked = model._meta.label_lower, hashlib.sha256(address.encode()).hexdigest()[:16]
    title = _("%(list)s, %(ending)s") % {
        "list": capfirst(str(model._meta.verbose_name_plural)), "ending": ending.upper(),
    }  # fmt: skip
    return starting.start(
        kind=LIST, title=title, by_id=by_id, once=f"list:{by_id}:{label}:{ending}:{asked}",
        facts={"label": label, "address": address, "ending": ending},
    )  # fmt: skip


def _make(doing: Doing) -> None:
    facts = doing.facts
    owner: Any = admin.site._registry[apps.get_model(facts["label"])]
    request = as_asked(doing.officer, facts["address"])
    if not owner.has_view_or_change_permission(request):
        raise PermissionDenied
    with doing.reading():
        shown = owner.get_changelist_instance(request)
        doing.expects(shown.queryset.count())
        doing.keep_answer(as_file(shown, facts["ending"], doing.counted))
    doing.leads_to(_("To the list"), facts["address"].partition("?")[0])


LIST: Final = register_kind(Kind("list", _make, gettext_lazy("rows"), gettext_lazy("There is no file.")))
