"""A form is done once, however often its button is pressed. The first press does it; a second one at once, a reload, a back
and forward, a retry after an answer that was lost on its way get the answer of the first.

It stands outside of everything that opens a transaction or a session, so that the one claims before it begins and the other
waits without holding anything but its thread. Few may wait at once, and not for long: then a page says that the first press
is being worked on, and looks again by itself.
"""

import logging
import threading
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import escape_leading_slashes

from . import answers, presses
from .fields import typed_in
from .presses import Claim
from .pressing import Pressed, browser_of, pressed_in
from .traces import Watch

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
# Seconds between looks at what the first press does: about five in all.
PAUSES: Final = (0.1, 0.2, 0.4, 0.8, 1.5, 2.0)
MOST_WAITING: Final = 2  # threads of a process
LOOK_AGAIN_SECONDS: Final = 3
LOOK: Final = "pressed"  # in an address: the number of an act whose answer is asked for
_waiting = threading.BoundedSemaphore(MOST_WAITING)
_pause = threading.Event().wait  # nothing ever ends it early


def done_once(get_response: GetResponse) -> GetResponse:
    """Only forms with the token of a page are looked at: see `pressing`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and LOOK in request.GET:
            return _look_again(request)
        if request.method != "POST":
            return get_response(request)
        translation.activate(language_of(request))  # for what fails before the language is looked at: too much was sent
        pressed = pressed_in(request)
        return get_response(request) if pressed is None else _once(pressed, request, get_response)

    return middleware


def _once(pressed: Pressed, request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    claimed = presses.claim(pressed)
    if not claimed.holder:
        first = _of_the_first(pressed, request)
        if isinstance(first, HttpResponse):
            return first
        claimed = first
    if claimed.lately:
        presses.ask(pressed, claimed)
        return _whether_it_is_meant(request, claimed.lately)
    return _do(pressed, claimed.holder, request, get_response) if claimed.holder else get_response(request)


def _do(pressed: Pressed, holder: str, request: HttpRequest, get_response: GetResponse) -> HttpResponse:
    watch, sealed, browsers, led_on = Watch(), "", set[str](), False
    try:
        with connection.execute_wrapper(watch):
            response = get_response(request)
        left_trace = watch.wrote or getattr(getattr(request, "session", None), "modified", False)
        if left_trace and answers.can_be_given_again(response):
            sealed = answers.seal(request, response)
            led_on = answers.leads_on(request, response)
        browsers.add(browser_of(request.COOKIES | {name: one.value for name, one in response.cookies.items()}))
    finally:  # also when the request ends without an answer
        _write_down(pressed, holder, sealed, browsers, led_on=led_on)
    return response


def _write_down(pressed: Pressed, holder: str, sealed: str, browsers: set[str], *, led_on: bool) -> None:
    """What was done is done: a fault here may not turn the answer into an error."""
    try:
        if sealed:
            presses.done(pressed, holder, sealed, browsers, led_on=led_on)
        else:
            presses.give_up(pressed, holder)
    except DatabaseError:
        logger.warning("The answer of a form could not be kept", exc_info=True)


def _of_the_first(pressed: Pressed, request: HttpRequest) -> HttpResponse | Claim:
    """Its answer, or the claim under which the caller does it after all. An empty one: it is done as if nobody had pressed
    before, since another person did, in a browser that has been left since."""
    if not _waiting.acquire(blocking=False):
        return _be_patient(request, pressed.key)
    try:
        for pause in (*PAUSES, 0):
            begun = presses.standing(pressed.key)
            if begun is not None and pressed.browser not in begun.browsers:
                return Claim()
            if begun is not None and begun.asked_about and not pressed.meant:
                return _whether_it_is_meant(request, begun.asked_about)
            if begun is not None and begun.sealed and not begun.asked_about:
                return answers.unseal(begun.sealed) or Claim()
            if begun is None or begun.asked_about or presses.has_died(begun.holder):
                claimed = presses.claim(pressed, instead_of=begun.holder if begun else "")
                if claimed.holder:
                    return claimed
            if pause:
                _sleep(pause)
    finally:
        _waiting.release()
    return _be_patient(request, pressed.key)


def _sleep(seconds: float) -> None:
    if not connection.in_atomic_block:
        connection.close()
    _pause(seconds)


def _look_again(request: HttpRequest) -> HttpResponse:
    """The way of the page that asks for patience."""
    key = request.GET[LOOK]
    begun = presses.standing(key)
    if begun is not None and browser_of(request.COOKIES) in begun.browsers:
        if not begun.sealed:
            return _be_patient(request, key)
        if answer := answers.unseal(begun.sealed):
            return answer
    return _page(request, {"page": _without_look(request)})


def _whether_it_is_meant(request: HttpRequest, first: str) -> HttpResponse:
    """The same was done a moment ago: from a page that was opened anew, so that it may be meant twice."""
    typed = typed_in(request)
    words = {"fields": typed.pairs, "dropped": typed.dropped, "address": request.get_full_path()}
    return _page(request, {**words, "first": _look_at(request, first)}, "done_already.html")


def _look_at(request: HttpRequest, key: str) -> str:
    page = _without_look(request)
    return f"{page}{'&' if '?' in page else '?'}{urlencode({LOOK: key})}"


def _be_patient(request: HttpRequest, key: str) -> HttpResponse:
    """Waits no longer in a thread, but on the reader's screen."""
    again = _look_at(request, key)
    response = _page(request, {"again": again})
    response["Refresh"] = f"{LOOK_AGAIN_SECONDS}; url={again}"
    return response


def _page(request: HttpRequest, words: dict[str, object], template: str = "being_done.html") -> HttpResponse:
    with translation.override(language_of(request)):
        response = HttpResponse(render_to_string(template, words))
    add_never_cache_headers(response)
    return response


def _without_look(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop(LOOK, None)
    return escape_leading_slashes(request.path) + (f"?{query.urlencode()}" if query else "")


def language_of(request: HttpRequest) -> str:
    """That of the address, as it will be taken further in; English where the catalogue is not complete."""
    code = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    return code if code in settings.COMPLETE_LANGUAGES else settings.LANGUAGE_CODE
