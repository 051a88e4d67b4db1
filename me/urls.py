"""Addresses of a person's own pages, under /me/."""

from django.urls import path

from . import views

urlpatterns = [path("", views.OverviewView.as_view(), name="me")]
