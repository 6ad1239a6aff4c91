"""Form fields in the visual language: label, hint, error and control, each where the question arises.

`{{ form }}` and `{{ field.as_field_group }}` give whole fields; `{% error_summary form %}` belongs above the first one.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

YEARS_AHEAD = 2
FIRST_YEAR = 1900


class Field(BoundField):
    """A bound field that knows how it looks: which control, how wide, how many letters."""

    @property
    def is_choices(self) -> bool:
        """Radio buttons or several tick boxes: each with its own label, together in a fieldset."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_tick(self) -> bool:
        """One tick box, whose label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def says_optional(self) -> bool:
        """Optional fields say so; required ones say nothing, nor those a choice above needs. A tick box is its own
        answer."""
        needed = self.field.required or getattr(self.field, "needed_for_its_choice", False)
        return not needed and not self.is_tick and not self.field.disabled

    @property
    def width(self) -> str:
        """short for a number, mid for a date or a list to choose from, "" for words."""
        if isinstance(self.field.widget, forms.NumberInput | CountInput):
            return "short"
        narrow = forms.DateInput | forms.DateTimeInput | forms.Select
        return "mid" if isinstance(self.field.widget, narrow) and not self.is_choices else ""

    @property
    def most_letters(self) -> int | None:
        """How much a long answer may hold."""
        limit = self.field.widget.attrs.get("maxlength") if isinstance(self.field.widget, forms.Textarea) else None
        return int(limit) if limit else None

    @cached_property
    def first_id(self) -> str:
        """The id of the first control: where a link from the summary leads."""
        return (self.subwidgets[0].id_for_label if self.is_choices and len(self) else "") or self.auto_id

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not self.most_letters or not self.auto_id:
            return described
        return f"{described} {self.auto_id}_count".strip()


class Renderer(DjangoTemplates):
    """Renders forms and fields in the visual language.

    Django's own widget templates stay as they are, for the back office uses them too.
    """

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Field


class CountInput(forms.TextInput):
    """A number as people type it; unlike the browser's number field it keeps what was typed when that is no number."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


def day_in_reach(value: date) -> None:
    """A validator for days and moments: a slip of the finger is no plan, and nothing can be counted from year 9999."""
    day = value.date() if isinstance(value, datetime) else value
    if day > timezone.localdate() + timedelta(days=366 * YEARS_AHEAD):
        raise ValidationError(_("This day is more than two years away. Look at the year again."))
    if day.year < FIRST_YEAR:
        raise ValidationError(_("This day is too long ago. Look at the year again."))


class DayInput(forms.DateInput):
    """A day, chosen with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time, chosen with the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
