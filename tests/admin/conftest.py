from typing import Any

import pytest
from django.test import client


@pytest.fixture(autouse=True)
def _contexts_of_pages_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client copies the context of every template; a form of the admin draws a thousand small ones."""
    store = client.store_rendered_templates

    def store_pages(data: Any, signal: Any, sender: Any, template: Any, context: Any, **kwargs: Any) -> None:
        if not (template.name or "").startswith(("django/forms/", "admin/widgets/")):
            store(data, signal, sender, template, context, **kwargs)

    monkeypatch.setattr(client, "store_rendered_templates", store_pages)
