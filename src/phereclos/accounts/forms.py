"""What a person writes about themselves. Forms built on allauth's stand in allauth_forms.py: it imports this one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phereclos.accounts.models import Person

NAME_HINT = _("As colleagues call you. People you work with here see it; the public does not.")


class SignupName(forms.Form):
    """The part of signing up that is ours: the name."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=NAME_HINT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name, for example Mirja Holt.")},
    )

    def signup(self, request: Any, user: Any) -> None:
        """Asked for by allauth; the adapter saves the name together with the mailbox."""


class NameForm(forms.ModelForm[Person]):
    class Meta:
        model = Person
        fields = ["name"]
        labels = {"name": _("Your name")}
        help_texts = {"name": NAME_HINT}
        error_messages = {"name": {"required": _("Write your name, for example Mirja Holt.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        error_messages={"required": _("Write the code from the mail.")},
    )


class DeleteForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, delete my account"),
        error_messages={"required": _("Tick this if you are sure. Nothing has been deleted.")},
    )
