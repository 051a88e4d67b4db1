"""Addresses of this app's files and feeds, without language prefix."""

from django.urls import path

from .views import event_calendar

urlpatterns = [path("events/<slug:slug>.ics", event_calendar, name="event-calendar")]
