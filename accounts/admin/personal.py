"""Ground of the admin of human beings."""

from django.contrib.admin.models import LogEntry
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from record_admin.model_admin import PlainAdmin


class PersonalAdmin(PlainAdmin):
    """Records of human beings: the admin's own log keeps who worked on which record, but no name."""

    def log_addition(self, request: HttpRequest, obj: models.Model, message: object) -> LogEntry:
        return self._nameless(super().log_addition(request, obj, []))

    def log_change(self, request: HttpRequest, obj: models.Model, message: object) -> LogEntry:
        return self._nameless(super().log_change(request, obj, []))

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> list[LogEntry]:
        return [self._nameless(entry) for entry in super().log_deletions(request, queryset)]

    def _nameless(self, entry: LogEntry) -> LogEntry:
        LogEntry.objects.filter(
            user=entry.user_id, content_type=entry.content_type_id, object_id=entry.object_id
        ).update(object_repr=f"{self.opts.verbose_name} {entry.object_id}")
        return entry
