"""Addresses of this app's pages, under a language prefix."""

from django.urls import path

from .views import GeoparkDetailView, GeoparkListView

urlpatterns = [
    path("geoparks/", GeoparkListView.as_view(), name="geopark-list"),
    path("geoparks/<slug:slug>/", GeoparkDetailView.as_view(), name="geopark-detail"),
]
