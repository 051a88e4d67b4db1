"""Forms by which officers record what happens to a review, each with the reason that the history keeps."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import Document
from records.address_fields import AddressFormField
from records.template_context import Label


class DayField(forms.DateField):
    """A day, from the calendar of the browser."""

    def __init__(self, *, label: Label, required: bool = True, help_text: Label = "") -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, label=label, required=required, help_text=help_text)


class ReviewForm(forms.Form):
    """Of which year the review is; `initial` says which one is meant most likely."""

    year = forms.IntegerField(label=_("Year of the review"), min_value=1981, max_value=2150)
    reason = forms.CharField(
        label=_("Why, or on what ground"), max_length=300, help_text=_("The history of the site keeps it.")
    )


class DueDateForm(ReviewForm):
    due_on = DayField(label=_("Due on"), help_text=_("Until the end of this day in Paris."))
    field_order: tuple[str, ...] = ("year", "due_on", "reason")


class DocumentForm(ReviewForm):
    document: forms.ModelChoiceField = forms.ModelChoiceField(
        Document.objects.order_by("title"), label=_("Document"), required=False, help_text=_("One of the directory.")
    )


class SubmissionForm(DocumentForm):
    received_on = DayField(label=_("Received on"))
    field_order: tuple[str, ...] = ("year", "received_on", "document", "reason")


class DecisionForm(DocumentForm):
    decided_on = DayField(label=_("Decided on"))
    public_source = AddressFormField(
        label=_("Public text of the council"), max_length=400, required=False,
        help_text=_("Only with it is the outcome shown in public."),
    )  # fmt: skip
