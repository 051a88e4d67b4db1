"""What pages are measured against: R, a bare page of the portal with one query and 25 rows, and K, a constant page of 30 KB,
both under the same middleware as every page."""

from functools import cache
from types import ModuleType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from eabrn_portal import urls
from reserves.models import BiosphereReserve

R, K = "/bench/bare/", "/bench/constant/"
BARE = """{% extends "base.html" %}{% block title %}Bare{% endblock %}{% block main %}<div class="wrap"><h1>Bare</h1><ol>
{% for row in rows %}<li><a href="{{ row.get_absolute_url }}">{{ row.name }}</a></li>{% endfor %}</ol></div>{% endblock %}"""
CONSTANT = f"<!doctype html><title>K</title><p>{'mountain lake ' * 2140}</p>"


@cache
def _bare_template() -> Any:
    return engines["django"].from_string(BARE)


def bare(request: HttpRequest) -> HttpResponse:
    rows = BiosphereReserve.objects.published()[:25]
    return HttpResponse(_bare_template().render({"rows": rows}, request))


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(CONSTANT)


def urls_with_reference() -> ModuleType:
    module = ModuleType("urls_with_reference")
    vars(module).update(vars(urls))
    module.urlpatterns = [path("bench/bare/", bare), path("bench/constant/", constant), *urls.urlpatterns]  # type: ignore[attr-defined]
    return module
