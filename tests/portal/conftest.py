import pytest
from django.test import client


@pytest.fixture
def no_contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client copies the context of every template of every page; those who read only the answer do without."""
    monkeypatch.setattr(client, "store_rendered_templates", lambda *args, **kwargs: None)
