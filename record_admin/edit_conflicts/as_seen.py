"""Two officers in one record: what a form was made from, what the record holds now, and whose value is kept.

A form carries a mark of every value it was made from. When it comes back and a value has become another one since, nothing
is saved: both versions are shown, and the officer chooses field by field. A choice names the value it was made against, so
that a third change asks again. Rows that were added meanwhile are not touched by a form that does not know them.
"""

from collections.abc import Mapping
from typing import ClassVar, Unpack, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from records.template_context import Files, Posted, RecordFormOptions

from .marks import MINE, THEIRS, Conflict, Sheet, key_of, mark_of, marks_of, posted_row
from .posted_values import as_posted, in_words


class AsSeen(forms.BaseModelForm):
    """Mixed into the forms of a page that comes back; `sheet` is that of the request."""

    sheet: ClassVar[Sheet]
    stays_removed = False  # a row that another removed, and the officer agrees
    added_again = False  # a row that another removed, and the officer wants
    undecided = False
    looked = False

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.marks = marks_of(self)  # before what was sent is put into the record

    @property
    def is_gone(self) -> bool:
        """A row that was there when the form was made."""
        return bool(self.prefix) and bool(self.instance._state.adding) and bool(posted_row(self))

    def look(self) -> None:
        """Puts the record's own values into what was sent, where the officer chose them."""
        if self.looked or not self.is_bound:
            return
        self.looked = True
        if self.is_gone:
            choice = self.sheet.choice(key_of(self), mark_of(""))
            self.stays_removed, self.added_again = choice == THEIRS, choice == MINE
            return
        if self.instance._state.adding:
            return
        for name in self.marks:
            if self._decided(name) == THEIRS:
                self._take(name)
        if self._removes and self.sheet.choice(key_of(self), self._whole) == THEIRS:
            for name in self.marks:
                self._take(name)
            self._put(self.add_prefix("DELETE"), {})

    def _decided(self, name: str) -> str:
        return self.sheet.choice(key_of(self, name), self.marks[name])

    @property
    def _removes(self) -> bool:
        return "DELETE" in self.fields and bool(self.data.get(self.add_prefix("DELETE")))

    @property
    def _whole(self) -> str:
        """A mark of all values of a row."""
        return mark_of(list(self.marks.values()))

    def _take(self, name: str) -> None:
        html_name = self.add_prefix(name)
        self._put(html_name, as_posted(self.fields[name], html_name, self.initial[name]))
        if html_name in self.files:
            files = self.files.copy()
            del files[html_name]
            self.files = files

    def _put(self, html_name: str, values: Mapping[str, list[str]]) -> None:
        data = cast(QueryDict, self.data).copy()
        for key in [key for key in data if key == html_name or key.removeprefix(f"{html_name}_").isdecimal()]:
            del data[key]
        for key, listed in values.items():
            data.setlist(key, listed)
        self.data = data

    def full_clean(self) -> None:
        self.look()
        super().full_clean()
        if not self.is_bound or not hasattr(self, "cleaned_data"):
            return
        if self.is_gone:
            self._compare_gone()
        elif self.instance._state.adding:
            return
        elif self._removes:
            self._compare_removed()
        else:
            self._compare()

    def _changed_since(self) -> list[str]:
        """Fields whose value in the record is not the one that the form was made from."""
        return [name for name, mark in self.marks.items() if self.sheet.seen.get(key_of(self, name)) != mark]

    def _compare(self) -> None:
        for name in self._changed_since():
            if name not in self.changed_data or self._decided(name):
                continue
            shown, now = self.fields[name], self.initial[name]
            typed = self.cleaned_data.get(name, self[name].data)
            touched = mark_of(typed) != self.sheet.seen.get(key_of(self, name))
            self._tell(
                Conflict(
                    key_of(self, name), self._labelled(str(self[name].label)), in_words(shown, typed), in_words(shown, now),
                    self.sheet.author(self.instance, name), self.marks[name], "" if touched else THEIRS,
                ),
                name,
            )  # fmt: skip

    def _compare_removed(self) -> None:
        names = self._changed_since()
        if not names or self.sheet.choice(key_of(self), self._whole):
            return
        now = "; ".join(f"{self[name].label}: {in_words(self.fields[name], self.initial[name])}" for name in names)
        by = self.sheet.author(self.instance, names[0])
        self._tell(Conflict(key_of(self), self._labelled(), _("removed"), now, by, self._whole))

    def _compare_gone(self) -> None:
        if self.data.get(self.add_prefix("DELETE")):
            self.stays_removed = True
            return
        filled = [
            name for name in self.fields if name != "DELETE" and self.cleaned_data.get(name) not in (None, "", [])
        ]
        shown = [name for name in filled if not self.fields[name].widget.is_hidden]
        yours = "; ".join(
            f"{self[name].label}: {in_words(self.fields[name], self.cleaned_data[name])}" for name in shown
        )
        chosen = MINE if self.added_again else THEIRS if self.stays_removed else ""
        self._tell(Conflict(key_of(self), self._labelled(), yours, _("removed"), "", mark_of(""), chosen))

    def _labelled(self, name: str = "") -> str:
        row = f"{self.instance._meta.verbose_name} {int(self.prefix.rpartition('-')[2]) + 1}" if self.prefix else ""
        return ", ".join(filter(None, [row, name]))

    def _tell(self, conflict: Conflict, name: str | None = None) -> None:
        self.sheet.conflicts.append(conflict)
        if self.is_gone and conflict.chosen:
            return
        self.undecided = True
        message = _("This was changed since you opened the form. Choose above which version is kept.")
        self.errors.pop(name or "", None)
        self.add_error(name, message)


class AsSeenRecord(AsSeen):
    """The form of the record itself: one that does not say what it was made from is not saved."""

    def _compare(self) -> None:
        if self.sheet.seen or not self.marks:
            super()._compare()
            return
        message = _("The form does not say which version of the record it was made from. Open the record again.")
        self.add_error(None, message)


class RowsAsSeen(forms.models.BaseInlineFormSet):
    """Rows of a page that comes back. A row that another removed is put back as a new one, if the officer wants it."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if not isinstance(form, AsSeen) or not form.is_bound:
            return
        if form.is_gone:
            number = forms.CharField(required=False, widget=forms.HiddenInput)
            form.fields[form._meta.model._meta.pk.name] = number
        form.look()  # before anybody asks whether the row was changed

    def _should_delete_form(self, form: forms.BaseForm) -> bool:
        if isinstance(form, AsSeen):
            if form.undecided:
                return False
            if form.stays_removed:
                return True
        return bool(super()._should_delete_form(form))  # type: ignore[misc]

    @property
    def extra_forms(self) -> list[forms.ModelForm]:
        again = [form for form in self.initial_forms if getattr(form, "added_again", False)]
        return [*again, *super().extra_forms]
