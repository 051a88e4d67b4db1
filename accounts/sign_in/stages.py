"""What a sign-in that takes several steps passes besides allauth's own."""

from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ..models import User


class StillHolds(LoginStage):
    """The last: a sign-in that began before everything of the account was ended does not come through any more."""

    key = "still_holds"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        ended = User.objects.filter(pk=user.pk).values_list("sessions_ended_at", flat=True).first() if user else None
        if ended is None or ended.timestamp() <= self.login.initiated_at:
            return None, True
        clear_login(self.request)
        messages.info(self.request, _("Something in this account has changed meanwhile. Please sign in anew."))
        return redirect("account_login"), False
