"""What staff do with mails, one or many: first what it would do, with a reason where one is due; then it is done."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .. import handling, mail_types
from ..models import Mail
from ..refusals import Handled, Refusal, sorted_out, why_not_sent_again_among, why_not_sent_now, why_not_stopped

SAMPLES: Final = 10
MOST: Final = 5000  # at once; more would hold up the workers


class ReasonForm(forms.Form):
    """Why. The reader's timeline shows it to staff."""

    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.TextInput(attrs={"size": 60}))


@dataclass(frozen=True)
class Handling:
    """One thing that staff do with mails."""

    name: str
    title: str | Promise
    explanation: str | Promise
    button: Callable[[int], str]
    button_for_one: str | Promise
    asks_reason: bool
    why_not: Callable[[list[Mail]], Callable[[Mail], str]]
    act: Callable[..., Handled]
    done: Callable[[int], str]


STOP: Final = Handling(
    name="stop",
    title=_("Stop mails"),
    explanation=_("What is stopped is not sent. The reason is kept with each mail, and it can be sent again later."),
    button=lambda count: ngettext("Stop %(count)d mail", "Stop %(count)d mails", count),
    button_for_one=_("Stop this mail"),
    asks_reason=True,
    why_not=lambda mails: why_not_stopped,
    act=handling.stop,
    done=lambda count: ngettext("%(count)d mail was stopped.", "%(count)d mails were stopped.", count),
)
SEND_NOW: Final = Handling(
    name="send_now",
    title=_("Send mails now"),
    explanation=_("What waits for a later moment goes out at once, with the facts as they are now."),
    button=lambda count: ngettext("Send %(count)d mail now", "Send %(count)d mails now", count),
    button_for_one=_("Send this mail now"),
    asks_reason=False,
    why_not=lambda mails: why_not_sent_now,
    act=handling.send_now,
    done=lambda count: ngettext("%(count)d mail is sent now.", "%(count)d mails are sent now.", count),
)
SEND_AGAIN: Final = Handling(
    name="send_again",
    title=_("Send mails again"),
    explanation=_(
        "What is sent again goes out at once, with the facts as they are now. What has arrived already arrives a second"
        " time; a mail of which nobody knows whether it arrived may do so too."
    ),
    button=lambda count: ngettext("Send %(count)d mail again", "Send %(count)d mails again", count),
    button_for_one=_("Send this mail again"),
    asks_reason=False,
    why_not=why_not_sent_again_among,
    act=handling.send_again,
    done=lambda count: ngettext("%(count)d mail is sent again.", "%(count)d mails are sent again.", count),
)


def handle(
    model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet, what: Handling
) -> HttpResponse | None:
    """The page that says what would become of a selection; once confirmed, the act, and back to where one came from."""
    mails = list(queryset.order_by("due", "pk")[: MOST + 1])
    if len(mails) > MOST:
        words = _("That is more than %(most)d mails at once. Narrow the list by its filters first.") % {"most": MOST}
        model_admin.message_user(request, words, messages.ERROR)
        return None
    would = sorted_out(mails, what.why_not(mails))
    seen = _fingerprint(would.done)
    confirmed = "confirm" in request.POST
    form = ReasonForm(request.POST if confirmed else None) if what.asks_reason else None
    has_changed = confirmed and request.POST.get("seen") != seen
    if confirmed and not has_changed and (form is None or form.is_valid()):
        facts = form.cleaned_data if form else {}
        _say(model_admin, request, what, what.act(mails=would.done, by_id=request.user.pk, **facts))
        return _back(request)
    across = request.POST.get("select_across") == "1"
    context = {
        **model_admin.admin_site.each_context(request),
        "title": what.title,
        "opts": model_admin.opts,
        "what": what,
        "form": form,
        "count": len(would.done),
        "button": what.button(len(would.done)) % {"count": len(would.done)},
        "samples": [(mail, mail_types.label_of(mail.kind)) for mail in would.done[:SAMPLES]],
        "more": max(len(would.done) - SAMPLES, 0),
        "refused": _by_reason(would.refused),
        "has_changed": has_changed,
        "seen": seen,
        "hidden": [
            *((ACTION_CHECKBOX_NAME, mail.pk) for mail in (mails[:1] if across else mails)),
            ("action", what.name),
            ("select_across", "1" if across else "0"),
            ("from_page", request.POST.get("from_page", "")),
        ],
    }
    return TemplateResponse(request, "admin/notifications/handle.html", context)


def _fingerprint(mails: Iterable[Mail]) -> str:
    return hashlib.sha256(" ".join(str(mail.pk) for mail in mails).encode()).hexdigest()


def _by_reason(refused: Iterable[Refusal]) -> list[tuple[str, int]]:
    return Counter(refusal.reason for refusal in refused).most_common()


def _say(model_admin: admin.ModelAdmin, request: HttpRequest, what: Handling, handled: Handled) -> None:
    count = len(handled.done)
    if count:
        model_admin.message_user(request, what.done(count) % {"count": count}, messages.SUCCESS)
    for reason, number in _by_reason(handled.refused):
        text = ngettext("%(count)d mail was left: %(why)s", "%(count)d mails were left: %(why)s", number)
        model_admin.message_user(request, text % {"count": number, "why": reason}, messages.WARNING)


def _back(request: HttpRequest) -> HttpResponse | None:
    """To the page of the mail from which one came; None leads to the list."""
    number = request.POST.get("from_page", "")
    return redirect("admin:notifications_mail_change", number) if number.isascii() and number.isdigit() else None
