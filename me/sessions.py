"""A trainer's own sessions: when they are, who comes, and what was asked in advance."""

from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count, Q
from django.views.generic import TemplateView

from accounts.models import User
from events.models import AdvanceQuestion, EventSession
from events.times import session_clock


class SessionsView(LoginRequiredMixin, TemplateView):
    """Only sessions one leads: with the questions asked of them and of their whole event, and no other."""

    template_name = "me/sessions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast(User, self.request.user)
        confirmed = Count("event__registrations", Q(event__registrations__state="confirmed"), distinct=True)
        sessions = list(
            EventSession.objects.filter(trainers__user=user)
            .select_related("event")
            .annotate(confirmed=confirmed)
            .order_by("-starts_at", "pk")
        )
        events = {session.event_id for session in sessions}
        asked = list(AdvanceQuestion.objects.shown().filter(event__in=events).select_related("person"))
        return super().get_context_data(**kwargs) | {
            "sessions": [
                {
                    "session": session,
                    "clock": session_clock(session, session.event),
                    "questions": [
                        one
                        for one in asked
                        if one.event_id == session.event_id and one.session_id in (None, session.pk)
                    ],
                }
                for session in sessions
            ]
        }
