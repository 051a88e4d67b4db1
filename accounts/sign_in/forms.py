"""The form of sign-up: how long it takes tells nobody who has an account."""

from typing import Any

from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest


class EvenSignupForm(SignupForm):
    """For an address that is known a password is hashed too, and thrown away: hashing is what takes the time."""

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1"))
        made: tuple[Any, Any] = super().try_save(request)
        return made
