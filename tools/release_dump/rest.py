"""What no page shows, for tables that would be empty otherwise: groups, confirmations under way, stale entries of the search."""

import datetime as dt

from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from tools.page_texts.filling import Cast
from tools.page_texts.names import make, one


def fill(cast: Cast) -> None:
    user = cast.officer.user
    group, permission = Group.objects.create(name="Readers"), Permission.objects.order_by("pk").first()
    assert permission is not None
    group.permissions.add(permission)
    user.groups.add(group)
    user.user_permissions.add(permission)
    waiting = EmailAddress.objects.create(user=cast.trainer.user, email="another@example.org")
    EmailConfirmation.objects.create(email_address=waiting, sent=timezone.now(), key="k" * 64)
    course = one("Training", slug="lake-course")
    course.programmes.add(one("Programme", slug="lakes-programme"))
    course.documents.add(one("Document", slug="lakes-report"))
    kind = ContentType.objects.get_for_model(course)
    LogEntry.objects.create(
        user=user,
        content_type=kind,
        object_id=str(course.pk),
        object_repr=str(course),
        action_flag=ADDITION,
        change_message="[]",
    )
    make("PurgeRun", rule="sessions", before=timezone.now() - dt.timedelta(days=1), rows=0)
    # Changed after the search was brought in step: its entry is stale.
    course.title_en = "Course on lakes and rivers"
    course.save()
