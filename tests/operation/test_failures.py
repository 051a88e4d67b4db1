"""What a visitor sees while the database is busy or away."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from eabrn_portal.failures import failed
from eabrn_portal.postgres.base import LOCKED
from eabrn_portal.postgres.limits import LIMITS
from eabrn_portal.sent_forms.fields import MOST_KEPT


def locked(_request):
    raise OperationalError("canceling statement due to lock timeout")


def broken(_request):
    raise ValueError("ours")


urlpatterns = [path("locked/", locked), path("broken/", broken)]
handler500 = "eabrn_portal.failures.failed"


@pytest.fixture
def visitor() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.django_db
def test_busy_database_keeps_what_was_typed(visitor: Client) -> None:
    typed = {"name": "Бат & <b>", "topics": ["one", "two"], "password1": "secret words", "csrfmiddlewaretoken": "t0ken"}
    answer = visitor.post("/locked/?step=2", typed)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert 'action="/locked/?step=2"' in page
    assert 'name="name" value="Бат &amp; &lt;b&gt;"' in page
    assert page.count('name="topics"') == 2
    assert 'value="t0ken"' in page
    assert "secret words" not in page
    assert "Files and passwords are not kept" in page


@pytest.mark.django_db
def test_busy_database_while_reading_offers_the_same_page_again(visitor: Client) -> None:
    answer = visitor.get("/locked/?q=lake")
    assert answer.status_code == 503
    assert 'href="/locked/?q=lake"' in answer.content.decode()
    assert "What you typed" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "posted",
    [{"text": "x" * (MOST_KEPT + 1)}, {"name": "n", "file": SimpleUploadedFile("a.txt", b"a")}],
)
def test_what_cannot_be_kept_is_said(posted: dict[str, object]) -> None:
    request = RequestFactory().post("/locked/", posted)
    try:
        raise OperationalError("busy")
    except OperationalError:
        answer = failed(request)
    assert answer.status_code == 503
    assert ("Files and passwords are not kept" in answer.content.decode()) is ("file" in posted)


@pytest.mark.django_db
def test_other_errors_are_ours(visitor: Client) -> None:
    answer = visitor.post("/broken/", {"name": "n"})
    assert answer.status_code == 500
    assert "The fault is ours" in answer.content.decode()


@contextmanager
def holding(table: str) -> Iterator[None]:
    """Somebody else holds the table for as long as this lasts."""
    given = {k: v for k, v in connection.get_connection_params().items() if k not in {"cursor_factory", "context"}}
    other = psycopg2.connect(**given)
    other.cursor().execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.close()


@pytest.mark.stack
@pytest.mark.django_db(transaction=True)
def test_web_process_does_not_wait_for_a_lock_of_somebody_else() -> None:
    """The limit is told to the server when the process connects."""

    own = connection.copy()
    own.settings_dict = {**own.settings_dict, "OPTIONS": {**own.settings_dict["OPTIONS"], "limits": LIMITS["web"]}}
    try:
        with holding("eabrn_portal_signoflife"), own.cursor() as cursor:
            cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
            told = list(cursor.fetchone())
            with pytest.raises(OperationalError) as ended:
                cursor.execute("SELECT count(*) FROM eabrn_portal_signoflife")
    finally:
        own.close()
    assert told == ["2s", "10s"]
    assert ended.value.__cause__.pgcode == LOCKED
