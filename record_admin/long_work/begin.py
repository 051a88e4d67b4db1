"""The page before long work that begins with a link: the link only shows it, the button asks for it."""

from typing import Final

from django.contrib.admin.sites import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy

from records.template_context import Label

from ..models import LongWork

MAKE: Final = "make"
MAKE_IT: Final = gettext_lazy("Make the file")


def page_before(
    request: HttpRequest,
    site: AdminSite,
    *,
    title: Label,
    number: int,
    seconds: int,
    back: str,
    explanation: Label = "",
    button: Label = MAKE_IT,
) -> HttpResponse:
    """How many there are and how long it takes. The button posts to the same address."""
    context = {
        **site.each_context(request), "title": title, "number": number, "seconds": seconds, "back": back,
        "explanation": explanation, "button": button,
    }  # fmt: skip
    return TemplateResponse(request, "admin/long_work/begin.html", context)


def is_asked_for(request: HttpRequest) -> bool:
    """Whether the button of that page was pressed."""
    return request.method == "POST" and MAKE in request.POST


def page_of(work: LongWork) -> HttpResponseRedirect:
    """To where the work is watched."""
    return redirect("admin:long_work_one", work.pk)
