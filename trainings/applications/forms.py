"""The form of an application: facts of the person, the seat that is wished for, the questions of the call, consent."""

from collections.abc import Iterable
from typing import ClassVar, Final, Unpack

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.persons.consent_fields import TransferField
from accounts.persons.forms import WithReportFacts
from designated_sites.models import DesignatedSite
from network.models import MemberState
from records.form_fields import LongSelect
from records.template_context import Cleaned, Files, Keywords, Posted, RecordFormOptions

from ..models import Application, ApplicationFile, Question, SeatClass, Training
from ..workflow import questions as engine

# Without these no draft can be kept; everything else may wait until the application is sent.
NEEDED_FOR_DRAFT: Final = ("name", "member_state")
REPORTED: Final = ("sex", "birth_year", "nationality")
NEEDED_TO_SEND: Final = ("organisation", "position")


class AnswersMixin(forms.BaseForm):
    """A form that holds questions. Unless it is `complete`, what is missing is no error."""

    questions: list[Question]
    complete: bool
    needed: ClassVar[tuple[str, ...]] = ()

    def add_questions(self, questions: list[Question], *, held: Iterable[str], complete: bool) -> None:
        self.questions, self.complete = questions, complete
        self.fields.update(engine.fields_of(questions, held=held))

    def rows(self, files: Iterable[ApplicationFile]) -> list[tuple[forms.BoundField, ApplicationFile | None]]:
        """The fields of the questions, each with the file that was handed in for it."""
        held = {one.code: one for one in files if one.purpose != ApplicationFile.Purpose.PRESENTATION}
        return [(self[engine.name_of(one.code)], held.get(one.code)) for one in self.questions]

    def clean(self) -> Cleaned:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        self.answers = engine.answers_of(self.questions, cleaned)
        opened = {one.code for one in engine.to_answer(self.questions, self.answers)}
        for question in self.questions:
            if question.code not in opened:
                self._errors.pop(engine.name_of(question.code), None)  # type: ignore[attr-defined]
        self.answers = {code: value for code, value in self.answers.items() if code in opened}
        self._opened = opened
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.complete:
            self._drop_what_is_only_missing()

    def _drop_what_is_only_missing(self) -> None:
        for name in [name for name in self.errors if name not in self.needed]:
            errors = self.errors.as_data()[name]
            if all(error.code == "required" for error in errors):
                del self._errors[name]  # type: ignore[attr-defined]

    @property
    def uploads(self) -> dict[str, UploadedFile]:
        """The files that were handed in with this form, by code of the question."""
        files = {one.code: self.cleaned_data.get(engine.name_of(one.code)) for one in self.questions
                 if one.kind == Question.Kind.FILE and one.code in self._opened}  # fmt: skip
        return {code: file for code, file in files.items() if isinstance(file, UploadedFile)}


class CallFields(AnswersMixin, forms.ModelForm):
    """What an application asks beside the facts of the person. `application` is None before the first draft."""

    needed: ClassVar[tuple[str, ...]] = NEEDED_FOR_DRAFT

    def set_up(self, *, training: Training, application: Application | None, held: Iterable[str], complete: bool,
               member_state: MemberState | None) -> None:  # fmt: skip
        self.training = training
        self.fields["wanted_class"] = _seat_field(training, member_state)
        self.fields["site"] = _site_field(self.instance)
        if not training.seat_classes.all():
            del self.fields["wanted_class"]
        for name in NEEDED_TO_SEND:
            if name in self.fields:
                self.fields[name].required = True
        self.add_questions(engine.asked(training), held=held, complete=complete)
        self.fields["transfer"] = TransferField()
        if application is not None:
            self.initial.update(engine.initial_of(self.questions, application.answers))
            self.initial.update(wanted_class=application.wanted_class_id, site=_site_value(application))

    @property
    def person_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self._meta.fields or () if name not in REPORTED]

    @property
    def report_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in REPORTED if name in self.fields]

    @property
    def seat_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("wanted_class", "site") if name in self.fields]

    def application_facts(self) -> dict[str, object]:
        """As `applying.save_draft` takes them; what is wrong in the form is left as it was."""
        facts: dict[str, object] = {}
        if "wanted_class" in self.cleaned_data:
            facts["wanted_class"] = self.cleaned_data["wanted_class"]
        if "site" in self.cleaned_data:
            facts["site"] = self.cleaned_data["site"]
        if self.cleaned_data.get("member_state"):
            facts["member_state"] = self.cleaned_data["member_state"]
        return facts

    def changed_person_fields(self) -> list[str]:
        """Facts of the person that are right, and differ from what is known."""
        return [name for name in self._meta.fields or () if name in self.cleaned_data and name in self.changed_data]

    def clean_site(self) -> DesignatedSite | None:
        kind, _colon, key = str(self.cleaned_data.get("site") or "").partition(":")
        return DesignatedSite.objects.published().filter(site_type=kind, pk=key).first() if key else None

    def clean(self) -> Cleaned:
        cleaned = super().clean()
        wanted, state = cleaned.get("wanted_class"), cleaned.get("member_state") or self.instance.member_state
        if wanted is not None and state is not None:
            only = {one.pk for one in wanted.only_states.all()}
            if only and state.pk not in only:
                self.add_error(
                    "wanted_class", _now("These seats are not for applicants of %(state)s.") % {"state": state}
                )
        return cleaned


