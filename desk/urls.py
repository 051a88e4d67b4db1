"""Addresses of this app's pages, under a language prefix."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/ask/", views.AskView.as_view(), name="offer-ask"),
    path("programmes/<slug:slug>/ask/sent/", views.AskedView.as_view(), name="offer-asked"),
]
