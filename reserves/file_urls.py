"""Addresses of this app's files and feeds, without language prefix."""

from django.urls import path

from .views import reserve_citation, reserve_export

urlpatterns = [
    path("reserves/export.<slug:ending>", reserve_export, name="reserve-export"),
    path("reserves/<slug:slug>.<slug:ending>", reserve_citation, name="reserve-citation"),
]
