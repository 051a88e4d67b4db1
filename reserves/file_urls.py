"""Addresses of this app's files and feeds, without language prefix."""

from django.urls import path

from .views import reserve_export

urlpatterns = [path("reserves/export.<slug:ending>", reserve_export, name="reserve-export")]
