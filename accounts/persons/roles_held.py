"""Whether records give somebody a say: then an address decides who may do what."""

from ..models import Person
from ..scopes import sites_of


def holds_a_role(person: Person) -> bool:
    return person.roles.active().exists() or bool(sites_of(person))
