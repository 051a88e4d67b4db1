"""The page before a file that the worker makes: a link only shows it, its button asks for the file."""

from django.contrib.admin.sites import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from records.template_context import Label

from ..models import LongWork


def page_before(
    request: HttpRequest, site: AdminSite, *, title: Label, number: int, seconds: int, back: str
) -> HttpResponse:
    """How many there are and how long it takes. The button posts to the same address."""
    context = {**site.each_context(request), "title": title, "number": number, "seconds": seconds, "back": back}
    return TemplateResponse(request, "admin/long_work/begin.html", context)


def page_of(work: LongWork) -> HttpResponseRedirect:
    """To where the work is watched."""
    return redirect("admin:long_work_one", work.pk)
