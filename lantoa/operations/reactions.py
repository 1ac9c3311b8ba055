"""A wish to verify is carried out by a worker."""

from django.utils import timezone

from lantoa.journal.models import Seal
from lantoa.journal.reacting import reacts_to
from lantoa.journal.sealing import verify
from lantoa.kernel.actor import system_actor
from lantoa.operations.actions import remember_verification
from lantoa.operations.events import VerificationAsked
from lantoa.operations.vocabulary import KEEP


@reacts_to(VerificationAsked)
def verify_journal(fact: VerificationAsked) -> None:
    """Hold the whole journal against its seals; a second time does no harm."""
    faults = verify()
    head = Seal.objects.order_by("-pk").defer("entry_ids").first()
    remember_verification(
        actor=system_actor(KEEP),
        faults=len(faults),
        head=head.digest if head else "",
        seals=head.pk if head else 0,
        at=timezone.now(),
    )
