import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from notifications.models import Mail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_administrator_is_made_without_a_password_and_mailed_the_way_in(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("invite_administrator", "It@Portal.example")
    user = User.objects.get(email__iexact="it@portal.example")
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (True, True, False)
    assert "is invited" in capsys.readouterr().out
    [mail] = Mail.objects.all()
    assert mail.email.lower() == "it@portal.example"
    assert (
        Client().post("/accounts/login/", {"login": user.email, "password": ""}).status_code == 200
    )  # no way in by it


@pytest.mark.parametrize(
    ("address", "said"), [("nobody", "is no address"), ("there@example.org", "has an account already")]
)
def test_what_cannot_be_invited_is_said(address: str, said: str) -> None:
    UserFactory(email="there@example.org")
    with pytest.raises(CommandError, match=said):
        call_command("invite_administrator", address)
    assert User.objects.count() == 1
