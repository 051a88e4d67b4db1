"""Facts of a person as pages ask for them: by themselves or by their focal point, in the profile or with an application."""

from typing import ClassVar, Final, Unpack, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from network.models import MemberState
from records.formats import countries
from records.formats.typed_text import validate_latin
from records.formats.vocabulary import UNSET, Language
from records.own_zone_field import OwnZoneField, settle, usual_zone
from records.template_context import Cleaned, Files, Posted, RecordFormOptions

from ..models import Person

YOUNGEST: Final = 10  # years; a typing error in the year of birth is likelier than a younger participant


def state_choices() -> QuerySet[MemberState]:
    return MemberState.objects.published().order_by("name")


class PersonFields(forms.ModelForm):
    """Facts about a person that are written on a page, by themselves or by their focal point."""

    native_language = forms.ChoiceField(
        label=_("Language of that name"), choices=[("", "–"), *Language.choices], required=False
    )
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES)
    time_zone = OwnZoneField(label=_("Time zone"), help_text=_("Mails and pages tell times on its clocks."))

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = ["name", "native_name", "native_language", "organisation", "position", "member_state", "language", "time_zone"]  # fmt: skip
        labels: ClassVar[dict[str, object]] = {
            "name": _("Name in Latin letters"),
            "native_name": _("Name in your own script"),
            "organisation": _("Organisation"),
            "position": _("Role or position"),
            "member_state": _("Member state"),
        }
        help_texts: ClassVar[dict[str, object]] = {
            "name": _("As it should stand on certificates and lists of participants."),
        }

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        lives_in = self.instance.member_state
        if self.instance.time_zone == UNSET and lives_in:
            self.initial["time_zone"] = usual_zone(lives_in.time_zones)
        state = cast(forms.ModelChoiceField, self.fields["member_state"])
        state.queryset, state.empty_label = state_choices(), _("None of them")
        self.fields["name"].validators.append(validate_latin)
        for name, kept in (("name", "name"), ("organisation", "organization"), ("position", "organization-title")):
            self.fields[name].widget.attrs["autocomplete"] = kept

    def clean(self) -> Cleaned:
        cleaned: Cleaned = super().clean() or self.cleaned_data
        state = cleaned.get("member_state")
        settle(self, state.time_zones if state else (), state.name if state else "")
        return cleaned


class WithReportFacts(PersonFields):
    """With the facts that only reports count: each may be left out, and says why it is asked."""

    nationality = forms.ChoiceField(
        label=_("Nationality"),
        required=False,
        help_text=_("Reports say from how many countries people came."),
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        min_value=1900,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}),
        help_text=_("Reports count young people, from 18 to 35. Leave it empty if you prefer not to say."),
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=Person.Sex.choices,
        widget=forms.RadioSelect,
        help_text=_("Reports to those who pay for trainings count women and men."),
    )

    class Meta(PersonFields.Meta):
        fields: ClassVar[list[str]] = [*PersonFields.Meta.fields, "sex", "birth_year", "nationality"]

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        names = {state.code: state.name for state in state_choices()} | dict(countries.NAMES)
        held = self.instance.nationality
        known = names if not held or held in names else {held: held, **names}
        field = cast(forms.ChoiceField, self.fields["nationality"])
        field.choices = [("", _("Prefer not to say")), *sorted(known.items(), key=lambda entry: str(entry[1]))]

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and year > timezone.now().year - YOUNGEST:
            raise forms.ValidationError(_now("Give the year in which you were born, in four digits."))
        return year
