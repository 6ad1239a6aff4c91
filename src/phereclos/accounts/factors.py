"""Whose rights need a passkey or second factor, and whether the person has one.

Rules register themselves from the floors above: a rule says of a person whether their present rights ask for a factor.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from phereclos.accounts.models import Person

Rule = Callable[[Person], bool]
_rules: list[Rule] = []


def register(rule: Rule) -> Rule:
    _rules.append(rule)
    return rule


@register
def runs_this_installation(person: Person) -> bool:
    return person.is_operator or person.is_staff


def asked_of(person: Person) -> bool:
    """Whether the present rights of this person ask for a factor; the demonstration's people are exempt."""
    return not person.is_demonstration and any(rule(person) for rule in _rules)


def has_factor(person: Person) -> bool:
    strong = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=person, type__in=strong).exists())


def needs_factor(request: HttpRequest) -> bool:
    """Signed in, with rights that ask for a factor, and none set up. (With one set up, allauth asks at sign-in.)"""
    user = request.user
    return isinstance(user, Person) and user.is_authenticated and asked_of(user) and not has_factor(user)
