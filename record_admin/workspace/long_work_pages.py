"""Long work: what runs, what waits, what has ended this week. Without a script by a link, or by a page that comes again."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.contrib import messages
from django.core.files.storage import storages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from history.who import name_of, names_of
from records.listing.lists import page_number
from records.template_context import Context, Label

from ..listing.moments import zone_of_reader
from ..long_work.shown import shown
from ..long_work.starting import KEPT, ask_to_stop, go_on
from ..models import LongWork, LongWorkQuerySet
from .other_work import others_of
from .pages import Crumb, WorkPage

PER_PAGE: Final = 25
MOST_OTHERS: Final = 20
MOST_ODD: Final = 5
LATELY: Final = dt.timedelta(days=1)
SECONDS: Final = 5  # until the page comes again by itself, where the reader asks for it
State = LongWork.State


class _LongWork(WorkPage):
    """What both pages share. `keep` in the address asks the browser to look again by itself as long as something runs."""

    title = gettext_lazy("Long work")

    def found(self) -> LongWorkQuerySet:
        """What this reader may see, of a week."""
        young = Q(ended_at=None) | Q(ended_at__gte=timezone.now() - KEPT)
        return LongWork.objects.filter(young).readable_by(self.request.user)

    def shown(self, works: Iterable[LongWork], *, full: bool = False) -> list[Any]:
        return list(shown(works, self.request.user.pk or 0, full=full))

    def again(self, response: HttpResponse, *, is_open: bool) -> HttpResponse:
        if is_open and "keep" in self.request.GET:
            response["Refresh"] = str(SECONDS)
        return response

    def get_context_data(self, **kwargs: Any) -> Context:
        known: Context = {
            "zone": zone_of_reader(self.request), "keeps": "keep" in self.request.GET, "seconds": SECONDS,
            "mine": "mine" in self.request.GET,
        }  # fmt: skip
        return super().get_context_data(**{**known, **kwargs})


@method_decorator(never_cache, name="dispatch")
class LongWorkPage(_LongWork, TemplateView):
    """All that somebody may see: what is under way and what has ended with something to look at, whole; the rest in lines."""

    template_name = "admin/long_work/all.html"

    @cached_property
    def open(self) -> list[Any]:
        return self.shown(self._chosen().open().order_by("state", "pk"))

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.again(super().get(request, *args, **kwargs), is_open=bool(self.open))

    def _chosen(self) -> LongWorkQuerySet:
        found = self.found()
        return found.filter(officer_id=self.request.user.pk or 0) if "mine" in self.request.GET else found

    def get_context_data(self, **kwargs: Any) -> Context:
        ended = self._chosen().exclude(ended_at=None).order_by("-ended_at", "-pk")
        page = Paginator(ended, PER_PAGE).get_page(page_number(self.request))
        odd = Q(state__in=[State.FAILED, State.STOPPED]) | Q(left_out__gt=0)
        own = ended.filter(odd, officer_id=self.request.user.pk or 0, ended_at__gte=timezone.now() - LATELY)
        others = list(others_of(self.request.user, timezone.now() - KEPT))[:MOST_OTHERS]
        names = names_of({one.officer_id for one in others if one.officer_id})
        return super().get_context_data(
            works=self.open, attention=self.shown(own[:MOST_ODD]) if page.number == 1 else [], page_obj=page, ended=self.shown(list(page.object_list)),
            running=sum(one.work.state == State.RUNS for one in self.open),
            waiting=sum(one.work.state == State.WAITS for one in self.open),
            others=[(one, name_of(one.officer_id, names)) for one in others],
            **kwargs,
        )  # fmt: skip


@method_decorator(never_cache, name="dispatch")
class OneLongWork(_LongWork, TemplateView):
    """One of them: how far it is, all that is wrong, what came of it; stopping it, going on with it."""

    template_name = "admin/long_work/one.html"

    @cached_property
    def record(self) -> LongWork:
        return get_object_or_404(self.found(), pk=self.kwargs["pk"])

    def page_title(self) -> Label:
        return self.record.title

    def crumbs(self) -> list[Crumb]:
        return []

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """With `part` the work alone, for the script that looks every two seconds."""
        [one] = self.shown(LongWork.objects.filter(pk=self.record.pk), full=True)
        if "part" in request.GET:
            context = {"one": one, "zone": zone_of_reader(request), "whole": True}
            return TemplateResponse(request, "admin/long_work/_work.html", context)
        response = self.render_to_response(self.get_context_data(one=one, whole=True, **kwargs))
        return self.again(response, is_open=one.is_open)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        work = self.record
        if "stop" in request.POST:
            if not ask_to_stop(work):
                messages.info(request, _("It had ended already."))
        elif "go_on" in request.POST and work.officer_id == request.user.pk:
            work = go_on(work)
        return redirect("admin:long_work_one", work.pk)


class LongWorkFile(_LongWork, View):
    """The file that was made, for whoever may see the work; no cache on the way keeps it."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        work = get_object_or_404(self.found().exclude(file=""), pk=self.kwargs["pk"])
        try:
            content = storages["private"].open(work.file)
        except FileNotFoundError as gone:
            raise Http404 from gone
        response = FileResponse(content, as_attachment=True, filename=work.file_name)
        response["Cache-Control"] = "private, no-store"
        return response
