"""Names and addresses as people type them: one rule in every form, model, list and command that takes one."""

import re
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Person, User
from activities.models import ActivitySite, Involvement
from designated_sites.models import DesignatedSite, SiteName
from embedded.places import PROJECT
from network.models import MemberState, Partner, Programme
from notifications.models import Address, Mail
from records.formats.typed_text import TURNING, address, tidy_address, tidy_name, validate_name
from records.name_fields import AddressField, AddressFormField, NameField, NameFormField, SeenField
from tests.admin.pages import errors_of, send
from tests.factories import PersonFactory

UNSEEN = ["\u200b", "\ufeff", "\u3164", "\u2800", "\u200e\u200b", "\u00ad", "\u200d", "\u180e"]
# What the outbox and its addresses hold was checked where it was typed.
OF_THE_OUTBOX = {Address, Mail}


@pytest.mark.parametrize("name", ["Bat", "ᠪᠠᠲᠤ", "क्‍ष", "Ц.", "김철수", "بات", "🙂", "Bat-Erdene (Бат)", "7"])
def test_name_that_can_be_seen_is_taken_as_it_is(name: str) -> None:
    validate_name(name)
    assert tidy_name(name) == name


@pytest.mark.parametrize("name", [*UNSEEN, *(f"Bat{sign}taB" for sign in sorted(TURNING))])
def test_name_that_nobody_sees_or_that_deceives_is_refused(name: str) -> None:
    for field in (NameFormField(), NameField(max_length=50)):
        with pytest.raises(ValidationError):
            field.clean(name, None) if isinstance(field, models.Field) else field.clean(name)


def test_what_nobody_sees_is_taken_out_and_spaces_are_single() -> None:
    assert NameFormField().clean(" Ba\u200bt \u3000\u00a0 Bold\ufeff ") == "Bat Bold"


@given(st.text(st.characters(exclude_characters="\x00"), max_size=30))
def test_any_text_is_a_name_or_is_refused_and_tidy_once_is_tidy(text: str) -> None:
    tidy = tidy_name(text)
    assert tidy_name(tidy) == tidy
    try:
        kept = NameFormField(required=False).clean(text)
    except ValidationError:
        assert set(tidy) & TURNING or not any(map(str.isalnum, tidy))
    else:
        assert not set(kept) & TURNING
        assert not kept or any(map(str.isprintable, kept))


@pytest.mark.parametrize(
    "typed",
    [
        "qi＠example.org",
        "ｑｉ＠ｅｘａｍｐｌｅ．ｏｒｇ",
        " qi@example.org\u200b",
        "qi@example。org",
        "QI@example.org",
        "\ufeffqi@example.org",
    ],
)
def test_address_is_the_one_that_is_meant(typed: str) -> None:
    assert address(typed) == "qi@example.org"
    assert AddressFormField().clean(typed).lower() == "qi@example.org"
    assert AddressField().clean(typed, None).lower() == "qi@example.org"


@pytest.mark.parametrize(
    "typed", ["qi", "qi@", "a@b@example.org", "qi\u202e@example.org", "qi qi@example.org", "\u200b"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        address(typed)
    with pytest.raises(ValidationError):
        AddressFormField().clean(typed)
    assert "\u200b" not in tidy_address(typed)


def test_every_address_that_is_typed_goes_through_the_one_rule() -> None:
    packages = [path.parent for path in PROJECT.glob("*/__init__.py") if path.parent.name not in ("tests", "tools")]
    names = {one.name for one in packages}
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in names]
    addresses = [field for model in ours for field in model._meta.local_fields if isinstance(field, models.EmailField)]
    others = {field.model for field in addresses if not isinstance(field, AddressField)}
    assert others == OF_THE_OUTBOX
    assert len(addresses) >= 5
    typed = re.compile(r"forms\.EmailField\(|validate_email\(")
    found = {
        str(path.relative_to(PROJECT))
        for package in packages
        for path in package.rglob("*.py")
        if typed.search(path.read_text())
    }
    # The reports of mail services name addresses that nobody types
    assert found == {"records/formats/typed_text.py", "notifications/bounces/scoring.py"}


def test_names_of_records_are_kept_as_they_are_written_and_can_be_seen() -> None:
    """Sites, names of sites, states, partners, programmes, bodies: whatever is called something."""
    named = [SiteName, DesignatedSite, MemberState, Partner, Programme, Involvement, ActivitySite]
    assert [type(model._meta.get_field("name")) for model in named] == [SeenField] * len(named)
    assert SeenField(max_length=50).clean(" Ba  t", None) == " Ba  t"
    with pytest.raises(ValidationError):
        SiteName(name="Lake\u202e").clean_fields(exclude=["site"])


@pytest.mark.parametrize("name", ["name", "native_name", "organisation", "position"])
def test_facts_of_a_person_are_names(name: str) -> None:
    field = Person._meta.get_field(name)
    assert isinstance(field, NameField)
    assert isinstance(field.formfield(), NameFormField)
    assert field.deconstruct()[1] == "django.db.models.CharField"
    assert isinstance(field.formfield(), forms.CharField)


@pytest.mark.django_db
def test_officer_s_form_of_a_person_says_what_is_wrong(officer_client: Client) -> None:
    person = PersonFactory(name="Bat")
    (error,) = errors_of(send(officer_client, person, name="Bat\u202etaB"))
    assert "hidden sign (U+202E)" in error
    assert send(officer_client, person, name="Ba\u200btu", email="Qi＠Example.org").status_code == 302
    person.refresh_from_db()
    assert (person.name, person.email) == ("Batu", "qi@example.org")


@pytest.mark.django_db
def test_full_width_address_signs_up_and_in(client: Client, settings: Any) -> None:
    facts = {"email": "ｑｉ＠example.org", "password1": "four green lakes", "password2": "four green lakes"}
    client.post("/accounts/signup/", facts)
    assert [user.email for user in User.objects.all()] == ["qi@example.org"]
    page = client.post("/accounts/login/", {"login": "qi＠example.org", "password": "wrong lakes"})
    assert "valid email" not in page.content.decode()


@pytest.mark.django_db
def test_invited_administrator_has_the_address_that_was_meant() -> None:
    call_command("invite_administrator", "qi＠Example.org", verbosity=0)
    assert User.objects.get().email == "qi@example.org"
