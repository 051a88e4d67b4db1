"""Addresses of this app's files and feeds, without language prefix."""

from django.urls import path

from .participation.materials import material_file
from .views import event_calendar

urlpatterns = [
    path("events/<slug:slug>.ics", event_calendar, name="event-calendar"),
    path("media/materials/<str:name>", material_file, name="material-file"),
]
