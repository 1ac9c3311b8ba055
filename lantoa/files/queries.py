"""Reading files."""

from django.db.models import QuerySet

from lantoa.files import rules
from lantoa.files.models import StoredFile
from lantoa.kernel.actor import Actor


def readable_by(actor: Actor) -> QuerySet[StoredFile]:
    """Return the files that *actor* may read: the public ones, and those in reach."""
    public = StoredFile.objects.filter(public=True)
    return rules.READ.scope(actor, StoredFile.objects.all()) | public
