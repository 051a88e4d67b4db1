"""Addresses of uploaded documents, without a language."""

from django.urls import path

from .files import document_file

urlpatterns = [path("media/documents/<str:name>", document_file, name="document-file")]
