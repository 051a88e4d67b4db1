"""Addresses of this app's pages, under a language prefix."""

from django.urls import path

from . import apply_views, certificates, follow_up_views, standing_views, views

urlpatterns = [
    path("trainings/", views.TrainingListView.as_view(), name="training-list"),
    path("trainings/<slug:slug>/", views.TrainingView.as_view(), name="training-detail"),
    path("trainings/<slug:slug>/apply/", apply_views.ApplyView.as_view(), name="training-apply"),
    path("trainings/<slug:slug>/apply/check/", apply_views.ApplyCheckView.as_view(), name="training-apply-check"),
    path(
        "trainings/<slug:slug>/applications/<str:token>/",
        standing_views.StandingView.as_view(),
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
