"""Addresses of this app's files and feeds, without language prefix."""

from django.urls import path

from .own_calendar import own_calendar
from .own_reviews import own_reviews

urlpatterns = [
    path("calendar/<str:token>/reviews.ics", own_reviews, name="own-reviews"),
    path("calendar/<str:token>.ics", own_calendar, name="own-calendar"),
]
