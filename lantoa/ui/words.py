"""The words that scripts say, in the reader's language."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, trans_real

SCRIPTS = "js\x04"  # how gettext writes the context before a text


def script_words() -> str:
    """Return a JSON object from what scripts say to its translation; "" for none.

    Scripts mark their words with ``say("…")``; the catalogue holds them in the context
    "js".
    """
    language = get_language() or settings.LANGUAGE_CODE
    return "" if language == settings.LANGUAGE_CODE else _words(language)


@cache
def _words(language: str) -> str:
    catalogue: Any = trans_real.translation(language)
    said = {
        key.removeprefix(SCRIPTS): text
        for key, text in catalogue._catalog.items()  # noqa: SLF001 - no other way
        if isinstance(key, str) and key.startswith(SCRIPTS)
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)
