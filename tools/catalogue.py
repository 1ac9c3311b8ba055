"""Gather what the code marks into the English catalogue; what is translated stays."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEAD = """# What Lan Tỏa says in English; gathered by tools/catalogue.py.
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
GETTEXT = "django.utils.translation"
TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
MARKED = re.compile(rf"(?s)\b(_|n?p?gettext)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)")
SAID = re.compile(rf"(?s)(?<![.\w])say\(\s*({TEXT})")  # in scripts; see ui/words.py
Key = tuple[str | None, str | tuple[str, str]]  # context; the text, or one and many


def key(mark: str, texts: list[str]) -> Key:
    """Return what the catalogue calls a marked text."""
    context = texts.pop(0) if "pgettext" in mark else None
    return context, (texts[0], texts[1]) if mark.startswith("n") else texts[0]


def marking_calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of a module that mark a text, with gettext's name for them."""
    nodes, here = list(ast.walk(tree)), dict[str, str]()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module == GETTEXT:
            here |= {name.asname or name.name: name.name for name in node.names}
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            mark = here.get(node.func.id, "")
            if "gettext" in mark:
                yield mark, node


def marked_in_python(source: str) -> Iterator[Key]:
    """Yield what a module marks for translation."""
    for mark, call in marking_calls(ast.parse(source)):
        texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        if texts:
            yield key(mark, texts)


def marked_in(path: Path) -> Iterator[Key]:
    """Yield what a file marks for translation."""
    if path.suffix == ".py" and "migrations" not in path.parts:
        yield from marked_in_python(path.read_text())
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        for mark, texts in MARKED.findall(templatize(path.read_text(), str(path))):
            yield key(mark, list(ast.literal_eval(f"[{texts}]")))
    elif path.suffix == ".js" and path.name != "ui.js":  # which gathers the others
        for text in SAID.findall(path.read_text()):
            yield "js", str(ast.literal_eval(text))


def marked() -> dict[Key, list[str]]:
    """Return every text that the product marks, with the files that say it."""
    found: dict[Key, list[str]] = {}
    for path in sorted((ROOT / "lantoa").rglob("*.*")):
        for each in dict.fromkeys(marked_in(path)):
            found.setdefault(each, []).append(path.relative_to(ROOT).as_posix())
    # A text that is counted somewhere is one entry, which serves both.
    counted = {(where, text[0]) for where, text in found if isinstance(text, tuple)}
    return {each: files for each, files in found.items() if each not in counted}


def read() -> Catalog:
    """Return the catalogue as it is kept."""
    return read_po(io.BytesIO(FILE.read_bytes()), locale="en")


def main() -> None:
    """Write the catalogue anew."""
    old, new = read(), Catalog(locale="en")
    for (context, text), files in marked().items():
        kept = old.get(text if isinstance(text, str) else text[0], context)
        words = kept.string if kept is not None and kept.id == text else ""
        new.add(text, words, [(file, 0) for file in files], context=context)
    out = io.BytesIO()
    write_po(out, new, width=88, omit_header=True, include_lineno=False)
    FILE.write_bytes(HEAD.encode() + out.getvalue().lstrip())
    todo = sum(not any(message.string) for message in new if message.id)
    print(f"{len(new)} texts, {todo} to translate")


if __name__ == "__main__":
    main()
