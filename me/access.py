"""Who sees which of these pages: everybody the own ones; those who answer for states the pages about their people."""

from typing import Any, cast

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property

from accounts.models import Person, User
from accounts.scopes import scope_of
from accounts.sign_in.claims import claim_person
from accounts.sign_in.second_factor import ask_for_factor, lacks_second_factor
from records.scope import Scope
from records.template_context import Context


class OwnPage(LoginRequiredMixin):
    """A page about who is signed in. Never kept by a cache on the way."""

    request: HttpRequest

    @cached_property
    def user(self) -> User:
        return cast(User, self.request.user)

    @cached_property
    def person(self) -> Person | None:
        return Person.objects.select_related("member_state").filter(user=self.user).first()

    @cached_property
    def scope(self) -> Scope:
        return scope_of(self.user)

    def own_person(self) -> Person:
        """For a page that writes: an account that was made by hand has no person yet."""
        return self.person or claim_person(user=self.user, email=self.user.email)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def get_context_data(self, **kwargs: object) -> Context:
        context: Context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {
            "person": self.person,
            "scope": self.scope,
            "answers_for_people": answers_for_people(self.scope),
            "answers_for_sites": answers_for_sites(self.scope),
        }


def answers_for_people(scope: Scope) -> bool:
    return scope.all or bool(scope.states)


def answers_for_sites(scope: Scope) -> bool:
    return answers_for_people(scope) or bool(scope.sites)


class ScopedPage(OwnPage):
    """A page for those whose scope lets them in: 404 for everybody else. Staff need a second factor, as in the admin."""

    def admits(self, scope: Scope) -> bool:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated:
            if lacks_second_factor(request.user):
                return ask_for_factor(request)
            if not self.admits(self.scope):
                raise Http404("outside the scope")
        return super().dispatch(request, *args, **kwargs)


class PeoplePage(ScopedPage):
    """A page about the people one answers for."""

    def admits(self, scope: Scope) -> bool:
        return answers_for_people(scope)


class AnsweredSitesPage(ScopedPage):
    """A page about the sites one answers for: as steward, for a member state, or for all."""

    def admits(self, scope: Scope) -> bool:
        return answers_for_sites(scope)


class StatesPage(PeoplePage):
    """A page on which a focal point writes. Officers write in the admin, where every change has its place."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and not self.scope.states:
            raise Http404("answers for no state")
        return super().dispatch(request, *args, **kwargs)


class ActMixin:
    """A form whose act may refuse: the refusal stands above the form like any other error. A subclass writes `act`."""

    def act(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def form_valid(self, form: forms.ModelForm) -> HttpResponse:
        try:
            return self.act(form)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return self.form_invalid(form)  # type: ignore[attr-defined]
