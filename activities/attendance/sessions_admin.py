"""Who was in a session of an event or a training: minutes by hand, with the reason that the log keeps."""

from typing import ClassVar, cast

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from record_admin.forms import RecordForm
from record_admin.rows import ReadOnlyRows, Rows

from ..admin.shared import SessionAdmin
from ..models import Attendance, AttendanceCorrection
from . import recording as attendance


class HandMadeRow(RecordForm):
    """Minutes by hand, with the reason that the log keeps."""

    reason = forms.CharField(
        label=_("reason"), max_length=300, required=False, widget=forms.TextInput(attrs={"aria-label": _("reason")})
    )


class HandMadeRows(Rows):
    model = Attendance
    form = HandMadeRow
    fields = ("person", "minutes", "reason", "source")
    readonly_fields = ("source",)
    autocomplete_fields = ("person",)
    related: ClassVar[tuple[str, ...]] = ("person",)


class CorrectionBlock(ReadOnlyRows):
    model = AttendanceCorrection
    fields = readonly_fields = ("at", "person", "was", "became", "by", "reason")
    related: ClassVar[tuple[str, ...]] = ("person", "by")


class AttendedSessionAdmin(SessionAdmin):
    """Who was in a session. What is changed here is noted in the log, and no list overrules it."""

    def save_formset(
        self, request: HttpRequest, form: forms.ModelForm, formset: forms.BaseModelFormSet, change: bool
    ) -> None:
        if formset.model is None or not issubclass(formset.model, Attendance):
            return super().save_formset(request, form, formset, change)
        formset.save(commit=False)
        reasons = {one.instance.pk or id(one.instance): one.cleaned_data.get("reason", "") for one in formset.forms}
        by = cast(User, request.user)
        for row in formset.deleted_objects:
            attendance.correct(
                session=row.session, person=row.person, minutes=None, reason=reasons.get(row.pk, ""), by=by
            )
        for row in [*[row for row, _names in formset.changed_objects], *formset.new_objects]:
            reason = reasons.get(row.pk or id(row), "")
            before = formset.model.objects.select_related("person").filter(pk=row.pk).first() if row.pk else None
            if before and before.person_id != row.person_id:
                attendance.correct(session=row.session, person=before.person, minutes=None, reason=reason, by=by)
            attendance.correct(session=row.session, person=row.person, minutes=row.minutes, reason=reason, by=by)
        return None
