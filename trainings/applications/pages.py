"""What the pages of one application have in common, behind its signed address and among one's own."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property

from accounts.models import User
from records.template_context import Keywords

from ..mails import signed_links
from ..models import Application


class ApplicationPage:
    """A page about one application, never kept by a cache on the way. Subclasses say whose it is and where it stands."""

    request: HttpRequest

    @cached_property
    def application(self) -> Application:
        raise NotImplementedError

    def standing_url(self) -> str:
        raise NotImplementedError

    def writer(self) -> User | None:
        """Who acts, where it is the person of the application who is signed in."""
        user = self.request.user
        return user if isinstance(user, User) and user == self.application.person.user else None

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self.arrived = timezone.now()
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        add_never_cache_headers(response)
        return response


def signed_application(slug: str, token: str) -> Application:
    """The application of a signed address; a forged one is not found."""
    found = signed_links.application_of(token)
    if found is None or found.training.slug != slug:
        raise Http404("no such token")
    return found


class BySignedAddress:
    kwargs: Keywords

    @cached_property
    def application(self) -> Application:
        return signed_application(self.kwargs["slug"], self.kwargs["token"])
