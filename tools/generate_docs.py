"""Write docs/generated/: actions, events, rules, settings, API, as the code has them.

With --check, write nothing and fail if something there is not fresh.
"""

import ast
import inspect
import os
import sys
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "generated"
NOTE = "<!-- Made by tools/generate_docs.py. Change the code, not this. -->"


def first_line(thing: Any) -> str:
    """Return the sentence that says what *thing* is or does."""
    return (inspect.getdoc(thing) or "").split("\n", maxsplit=1)[0]


def table(title: str, head: list[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a heading and a table in Markdown."""
    lines = [" | ".join(row) for row in (head, ["---"] * len(head), *rows)]
    return "\n".join([f"# {title}", "", *(f"| {line} |" for line in lines), ""])


def actions() -> str:
    """Return every action with what it does."""
    from lantoa.journal.writing import ACTIONS

    ours = sorted(name.split(".", 1)[1] for name in ACTIONS if name[:7] == "lantoa.")
    rows = ([f"`{n}`", first_line(ACTIONS[f"lantoa.{n}"])] for n in ours)
    return table("Actions", ["action", "what it does"], rows)


def events() -> str:
    """Return every fact that may stand in the journal, with its fields."""
    from lantoa.journal.events import all_events

    rows = (
        [
            f"`{event.name}`",
            first_line(event),
            ", ".join(f"`{field.name}`" for field in fields(event)),
        ]
        for event in all_events()
        if event.__module__.startswith("lantoa.")
    )
    return table("Events", ["fact", "meaning", "fields"], rows)


def rules() -> str:
    """Return every rule, and how far each role holds each capability."""
    from lantoa.access.roles import ROLES
    from lantoa.kernel.rule import RULES

    guards = sorted([f"`{r.capability}`", r.model, r.via or "itself"] for r in RULES)
    reach = []
    for capability in sorted({c for held in ROLES.values() for c in held}):
        row = [f"`{capability}`"]
        for held in ROLES.values():
            ways = held.get(capability, frozenset())
            said = "everywhere" if ways is None else ", ".join(sorted(ways))
            row.append(said or "–")
        reach.append(row)
    head = ["capability", *(role.value for role in ROLES)]
    return "\n".join(
        [
            table("Rules", ["capability", "rows guarded", "path to the body"], guards),
            table("Roles", head, reach),
        ]
    )


def settings() -> str:
    """Return the environment variables that the program reads, and where."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "lantoa").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.args[0].value if isinstance(node.args[0], ast.Constant) else ""
            reads = ast.unparse(node.func) in {"os.environ.get", "said.get"}
            if reads and str(name).isupper():
                place = path.relative_to(ROOT).as_posix()
                found.setdefault(str(name), set()).add(place)
    rows = ([f"`{name}`", ", ".join(sorted(found[name]))] for name in sorted(found))
    return table("Settings", ["environment variable", "read in"], rows)


def openapi() -> str:
    """Return the description of the API, as it is published."""
    from lantoa.gateway.web.description import text

    return text()


def main(*, check: bool) -> int:
    """Write or check the pages; return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.config.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    stale = []
    pages = (actions, events, rules, settings)
    made = {f"{page.__name__}.md": f"{NOTE}\n\n{page()}" for page in pages}
    for name, text in {**made, "openapi.json": openapi()}.items():
        path = FOLDER / name
        if not path.exists() or path.read_text() != text:
            stale.append(path.name)
            if not check:
                path.write_text(text)
    if stale and check:
        print(f"not fresh: {', '.join(stale)}; run python tools/generate_docs.py")
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
