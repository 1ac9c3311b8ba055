"""Every fact can be told to people."""

import re
from dataclasses import fields

import pytest

from lantoa.journal.events import all_events

FACTS = [event for event in all_events() if event.__module__.startswith("lantoa.")]


@pytest.mark.parametrize("event", FACTS, ids=lambda event: event.name)
def test_every_fact_has_a_sentence_of_what_it_carries(event):
    names = {field.name for field in fields(event)}
    nouns = {re.sub("_ids?$", "", name) for name in names}

    said = set(re.findall(r"{(\w+)}", str(event.sentence)))

    assert str(event.sentence).endswith(".")
    assert said <= names | nouns
