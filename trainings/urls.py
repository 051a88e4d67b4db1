"""Addresses of this app's pages, under a language prefix."""

from django.urls import path

from . import views
from .applications import follow_up_views, status_views
from .applications import views as apply_views
from .certificates import views as certificates

urlpatterns = [
    path("trainings/", views.TrainingListView.as_view(), name="training-list"),
    path("trainings/<slug:slug>/", views.TrainingView.as_view(), name="training-detail"),
    path("trainings/<slug:slug>/apply/", apply_views.ApplyView.as_view(), name="training-apply"),
    path("trainings/<slug:slug>/apply/check/", apply_views.ApplyCheckView.as_view(), name="training-apply-check"),
    path(
        "trainings/<slug:slug>/applications/<str:token>/",
        status_views.StatusView.as_view(),
        name="training-application",
    ),
    path(
        "trainings/<slug:slug>/applications/<str:token>/follow-up/",
        follow_up_views.FollowUpView.as_view(),
        name="training-follow-up",
    ),
    path("certificates/", certificates.CheckView.as_view(), name="certificate-check"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
]
