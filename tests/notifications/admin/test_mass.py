"""Who gets what, before it is done: with a made-up admin whose act renames a topic's readers and writes to them."""

from typing import Any

import pytest
from django import forms
from django.contrib import admin, messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import Person
from notifications import mailings, outbox
from notifications.admin.mass import before_doing, goes_back
from notifications.models import Address, Mail, Mailing
from notifications.recipients import Recipient
from tests.admin.pages import _Form
from tests.people import give_second_factor

pytestmark = pytest.mark.django_db
READERS = [
    Recipient("person:1", "a@example.org", "en"),
    Recipient("person:2", "b@example.org", "ru"),
    Recipient("person:3", "c@example.org", "en"),
    Recipient("person:4", ""),
    Recipient("person:5", "no@example.org"),
]


class WordsForm(forms.Form):
    words = forms.CharField()
    days = forms.MultipleChoiceField(choices=[("1", "1"), ("2", "2")])


class MadeUpAdmin(admin.ModelAdmin):
    """An act on mailings' own ground: it writes to `readers`, or to nobody when there are none."""

    readers = list(READERS)

    def tell(self, words: str, by_id: int | None) -> Mailing | None:
        if not self.readers:
            return None
        mailing = mailings.open_mailing(label=words, kind="test.news", by_id=by_id)
        outbox.put_many(
            kind="test.news", subject=("test.matter", 7), readers=[(one, "") for one in self.readers], mailing=mailing
        )
        return mailing

    def tell_view(self, request: HttpRequest) -> HttpResponse:
        form = WordsForm(request.POST or None)
        if form.is_valid() and not goes_back(request):
            return before_doing(
                self,
                request,
                act=lambda: self.tell(form.cleaned_data["words"], request.user.pk),
                title="Tell them",
                form=form,
                then=reverse("admin:index"),
                zone="Asia/Tokyo",
            )
        return HttpResponse(form.as_div())


@pytest.fixture
def made_up() -> MadeUpAdmin:
    Address.objects.create(email="no@example.org", wishes={"news": "never"})
    return MadeUpAdmin(Mailing, admin.site)


@pytest.fixture
def post(made_up: MadeUpAdmin, officer: Person) -> Any:
    """Posts to the view as Oyun; the answer with its page drawn and its messages."""
    give_second_factor(officer.user)

    def send(data: dict[str, Any]) -> Any:
        request = RequestFactory().post("/admin/tell/", data)
        request.user, request.session = officer.user, {}
        request._messages = FallbackStorage(request)
        response: Any = made_up.tell_view(request)
        if hasattr(response, "render"):
            response.render()
        response.said = [str(message) for message in messages.get_messages(request)]
        return response

    return send


TYPED = {"words": "Moved to <May>", "days": ["1", "2"]}


def form_on(response: Any) -> dict[str, list[str]]:
    form = _Form()
    form.feed(response.content.decode())
    return {name: values for name, values in form.data.items() if name != "csrfmiddlewaretoken"}


def test_page_says_who_gets_what_and_nothing_is_done(post: Any) -> None:
    text = post(TYPED).content.decode()
    assert "3 mails go out." in text
    assert "<li>1: No address is known.</li>" in text
    assert "<li>1: The reader does not want mails of this topic.</li>" in text
    assert '<th scope="row"><span lang="ru">Русский</span></th><td>1</td>' in text
    assert '<th scope="row"><span lang="en">English</span></th><td>2</td>' in text
    assert [email in text for email in ("a@example.org", "b@example.org", "c@example.org", "no@example.org")] == [
        True
    ] * 3 + [False]
    assert "Dear Gantömör &amp; &lt;Co&gt;, code" in text
    assert text.count(' class="fold"><summary><span lang="') == 7
    assert (Mailing.objects.count(), Mail.objects.count()) == (0, 0)


def test_confirmed_it_is_done_with_what_was_typed_and_can_be_called_back(post: Any, officer: Person) -> None:
    typed = form_on(post(TYPED))
    assert {name: typed[name] for name in ("words", "days")} == {"words": ["Moved to <May>"], "days": ["1", "2"]}
    response = post(typed | {"confirm": "1"})
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    mailing = Mailing.objects.get()
    assert (mailing.label, mailing.by_id, mailing.mails.count()) == ("Moved to <May>", officer.user_id, 5)
    [said] = response.said
    assert said.startswith("3 mails go out at ")
    assert "(Tokyo, Asia/Tokyo (UTC+9))." in said
    assert f'<a href="/admin/notifications/mailing/{mailing.pk}/change/" data-undo>' in said


def test_when_others_would_get_it_by_now_nothing_is_done_and_it_is_shown_again(post: Any, made_up: MadeUpAdmin) -> None:
    typed = form_on(post(TYPED))
    made_up.readers = [*READERS, Recipient("person:6", "new@example.org")]
    again = post(typed | {"confirm": "1"})
    assert "Nothing was done: who gets the mail has changed since you looked." in again.content.decode()
    assert "4 mails go out." in again.content.decode()
    assert Mailing.objects.count() == 0
    assert post(form_on(again) | {"confirm": "1"}).status_code == 302
    assert Mailing.objects.get().mails.count() == 6


def test_reader_who_declines_meanwhile_counts_as_a_change(post: Any) -> None:
    typed = form_on(post(TYPED))
    Address.objects.create(email="a@example.org", wishes={"news": "never"})
    assert "2 mails go out." in post(typed | {"confirm": "1"}).content.decode()


def test_confirmation_without_a_look_does_nothing(post: Any) -> None:
    assert post(TYPED | {"confirm": "1"}).status_code == 200
    assert Mailing.objects.count() == 0


def test_back_leads_to_the_form_with_what_was_typed(post: Any) -> None:
    response = post(form_on(post(TYPED)) | {"back": "1"})
    assert 'value="Moved to &lt;May&gt;"' in response.content.decode()
    assert Mailing.objects.count() == 0


def test_letter_is_shown_as_a_page_of_its_own(post: Any) -> None:
    typed = form_on(post(TYPED))
    for wish in ("ru", "0"):
        response = post(typed | {"show": wish})
        assert "<p" in response.content.decode()
        assert "sandbox" in response["Content-Security-Policy"]
    assert Mailing.objects.count() == 0


def test_act_that_tells_nobody_is_done_all_the_same(post: Any, made_up: MadeUpAdmin) -> None:
    made_up.readers = []
    page = post(TYPED)
    assert "Nobody gets a mail." in page.content.decode()
    assert post(form_on(page) | {"confirm": "1"}).said == ["Done. Nobody gets a mail."]


def test_letter_that_cannot_be_written_says_so(post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifications.composing.letters._letter", lambda *args: 1 / 0)
    assert "It cannot be written: division by zero" in post(TYPED).content.decode()
