"""Numbers of records that have become one with another: whoever was given the old one finds the person."""

from ..models import FormerPerson


def present_id(person_id: int) -> int:
    """The number of the person whom this one, given at any time, means today."""
    found = FormerPerson.objects.filter(former_id=person_id).values_list("person_id", flat=True).first()
    return found or person_id


def former_ids(person_id: int) -> list[int]:
    """The numbers under which records have known the person before."""
    return list(FormerPerson.objects.of(person_id).values_list("former_id", flat=True))
