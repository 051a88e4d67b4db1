"""Forms with which an officer takes attendance over, and says whom a name means."""

import base64
from typing import Final, Unpack

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from records.form_fields import TextField
from records.formats.typed_text import address as address_of
from records.formats.typed_text import tidy_address, tidy_name, validate_name
from records.formats.vocabulary import zone_names
from records.name_fields import AddressFormField
from records.tables.encodings import choices as encoding_choices
from records.template_context import Cleaned, Files, FormOptions, Posted, RecordFormOptions

from ..models import Activity, AttendanceMatch, Session
from .files import MOST_BYTES
from .list_times import Order
from .presences import Presence

SALT: Final = "events.attendance"
ONE_DAY: Final = 24 * 3600


class ImportForm(forms.Form):
    """A file or pasted rows, and what they do not say themselves. Once they were looked at they travel along, signed, and need
    not be chosen again."""

    file = forms.FileField(
        label=_("Attendance list"), allow_empty_file=True,
        error_messages={"required": _("Choose the file, or paste its rows.")},
        help_text=_("The participants report of Zoom, Microsoft Teams or Google Meet, the list of members of Tencent Meeting,"
                    " or a sheet with the columns name, email and minutes: CSV or Excel, at most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("or pasted rows"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Copied from a spreadsheet, with the row that names the columns."),
    )  # fmt: skip
    zone = forms.ChoiceField(
        label=_("Time zone of the times in the list"),
        help_text=_("Providers write times on the clocks of the account that made the meeting."),
    )
    session: "forms.ModelChoiceField[Session]" = forms.ModelChoiceField(
        label=_("Session, for a list without times or days"), queryset=None, required=False,
        empty_label=_("The list has times"),
    )  # fmt: skip
    order = forms.ChoiceField(
        label=_("Order of day and month"), required=False,
        choices=[
            ("", _("Found out by itself")), (Order.MONTH_FIRST, _("Month first: 11/25/2026")),
            (Order.DAY_FIRST, _("Day first: 25/11/2026")), (Order.YEAR_FIRST, _("Year first: 26/11/25")),
        ],
        help_text=_("One order holds for the whole list. You are asked only if two are possible."),
    )  # fmt: skip
    encoding = forms.ChoiceField(
        label=_("Encoding, for CSV"), choices=encoding_choices, required=False,
        help_text=_("Excel saves CSV in the encoding of its country. To be chosen where names were read wrongly."),
    )  # fmt: skip
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        activity: Activity,
        **kwargs: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["zone"].choices = [(zone, zone) for zone in sorted(zone_names())]  # type: ignore[attr-defined]
        self.fields["zone"].initial = activity.timezone
        self.fields["session"].queryset = activity.sessions.all()  # type: ignore[attr-defined]
        self.sessions = list(activity.sessions.all())
        self.fields["file"].required = not (self.data.get("kept") or self.data.get("pasted", "").strip())

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        upload = data.get("file")
        if upload is not None and upload.size > MOST_BYTES:
            self.add_error("file", _now("The file is larger than 1 MB. Is it the list of participants?"))
        elif upload is not None:
            data["name"], data["content"] = str(upload.name), upload.read()
        elif data.get("pasted", "").strip():
            data["name"], data["content"] = _now("Pasted rows"), data["pasted"].encode()
            data["encoding"] = "utf-8"
        elif data.get("kept"):
            data["name"], data["content"] = self._unpacked(str(data["kept"]))
        if not data.get("session") and len(self.sessions) == 1:
            data["session"] = self.sessions[0]
        return data

    @staticmethod
    def _unpacked(kept: str) -> tuple[str, bytes]:
        try:
            facts = signing.loads(kept, salt=SALT, max_age=ONE_DAY)
        except signing.BadSignature as error:
            raise ValidationError(_now("The check is older than a day. Choose the file again.")) from error
        return facts["name"], base64.b64decode(facts["content"])


def packed(name: str, content: bytes) -> str:
    """A file for a hidden field: signed, so that what was checked is what is taken over."""
    return signing.dumps({"name": name, "content": base64.b64encode(content).decode()}, salt=SALT, compress=True)


