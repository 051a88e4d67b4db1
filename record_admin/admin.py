"""The history's lists in the admin: the history stands below the lists of the admin, and is shown in them as all else."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from history.admin import AuditEntryAdmin, ChangeAdmin, DeletedRecordAdmin, PurgeRunAdmin
from history.models import AuditEntry, Change, DeletedRecord, PurgeRun

from .listing.admin import ListAdmin


@admin.register(Change)
class ChangesAdmin(ChangeAdmin, ListAdmin):
    nothing_yet = _("Each change of a record will stand here, whoever makes it.")


@admin.register(DeletedRecord)
class DeletedAdmin(DeletedRecordAdmin, ListAdmin):
    nothing_yet = _("What is deleted stands here for 90 days, and can be brought back.")


@admin.register(AuditEntry)
class AuditAdmin(AuditEntryAdmin, ListAdmin):
    nothing_yet = _("Signing in, exports, roles and erasures will stand here.")


@admin.register(PurgeRun)
class PurgesAdmin(PurgeRunAdmin, ListAdmin):
    nothing_yet = _("The nightly purge writes a line for each rule of retention.")
