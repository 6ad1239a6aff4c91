"""What people send: each form cleans its input and says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phereclos.badges import numbers, pictures
from phereclos.badges.actions.batches import MOST_LINES
from phereclos.badges.actions.passports import MOST_AT_ONCE, passport_of, passports_of
from phereclos.badges.fetching import MAX_BYTES
from phereclos.badges.models import Achievement, Award, Issuer, Passport
from phereclos.badges.recipients import Recipient, ToMailbox, ToOrganisation, ToPassport
from phereclos.badges.repeats import Key, key_of
from phereclos.organisations.kinds import Setting, Subject
from phereclos.organisations.models import Organisation

_mailbox = EmailValidator()
LONGEST_MAILBOX = 254  # what the rows hold


class OnceForm(forms.Form):
    """A form that knows its own repeat: the hidden number is the same however often the button is pressed."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"once": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class VerifyForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("A file"),
        required=False,
        help_text=gettext_lazy("A badge picture (PNG or SVG) or the signed document (JSON or JWT), up to 5 MB."),
        error_messages={"empty": gettext_lazy("This file is empty. Choose the badge’s own file.")},
    )
    given = forms.CharField(
        label=gettext_lazy("Or a link, or the text of a badge"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy("For example the address of an award’s page. Nothing you give us is kept."),
    )
    mailbox = forms.EmailField(
        label=gettext_lazy("Whose should it be?"),
        required=False,
        help_text=gettext_lazy("A mailbox, if you want to know whether the badge was given to it."),
        error_messages={"invalid": gettext_lazy("Write a mailbox, for example you@example.org, or leave it empty.")},
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*([{}, {}] if too_large else args), **kwargs)
        self._too_large = too_large

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        file = found.get("file")
        if self._too_large or (file and file.size > MAX_BYTES):
            raise ValidationError(_("This is larger than 5 MB. No badge needs that; choose the badge’s own file."))
        if not file and not found.get("given") and not self.errors:
            raise ValidationError(_("Choose a file, or paste a link or the text of a badge."))
        return found

    @property
    def data_given(self) -> bytes:
        """The bytes to judge; a file goes before text."""
        file = self.cleaned_data.get("file")
        return bytes(file.read()) if file else self.cleaned_data["given"].encode("utf-8", "surrogatepass")

    @property
    def given_name(self) -> str:
        file = self.cleaned_data.get("file")
        return str(file.name) if file else ""


class AwardForm(OnceForm):
    """One badge to one recipient: a mailbox, an organisation, or a passport."""

    achievement = forms.ModelChoiceField(
        label=gettext_lazy("Badge"), queryset=Achievement.objects.none(), empty_label=gettext_lazy("Choose a badge")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Who gets it?"),
        choices=[
            ("mailbox", gettext_lazy("An adult, by mailbox")),
            ("passport", gettext_lazy("A child, by passport number")),
            ("organisation", gettext_lazy("An organisation")),
        ],
        widget=forms.RadioSelect,
        initial="mailbox",
    )
    mailbox = forms.EmailField(
        label=gettext_lazy("Mailbox"),
        help_text=gettext_lazy("They get a mail and take the badge by signing in with this mailbox."),
        error_messages={"required": gettext_lazy("Write the mailbox the badge goes to.")},
    )
    sealed = forms.BooleanField(
        label=gettext_lazy(
            "They asked to have their mailbox sealed into the badge, so that others can tell it is theirs"
        ),
        required=False,
    )
    passport = forms.CharField(
        label=gettext_lazy("Passport number"),
        max_length=40,
        error_messages={"required": gettext_lazy("Write the number on the child’s card.")},
        help_text=gettext_lazy("Sixteen signs on the child’s card. The school alone knows whose it is."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"),
        queryset=Organisation.objects.none(),
        empty_label=gettext_lazy("Choose an organisation"),
        error_messages={"required": gettext_lazy("Choose the organisation.")},
    )

    def __init__(self, *args: Any, issuer: Issuer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["achievement"].queryset = Achievement.objects.of_issuer(issuer)  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = Organisation.objects.vouched()  # type: ignore[attr-defined]
        self.chosen = self["kind"].value()
        for name in ("mailbox", "passport", "organisation"):
            # Each is asked for where its choice is made, and only there.
            self.fields[name].required = not self.is_bound or name == self.chosen

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if self.chosen == "passport" and found.get("passport"):
            found["card"] = passport_of(found["passport"])
            if found["card"] is None:
                self.add_error("passport", str(_NO_CARD))
        return found

    def say_given_already(self) -> None:
        self.add_error(self.chosen, given_already())

    @property
    def recipient(self) -> Recipient:
        match self.cleaned_data["kind"]:
            case "passport":
                return ToPassport(self.cleaned_data["card"])
            case "organisation":
                return ToOrganisation(self.cleaned_data["organisation"])
            case _:
                return ToMailbox(self.cleaned_data["mailbox"], sealed=self.cleaned_data["sealed"])


def given_already() -> str:
    return _("This badge was given there already and stands. Withdraw it before you give it again.")


_NO_CARD = gettext_lazy("There is no card with this number. Compare it with the card, sign by sign.")


class ManyForm(OnceForm):
    """The same badge for many, one mailbox or passport number a line. What needs mending is listed first."""

    achievement = forms.ModelChoiceField(
        label=gettext_lazy("Badge"), queryset=Achievement.objects.none(), empty_label=gettext_lazy("Choose a badge")
    )
    lines = forms.CharField(
        label=gettext_lazy("Who gets it?"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy("One mailbox or passport number a line, up to 2,000."),
        error_messages={"required": gettext_lazy("Write at least one mailbox or passport number.")},
    )

    def __init__(self, *args: Any, issuer: Issuer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["achievement"].queryset = Achievement.objects.of_issuer(issuer)  # type: ignore[attr-defined]
        self.faulty: list[tuple[int, str, str]] = []
        self.recipients: list[ToMailbox | ToPassport] = []
        self._places: dict[Key, tuple[int, str]] = {}

    def clean_lines(self) -> str:
        text: str = self.cleaned_data["lines"]
        given = [(place, line.strip()) for place, line in enumerate(text.splitlines(), start=1) if line.strip()]
        if len(given) > MOST_LINES:
            raise ValidationError(_("These are %(count)s lines. Give at most 2,000 at once.") % {"count": len(given)})
        cards = passports_of(line for _place, line in given if numbers.looks_like_one(line))
        seen: set[str] = set()
        for place, line in given:
            self._read(place, line, seen, cards)
        if self.faulty:
            raise ValidationError(_nothing_given(len(self.faulty)))
        return text

    def _read(self, place: int, line: str, seen: set[str], cards: Mapping[str, Passport]) -> None:
        one, key = _recipient(line, cards)
        if one is None:
            self.faulty.append((place, line[:60], key))
        elif key in seen:
            self.faulty.append((place, line[:60], _("This is in the list twice.")))
        else:
            seen.add(key)
            self.recipients.append(one)
            self._places[key_of(one)] = (place, line[:60])

    def say_given_already(self, repeated: Iterable[Recipient]) -> None:
        """Lines whose recipient holds this badge; found out after the lines themselves are in order."""
        self.faulty = [(*self._places[key_of(one)], given_already()) for one in repeated]
        if self.faulty:
            self.add_error("lines", _nothing_given(len(self.faulty)))


def _nothing_given(faulty: int) -> str:
    return _("Nothing was given yet: %(count)s lines need mending.") % {"count": faulty}


def _recipient(line: str, cards: Mapping[str, Passport]) -> tuple[ToMailbox | ToPassport | None, str]:
    """The recipient with a key to notice repeats, or None with a sentence."""
    if numbers.looks_like_one(line):
        card = cards.get(line)
        return (ToPassport(card), f"card {card.pk}") if card else (None, _("There is no card with this number."))
    if len(line) > LONGEST_MAILBOX:
        return None, _("This is too long for a mailbox.")
    try:
        _mailbox(line)
    except ValidationError:
        return None, _("This is not a mailbox.")
    return ToMailbox(line), line.lower()


class ProgrammeForm(forms.Form):
    """A role combined with a programme."""

    role = forms.ModelChoiceField(
        label=gettext_lazy("Role"), queryset=Achievement.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    programme = forms.CharField(
        label=gettext_lazy("Programme"), max_length=120, help_text=gettext_lazy("For example: Robot Club 2026.")
    )
    about = forms.CharField(
        label=gettext_lazy("What is the programme?"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Who does what with whom, how often and how long. This is written into every badge."),
    )
    setting = forms.ChoiceField(label=gettext_lazy("Setting"), choices=Setting.choices)
    subject = forms.ChoiceField(label=gettext_lazy("Subject"), choices=Subject.choices)
    glyph = forms.ChoiceField(label=gettext_lazy("Drawing"), choices=list(pictures.GLYPHS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = Achievement.objects.roles()  # type: ignore[attr-defined]


class AdoptForm(forms.Form):
    achievement = forms.ModelChoiceField(queryset=Achievement.objects.family())


class WithdrawForm(forms.Form):
    why = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[choice for choice in Award.Reason.choices if choice[0] != "key"],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a reason; the holder will read it.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One or two sentences. The holder and your organisation read them; others read only the day. "
            "Write no names of children."
        ),
    )


class PassportsForm(OnceForm):
    count = forms.IntegerField(
        label=gettext_lazy("How many cards?"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        error_messages={"required": gettext_lazy("Write a number, for example 24.")},
    )


class PassportForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("The number on the card"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Sixteen signs in four groups. There is no I, L, O or U in it."),
    )


class BecomeIssuerForm(forms.Form):
    """For the acting organisation itself, or for a cluster it coordinates."""

    cluster = forms.SlugField(required=False, widget=forms.HiddenInput)


class KeyForm(forms.Form):
    verb = forms.ChoiceField(choices=[("rotate", "rotate"), ("stolen", "stolen")])
    key = forms.IntegerField(required=False)
    since = forms.DateField(required=False)
