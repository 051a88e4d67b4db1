"""Addresses of this app's pages, under a language prefix."""

from django.urls import path

from .calendars_page import CalendarsView
from .comparing import CompareView
from .searching import SearchView
from .site_map import MapView
from .sites import SiteListView
from .statistics import StatisticsView

urlpatterns = [
    path("sites/", SiteListView.as_view(), name="site-list"),
    path("map/", MapView.as_view(), name="map"),
    path("compare/", CompareView.as_view(), name="compare"),
    path("calendar/", CalendarsView.as_view(), name="calendars"),
    path("search/", SearchView.as_view(), name="search"),
    path("statistics/", StatisticsView.as_view(), name="statistics"),
]
