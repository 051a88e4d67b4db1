"""Addresses of this app's pages, under a language prefix."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("events/", views.EventListView.as_view(), name="event-list"),
    path("events/<slug:slug>/", views.EventView.as_view(), name="event-detail"),
    path("events/<slug:slug>/register/", views.RegistrationView.as_view(), name="event-register"),
    path("", include("events.running_urls")),
]
