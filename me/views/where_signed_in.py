"""Where I am signed in: every session, each to be ended alone, or all others at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.sign_in import sessions
from history import audit
from records.template_context import Context

from ..access import OwnPage


class WhereSignedInView(OwnPage, TemplateView):
    template_name = "usersessions/usersession_list.html"

    def get_context_data(self, **kwargs: object) -> Context:
        found = sessions.of_user(self.user)
        here = self.request.session.session_key
        return super().get_context_data(**kwargs) | {
            "here": next((one for one in found if one.session_key == here), None),
            "others": [one for one in found if one.session_key != here],
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        ended = request.POST.get("end", "")
        if ended == "others":
            sessions.end_all(user=self.user, but=request)
            audit.note(what=audit.What.SESSIONS_ENDED, by_id=self.user.pk, on=self.user, detail="all others")
            messages.success(request, _("You are signed out everywhere else."))
        elif ended.isascii() and ended.isdecimal() and len(ended) < 16:
            if sessions.end_one(user=self.user, key=int(ended)):
                audit.note(what=audit.What.SESSIONS_ENDED, by_id=self.user.pk, on=self.user, detail="one")
                messages.success(request, _("You are signed out there."))
            else:
                messages.info(request, _("This one had ended already."))
        return redirect("usersessions_list")
