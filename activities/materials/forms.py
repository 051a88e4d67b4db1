"""Forms by which materials are put up: by officers in the admin, by trainers on their own pages."""

from typing import Any, ClassVar, Unpack

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.chosen_files import keeping
from records.template_context import Files, Posted, RecordFormOptions

from ..models import Material
from . import files as material_files


class CheckedFile(forms.ModelForm):
    """A new file is known by its content; what is stored already stays as it is."""

    def clean_file(self) -> object:
        file = self.cleaned_data.get("file")
        return material_files.checked(file) if isinstance(file, UploadedFile) else file


class SessionMaterialForm(CheckedFile):
    """A material of one session; event and session are those of the instance. Without a new file the old one stays."""

    class Meta:
        model = Material
        fields: ClassVar[list[str]] = ["title", "kind", "language", "file", "url", "visibility", "has_captions", "has_transcript"]  # fmt: skip
        labels: ClassVar[dict[str, object]] = {
            "title": _("Title"),
            "kind": _("What it is"),
            "language": _("Language"),
            "file": _("File"),
            "url": _("Or the address where it stands"),
            "visibility": _("Who may have it"),
            "has_captions": _("It has captions"),
            "has_transcript": _("It has a transcript"),
        }
        help_texts: ClassVar[dict[str, object]] = {
            "url": _("Of a recording at another service, for example."),
        }
        widgets: ClassVar[dict[str, Any]] = {"visibility": forms.RadioSelect, "file": keeping(forms.FileInput())}

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["file"].help_text = _now("%(kinds)s; %(most)s at most.") % {
            "kinds": ", ".join(sorted(material_files.KINDS)).upper(), "most": filesizeformat(material_files.MOST_BYTES),
        }  # fmt: skip
