"""Addresses of a person's own pages, under /me/."""

from django.urls import path

from . import sessions, views

urlpatterns = [
    path("", views.OverviewView.as_view(), name="me"),
    path("sessions/", sessions.SessionsView.as_view(), name="my-sessions"),
]
