"""Addresses of photos, without a language."""

from django.urls import re_path

from .views import photo_file

urlpatterns = [
    re_path(r"^media/photos/(?P<name>[0-9a-f]{32}(?:-[0-9]{1,4})?\.(?:jpg|webp|avif))$", photo_file, name="photo-file")
]
