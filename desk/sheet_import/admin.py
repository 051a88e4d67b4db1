"""Addresses of export, template and import within the admin. Uploaded sheets are no list to be looked at."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path

from record_admin.fields import ReadOnlyMixin
from record_import.models import SheetUpload

from . import views as sheet_pages


@admin.register(SheetUpload)
class SheetUploadAdmin(ReadOnlyMixin, admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<str:label>/export.<str:ending>", view(sheet_pages.export), name="sheet_export"),
            path("<str:label>/template.<str:ending>", view(sheet_pages.template), name="sheet_template"),
            path("<str:label>/import/", view(sheet_pages.upload), name="sheet_import"),
            path("<str:label>/import/<int:pk>/to-mend.xlsx", view(sheet_pages.to_mend), name="sheet_to_mend"),
            path("<str:label>/import/<int:pk>/", view(sheet_pages.look), name="sheet_look"),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
