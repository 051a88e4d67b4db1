"""Addresses for mail services; without a language prefix."""

from django.urls import path

from . import views as report_views

urlpatterns = [path("mail/reports/<slug:service>/tracking/", report_views.ReportView.as_view(), name="mail-reports")]
