"""Everything about one person, in a database with data in every table: planted, taken out, erased, looked for.

A process of its own on the database of DATABASE_URL, as in an upgrade. It says as JSON what it has planted and what it found.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any, Final

import django

django.setup()

from django.contrib.auth import SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection, models, transaction  # noqa: E402

from accounts.models import Person, User  # noqa: E402
from accounts.persons import erasure, finding, own_data  # noqa: E402
from accounts.persons.owner import owner_of  # noqa: E402
from records.personal_data import Held, Owner, all_held  # noqa: E402
from records.personal_data.references import references  # noqa: E402
from search import index as search_index  # noqa: E402

NAME, NATIVE, EMAIL, PHONE = "Sarnai Battulga", "Сарнай Баттулга", "sarnai.b@hustai.example", "9765550101"
MARKS: Final = (NAME, NATIVE, EMAIL, PHONE)
# Codes of a language, a zone, a key: no words, though the column has room for some.
NO_WORDS: Final = {"language", "zone", "time_zone", "native_language", "password", "key", "recipient_key", "occurrence", "subject_label", "claimed_by", "message_id", "number", "event_id", "file", "session_key", "user_agent", "email", "label", "source", "table_name", "request", "sealed"}  # fmt: skip
# Written by the framework, or made anew from records: looked at afterwards like all others.
# Looked for themselves, copied from the record of the activity, or proposed for a record.
WRITTEN_BY_US: Final = {
    "accounts.Person.name",
    "accounts.Person.native_name",
    "trainings.Certificate.title",
    "trainings.Certificate.dates",
    "designated_sites.SiteProposal.base",
    "designated_sites.SiteProposal.changes",
    "designated_sites.SiteProposal.decisions",
}
NOT_OURS: Final = {
    "django_content_type",
    "django_migrations",
    "django_session",
    "search_searchentry",
    "search_stalesearch",
}
ROWS_OF_OTHERS: Final = {"acts", "trainings.nominated", "person.mail_received_for"}
PUBLIC: Final = {"designated_sites.DesignatedSite", "history.Change", "history.AuditEntry"}


def run() -> dict[str, Any]:
    call_command("migrate", interactive=False, verbosity=0)
    person = somebody()
    by = User.objects.get(email="officer@demo.invalid")
    lacking = list(made_theirs(owner_of(person=person, user=person.user)))
    written = plant_own(owner_of(person=person, user=person.user))
    handed = own_data.as_json(owner_of(person=person, user=person.user))
    planted = plant_everywhere()
    begin_to_sign_in(person)
    before = sorted(tables_with(*MARKS))
    ids = {"person": person.pk, "user": person.user_id}
    erasure.erase(user=person.user, person=person, by=person.user)
    search_index.refresh()
    after = {mark: sorted(tables_with(mark)) for mark in MARKS}
    led_to = sorted(still_led_to(**ids))
    for name in (NAME, NATIVE):
        found = finding.found(f"name:{name}")
        assert found is not None
        also = {mention.id for mention in found.mentions}
        erasure.erase_owner(owner=found.owner, by=by, also=also)
    search_index.refresh()
    return {
        "held without a row": sorted(lacking),
        "written": written,
        "not handed out": sorted(column for column, mark in written.items() if mark not in handed),
        "planted": planted,
        "before": before,
        "after": after,
        "references": led_to,
        "in the end": {mark: sorted(tables_with(mark)) for mark in MARKS},
    }


def somebody() -> Any:
    """The participant of the demo, under a name and an address that nothing else bears."""
    person = Person.objects.get(email="participant@demo.invalid")
    person.name, person.native_name, person.email = NAME, NATIVE, EMAIL
    person.save()
    User.objects.filter(pk=person.user_id).update(email=EMAIL)
    person.user.emailaddress_set.update(email=EMAIL, verified=True)
    return Person.objects.select_related("user").get(pk=person.pk)


def made_theirs(owner: Owner) -> Iterator[str]:
    """Of each kind that is held one row is theirs. Which kinds could not be made so."""
    for holding, held in all_held():
        if holding.name not in ROWS_OF_OTHERS and not held.rows(owner).exists() and not _give(held, owner):
            yield f"{holding.name}.{held.name}"


def _give(held: Held, owner: Owner) -> bool:
    for column in held.by:
        field: Any = held.model._meta.get_field(column)
        for row in held.model._default_manager.order_by("pk")[:300]:
            try:
                with transaction.atomic():
                    held.model._default_manager.filter(pk=row.pk).update(**{field.attname: _value(field, owner)})
                    connection.check_constraints()
            except (DatabaseError, LookupError):
                continue
            if held.rows(owner).exists():
                return True
    return False


def _value(field: Any, owner: Owner) -> object:
    """The person, the account, the address; or a row of another kind that is theirs."""
    if not field.is_relation:
        return EMAIL if "email" in field.name else owner.user_id
    if field.related_model is Person:
        return owner.person_id
    if field.related_model is User:
        return owner.user_id
    for _holding, parent in all_held():
        if parent.model is field.related_model and (row := parent.rows(owner).first()):
            return row.pk
    raise LookupError(field)


def plant_own(owner: Owner) -> dict[str, str]:
    """A mark of its own in every column of their rows that has room for words."""
    written = {}
    for holding, held in all_held():
        if {holding.name, f"{holding.name}.{held.name}"} & ROWS_OF_OTHERS or held.model._meta.label in PUBLIC:
            continue
        keys = list(held.rows(owner).values_list("pk", flat=True))
        for field in held.model._meta.local_fields:
            if keys and _has_room(field):
                column = f"{held.model._meta.label}.{field.name}"
                mark = f"{PHONE} in {len(written)}-"
                value: object = {"said": mark} if isinstance(field, models.JSONField) else mark
                try:
                    with transaction.atomic():
                        held.model._default_manager.filter(pk__in=keys).update(**{field.name: value})
                    written[column] = mark
                except DatabaseError:
                    continue
    return written


def _has_room(field: Any) -> bool:
    if field.name in NO_WORDS or field.choices or field.unique or str(field) in WRITTEN_BY_US:
        return False
    words = isinstance(field, models.TextField | models.JSONField)
    return words or (isinstance(field, models.CharField) and (field.max_length or 0) >= 100)


def plant_everywhere() -> dict[str, list[str]]:
    """Name and address in a row of every table of the database, in each column that takes them."""
    planted: dict[str, list[str]] = {}
    for table, key, columns in _tables():
        for number, (column, kind) in enumerate(sorted(columns.items())):
            # Where both stand together the name would go with the address.
            words = EMAIL if number % 2 else f"{NAME} / {NATIVE}"
            new = {"jsonb": "jsonb_build_object('said', %s::text)", "text[]": "ARRAY[%s]"}.get(kind, "%s")
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(
                        f'UPDATE "{table}" SET "{column}" = {new} WHERE "{key}" = (SELECT "{key}" FROM "{table}" ORDER BY 1 DESC LIMIT 1)',
                        [words],
                    )
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    if cursor.rowcount == 0:
                        continue
                planted.setdefault(table, []).append(column)
            except DatabaseError:
                continue
    return planted


def _tables() -> list[tuple[str, str, dict[str, str]]]:
    """Apart from the project's own knowledge of them: every table with its key and its columns of words."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, k.attname, jsonb_object_agg(a.attname, format_type(a.atttypid, NULL))
               FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary AND i.indnatts = 1
               JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = i.indkey[0]
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.attnum <> i.indkey[0] AND NOT a.attisdropped
               WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                 AND format_type(a.atttypid, NULL) IN ('text', 'character varying', 'jsonb', 'text[]')
               GROUP BY 1, 2 ORDER BY 1"""
        )
        found = cursor.fetchall()
    return [(table, key, json.loads(columns)) for table, key, columns in found if table not in NOT_OURS]


def begin_to_sign_in(person: Any) -> None:
    """One session in which the person is signed in, and one that waits for a code that was mailed."""
    for facts in ({SESSION_KEY: str(person.user_id)}, {"account_login": {"email": EMAIL, "code": "12345678"}}):
        store = SessionStore()
        store.update(facts)
        store.save()


def sessions_with(mark: str) -> bool:
    return any(mark in json.dumps(one.get_decoded(), ensure_ascii=False) for one in Session.objects.all())


def tables_with(*marks: str) -> Iterator[str]:
    """Tables, sessions opened, in which any of these words stands in any row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{table}" t WHERE t::text ILIKE ANY(%s))',
                [[f"%{mark}%" for mark in marks]],
            )
            if cursor.fetchone()[0] or (table == "django_session" and any(map(sessions_with, marks))):
                yield table


def still_led_to(*, person: int, user: int) -> Iterator[str]:
    """Columns with a key of the database that still lead to the person, or to the account."""
    for one in references():
        number = person if one.is_person else user
        if one.on_delete is not None and one.model._default_manager.filter(**{one.column: number}).exists():
            yield f"{one.model._meta.label}.{one.column}"


if __name__ == "__main__":
    json.dump(run(), sys.stdout, ensure_ascii=False)
