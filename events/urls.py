"""Addresses of this app's pages, under a language prefix."""

from django.urls import include, path

from . import views
from .registration.place_views import NewAddressView, PlaceCalendarView, PlaceView
from .registration.together_views import PartyView, TogetherView
from .registration.views import RegisteredView, RegisterView

urlpatterns = [
    path("events/", views.EventListView.as_view(), name="event-list"),
    path("events/<slug:slug>/", views.EventView.as_view(), name="event-detail"),
    path("events/<slug:slug>/register/", RegisterView.as_view(), name="event-register"),
    path("events/<slug:slug>/register/sent/", RegisteredView.as_view(), name="event-registered"),
    path("events/<slug:slug>/register/several/", TogetherView.as_view(), name="event-register-several"),
    path("events/<slug:slug>/register/several/<str:token>/", PartyView.as_view(), name="event-party"),
    path("events/<slug:slug>/register/address/<str:token>/", NewAddressView.as_view(), name="event-place-address"),
    path("events/<slug:slug>/register/<str:token>/entry.ics", PlaceCalendarView.as_view(), name="event-place-calendar"),
    path("events/<slug:slug>/register/<str:token>/", PlaceView.as_view(), name="event-place"),
    path("", include("events.participation.urls")),
]
