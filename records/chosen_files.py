"""A file that was chosen stays chosen when its form comes back with an error: kept for a day, under a sealed name.

A browser fills every field of a form again but those for files. So the file is kept where no web server looks, and the form
carries a sealed name that brings it back. Whoever chooses another one takes that.
"""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.core import signing
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

FOLDER: Final = "chosen"
SALT: Final = "records.chosen_files"
KEPT: Final = dt.timedelta(days=1)
FIELD: Final = "{}-chosen"  # the hidden field beside the one for the file


@dataclass(frozen=True)
class Chosen:
    """A kept file: the sealed name, and what its owner called it."""

    token: str
    name: str


def keep(upload: UploadedFile) -> Chosen:
    """Writes a copy, which lives for a day."""
    name = getattr(upload, "chosen_as", None) or upload.name or ""
    upload.seek(0)
    path = storages["private"].save(f"{FOLDER}/{secrets.token_hex(16)}", upload)
    return Chosen(signing.dumps([path, name, upload.content_type or ""], salt=SALT), name)


def bring(token: str) -> UploadedFile | None:
    """The kept file, as if it had been sent again; None for a name that nobody here has sealed, or a file that is gone."""
    try:
        path, name, kind = signing.loads(token, salt=SALT, max_age=KEPT)
        file = storages["private"].open(path)
    except (signing.BadSignature, ValueError, OSError):
        return None
    return UploadedFile(file, name=name, content_type=kind, size=file.size)


def forget(before: dt.datetime) -> int:
    """Takes away what was kept before a moment."""
    storage, taken = storages["private"], 0
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    for name in names:
        if storage.get_modified_time(f"{FOLDER}/{name}") < before:
            storage.delete(f"{FOLDER}/{name}")
            taken += 1
    return taken


class KeepsChosen(forms.FileInput):
    """Mixed into an input for files."""

    template_name = "records/chosen_file.html"
    given: UploadedFile | None = None
    input_template: ClassVar[str] = forms.FileInput.template_name

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, UploadedFile], name: str) -> Any:
        given: Any = super().value_from_datadict(data, files, name)
        token = data.get(FIELD.format(name))
        if not given and token:
            given = bring(token) or given
        if isinstance(given, UploadedFile):
            if not hasattr(given, "chosen_as"):
                given.chosen_as = given.name  # type: ignore[attr-defined]  # a check may give it a name of its own
            self.given = given  # a form shows what is stored, not what was chosen: the widget of each form remembers it
        return given

    def value_omitted_from_data(self, data: Any, files: MultiValueDict[str, UploadedFile], name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and not data.get(FIELD.format(name))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if self.given is not None:
            context["widget"]["chosen"] = keep(self.given)
            context["widget"]["chosen_field"] = FIELD.format(name)
            context["widget"]["required"] = False
            context["widget"]["attrs"].pop("required", None)
        context["widget"]["input_template"] = self.input_template
        return context


def keeping(widget: forms.Widget) -> forms.Widget:
    """A widget for files as one that keeps what was chosen; any other as it is."""
    if not isinstance(widget, forms.FileInput) or isinstance(widget, KeepsChosen):
        return widget
    own = type(widget)
    made = type(f"Chosen{own.__name__}", (KeepsChosen, own), {"input_template": own.template_name})
    return made(attrs=widget.attrs)
