"""Addresses of this app's pages, under a language prefix."""

from django.urls import path

from .views import ReserveDetailView, ReserveListView

urlpatterns = [
    path("reserves/", ReserveListView.as_view(), name="reserve-list"),
    path("reserves/<slug:slug>/", ReserveDetailView.as_view(), name="reserve-detail"),
]
