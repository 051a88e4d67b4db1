"""Addresses of this app's files and feeds, without language prefix."""

from django.urls import path

from .views import geopark_citation, geopark_export

urlpatterns = [
    path("geoparks/export.<slug:ending>", geopark_export, name="geopark-export"),
    path("geoparks/<slug:slug>.<slug:ending>", geopark_citation, name="geopark-citation"),
]
