"""The log of a registration."""

from accounts.models import User

from .models import Registration, RegistrationStep


def step(registration: Registration, why: str, by: User | None = None) -> RegistrationStep:
    """Writes down what became of a registration just now, and why."""
    return registration.steps.create(state=registration.state, why=why, by_id=by.pk if by else None)