class OnSiteForm(forms.Form):
    """Who signed on paper in one session."""

    session: "forms.ModelChoiceField[Session]" = forms.ModelChoiceField(
        label=_("Session"), queryset=None, empty_label=None
    )
    people = forms.MultipleChoiceField(
        label=_("Signed"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("People with a confirmed place.")
    )  # fmt: skip
    others = TextField(
        label=_("Others who signed"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One per line: the name, and behind a comma the e-mail address where it can be read."),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("Minutes present"),
        required=False,
        min_value=1,
        max_value=1440,
        help_text=_("Empty: the whole session."),
    )

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        activity: Activity,
        **kwargs: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["session"].queryset = activity.sessions.all()  # type: ignore[attr-defined]
        self.known = {str(person.pk): person for person in activity.people_with_place().order_by("name", "pk")}
        self.fields["people"].choices = [(key, person_label(person)) for key, person in self.known.items()]  # type: ignore[attr-defined]
        if not self.known:
            del self.fields["people"]

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("people") and not data.get("others"):
            self.add_error("others", _now("Tick or write down at least one name."))
        return data

    def clean_others(self) -> list[tuple[int, str, str]]:
        """Line, name and address of each. A line that says neither is told by its number."""
        signed, wrong = list[tuple[int, str, str]](), list[str]()
        for number, line in enumerate(self.cleaned_data["others"].splitlines(), 1):
            name, _comma, email = (part.strip() for part in line.replace("，", ",").partition(","))
            if "@" not in tidy_address(email):
                name, email = line, ""  # Bold, Bat
            try:
                validate_name(name := tidy_name(name))
                email = address_of(email) if email else ""
            except ValidationError as error:
                wrong += [_now("Line %(line)d: %(why)s") % {"line": number, "why": why} for why in error.messages]
            else:
                signed += [(number, name[:250], email)] if name or email else []
        if wrong:
            raise ValidationError(wrong)
        return signed

    def presences(self) -> list[Presence]:
        """One for each who signed."""
        data = self.cleaned_data
        session: Session = data["session"]
        minutes = data["minutes"] or round((session.ends_at - session.starts_at).total_seconds() / 60)
        people = [self.known[key] for key in data.get("people", [])]
        signed = [Presence(0, one.name, "", minutes=minutes, person_id=one.pk) for one in people]
        others = [Presence(number, name, email, minutes=minutes) for number, name, email in data["others"]]
        return [*signed, *others]


def person_label(person: Person) -> str:
    return " · ".join(filter(None, [person.name, person.native_name, person.organisation]))


class MatchForm(forms.ModelForm):
    """Whom a name means: one of the candidates, somebody else, or nobody."""

    whom = forms.ChoiceField(label=_("Who is it?"), widget=forms.RadioSelect)
    other: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label=_("Somebody else of this event"), queryset=Person.objects.none(), required=False
    )
    address = AddressFormField(
        label=_("or the address of somebody we know"), required=False, help_text=_("E-mail address of a person in the portal.")
    )  # fmt: skip

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        match = self.instance
        keys = [*match.candidates, *([match.person_id] if match.person_id else [])]
        people = Person.objects.in_bulk(keys)
        likely = [(str(key), person_label(people[key])) for key in dict.fromkeys(keys) if key in people]
        self.fields["whom"].choices = [*likely, ("other", _("Somebody else")), ("nobody", _("Nobody we know"))]  # type: ignore[attr-defined]
        self.fields["other"].queryset = match.activity.expected_people().order_by("name", "pk")  # type: ignore[attr-defined]
        self.initial["whom"] = (
            "nobody" if match.state == AttendanceMatch.State.NOBODY else str(match.person_id or "") or None
        )

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        whom = data.get("whom")
        data["decided"] = None
        if whom == "other":
            address = (data.get("address") or "").lower()
            by_address = Person.objects.filter(email=address).first() if address else None
            if address and by_address is None:
                self.add_error("address", _now("Nobody in the portal has this address."))
            data["decided"] = by_address or data.get("other")
            if data["decided"] is None and not self.errors:
                self.add_error("other", _now("Choose somebody, or write an address."))
        elif whom and whom != "nobody":
            data["decided"] = Person.objects.get(pk=whom)
        return data
