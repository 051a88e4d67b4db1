"""Export and import beside the title of each list of records that is a sheet."""

from django import template
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from record_admin.model_admin import Links
from record_import.registry import sheet_for

register = template.Library()


@register.simple_tag(takes_context=True)
def sheet_links(context: Context, shown: ChangeList) -> Links:
    """`{% sheet_links cl as sheets %}`: the export keeps the filter of the list; the import is for those who may add or
    change records of the kind. Only lists of records have them."""
    request: HttpRequest = context["request"]
    if "list_links" not in context or sheet_for(shown.model) is None:
        return []
    label, query = shown.model._meta.label_lower, request.GET.copy()
    for name in ("p", "all", "e"):
        query.pop(name, None)
    links: Links = [
        (f"{reverse('admin:sheet_export', args=[label, ending])}?{query.urlencode()}".rstrip("?"), words)
        for ending, words in (("xlsx", _("Export XLSX")), ("csv", _("Export CSV")))
    ]
    owner = shown.model_admin
    if owner.has_add_permission(request) or owner.has_change_permission(request):
        links.append((reverse("admin:sheet_import", args=[label]), _("Import")))
    return links
