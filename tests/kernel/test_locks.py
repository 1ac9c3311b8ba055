"""Advisory locks: who waits for whom."""

import re
from pathlib import Path

import lantoa

_LOCK = re.compile(r"^(\w+) = (0x1A[0-9A-F]{2})\b", re.MULTILINE)


def test_no_two_chores_share_an_advisory_lock():
    # The watch waits for none but its like: else a reorganisation holds up the lines.
    held = {}
    for path in sorted(Path(lantoa.__path__[0]).rglob("*.py")):
        for name, number in _LOCK.findall(path.read_text()):
            held.setdefault(number, []).append(f"{path.name}: {name}")

    assert len(held) >= 7
    assert not {number: found for number, found in held.items() if len(found) > 1}
