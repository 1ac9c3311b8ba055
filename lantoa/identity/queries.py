"""Reading accounts."""

from lantoa.identity.models import Person


def is_empty() -> bool:
    """Return whether nobody is registered yet."""
    return not Person.objects.exists()


def person_by_email(email: str) -> Person | None:
    """Return who signs in with *email*, if anybody does."""
    return Person.objects.filter(email=email.strip().lower()).first()
