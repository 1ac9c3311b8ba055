"""Hold the English catalogue complete and true to what the code marks."""

import re
import sys
from collections.abc import Iterator

from babel.messages.catalog import Message
from catalogue import FILE, ROOT, Key, marked, read

# What a translation has to keep: what is filled in, percent signs, tags, line ends.
KEPT = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}|</?\w+|^\n|\n$")


def fault(message: Message | None) -> str:
    """Return what is wrong with a translation, if anything is."""
    if message is None:
        return "missing"
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    texts = [message.string] if isinstance(message.string, str) else message.string
    if not all(texts) or len(texts) != len(ids):
        return "untranslated"
    if message.fuzzy:
        return "fuzzy"
    kept = [sorted(set(KEPT.findall(text))) for text in (ids[-1], *texts)]
    return "" if all(k == kept[0] for k in kept) else "other placeholders or tags"


def faults() -> Iterator[str]:
    """Yield everything that is wrong with the catalogue."""
    held: dict[Key, Message] = {(m.context, m.id): m for m in read() if m.id}
    texts = marked()
    for each, files in texts.items():
        wrong = fault(held.get(each))
        if wrong:
            yield f"{files[0]}: {wrong}: {each[1]}"
    for _, text in sorted(held.keys() - texts.keys(), key=str):
        yield f"{FILE.relative_to(ROOT)}: obsolete: {text}"
    if any(message.id for message in read().obsolete.values()):
        yield f"{FILE.relative_to(ROOT)}: obsolete lines"


def main() -> int:
    """Print every fault; return the exit code."""
    found = list(faults())
    print(
        "\n".join(
            found + ["mend: python tools/catalogue.py, then translate"] * bool(found)
        )
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
