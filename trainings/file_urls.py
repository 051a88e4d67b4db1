"""Addresses of this app's files and feeds, without language prefix."""

from django.urls import path

from .applications.paper_views import certificate, letter
from .views import training_calendar
from .workflow.application_files import application_file
from .workflow.file_pictures import application_file_page

urlpatterns = [
    path("trainings/<slug:slug>.ics", training_calendar, name="training-calendar"),
    path("trainings/<slug:slug>/applications/<str:token>/letter.pdf", letter, name="training-letter"),
    path("trainings/<slug:slug>/applications/<str:token>/certificate.pdf", certificate, name="training-certificate"),
    path("trainings/application-files/<int:pk>", application_file, name="application-file"),
    path(
        "trainings/application-files/<int:pk>/pages/<int:number>.jpg",
        application_file_page,
        name="application-file-page",
    ),
]
