"""The journal is held against its seals every night."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lantoa.kernel.actor import system_actor
from lantoa.operations.actions import ask_verification
from lantoa.operations.vocabulary import KEEP

NIGHTLY = "operations.verify"


@app.periodic(cron="17 19 * * *")  # 02:17 in Ha Noi
@app.task(name=NIGHTLY, queue="operations", queueing_lock=NIGHTLY)
def verify_nightly(timestamp: int) -> None:
    """Ask for the verification as an administrator would."""
    ask_verification(actor=system_actor(KEEP), at=timezone.now())
