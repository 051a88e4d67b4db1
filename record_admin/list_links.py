"""Links beside the title of a list of records in the admin, to pages of floors above: they register here what they have.

A function gets the request and the list's admin, and gives addresses with words for what this reader may open.
"""

from collections.abc import Callable

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.utils.functional import Promise

Links = list[tuple[str, str | Promise]]
LinksOfList = Callable[[HttpRequest, ModelAdmin], Links]
_links: list[LinksOfList] = []


def register(links: LinksOfList) -> None:
    _links.append(links)


def links_of_list(request: HttpRequest, owner: ModelAdmin) -> Links:
    return [link for links in _links for link in links(request, owner)]
