"""Addresses of this app's files and feeds, without language prefix."""

from django.urls import path

from .own_calendar import own_calendar

urlpatterns = [path("calendar/<str:token>.ics", own_calendar, name="own-calendar")]
