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
        self._check_sources()
        return cleaned

    def _check_sources(self) -> None:
        """Each result names the number of a source that is there."""
        sources = sum(1 for form in self.formsets["sources"].forms if not self.formsets["sources"]._should_delete_form(form))
        for form in self.formsets["evidence"].forms:
            number = getattr(form, "cleaned_data", {}).get("source")
            if number is not None and number > sources:
                form.add_error("source", _("There is no source with this number."))
