"""Make the catalogues that Django reads from those that people write.

The binary ones are made when they are missing or older than their source, and are not
kept in the repo: by the set-up (``python -m lantoa.ui.catalogues``), since a service
may be forbidden to write here, and by every start.
"""

import os
from pathlib import Path

PACKAGE = Path(__file__).parent
# What packages without Vietnamese say, and what we say in other languages.
FOLDERS = [PACKAGE / "locale", PACKAGE.parents[1] / "locale"]


def sources() -> list[Path]:
    """Return the catalogues that people write."""
    return [path for folder in FOLDERS for path in folder.glob("*/LC_MESSAGES/*.po")]


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


if __name__ == "__main__":
    make_stale()
