"""Addresses of the pages behind a personal address, under a language prefix."""

from django.urls import path

from . import views

urlpatterns = [
    path("join/renewed/", views.RenewedView.as_view(), name="join-renewed"),
    path("join/<str:token>/", views.JoinView.as_view(), name="join"),
    path("join/<str:token>/renew/", views.RenewView.as_view(), name="join-renew"),
    path("join/<str:token>/question/", views.QuestionView.as_view(), name="join-question"),
    path("join/<str:token>/question/<int:pk>/nameless/", views.NamelessView.as_view(), name="join-nameless"),
    path("join/<str:token>/materials/<int:pk>/", views.MaterialView.as_view(), name="join-material"),
    path("join/<str:token>/survey/", views.SurveyView.as_view(), name="join-survey"),
]
