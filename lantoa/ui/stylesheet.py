"""Gather the style sheets into one file and the islands into another.

A phone on a bad line makes one request for each. Run ``python -m lantoa.ui.stylesheet``
after changing a style sheet or an island; a test holds the gathered files fresh.
"""

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "ui"
DARK = re.compile(r"@media screen \{\s*\[data-theme=\"dark\"\] \{(.*?)\}", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BY_SYSTEM = (
    "@media screen and (prefers-color-scheme: dark) "
    '{{ :root:not([data-theme="light"]) {{{rules}}} }}\n  '
)


def style_sheets() -> list[Path]:
    """Return the sources in the order of their layers."""
    first = [STATIC / f"{name}.css" for name in ("tokens", "fonts", "base", "layout")]
    return [*first, *sorted((STATIC / "components").glob("*.css"))]


def gathered_styles() -> str:
    """Return one style sheet, without comments; the dark theme stands in it twice.

    Once for readers whose system is dark, once for those who chose it by the toggle.
    """
    text = "\n".join(path.read_text() for path in style_sheets())
    text = COMMENT.sub("", text)
    dark = DARK.search(text)
    if dark is None:
        raise ValueError("tokens.css has no dark theme")
    by_system = BY_SYSTEM.format(rules=dark[1])
    text = text.replace(dark[0], by_system + dark[0], 1)
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    return "\n".join(filter(None, lines)) + "\n"


def gathered_islands() -> str:
    """Return all islands as one module, each in a scope of its own."""
    sources = sorted((STATIC / "islands").glob("*.js"))
    return "".join(f"{{\n{path.read_text()}}}\n" for path in sources)


def main() -> None:
    """Write the gathered files beside their sources."""
    (STATIC / "ui.css").write_text(gathered_styles())
    (STATIC / "ui.js").write_text(gathered_islands())


if __name__ == "__main__":
    main()
