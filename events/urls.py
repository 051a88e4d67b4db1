"""Addresses of this app's pages, under a language prefix."""

from django.urls import include, path

from . import views
from .registration.views import PlaceView, RegisteredView, RegisterView

urlpatterns = [
    path("events/", views.EventListView.as_view(), name="event-list"),
    path("events/<slug:slug>/", views.EventView.as_view(), name="event-detail"),
    path("events/<slug:slug>/register/", RegisterView.as_view(), name="event-register"),
    path("events/<slug:slug>/register/sent/", RegisteredView.as_view(), name="event-registered"),
    path("events/<slug:slug>/register/<str:token>/", PlaceView.as_view(), name="event-place"),
    path("", include("events.participation.urls")),
]
