"""Addresses of this app's files and feeds, without language prefix."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from .api import ogc
from .api.endpoints import api
from .calendars.joint_calendar import calendar
from .map.base_map import tile
from .news.feeds import SITEMAPS, NewsFeed
from .sites.comparing import compare_export
from .sites.views import site_export
from .statistics.views import statistics_export

urlpatterns = [
    path("sites/export.<slug:ending>", site_export, name="site-export"),
    path("map/tiles/<int:zoom>/<int:column>/<int:row>.<slug:ending>", tile, name="map-tile"),
    path("compare/export.<slug:ending>", compare_export, name="compare-export"),
    path("statistics/export.<slug:ending>", statistics_export, name="statistics-export"),
    path("calendar.ics", calendar, name="calendar"),
    path("feed.atom", NewsFeed(), name="feed"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("api/ogc/", ogc.landing, name="ogc"),
    path("api/ogc/conformance", ogc.conformance),
    path("api/ogc/collections", ogc.collections),
    path("api/ogc/collections/<slug:name>", ogc.collection),
    path("api/ogc/collections/<slug:name>/items", ogc.items),
    path("api/ogc/collections/<slug:name>/items/<slug:slug>", ogc.item),
    path("api/", api.urls),
]
