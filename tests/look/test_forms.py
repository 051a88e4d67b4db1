"""One pattern of errors: a summary first, the same words at the field, what was typed is kept."""

import pytest
from django import forms
from django.template import engines
from django.test import Client

from tests.look.pages import Page

pytestmark = pytest.mark.sweep


class Sample(forms.Form):
    email = forms.EmailField(label="E-mail address", help_text="For the join link.")
    role = forms.ChoiceField(
        label="What describes you best?", choices=[("a", "Manager"), ("b", "Student")], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label="Topics", choices=[("w", "Water"), ("f", "Forest")], widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="I agree")
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        self.add_error(None, "The two do not fit together.")


def drawn(form: forms.Form) -> Page:
    template = engines["django"].from_string('{% include "_error_summary.html" %}<form>{{ form }}</form>')
    return Page(template.render({"form": form}))


def test_empty_form_shows_labels_hints_and_what_is_optional() -> None:
    page = drawn(Sample())
    assert page.with_class("error-summary") == []
    assert [label["for"] for label in page.attributes("label") if "for" in label and "choice" not in label.get("class", "")] == ["id_email", "id_note"]  # fmt: skip
    assert page.text.count("(optional)") == 2
    email = next(field for field in page.attributes("input") if field["name"] == "email")
    assert email["aria-describedby"] == "id_email_helptext"
    assert "aria-invalid" not in email
    assert page.repeated_ids() == []


def test_groups_are_fieldsets_with_a_label_around_each_choice() -> None:
    page = drawn(Sample())
    assert [group["id"] for group in page.attributes("fieldset")] == ["id_role", "id_topics"]
    assert len(page.with_class("choice")) == 5
    assert [field["id"] for field in page.attributes("input") if field["type"] == "radio"] == ["id_role_0", "id_role_1"]


def test_errors_stand_first_and_again_at_the_field_in_the_same_words() -> None:
    page = drawn(Sample({"email": "aigul.example.org", "note": "Kept <b>", "secret": "x"}))
    summary = page.with_class("error-summary")[0]
    assert (summary["role"], summary["tabindex"], "autofocus" in summary) == ("alert", "-1", True)
    assert page.links() == [
        ("#id_email", "E-mail address: Enter a valid email address."),
        ("#id_role", "What describes you best?: This field is required."),
        ("#id_agree", "I agree: This field is required."),
    ]
    assert page.text.count("Enter a valid email address.") == 2
    assert page.text.count("The two do not fit together.") == 1
    ids = {attributes["id"] for _tag, attributes in page.tags if "id" in attributes}
    assert {url.removeprefix("#") for url, _label in page.links()} <= ids
    assert page.repeated_ids() == []


def test_field_in_error_points_to_its_words_and_keeps_what_was_typed() -> None:
    page = drawn(Sample({"email": "aigul.example.org", "note": "Kept <b>", "secret": "x"}))
    email = next(field for field in page.attributes("input") if field["name"] == "email")
    assert email["value"] == "aigul.example.org"
    assert email["aria-invalid"] == "true"
    assert email["aria-describedby"] == "id_email_helptext id_email_error"
    described = {attributes["id"] for _tag, attributes in page.tags if attributes.get("id", "").startswith("id_email_")}
    assert described == {"id_email_helptext", "id_email_error"}
    assert page.attributes("fieldset")[0]["aria-describedby"] == "id_role_error"
    assert "Kept <b>" in page.text


def test_sign_up_hides_its_trap_without_inline_style(client: Client, db: None) -> None:
    page = Page(client.get("/accounts/signup/").content.decode())
    trap = next(field for field in page.attributes("input") if field.get("name") == "website")
    assert "style" not in trap
    assert (trap["tabindex"], trap["autocomplete"]) == ("-1", "off")
    assert page.with_class("visually-hidden")[-1].get("aria-hidden") == "true"


def test_refused_sign_in_says_so_in_title_and_summary(client: Client, db: None) -> None:
    response = client.post("/accounts/login/", {"login": "nobody@example.org", "password": "not-this-one"})
    page = Page(response.content.decode())
    assert "Error: Sign In · EABRN" in page.text
    assert len(page.with_class("error-summary")) == 1
    assert next(field for field in page.attributes("input") if field.get("name") == "login")["value"] == "nobody@example.org"  # fmt: skip
    assert page.repeated_ids() == []
