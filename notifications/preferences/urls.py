"""Addresses of the pages on which readers choose their mails; mounted under /me/."""

from django.urls import path

from . import views

urlpatterns = [
    path("mail/", views.OwnMailPreferencesView.as_view(), name="mail-preferences"),
    path("mail/<str:token>/", views.MailPreferencesView.as_view(), name="mail-preferences-of"),
    path("mail/<str:token>/<slug:topic>/", views.StopView.as_view(), name="mail-stop"),
]
