"""Hold the rule that rows are written by actions only.

A write elsewhere would leave no trace in the journal. The internals that keep technical
state are named here, one by one, with what they keep.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).resolve().parents[1] / "lantoa"
EXEMPT = {
    "journal/writing.py": "the journal's entries",
    "journal/commands.py": "answers to command keys",
    "journal/sealing.py": "seals",
    "live/hub/beats.py": "heartbeats",
    "config/readiness.py": "what was prepared by which code",
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITING = {"create", "update", "delete", "save"} | ALWAYS
# Receivers that are no rows: a session, a cache, a hash, a stored file's folder.
NO_ROWS = {"session", "cache", "storage"}
SQL = re.compile(
    r"\s*(WITH\b.*?\b)?(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|TRUNCATE)\b",
    re.IGNORECASE | re.DOTALL,
)


def names_in(node: ast.expr) -> set[str]:
    """Return the names along a chain of attributes and calls: a.b(…).c → {a, b, c}."""
    names: set[str] = set()
    while True:
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            return names | ({node.id} if isinstance(node, ast.Name) else set())


def is_write(call: ast.Call) -> bool:
    """Return whether a call looks like one that writes rows."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITING:
        return False
    verb, along = call.func.attr, names_in(call.func.value)
    if along & NO_ROWS:
        return False
    if along & MANAGERS or verb in ALWAYS:
        return True
    if verb == "delete":
        return not call.args and not call.keywords
    if verb == "update":  # a dict is updated by position
        return bool(call.keywords) and not call.args
    return verb == "save" or bool(call.keywords and not call.args)


def is_statement(node: ast.AST) -> TypeGuard[ast.Constant]:
    """Return whether a node is a text of SQL that writes."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return bool(SQL.match(node.value))


def writes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Return the line and the text of every write in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_write(node):
            yield node.lineno, ast.unparse(node.func)
        elif is_statement(node):
            yield node.lineno, " ".join(str(node.value).split())[:60]


def main() -> int:
    """Print every write outside actions; return the exit code."""
    found = 0
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        rooms = place.removesuffix(".py").split("/")[1:]
        if (
            "actions" in rooms
            or "migrations" in rooms
            or place.startswith(tuple(EXEMPT))
        ):
            continue
        for line, what in writes(ast.parse(path.read_text())):
            print(f"lantoa/{place}:{line}: written outside actions: {what}")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
