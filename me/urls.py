"""Addresses of a person's own pages, under /me/."""

from django.urls import path

from . import own_calendar, views

urlpatterns = [
    path("", views.OverviewView.as_view(), name="me"),
    path("calendar/", own_calendar.OwnCalendarView.as_view(), name="me-calendar"),
]
