"""Applications and certificates as staff find them: by reference or number, or by whose they are."""

from collections.abc import Iterator

from django.db.models import Q

from accounts.staff_search import people_known_by
from record_admin.links import change_page
from record_admin.workspace.hits import Hit

from .certificates.numbers import as_printed
from .models import Application, Certificate


def find_applications(words: str, start: int, stop: int) -> list[Hit]:
    """The latest first."""
    people = people_known_by(words).order_by().values("pk")
    mine = Q(reference__istartswith=words) | Q(person__in=people)
    found = Application.objects.filter(mine).select_related("person", "training").order_by("-pk")[start:stop]
    return [
        Hit(f"{one.reference}: {one.person.name}", change_page(one), f"{one.training}, {one.get_state_display()}")
        for one in found
    ]


def application_with(words: str) -> Iterator[str]:
    """The page of the application with just this reference."""
    yield from map(change_page, Application.objects.filter(reference=words.upper()))


def find_certificates(words: str, start: int, stop: int) -> list[Hit]:
    """By the number, or the beginning of it, or the name that is printed."""
    mine = Q(number__istartswith=words) | Q(name__icontains=words) | Q(native_name__icontains=words)
    found = Certificate.objects.filter(mine).order_by("-issued_at", "-pk")[start:stop]
    return [Hit(f"{one.number}: {one.name}", change_page(one), one.title) for one in found]


def certificate_with(words: str) -> Iterator[str]:
    """The page of the certificate with just this number, however it was typed."""
    if number := as_printed(words):
        yield from map(change_page, Certificate.objects.filter(number=number))
