"""Find Vietnamese that no translation can reach; what may stay so is named here."""

import ast
import re
import sys
from collections.abc import Iterator

from catalogue import ROOT, marking_calls
from django.template.base import Lexer, TokenType

# Beginnings of places below lantoa/, and why their Vietnamese stays.
EXEMPT = {
    "access/web/first_run.py": "the name of a body",
    "conferences/actions/conclusions.py": "the notice is an official paper",
    "conferences/actions/opening.py": "a title in the programme, kept as data",
    "conferences/queries/conclusions.py": "the place on an official paper",
    "config/": "set-up and demo: Vietnamese and English side by side, or data",
    "documents/clausing.py": "how official papers number their clauses",
    "documents/queries.py": "the symbols of official papers",
    "kernel/actor.py": "offices, as the journal keeps them",
    "kernel/dates.py": "the date of an official paper",
    "kernel/text.py": "letters",
    "live/asgi.py": "both languages side by side: no reader is known there",
    "organisations/public_holidays.py": "sources of public holidays",
    "ui/fonts.py": "letters",
    "ui/static/ui/ui.js": "gathered from the islands",
    "ui/templates/ui/catalogue": "samples",
    "ui/templates/ui/paper_head.html": "the head of an official paper",
    "ui/web/sample": "samples",
}
ROOMS = {"migrations", "management", "data"}  # data, and what commands print
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
LITERAL = re.compile(r"""_\((?:".*?"|'.*?')\)""")
SPOKEN = re.compile(r'say\(\s*".*?"|//[^\n]*|/\*.*?\*/', re.DOTALL)


def suspicious(text: str) -> bool:
    """Return whether a text is Vietnamese, the product's name apart."""
    return bool(VIETNAMESE.search(text.replace("Lan Tỏa", "")))


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """Yield the literals of a module that are neither marked nor docstrings."""
    tree = ast.parse(source)
    calls = [call for _, call in marking_calls(tree)]
    spared = {id(node) for call in calls for node in ast.walk(call)}
    nodes = list(ast.walk(tree))
    spared |= {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and id(node) not in spared:
            yield node.lineno, str(node.value)


def in_template(source: str) -> Iterator[tuple[int, str]]:
    """Yield what stands outside of translation in a template, papers apart."""
    if '{% extends "ui/print.html" %}' in source:
        return  # an official paper: a Vietnamese original in every language
    end = ""
    for token in Lexer(source).tokenize():
        block = token.token_type == TokenType.BLOCK
        name = token.contents.split()[0] if block else ""
        if name in {"comment", "blocktranslate"}:
            end = f"end{name}"
        elif end:
            end = "" if name == end else end
        elif token.token_type != TokenType.COMMENT and name != "translate":
            yield token.lineno, LITERAL.sub("", token.contents)


def in_script(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a script without its comments and what it ``say``s."""
    yield from enumerate(SPOKEN.sub("", source).splitlines(), 1)


READERS = {
    ".py": in_python,
    ".html": in_template,
    ".txt": in_template,
    ".js": in_script,
}


def main() -> int:
    """Print every suspect; return the exit code."""
    found = 0
    for path in sorted((ROOT / "lantoa").rglob("*.*")):
        place = path.relative_to(ROOT / "lantoa")
        read = READERS.get(path.suffix)
        if read is None or ROOMS & {*place.parts} or str(place).startswith((*EXEMPT,)):
            continue
        for line, text in read(path.read_text()):
            if suspicious(text):
                print(f"lantoa/{place}:{line}: not translatable: {text.strip()[:80]}")
                found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
