"""Two kinds of notices: one that is mailed unless somebody objects, one that is not."""

import pytest

from lantoa.notices import kinds


@pytest.fixture(autouse=True)
def two_kinds(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(kinds.Kind(name="thu.mot", label="Nhiệm vụ mới", icon="task"))
    kinds.register(kinds.Kind(name="thu.hai", label="Tin thêm", default_email=False))
