"""A trainer's own sessions: when they are, who comes, what was asked in advance, and the list of who is there."""

from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count, Q
from django.views.generic import TemplateView

from accounts.models import User
from events.models import AdvanceQuestion, EventSession
from events.times import session_clock
from trainings.models import WITH_PLACE, TrainingSession


class SessionsView(LoginRequiredMixin, TemplateView):
    """Only sessions one leads: with the questions asked of them and of their whole event, and no other."""

    template_name = "me/sessions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast(User, self.request.user)
        confirmed = Count("event__registrations", Q(event__registrations__state="confirmed"), distinct=True)
        with_place = Count("training__applications", Q(training__applications__state__in=WITH_PLACE), distinct=True)
        sessions = list(_led(EventSession, user, "event", confirmed))
        trainings = list(_led(TrainingSession, user, "training", with_place))
        events = {session.event_id for session in sessions}
        asked = list(AdvanceQuestion.objects.shown().filter(event__in=events).select_related("person"))
        lines = [
            *(_line("event", session, [one for one in asked if _is_for(one, session)]) for session in sessions),
            *(_line("training", session, []) for session in trainings),
        ]
        lines.sort(key=lambda line: line["session"].starts_at, reverse=True)
        return super().get_context_data(**kwargs) | {"sessions": lines}


def _led(model: Any, user: User, whose: str, confirmed: Count) -> Any:
    found = model.objects.filter(trainers__user=user).select_related(whose).annotate(confirmed=confirmed)
    return found.order_by("-starts_at", "pk")


def _line(kind: str, session: Any, questions: list[AdvanceQuestion]) -> dict[str, Any]:
    occasion = session.occasion
    return {
        "session": session, "kind": kind, "occasion": occasion, "clock": session_clock(session, occasion),
        "questions": questions, "is_listed": occasion.status not in ("draft", "cancelled"),
    }  # fmt: skip


def _is_for(question: AdvanceQuestion, session: EventSession) -> bool:
    """Asked of this session, or of its whole event."""
    return question.event_id == session.event_id and question.session_id in (None, session.pk)
