"""Whoever reads the code finds every word of it in the glossary."""

import re
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django.apps import apps

import lantoa

GLOSSARY = Path(lantoa.__file__).parents[1] / "docs" / "glossary.md"


def named():
    """Return every identifier in the glossary's last column."""
    cells = [line.split("|")[-2] for line in GLOSSARY.read_text().splitlines()
             if line.startswith("|")]  # fmt: skip
    return set(re.findall(r"`([^`]+)`", " ".join(cells)))


def models():
    return [
        f"{model._meta.app_label}.{model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("lantoa.")
    ]


def enums():
    found = set()
    for module in walk_packages(lantoa.__path__, "lantoa."):
        if module.name.split(".")[-1] != "vocabulary":
            continue
        loaded = import_module(module.name)
        found |= {
            f"{module.name.split('.')[1]}.{thing.__name__}"
            for thing in vars(loaded).values()
            if isinstance(thing, type)
            and issubclass(thing, Enum)
            and thing.__module__ == module.name
        }
    return sorted(found)


@pytest.mark.parametrize("identifier", [*models(), *enums()])
def test_every_model_and_enum_stands_in_the_glossary(identifier):
    assert identifier in named()
