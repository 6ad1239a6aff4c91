"""The forms of signing in, in our words. Only labels, hints and attributes change; the rules stay allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.forms import Field
from django.utils.translation import gettext_lazy as _

MAILBOX_ERRORS = {
    "required": _("Write your mailbox, for example mirja@example.org."),
    "invalid": _("Write the whole mailbox, with an @, for example mirja@example.org."),
}


def _say(field: Field, label: Any, hint: Any = "", errors: dict[str, Any] | None = None, **attributes: str) -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)
    field.error_messages.update(errors or {})


class SignInForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], _("Your mailbox"), _("We send a code there. No password is needed."), MAILBOX_ERRORS)

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.user is not None:
            # People made otherwise than by signing up have no record of their mailbox yet; the code will prove it.
            sync_user_email_address(self.user)
        return cleaned


class SignUpForm(account.SignupForm):  # type: ignore[misc]
    field_order = ["email", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["email"], _("Your mailbox"), _("We send a code there to see that it is yours."), MAILBOX_ERRORS
        )


class _Code:
    """A code typed from a mail."""

    fields: dict[str, Field]
    what: Any = _("Code from the mail")
    hint: Any = _("Eight letters. Dashes and capitals do not matter.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        errors = {"required": _("Write the code.")}
        _say(self.fields["code"], self.what, self.hint, errors, maxlength="40", autocapitalize="characters")


class LoginCodeForm(_Code, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class MailboxCodeForm(_Code, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class NewMailboxForm(account.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("We send a code there. Until you write it, the old mailbox stays; it is told of the change.")
        _say(self.fields["email"], _("New mailbox"), hint, MAILBOX_ERRORS)


class FactorForm(_Code, mfa.AuthenticateForm):  # type: ignore[misc]
    what = _("Code from your app")
    hint = _("Six digits, or one of your recovery codes.")


class FactorAgainForm(_Code, mfa.ReauthenticateForm):  # type: ignore[misc]
    what = _("Code from your app")
    hint = _("Six digits, or one of your recovery codes.")


class AppForm(_Code, ActivateTOTPForm):  # type: ignore[misc]
    what = _("Code that the app shows")
    hint = _("Six digits; the app makes new ones every half minute.")


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("Name of the passkey"), _("So that you can tell it apart, for example “my phone”."))
        self.fields["name"].required = False
        _say(
            self.fields["passwordless"],
            _("Sign in with it alone"),
            _("Then no code by e-mail is needed. The device asks for your finger, face or PIN."),
        )


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["name"],
            _("Name of the passkey"),
            errors={"required": _("Write a name, for example “my phone”.")},
        )
