"""The directory of one or several kinds of site as pages. Each kind, and both together, names its form and template."""

from collections.abc import Callable, Sequence

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from records.listing.exports import Download
from records.listing.lists import page_number
from records.template_context import Context

from .counts import found_of_all, in_words
from .directories import Directory
from .drawn_items import drawn_items
from .exports import MOST_AT_ONCE, download_response, refused, written_once
from .facets import groups
from .filters import SiteFilterForm
from .result_map import ResultMap
from .site_table import Kind

PER_PAGE = 25


class DirectoryView(TemplateView):
    """What list and map share. A wrong value answers 200 with the form's error and no sites."""

    kinds: Sequence[Kind]
    form_class: type[SiteFilterForm]

    def get_context_data(self, **kwargs: object) -> Context:
        directory = self.directory = Directory(self.kinds, self.form_class, self.request.GET)
        self.request.GET = directory.query  # type: ignore[assignment]  # so that all links of the page are short
        table, found = directory.table, directory.found
        in_all, number = table.tally(table.everything), found.bit_count()
        return super().get_context_data(**kwargs) | {
            "form": directory.form,
            "groups_of_filters": list(groups(directory)),
            "states": directory.states,
            "in_all": in_words(in_all),
            "shared_in_all": table.options["transboundary"].get("true", 0).bit_count(),
            "result": found_of_all(table.tally(found), in_all),
            "found": number,
            "plate": ResultMap(directory.version, table, found, is_bounded=directory.is_bounded),
            "some_are_faint": number < table.size,
            "chips": directory.chips,
            "filtered": directory.is_narrowed,
            "way_out": directory.way_out() if directory.is_valid and not number else None,
            "kept": directory.kept,
            "canonical_query": directory.canonical(),
        }


class SiteListView(DirectoryView):
    """Pages of entries. An unknown page is not found."""

    def get_context_data(self, **kwargs: object) -> Context:
        number = page_number(self.request)
        context = super().get_context_data(**kwargs)
        directory = self.directory
        try:
            page = Paginator(directory.positions(), PER_PAGE).page(number)
        except EmptyPage as error:
            raise Http404("no such page") from error
        return context | {
            "page_obj": page,
            "entries": drawn_items(directory.version, directory.states, self.kinds, map(directory.table.site, page)),
            "canonical_query": directory.canonical(number),
        }


def export_view(
    kinds: Sequence[Kind], form_class: type[SiteFilterForm], download: Callable[[Directory], Download]
) -> Callable[..., HttpResponseBase]:
    """The view of a download that keeps the filter of the list. A wrong filter is answered 400 with the reasons."""

    @require_safe
    def view(request: HttpRequest, ending: str) -> HttpResponseBase:
        directory = Directory(kinds, form_class, request.GET)
        if not directory.is_valid:
            return refused(directory.form)
        made = download(directory)
        if ending == "geojson" and directory.is_whole and directory.table.size <= MOST_AT_ONCE:
            made = written_once(directory.version, made)
        return download_response(made, ending)

    return view
