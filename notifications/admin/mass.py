""" "Who will get what" before an act that writes to many: for the admin of any app.

The view of a ModelAdmin checks its form as ever; once it is valid, it hands the act over:

    from notifications.admin.mass import before_doing, goes_back

    def move_view(self, request, pk):
        event = get_object_or_404(Event, pk=pk)
        form = MoveForm(request.POST or None)
        if form.is_valid() and not goes_back(request):
            return before_doing(
                self,
                request,
                act=lambda: moving.move(event_id=pk, by_id=request.user.pk, **form.cleaned_data),
                title=_("Move: %s") % event,
                button=_("Move it and tell them"),
                form=form,
                then=reverse("admin:events_event_change", args=[pk]),
            )
        return TemplateResponse(request, "admin/events/move.html", {..., "form": form})

All requests go to the same address. The first POST shows the page; "Back" posts what was typed again, and the view shows
its form with it; "Do it" posts it with `confirm` and the fingerprint of the readers that were shown. If others would get
the mails by then, nothing is done and the page is shown again.

The act
- returns the Mailing that it opened by `mailings.open_mailing`, or None when it tells nobody (it is done all the same);
- is done and undone for every look, and once more at the end: it reads its records by their keys each time, since an
  object in memory is not undone with the database, and does nothing outside the database but after the commit;
- raises what it likes: the view has checked before whether it may be done, and errors are the view's to catch.

Its form holds no files: a browser cannot send them a second time.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from records.formats.date_formatting import clock, zone_words
from records.template_context import Context

from ..mailings import RecipientsChangedError, Rehearsal, let_go, rehearse
from ..models import Mailing
from .letters import Shown, as_page
from .staff_words import language_name

BACK: Final = "back"
CONFIRM: Final = "confirm"
SEEN: Final = "seen"
SHOW: Final = "show"  # which letter to show as a page
DO_IT: Final = gettext_lazy("Do it")
OWN: Final = frozenset({BACK, CONFIRM, SEEN, SHOW, "csrfmiddlewaretoken"})


def goes_back(request: HttpRequest) -> bool:
    """Whether the officer has looked and wants the form again, with what was typed."""
    return BACK in request.POST


def before_doing(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    *,
    act: Callable[[], Mailing | None],
    title: str | Promise,
    then: str,
    form: forms.BaseForm | None = None,
    button: str | Promise = DO_IT,
    explanation: str | Promise = "",
    zone: str = "UTC",
    context: Context | None = None,
) -> HttpResponse:
    """Shows who would get what; does the act once that was seen and confirmed, and goes on to the address `then`.

    `explanation` says beside the letters what else the act does. `zone` is that of the moment told afterwards.
    """
    if form is not None and form.files:
        raise ValueError("What is asked twice can hold no files.")
    changed = False
    if CONFIRM in request.POST:
        try:
            mailing, count = let_go(act, seen=request.POST.get(SEEN, ""))
        except RecipientsChangedError:
            changed = True
        else:
            messages.success(request, said_of(mailing, count, zone))
            return redirect(then)
    found = rehearse(act)
    if SHOW in request.POST:
        return page_of_letter(found, request.POST[SHOW])
    data = form.data if form is not None else request.POST
    shown = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "explanation": explanation,
        "button": button,
        "found": found,
        "has_changed": changed,
        "by_language": [(code, language_name(code), count) for code, count in found.by_language.items()],
        "samples": [(sample.email, Shown.of(sample.language, sample.letter)) for sample in found.samples],
        "letters": [Shown.of(code, letter) for code, letter in found.in_every_language.items()],
        "undo_minutes": settings.OUTBOX_UNDO_MINUTES,
        "hidden": list(_typed(data)),
        **(context or {}),
    }
    return TemplateResponse(request, "admin/notifications/who_gets_what.html", shown)


def _typed(data: Any) -> Iterator[tuple[str, str]]:
    """All that was typed, as the browser is to send it again."""
    pairs = data.lists() if isinstance(data, QueryDict) else [(name, [value]) for name, value in data.items()]
    return ((name, value) for name, values in pairs if name not in OWN for value in values)


def page_of_letter(found: Rehearsal, wish: str) -> HttpResponse:
    """One letter as a mail program shows it: "ru" is the one in Russian, "2" the third sample."""
    samples = {str(number): sample.letter for number, sample in enumerate(found.samples)}
    shown = (
        Shown.of(wish, (samples | found.in_every_language)[wish]) if wish in samples | found.in_every_language else None
    )
    if shown is None or shown.letter is None or not shown.letter.html:
        raise Http404
    return as_page(shown.letter)


def said_of(mailing: Mailing | None, count: int, zone: str) -> SafeString | str:
    """N mails go out at 10:15 (UTC), with the way to call them back."""
    if mailing is None or not count:
        return _("Done. Nobody gets a mail.")
    text = ngettext(
        "%(count)d mail goes out at %(time)s (%(zone)s).", "%(count)d mails go out at %(time)s (%(zone)s).", count
    ) % {"count": count, "time": clock(mailing.goes_at, zone), "zone": zone_words(mailing.goes_at, zone)}
    page = reverse("admin:notifications_mailing_change", args=[mailing.pk])
    return format_html('{} <a href="{}" data-undo>{}</a>', text, page, _("Look at them or call them back"))
