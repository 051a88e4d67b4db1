"""Addresses of this app's pages, under a language prefix."""

from django.urls import path

from .calendars.views import CalendarsView
from .map.views import MapView
from .search_page.views import SearchView
from .sites.comparing import CompareView
from .sites.views import SiteListView
from .statistics.views import StatisticsView

urlpatterns = [
    path("sites/", SiteListView.as_view(), name="site-list"),
    path("map/", MapView.as_view(), name="map"),
    path("compare/", CompareView.as_view(), name="compare"),
    path("calendar/", CalendarsView.as_view(), name="calendars"),
    path("search/", SearchView.as_view(), name="search"),
    path("statistics/", StatisticsView.as_view(), name="statistics"),
]
