"""The addresses of signing in that we offer, one by one: whatever of allauth needs a password is not among them."""

from allauth.account import views as account
from allauth.account.views import EmailView, LoginView, LogoutView, SignupView
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.generic import RedirectView

from phereclos.accounts import views
from phereclos.accounts.fresh import fresh_proof
from phereclos.accounts.passkeys import PasskeyLogin

IN = {"section": "sign-in"}
ME = {"section": "me"}
to_security = RedirectView.as_view(pattern_name="accounts:security")

urlpatterns = [
    # in and out
    path("login/", LoginView.as_view(extra_context=IN), name="account_login"),
    path(
        "login/code/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="account_request_login_code",
    ),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("login/passkey/", PasskeyLogin.as_view(), name="mfa_login_webauthn"),
    path("login/factor/", mfa.authenticate, name="mfa_authenticate"),
    path("signup/", SignupView.as_view(extra_context=IN), name="account_signup"),
    path("confirm-email/", account.email_verification_sent, name="account_email_verification_sent"),
    path("logout/", LogoutView.as_view(extra_context=ME), name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    # the mailbox
    path("email/", fresh_proof(EmailView.as_view(extra_context=ME)), name="account_email"),
    # a fresh proof that it is still the same person
    path("again/", views.prove_again, name="account_reauthenticate"),
    path("again/app/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("again/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    # passkeys, authenticator app, recovery codes
    path("factors/", to_security, name="mfa_index"),
    path("factors/passkeys/", to_security, name="mfa_list_webauthn"),
    path("factors/passkeys/add/", fresh_proof(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("factors/passkeys/<int:pk>/remove/", fresh_proof(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("factors/passkeys/<int:pk>/edit/", fresh_proof(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("factors/app/add/", fresh_proof(totp.activate_totp), name="mfa_activate_totp"),
    path("factors/app/remove/", fresh_proof(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("factors/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factors/codes/new/", fresh_proof(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("factors/codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