class OwnApplicationForm(CallFields, WithReportFacts):
    """One's own application. What is written here about the person is kept in the profile."""

    class Meta(WithReportFacts.Meta):
        fields: ClassVar[list[str]] = [
            "name", "native_name", "native_language", "member_state", "organisation", "position", "time_zone", "sex", "birth_year",
            "nationality",
        ]  # fmt: skip
        help_texts: ClassVar[dict[str, object]] = WithReportFacts.Meta.help_texts | {
            "member_state": _("Its focal point sees this application and says whether it is endorsed."),
            "time_zone": _("Deadlines are told to you on its clocks too."),
        }

    language = None  # type: ignore[assignment]  # stays as the profile has it

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        facts: Keywords,
        **kwargs: Unpack[RecordFormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["member_state"].required = True
        self.set_up(member_state=self.instance.member_state, **facts)


class NominationForm(CallFields):
    """The application of a person of the own state, written by the focal point; the facts of the person stand with them."""

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = []

    told = forms.BooleanField(
        label=_("The person knows of this application, and that these answers are kept here"),
        error_messages={"required": _("Tell the person first, then tick this.")},
    )

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        facts: Keywords,
        **kwargs: Unpack[RecordFormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.set_up(member_state=self.instance.member_state, **facts)
        self.fields["transfer"] = TransferField(
            label=_("The person agrees that name and contact are passed on to hosts and partners of events in other states"),
            help_text=_(
                "Ask them first. Asked because other states protect personal data in other ways. They take part just as well without it."
            ),
        )  # fmt: skip


def _seat_field(training: Training, member_state: MemberState | None) -> forms.Field:
    """Every class with what it covers and for whom; the queryset is the one fetched with the training."""
    field = forms.ModelChoiceField(
        queryset=SeatClass.objects.filter(training=training).prefetch_related("only_states"), empty_label=None,
        label=_("Which seat do you apply for?"), widget=forms.RadioSelect(),
        help_text=_("The secretariat may offer you another one."),
    )  # fmt: skip
    field.label_from_instance = lambda one: seat_words(one, member_state)  # type: ignore[assignment, method-assign]
    return field


def seat_words(seat_class: SeatClass, member_state: MemberState | None) -> SafeString:
    """Funded or not, on site or online; what it covers; for whom, and whether that is the reader."""
    lines = [seat_class.covers] if seat_class.covers else []
    only = list(seat_class.only_states.all())
    if only:
        lines.append(_now("Only for %(states)s.") % {"states": ", ".join(one.name for one in only)})
        if member_state is not None and member_state not in only:
            lines.append(_now("Not for applicants of %(state)s.") % {"state": member_state.name})
    return format_html("{}{}", str(seat_class), format_html_join("", '<br><span class="small soft">{}</span>', ([one] for one in lines)))  # fmt: skip


def _site_field(person: Person) -> forms.Field:
    """The site the person works for: the linked ones first, then all."""
    linked = list(person.site_links.values_list("site__site_type", "site")) if person.pk else []
    sites = DesignatedSite.objects.published().order_by("-site_type", "name", "slug")  # reserves first
    known = {(kind, pk): name for kind, pk, name in sites.values_list("site_type", "pk", "name")}
    ordered = [key for key in linked if key in known] + [key for key in known if key not in linked]
    offered = [(f"{kind}:{pk}", known[kind, pk]) for kind, pk in ordered]
    return forms.ChoiceField(
        label=_("The site you work for"), required=False, widget=LongSelect(), choices=[("", _("None of them")), *offered],
        initial=offered[0][0] if linked and offered else "",
    )  # fmt: skip


def _site_value(application: Application) -> str:
    return f"{application.site.site_type}:{application.site_id}" if application.site else ""
