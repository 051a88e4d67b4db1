"""Pages of member states, partners, programmes and documents."""

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import DetailView, TemplateView

from history.versions import data_version
from records.cached import cached
from records.draft_words import in_words_of
from records.listing.lists import RecordListView
from records.listing.panels import panels_of
from records.models import RecordQuerySet
from records.template_context import Context, Keywords

from .filters import DocumentFilterSet, PartnerFilterSet
from .models import Document, MemberState, Partner, Programme, ProgrammePartner
from .states import state_table, states_by_code
from .tree import path_to, tree_of


class RecordDetailView(DetailView):
    """The page of one published record, with the blocks that other apps contribute. `draft` is the key of one that staff look
    at before it is published."""

    draft: int | str | None = None
    draft_language: str = ""

    def get_object(self, queryset: QuerySet | None = None) -> Any:
        record = super().get_object(queryset)
        return in_words_of(record, self.draft_language) if self.draft_language else record

    def get_queryset(self) -> QuerySet:
        return self.shown(super().get_queryset())

    def shown(self, records: QuerySet) -> QuerySet:
        """Those that have a page: what is published, or the one draft that is looked at."""
        if self.draft is not None:
            return records.filter(pk=self.draft)
        return cast(RecordQuerySet, records).published()

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"panels": panels_of(self.object)}


class MemberStateListView(TemplateView):
    template_name = "network/member_states.html"

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | state_table(states_by_code().values())


class MemberStateView(RecordDetailView):
    """One member state. Codes are upper-case; another spelling of the code leads to the one address."""

    queryset = MemberState.objects.select_related("mab_committee", "national_commission")
    slug_field = slug_url_kwarg = "code"
    context_object_name = "state"
    template_name = "network/member_state.html"

    def get(self, request: HttpRequest, *args: object, code: str) -> HttpResponse:
        if code != code.upper():
            return redirect("memberstate-detail", code.upper(), permanent=True)
        return super().get(request, *args, code=code)

    def get_context_data(self, **kwargs: object) -> Context:
        partners = self.object.partners.published().order_by("kind", "name")
        return super().get_context_data(**kwargs) | {"partners": partners}


class StatesListView(RecordListView):
    """A list whose filter and lines need the member states."""

    def get_filterset_kwargs(self, filterset_class: object) -> Keywords:
        self.version = data_version()  # before anything is read
        self.states = cached("states", self.version, states_by_code)
        return super().get_filterset_kwargs(filterset_class) | {"states": self.states}

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"states": self.states}


class PartnerListView(StatesListView):
    model = Partner
    filterset_class = PartnerFilterSet
    template_name = "network/partners.html"


class PartnerView(RecordDetailView):
    model = Partner
    template_name = "network/partner.html"

    def get_context_data(self, **kwargs: object) -> Context:
        partner: Partner = self.object
        links = partner.programme_links.filter(programme__published=True).select_related("programme")
        return super().get_context_data(**kwargs) | {
            "states": MemberState.objects.published().filter(partners=partner).order_by("name"),
            "committee_of": MemberState.objects.published().filter(mab_committee=partner),
            "commission_of": MemberState.objects.published().filter(national_commission=partner),
            "programme_links": links.order_by("programme__name"),
        }


class ProgrammeTreeView(TemplateView):
    """Focus areas with all that belongs to them, and what the office offers."""

    template_name = "network/programmes.html"

    def get_context_data(self, **kwargs: object) -> Context:
        programmes = Programme.objects.published().order_by("name", "slug")
        offers = [programme for programme in programmes if programme.kind == Programme.Kind.OFFER]
        return super().get_context_data(**kwargs) | {"areas": tree_of(programmes), "offers": offers}


class ProgrammeView(RecordDetailView):
    template_name = "network/programme.html"
    queryset = Programme.objects.prefetch_related(
        Prefetch(
            "partner_links",
            ProgrammePartner.objects.filter(partner__published=True)
            .select_related("partner")
            .order_by("partner__name"),
        )
    )

    def get_context_data(self, **kwargs: object) -> Context:
        programme: Programme = self.object
        return super().get_context_data(**kwargs) | {
            "above": path_to(programme, Programme.objects.published()),
            "children": Programme.objects.published().filter(parent=programme).order_by("kind", "name"),
            "documents": Document.objects.published().filter(programme=programme),
        }


class DocumentListView(RecordListView):
    model = Document
    filterset_class = DocumentFilterSet
    template_name = "network/documents.html"


class DocumentView(RecordDetailView):
    queryset = Document.objects.select_related("programme")
    template_name = "network/document.html"
