"""Forms of signing in: an address is what is meant by it; how long sign-up takes tells nobody who has an account."""

from typing import Any

from allauth.account.forms import AddEmailForm, LoginForm, RequestLoginCodeForm, ResetPasswordForm, SignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from records.formats.typed_text import tidy_address


class TidyAddress:
    """An address typed with letters of full width, or pasted with signs that nobody sees, is the one that is meant."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if data := kwargs.get("data"):
            data = kwargs["data"] = data.copy()
            for name in ("email", "login"):
                if typed := data.get(name):
                    data[name] = tidy_address(typed)
        super().__init__(*args, **kwargs)


class TidyLoginForm(TidyAddress, LoginForm):
    pass


class TidyAddEmailForm(TidyAddress, AddEmailForm):
    pass


class TidyResetPasswordForm(TidyAddress, ResetPasswordForm):
    pass


class TidyRequestLoginCodeForm(TidyAddress, RequestLoginCodeForm):
    pass


class EvenSignupForm(TidyAddress, SignupForm):
    """For an address that is known a password is hashed too, and thrown away: hashing is what takes the time."""

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1"))
        made: tuple[Any, Any] = super().try_save(request)
        return made
