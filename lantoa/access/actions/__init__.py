from lantoa.access.actions.mandates import (
    close_account,
    end_mandate,
    grant_mandate,
    make_first_administrator,
    open_account_and_grant,
    reopen_account,
)
from lantoa.access.actions.reach import GRANT, fill_reach, rebuild_reach

__all__ = [
    "GRANT",
    "close_account",
    "end_mandate",
    "fill_reach",
    "grant_mandate",
    "make_first_administrator",
    "open_account_and_grant",
    "rebuild_reach",
    "reopen_account",
]
