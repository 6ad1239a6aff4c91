"""What the first start asks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from phereclos.configuration import ConfigurationError, check_public_url
from phereclos.mail_url import settings_from_url


class OperatorForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your mailbox"),
        max_length=254,
        help_text=_("Sign-in codes go there. No password is needed."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SettingsForm(forms.Form):
    public_url = forms.CharField(
        label=_("Public address"),
        max_length=200,
        help_text=_("What people type, for example https://cluster.example.org. It is fixed with the first badge."),
    )
    email_url = forms.CharField(
        label=_("Mail server"),
        max_length=300,
        required=False,
        help_text=_(
            "For example smtp+tls://user:password@mail.example.org:587. Left empty, mails wait; only codes for signing "
            "in are printed where the server runs."
        ),
    )
    email_from = forms.CharField(
        label=_("Sender of mails"),
        max_length=200,
        required=False,
        help_text=_("For example Tarnhaven cluster <cluster@example.org>."),
    )

    def clean_public_url(self) -> str:
        url = str(self.cleaned_data["public_url"]).rstrip("/")
        try:
            check_public_url(url)
        except ConfigurationError as error:
            raise forms.ValidationError(str(error)) from error
        return url

    def clean_email_url(self) -> str:
        url = str(self.cleaned_data["email_url"])
        try:
            settings_from_url(url)
        except ConfigurationError as error:
            raise forms.ValidationError(_("Write it like smtp+tls://user:password@mail.example.org:587.")) from error
        return url

    def values(self) -> dict[str, str]:
        """The fields under the names of the environment."""
        return {name.upper(): value for name, value in self.cleaned_data.items()}


class TestMailForm(forms.Form):
    to = forms.EmailField(label=_("Send a test mail to"), max_length=254)
