"""Long work: asked for once, one at a time, taken up again after a worker died, stopped between two; what its pages say."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from history import retention
from notifications import mailings
from record_admin.long_work import kinds, running, starting
from record_admin.long_work.kinds import Kind
from record_admin.long_work.progress import FOLDER, Doing
from record_admin.models import LongWork
from records import personal_data, worker
from records.personal_data import Owner
from tests.people import give_second_factor, signed_in, with_account

pytestmark = pytest.mark.django_db
Ask = Callable[..., LongWork]
LIST = "/admin/long-work/"


def page_of(work: LongWork) -> str:
    return reverse("admin:long_work_one", args=[work.pk])


@pytest.fixture
def does(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[Doing], None]]]:
    """What the kind of work of these tests does: each attempt the next one."""
    acts: list[Callable[[Doing], None]] = []
    monkeypatch.setitem(kinds._kinds, "test", Kind("test", lambda doing: acts.pop(0)(doing), "made", "Three stay."))
    yield acts
    assert acts == []


@pytest.fixture
def ask(officer: Person, does: Any) -> Ask:
    def asked(once: str = "one", **facts: Any) -> LongWork:
        kind = kinds.kind_of("test")
        assert kind
        return starting.start(
            kind=kind, title="Sheets of lakes", by_id=officer.user.pk, once=once, **{"facts": {}, **facts}
        )

    return asked


def three(doing: Doing) -> None:
    doing.expects(3)
    for name in doing.counted(["a", "b", "c"]):
        if name == "b":
            doing.leave_out("No letter.", name=name)
    doing.keep("letters.txt", b"a c")
    doing.leads_to("Letters", "/letters/")
    doing.says("Two letters.")


def test_what_was_asked_for_is_done_and_its_page_tells_all(ask: Ask, does: list[Any], officer_client: Client) -> None:
    does.append(three)
    work = ask()
    waiting = officer_client.get(page_of(work))
    assert "Do not begin it" in waiting.content.decode()
    assert running.do_what_waits() == 1
    work.refresh_from_db()
    assert (work.state, work.total, work.done, work.left_out, work.attempt) == ("done", 3, 3, 1, 1)
    page = officer_client.get(page_of(work)).content.decode()
    for told in (
        "3 of 3",
        "made",
        "Done, 1 left out",
        "No letter.",
        "Two letters.",
        "/letters/",
        "letters.txt",
        "Kept until",
    ):
        assert told in page
    file = officer_client.get(reverse("admin:long_work_file", args=[work.pk]))
    assert b"".join(file.streaming_content) == b"a c"
    assert "private, no-store" in file["Cache-Control"]
    assert file["Content-Disposition"] == 'attachment; filename="letters.txt"'
    assert page_of(work) in officer_client.get(LIST).content.decode()
    assert running.do_what_waits() == 0


def test_asked_for_twice_it_is_one_and_afterwards_another_one(ask: Ask, does: list[Any]) -> None:
    does.extend([three, three])
    assert ask() == ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        LongWork.objects.create(kind="test", once="one", officer_id=1)
    running.do_what_waits()
    assert ask().state == "waits"
    running.do_what_waits()
    assert LongWork.objects.count() == 2


def test_one_is_done_at_a_time_in_the_order_they_were_asked_for(
    ask: Ask, does: list[Any], officer_client: Client
) -> None:
    done = []

    def first(doing: Doing) -> None:
        assert running.do_what_waits() == 0  # another worker, meanwhile
        page = officer_client.get(LIST).content.decode()
        assert "It begins once what was asked for before has ended." in page
        assert page.index("Running") < page.index("Waits")
        done.append("first")

    does.extend([first, lambda doing: done.append("second")])
    ask("first"), ask("second")
    assert running.do_what_waits() == 2
    assert done == ["first", "second"]


def test_killed_worker_leaves_it_to_another_one_which_alone_writes_from_then_on(ask: Ask, does: list[Any]) -> None:
    work = ask()

    def killed(doing: Doing) -> None:
        """Taken for dead in the midst of it: the other worker does all of it before this one moves again."""
        LongWork.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
        assert running.do_what_waits() == 1
        doing.remark("Too late.")
        doing.passed()
        raise AssertionError("It went on.")

    does.extend([killed, three])
    running.do_what_waits()
    work.refresh_from_db()
    assert (work.state, work.attempt, work.done) == ("done", 2, 3)
    assert [one["why"] for one in work.remarks] == ["No letter."]


def test_what_ends_three_workers_is_left_stopped_and_says_so(ask: Ask, officer_client: Client) -> None:
    work = ask()
    LongWork.objects.update(
        state="runs", attempt=3, lease_until=timezone.now() - dt.timedelta(seconds=1), begun_at=timezone.now()
    )
    assert "The worker is not heard of any more." in officer_client.get(page_of(work)).content.decode()
    assert running.do_what_waits() == 0
    work.refresh_from_db()
    assert (work.state, work.outcome) == ("stopped", "The worker was ended in the midst of it. Three stay.")


def test_stopped_between_two_it_says_what_stays_and_goes_on_once(
    ask: Ask, does: list[Any], officer_client: Client
) -> None:
    work = ask()

    def stopped(doing: Doing) -> None:
        doing.expects(2)
        doing.passed()
        assert officer_client.post(page_of(work), {"stop": "1"}).status_code == 302
        assert "Stops after this one" in officer_client.get(page_of(work)).content.decode()
        doing.passed()
        raise AssertionError("It went on.")

    does.append(stopped)
    running.do_what_waits()
    work.refresh_from_db()
    assert (work.state, work.done, work.outcome) == ("stopped", 2, "Three stay.")
    assert "Go on with it" in officer_client.get(page_of(work)).content.decode()
    does.append(three)
    for _twice in range(2):
        officer_client.post(page_of(work), {"go_on": "1"})
    running.do_what_waits()
    work.refresh_from_db()
    assert (work.state, LongWork.objects.count()) == ("done", 1)


def test_what_waits_is_stopped_at_once(ask: Ask, officer_client: Client) -> None:
    work = ask()
    officer_client.post(page_of(work), {"stop": "1"})
    assert running.do_what_waits() == 0
    work.refresh_from_db()
    assert (work.state, work.begun_at) == ("stopped", None)
    assert officer_client.post(page_of(work), {"stop": "1"}, follow=True).status_code == 200


def test_error_ends_it_with_words_for_the_officer_and_a_log_for_the_administrators(
    ask: Ask, does: list[Any], officer_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(doing: Doing) -> None:
        raise ValidationError("The file of T-19 cannot be opened.")

    def broken(doing: Doing) -> None:
        raise ZeroDivisionError

    does.extend([refused, broken])
    first, second = ask("first"), ask("second")
    LongWork.objects.filter(pk=ask("third").pk).update(kind="gone")
    assert running.do_what_waits() == 3
    outcomes = dict(LongWork.objects.values_list("once", "outcome"))
    assert outcomes[first.once] == "The file of T-19 cannot be opened."
    assert outcomes[second.once] == "An error of the portal; its administrators are told. Three stay."
    assert set(LongWork.objects.values_list("state", flat=True)) == {"failed"}
    page = officer_client.get(LIST).content.decode()
    assert "ended with something to look at" in page
    assert page.count('<article class="job"') == 3
    assert [one.levelname for one in caplog.records if "(test) failed" in one.getMessage()] == ["ERROR"]


def test_who_has_left_has_nothing_done_any_more(ask: Ask, does: list[Any], officer: Person) -> None:
    does.append(lambda doing: doing.officer)
    work = ask()
    officer.user.is_active = False
    officer.user.save()
    running.do_what_waits()
    work.refresh_from_db()
    assert work.outcome == "What it is about is gone, or whoever asked for it may no longer do it."


def test_page_says_that_no_worker_takes_it_and_comes_again_only_where_the_reader_asks(
    ask: Ask, officer_client: Client
) -> None:
    work = ask()
    assert "No worker has taken it up yet" not in officer_client.get(page_of(work)).content.decode()
    LongWork.objects.update(created_at=timezone.now() - dt.timedelta(seconds=30))
    once, again = officer_client.get(page_of(work)), officer_client.get(f"{page_of(work)}?keep")
    assert "No worker has taken it up yet: the queue or the worker is not reachable." in once.content.decode()
    assert ("Refresh" in once, again["Refresh"]) == (False, "5")
    assert officer_client.get(f"{LIST}?keep")["Refresh"] == "5"
    part = officer_client.get(f"{page_of(work)}?part").content.decode().strip()
    assert part.startswith("<article")
    assert 'data-poll="' in part
    assert "<html" not in part
    starting.ask_to_stop(work)
    assert "Refresh" not in officer_client.get(f"{page_of(work)}?keep")
    assert "data-poll" not in officer_client.get(f"{page_of(work)}?part").content.decode()


def test_queue_that_is_away_holds_nobody_up(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setitem(worker.current_app.conf, "task_always_eager", False)
    monkeypatch.setitem(worker.current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    before = timezone.now()
    starting.wake()
    assert timezone.now() - before < dt.timedelta(seconds=5)
    assert "could not be woken" in caplog.text


def test_others_see_what_they_may_do_themselves(ask: Ask, does: list[Any], administrator_client: Client) -> None:
    does.extend([three, three])
    own, shared = ask("own"), ask("shared", permissions=["trainings.change_certificate", "events.view_event"])
    running.do_what_waits()
    stranger = with_account("staff@example.org", "Staff", is_staff=True)  # in the admin, without a role
    give_second_factor(stranger.user)
    pages = {
        "administrator": administrator_client,
        "stranger": signed_in(stranger.user),
    }
    seen = {name: [client.get(page_of(one)).status_code for one in (own, shared)] for name, client in pages.items()}
    assert seen == {"administrator": [404, 200], "stranger": [404, 404]}
    file = reverse("admin:long_work_file", args=[shared.pk])
    assert [client.get(file).status_code for client in pages.values()] == [200, 404]
    assert administrator_client.get(LIST).content.decode().count("Sheets of lakes") == 1
    assert "Sheets of lakes" not in administrator_client.get(f"{LIST}?mine").content.decode()
    administrator_client.post(page_of(shared), {"go_on": "1"})
    assert not LongWork.objects.open().exists()


def test_mails_to_many_stand_beside_it(officer: Person, officer_client: Client) -> None:
    mailings.open_mailing(label="Reminder to all", kind="desk.announcement", by_id=officer.user.pk)
    page = officer_client.get(LIST).content.decode()
    assert "Reminder to all" in page
    assert "No mail" in page


def test_after_a_week_row_and_file_are_gone_and_so_is_a_file_without_a_row(ask: Ask, does: list[Any]) -> None:
    does.extend([three, three])
    old, young = ask("old"), ask("young")
    running.do_what_waits()
    old.refresh_from_db(), young.refresh_from_db()
    store = storages["private"]
    LongWork.objects.filter(pk=old.pk).update(ended_at=timezone.now() - dt.timedelta(days=8))
    [rule] = [one for one in retention.all_rules() if one.name == "long-work"]
    assert rule.days == 7
    assert rule.apply(timezone.now() - dt.timedelta(days=7)) == 1
    assert [store.exists(one.file) for one in (old, young)] == [False, True]
    left = store.save(f"{FOLDER}/left", ContentFile(b"of a worker that was killed"))
    rule.apply(timezone.now() + dt.timedelta(seconds=5))
    assert not store.exists(left)


def test_whoever_is_erased_takes_it_along(ask: Ask, does: list[Any], officer: Person) -> None:
    does.append(three)
    work = ask()
    running.do_what_waits()
    work.refresh_from_db()
    [holding] = [one for one in personal_data.all_holdings() if one.name == "lists"]
    holding.forget(Owner(user_id=officer.user.pk))
    assert (LongWork.objects.count(), storages["private"].exists(work.file)) == (0, False)
