"""Export and import beside the title of each list of records that is a sheet."""

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from record_admin.list_links import Links, register
from record_import.registry import sheet_for


def sheet_links(request: HttpRequest, owner: ModelAdmin) -> Links:
    """The export keeps the filter of the list; the import is for those who may add or change records of the kind."""
    if sheet_for(owner.model) is None:
        return []
    label, query = owner.model._meta.label_lower, request.GET.copy()
    for name in ("p", "all", "e"):
        query.pop(name, None)
    links: Links = [
        (f"{reverse('admin:sheet_export', args=[label, ending])}?{query.urlencode()}".rstrip("?"), words)
        for ending, words in (("xlsx", _("Export XLSX")), ("csv", _("Export CSV")))
    ]
    if owner.has_add_permission(request) or owner.has_change_permission(request):
        links.append((reverse("admin:sheet_import", args=[label]), _("Import")))
    return links


register(sheet_links)
