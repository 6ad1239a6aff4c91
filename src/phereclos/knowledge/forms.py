"""The editor's form: lists as tick boxes, and the two rules that look across fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from phereclos.knowledge.choices import themes
from phereclos.organisations.kinds import Kind, Setting


def _theme_choices() -> list[tuple[str, str]]:
    return list(themes().items())


class CasePageForm(WagtailAdminPageForm):  # type: ignore[misc]
    partner_kinds = forms.MultipleChoiceField(
        label=_("kinds of partner"), choices=Kind, widget=forms.CheckboxSelectMultiple, required=False
    )
    settings = forms.MultipleChoiceField(
        label=_("settings"), choices=Setting, widget=forms.CheckboxSelectMultiple, required=False
    )
    themes = forms.MultipleChoiceField(
        label=_("themes"), choices=_theme_choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        low, high = cleaned.get("age_from"), cleaned.get("age_to")
        if (low is None) != (high is None) or (low is not None and low > high):
            self.add_error("age_to", _("Give both ages, the younger first, or none."))
        return cleaned

    def is_valid(self) -> bool:
        """Each result must name the number of a source that is there; known once all parts of the form are cleaned."""
        valid = super().is_valid()
        sources = sum(not form.cleaned_data.get("DELETE") for form in self._cleaned("sources"))
        for form in self._cleaned("evidence"):
            if (form.cleaned_data.get("source") or 0) > sources:
                form.add_error("source", _("There is no source with this number."))
                valid = False
        return valid

    def _cleaned(self, name: str) -> list[forms.ModelForm]:
        """The filled rows of a part, where this form has that part."""
        rows = self.formsets[name].forms if name in self.formsets else []
        return [row for row in rows if getattr(row, "cleaned_data", None)]
