"""The user guide: the pages of docs/guide as the program shows them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(__file__).parents[2] / "docs" / "guide"
IMAGES = FOLDER / "images"
INDEX = "README"
_PAGE = re.compile(r"([\w-]+)\.md")
_SHARP = 2  # pixels of a phone's picture for one on the page
_PHONE = 1000  # pixels; wider pictures are of a desktop


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the guide: its title, and its matter as HTML."""

    title: str
    matter: SafeString


def names() -> list[str]:
    """Return the names of the pages, the index apart."""
    return sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != INDEX)


@cache
def page_named(name: str) -> Page:
    """Return a page; it changes with the program only, so it is rendered once."""
    return rendered((FOLDER / f"{name}.md").read_text())


def rendered(text: str) -> Page:
    """Return the page that Markdown *text* says; HTML in it stays text."""
    markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable(
        "table"
    )
    tokens = markdown.parse(text)
    title = tokens[1].content  # the first heading
    matter = tokens[3:]
    for token in matter:
        for child in token.children or ():
            _lead(child)
    html = markdown.renderer.render(matter, markdown.options, {})
    return Page(title, mark_safe(html))  # noqa: S308 - our own files, HTML escaped


def _lead(token: Token) -> None:
    """Lead a link to the page's address, a picture to the file that is served."""
    if token.type == "link_open":
        found = _PAGE.fullmatch(str(token.attrs["href"]))
        token.attrs["href"] = address(found[1]) if found else _elsewhere(token)
    elif token.type == "image":
        name = Path(str(token.attrs["src"])).name
        width, height = size_of(IMAGES / name)
        part = _SHARP if width < _PHONE else 1
        token.attrs |= {
            "src": static(f"guide/{name}"),
            "width": width // part,
            "height": height // part,
            "loading": "lazy",
        }


def _elsewhere(token: Token) -> str:
    """Return where a link leads that leaves the guide: to the index, if to a file."""
    href = str(token.attrs["href"])
    return href if href.startswith(("https://", "#")) else address(INDEX)


def address(name: str) -> str:
    """Return the address of a page of the guide."""
    if name == INDEX:
        return reverse("portal:guide")
    return reverse("portal:guide_page", args=[name])


def size_of(picture: Path) -> tuple[int, int]:
    """Return width and height, in pixels, of an extended WebP (RFC 9649, 2.7)."""
    head = picture.read_bytes()[:30]
    if head[8:16] != b"WEBPVP8X":
        raise ValueError(picture)
    less_one = [int.from_bytes(head[at : at + 3], "little") for at in (24, 27)]
    return less_one[0] + 1, less_one[1] + 1
