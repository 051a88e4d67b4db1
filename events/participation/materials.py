"""What somebody registered for an event may have of its materials."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from activities.materials.files import shown_to
from activities.models import Attendance, Material

from ..models import Event, Registration

Visibility = Material.Visibility


def visible_of(registration: Registration | None) -> set[str]:
    """What somebody may have of an event by their registration."""
    visible = {str(Visibility.PUBLIC)}
    if registration is None:
        return visible
    present = Attendance.objects.filter(
        session__activity=registration.event_id, person=registration.person_id, minutes__gt=0
    )
    if present.exists():
        return {*visible, Visibility.REGISTERED, Visibility.ATTENDED}
    if registration.state == Registration.State.CONFIRMED:
        visible.add(Visibility.REGISTERED)
    return visible


def registration_of(event: Event, user: User | AnonymousUser) -> Registration | None:
    """The registration of somebody signed in, as long as it holds."""
    if not isinstance(user, User):
        return None
    return Registration.objects.active().filter(event=event, person__user=user).select_related("person").first()


def on_page(event: Event, user: User | AnonymousUser) -> dict[str, object]:
    """What the page of an event shows of its materials, and the reader's own registration."""
    shown, others = shown_to(event, user)
    return {"materials": shown, "materials_kept": others, "own_registration": registration_of(event, user)}
