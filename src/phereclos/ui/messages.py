"""What a form says when something is missing or wrong, in our words instead of Django's, for every form at once.

Set before any form is made: fields copy these when they are made. A form that knows better words says its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _

NOT_ONE_OF_THEM = _("Choose one from the list.")

WORDS: Mapping[type[forms.Field], Mapping[str, Any]] = {
    forms.Field: {
        "required": _("This is needed."),
        "max_length": _("This is too long: %(show_value)s letters, and %(limit_value)s fit."),
        "min_length": _("This is too short: at least %(limit_value)s letters."),
        "max_value": _("At most %(limit_value)s."),
        "min_value": _("At least %(limit_value)s."),
    },
    forms.IntegerField: {"invalid": _("Write a whole number, for example 24.")},
    forms.DateField: {"invalid": _("Write a day, for example 2026-11-24.")},
    forms.TimeField: {"invalid": _("Write a time, for example 09:30.")},
    forms.DateTimeField: {"invalid": _("Write a day and a time, for example 2026-11-24 09:30.")},
    forms.EmailField: {"invalid": _("Write the whole mailbox, with an @, for example ines@example.org.")},
    forms.URLField: {"invalid": _("Write the whole address, for example https://museum.example.org.")},
    forms.ChoiceField: {"invalid_choice": NOT_ONE_OF_THEM},
    forms.MultipleChoiceField: {"invalid_choice": NOT_ONE_OF_THEM},
    forms.ModelChoiceField: {"invalid_choice": NOT_ONE_OF_THEM},
}


def speak_plainly() -> None:
    """Give Django's form fields our words, and lists to choose from a first line that can be read."""
    for field, words in WORDS.items():
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **words}
    BLANK_CHOICE_DASH[0] = ("", _("not chosen yet"))  # shared by all models' fields, so it is changed in place
