"""The form of one mail in the outbox: what may be changed of it, and what not any more."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from record_admin.forms import RecordForm
from records.template_context import Cleaned

from ..models import Mail
from ..refusals import why_not_so

EDITED = ("due", "email", "language", "own_subject", "own_text")


class MailForm(RecordForm):
    """What may be changed of a mail that is waiting."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = Mail
        fields = EDITED
        labels = {"due": _("Due (UTC)")}

    def wanted(self) -> Cleaned:
        """As `handling.edit` takes it. A moment that nobody touched keeps its fractions of a second."""
        given = {name: self.cleaned_data[name] for name in EDITED}
        return given if "due" in self.changed_data else given | {"due": self.initial["due"]}

    def clean(self) -> Cleaned:
        data = super().clean()
        if not self.errors:
            untouched = Mail.objects.get(pk=self.instance.pk)
            if reason := why_not_so(untouched, self.wanted()):
                raise forms.ValidationError(reason)
        return data
