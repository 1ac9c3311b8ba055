"""Make the catalogues that Django reads from those that people write.

The binary ones are made when they are missing or older than their source, and are not
kept in the repo.
"""

import os
from pathlib import Path

from django.conf import settings

OWN = Path(__file__).parent / "locale"  # the words of packages without Vietnamese


def sources() -> list[Path]:
    """Return the catalogues that people write."""
    folders = [OWN, *map(Path, settings.LOCALE_PATHS)]
    return [path for folder in folders for path in folder.glob("*/LC_MESSAGES/*.po")]


def is_stale(source: Path) -> bool:
    """Return whether the binary catalogue is missing, or older than its source."""
    try:
        made = source.with_suffix(".mo").stat().st_mtime_ns
    except FileNotFoundError:
        return True
    return made < source.stat().st_mtime_ns


def make(source: Path) -> None:
    """Make the binary catalogue of *source*; many processes may do so at once."""
    from babel.messages.mofile import write_mo  # only now and then: it takes a while
    from babel.messages.pofile import read_po

    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parts[-3])
    unfinished = source.with_suffix(f".{os.getpid()}.part")
    with unfinished.open("wb") as binary:
        write_mo(binary, catalogue)
    unfinished.replace(source.with_suffix(".mo"))


def make_stale() -> None:
    """Make what is missing or stale.

    Raises:
        OSError: the checkout cannot be written, and something is.
    """
    for source in sources():
        if is_stale(source):
            make(source)
