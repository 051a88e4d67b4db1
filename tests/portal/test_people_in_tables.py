"""Every table that could name somebody is claimed: how long it is kept, and what of it goes into the file of the own data."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models

from history import retention
from records.personal_data import NOBODY, all_held
from records.personal_data.references import references, tables

pytestmark = pytest.mark.sweep

ADDRESS = re.compile(r"e?mail|address|phone")
# Free words shorter than this are codes, versions, tokens.
WORDS = 100


def table_of(model: type[models.Model]) -> str:
    return model._meta.db_table


def could_name_somebody(model: type[models.Model]) -> list[str]:
    """The columns by which: a person or an account, an address, or room for free words."""
    named = [one.column for one in references() if one.model is model]
    for field in model._meta.local_fields:
        free = isinstance(field, models.TextField | models.JSONField | models.BinaryField | models.FileField)
        short = isinstance(field, models.CharField) and not field.choices and (field.max_length or WORDS) >= WORDS
        if (
            isinstance(field, models.EmailField | models.GenericIPAddressField)
            or free
            or short
            or ADDRESS.search(field.name)
        ):
            named.append(field.name)
    return named


def claimed() -> Counter[str]:
    by_rules = (model for rule in retention.all_rules() for model in rule.covers)
    kept = (model for kept in retention.all_kept() for model in kept.tables)
    return Counter(table_of(model) for model in {*by_rules, *kept})


def test_every_table_that_could_name_somebody_has_a_rule_or_a_reason() -> None:
    known = claimed()
    lacking = {
        model._meta.label: named
        for model in tables()
        if (named := could_name_somebody(model)) and table_of(model) not in known
    }
    assert lacking == {}
    assert len([model for model in tables() if could_name_somebody(model)]) > 60


def test_every_table_that_leads_to_a_person_is_no_table_that_names_nobody() -> None:
    nobody = {
        table_of(model)
        for kept in retention.all_kept()
        if str(kept.because) == str(retention.NOBODY)
        for model in kept.tables
    }
    leading = {table_of(one.model) for one in references()}
    assert nobody & leading <= {"accounts_user_groups", "accounts_user_user_permissions"}  # permissions go by role


# What takes files away and no row.
FILES_ALONE = ["chosen-files", "deleted"]


def test_every_rule_says_which_tables_it_covers() -> None:
    assert sorted(rule.name for rule in retention.all_rules() if not rule.covers) == FILES_ALONE


def test_no_table_is_covered_by_a_rule_and_kept_for_ever() -> None:
    """Only where a rule takes a part of the rows, for people of whom nothing else is known."""
    by_rules = {table_of(model) for rule in retention.all_rules() for model in rule.covers}
    kept = {table_of(model) for kept in retention.all_kept() for model in kept.tables}
    assert by_rules & kept == {"events_registration", "accounts_consent"}


# Own data ----------------------------------------------------------------------------------------------------------
# Rows that lead to an account and tell nothing: permissions go by role.
TELL_NOTHING = {"accounts_user_groups", "accounts_user_user_permissions"}


def held() -> set[tuple[str, str]]:
    return {(table_of(one.model), column) for _holding, one in all_held() for column in one.by}


def test_every_column_that_leads_to_somebody_is_in_the_own_data() -> None:
    lacking = [
        f"{table_of(one.model)}.{one.column}" for one in references()
        if (table_of(one.model), one.column) not in held() and table_of(one.model) not in TELL_NOTHING
    ]  # fmt: skip
    assert lacking == []


def test_every_address_is_in_the_own_data() -> None:
    addresses = {
        (table_of(model), field.name) for model in tables() for field in model._meta.local_fields
        if isinstance(field, models.EmailField) or (re.fullmatch("e?mail|.*_email", field.name) and not field.is_relation)
    }  # fmt: skip
    assert addresses - held() == set()
    assert len(addresses) > 5


def _belonging(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Columns of other tables whose rows go with a row of this one, and that hold something of their own."""
    for relation in model._meta.related_objects:
        field: Any = relation.field
        child = field.model
        if (
            relation.on_delete is models.CASCADE
            and not child._meta.proxy
            and could_name_somebody(child)
            + [one for one in child._meta.local_fields if isinstance(one, models.DateField)]
        ):
            yield table_of(child), field.name


def test_what_belongs_to_a_row_about_somebody_is_in_the_own_data_too() -> None:
    """Steps, files and points of an application, rows of a list: each goes with its row, and is handed out with it."""
    about = [
        one.model for _holding, one in all_held()
        if any(column != "activity" for column in one.by) and one.model._meta.label not in PUBLIC and _holding.name != "acts"
    ]  # fmt: skip
    found = {pair for model in about for pair in _belonging(model)}
    assert found - held() - {(table, column) for table, column in found if table in TELL_NOTHING} == set()
    assert ("trainings_applicationscore", "application") in found


# Records that everybody reads, which somebody confirmed: what belongs to them is not about who did.
PUBLIC = {"designated_sites.DesignatedSite"}


def test_columns_that_are_handed_out_exist_and_no_secret_is_among_them() -> None:
    for holding, one in all_held():
        assert one.rows(NOBODY).values(*one.columns).query, (holding.name, one.name)
        columns = {f"{table_of(one.model)}.{column}" for column in one.columns}
        assert not SECRETS & columns, one.name


SECRETS = {
    "accounts_user.password", "mfa_authenticator.data", "events_registration.join_token", "notifications_mail.sealed",
    "usersessions_usersession.session_key", "account_emailconfirmation.key",
}  # fmt: skip
