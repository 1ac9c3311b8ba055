from lantoa.notices.actions.digests import (
    claim_digest,
    confirm_digest,
    gather_digests,
    give_back_digest,
    put_off_digest,
)
from lantoa.notices.actions.reading import choose_notices, mark_all_read, mark_read
from lantoa.notices.actions.sending import send_digests
from lantoa.notices.actions.telling import SEND, notify, notify_many

__all__ = [
    "SEND",
    "choose_notices",
    "claim_digest",
    "confirm_digest",
    "gather_digests",
    "give_back_digest",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_many",
    "put_off_digest",
    "send_digests",
]
