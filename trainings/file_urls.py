"""Addresses of this app's files and feeds, without language prefix."""

from django.urls import path

from .views import training_calendar

urlpatterns = [path("trainings/<slug:slug>.ics", training_calendar, name="training-calendar")]
