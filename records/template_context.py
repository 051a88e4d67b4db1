"""What templates and forms are given and give, as Django hands it on: by name, of any kind."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.forms.renderers import BaseRenderer
from django.forms.utils import ErrorList
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Label: TypeAlias = str | _StrPromise
else:
    Label = str | Promise
# Words for people: written as they are, or looked up in the reader's language when they are drawn.

Context: TypeAlias = dict[str, Any]
"""The names a template may use, each with its value: Django asks of such a value only that it can be drawn."""

Cleaned: TypeAlias = dict[str, Any]
"""What was written into a form, once each field has read its own: the field decides the kind of its value."""

Keywords: TypeAlias = dict[str, Any]
"""Arguments by name for Django's own making of a form or a filter, and the parts of an address a view is called with."""

Posted: TypeAlias = Mapping[str, object]
"""What a browser sent of a form, by the names of its inputs; tests and tools hand in a plain dictionary."""

Files: TypeAlias = MultiValueDict[str, UploadedFile]
"""The files that came with a form."""


class FormOptions(TypedDict, total=False):
    """How a form is drawn and what it starts from: what Django, a view or a set of forms may say beside what was sent."""

    auto_id: bool | str
    prefix: str | None
    initial: Context | None
    error_class: type[ErrorList]
    label_suffix: str | None
    empty_permitted: bool
    use_required_attribute: bool | None
    renderer: BaseRenderer | None


class RecordFormOptions(FormOptions, total=False):
    """The same of a form that edits a record."""

    instance: models.Model | None
