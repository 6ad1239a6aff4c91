"""What is sent in the exchange: plain fields, plain errors. Each form that makes something carries a key of its own."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phereclos.clusters.models import Cluster
from phereclos.exchange import ages
from phereclos.exchange.models import Answer, Need, Offer, Place
from phereclos.organisations.kinds import Setting
from phereclos.organisations.models import Organisation
from phereclos.ui.forms import DayInput, MomentInput, day_in_reach

SETTINGS = [
    (Setting.FORMAL, _("In lessons (formal)")),
    (Setting.NON_FORMAL, _("In an organised offer beside lessons (non-formal)")),
    (Setting.INFORMAL, _("In everyday life, without a programme (informal)")),
]
PLACES = [
    (Place.HERE, _("At our place")),
    (Place.THERE, _("At the partner’s place")),
    (Place.EITHER, _("Either is fine")),
    (Place.ONLINE, _("Online")),
]
NOT_ALLOWED_IN_TEXT = {"Cc", "Cf", "Cs", "Co", "Cn"}
ALLOWED_ANYWAY = {"\n", "\r", "\t", "\u00ad", "\u200c", "\u200d", "\u200e", "\u200f"}


def plain_text(value: str) -> None:
    """Refuses characters that no keyboard means: they break mails, files and screens."""
    if any(unicodedata.category(letter) in NOT_ALLOWED_IN_TEXT and letter not in ALLOWED_ANYWAY for letter in value):
        raise ValidationError(_("A character in here cannot be shown. Type the text instead of pasting it."))


class PlainForm(forms.Form):
    """Text fields refuse control characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # A UUIDField is a CharField whose value is no text.
            if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
                field.validators.append(plain_text)


class OnceForm(PlainForm):
    """Carries a key made when the form was shown, so that sending it twice is one effect."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid.uuid4

    @property
    def key(self) -> str:
        return str(self.cleaned_data.get("once") or "")

    def renew_key(self) -> None:
        """For sending what was changed after a first time as something of its own."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("once")] = str(uuid.uuid4())
        self.data = data


class ProposalForm(OnceForm, forms.ModelForm):  # type: ignore[type-arg]
    """What the forms of needs and offers share. `draft`: saved for later, so only the title is asked for."""

    ages = forms.MultipleChoiceField(
        label=_("How old are they?"),
        choices=ages.CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one age group.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    needed = ("ages", "group_size")

    def __init__(self, *args: Any, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        row = self.instance
        self.fields["ages"].initial = ages.groups(row.ages_from, row.ages_until)
        self.fields["version"].initial = row.version if row.pk else None
        self.fields["setting"].choices = SETTINGS  # type: ignore[attr-defined]
        self.fields["place_choice"].choices = PLACES  # type: ignore[attr-defined]
        for name in self.needed:
            self.fields[name].required = not draft
        for name in ("earliest", "latest"):
            self.fields[name].validators.append(day_in_reach)
        for name in {"group_size", "minutes"} & self.fields.keys():
            # Instead of the field's own wider bounds, so that one mistake is one sentence.
            self.fields[name].validators = list(row._meta.get_field(name).validators)
        # A title that is too long is said, not cut while it is typed.
        self.fields["title"].widget.attrs.pop("maxlength", None)
        self.fields["title"].error_messages["max_length"] = _("Make it shorter: a name has at most 120 letters.")
        if draft:
            self.fields[self._meta.model.TEXT].required = False  # type: ignore[union-attr]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("earliest"), cleaned.get("latest")
        if first and last and last < first:
            self.add_error("latest", _("The last possible day lies before the first. Which of the two did you mean?"))
        elif not self.draft:
            self._refuse_past_days(first, last)
        return cleaned

    def _refuse_past_days(self, first: date | None, last: date | None) -> None:
        """Nobody can come on them. A first day that has passed since it was posted may stay."""
        today = timezone.localdate()
        if last and last < today:
            self.add_error("latest", _("This day has passed. Choose a day to come."))
        elif first and first < today and first != self.instance.earliest:
            self.add_error("earliest", _("This day has passed. Choose a day to come."))

    @property
    def fields_to_save(self) -> dict[str, Any]:
        """Names and values for the action."""
        youngest, oldest = ages.span(self.cleaned_data["ages"])
        names = self._meta.fields or ()
        return {name: self.cleaned_data[name] for name in names} | {"ages_from": youngest, "ages_until": oldest}

    def _post_clean(self) -> None:
        """The row stays as it was: the action changes it, under a lock."""


_SHARED_WIDGETS: dict[str, Any] = {
    "setting": forms.RadioSelect,
    "place_choice": forms.RadioSelect,
    "earliest": DayInput,
    "latest": DayInput,
    "access": forms.Textarea(attrs={"rows": 2}),
}
_NUMBER = {
    "required": _("Write a number, for example 24. A guess is fine; you can change it later."),
    "invalid": _("Write a number, for example 24. A guess is fine; you can change it later."),
    "min_value": _("Write a number of at least 1."),
    "max_value": _("Write a number of at most 2,000."),
}


class NeedForm(ProposalForm):
    class Meta:
        model = Need
        fields = [
            "cluster", "title", "question", "subject", "topic", "setting", "group_size", "earliest", "latest",
            "when_text", "place_choice", "place", "language", "cost", "access",
        ]  # fmt: skip
        widgets = {**_SHARED_WIDGETS, "question": forms.Textarea(attrs={"rows": 4})}
        labels = {
            "title": _("A name for it, as on a notice board"),
            "question": _("What should the children find out, make or see?"),
            "subject": _("Which field is nearest?"),
            "topic": _("Topic in a word or two"),
            "setting": _("Where does it belong?"),
            "group_size": _("How many children?"),
            "when_text": _("Anything else about the time"),
            "place_choice": _("Where?"),
            "place": _("Which place"),
            "language": _("Language"),
            "cost": _("What can you pay?"),
            "access": _("What should the partner know?"),
            "cluster": _("In which cluster?"),
        }
        help_texts = {
            "title": _("For example: Why does the bridge hum?"),
            "question": _("One or two sentences, as you would tell a colleague. The children’s own question is best."),
            "topic": _("For example: sound"),
            "group_size": _("A head count, no names. Partners plan tables and helmets with it."),
            "when_text": _("For example: Tuesdays and Thursdays before noon"),
            "place": _("For example: the physics room, or the harbour steps"),
            "language": _("For example: German, English works too"),
            "cost": _("For example: nothing, or materials up to 60 euros"),
            "access": _("Steps, wheelchairs, need for quiet. For the group, never about one child."),
        }
        error_messages = {
            "title": {"required": _("Give it a name, so that others can talk about it.")},
            "question": {"required": _("Write the question in a sentence or two.")},
            "group_size": _NUMBER,
        }

    def __init__(self, *args: Any, clusters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cluster"]
        field.queryset = clusters  # type: ignore[attr-defined]
        field.empty_label = None  # type: ignore[attr-defined]
        only = list(clusters[:2])
        if len(only) == 1:
            field.initial = only[0].pk
            field.widget = forms.HiddenInput()


class OfferForm(ProposalForm):
    class Meta:
        model = Offer
        fields = [
            "title", "what", "subject", "topic", "setting", "group_size", "minutes", "earliest", "latest",
            "when_text", "place_choice", "place", "languages", "cost", "access",
        ]  # fmt: skip
        widgets = {**_SHARED_WIDGETS, "what": forms.Textarea(attrs={"rows": 4})}
        labels = {
            "title": _("A name for it"),
            "what": _("What happens?"),
            "subject": _("Which field is nearest?"),
            "topic": _("Topic in a word or two"),
            "setting": _("Where does it belong?"),
            "group_size": _("Up to how many children?"),
            "minutes": _("How many minutes?"),
            "earliest": _("From"),
            "latest": _("Until"),
            "when_text": _("When, in words"),
            "place_choice": _("Where?"),
            "place": _("Which place"),
            "languages": _("Languages"),
            "cost": _("What does it cost?"),
            "access": _("Access"),
        }
        help_texts = {
            "title": _("For example: Read the harbour gauge"),
            "what": _("Two or three sentences: what children do with their hands, and who is with them."),
            "topic": _("For example: tides"),
            "when_text": _("For example: Tuesdays and Thursdays"),
            "place": _("For example: the measuring station, quay 3"),
            "languages": _("For example: German, English"),
            "cost": _("For example: none, or parts for about 6 euros a pair"),
            "access": _("Steps, lift, quiet room, what can be made easier."),
        }
        error_messages = {
            "title": {"required": _("Give it a name, so that schools can ask for it.")},
            "what": {"required": _("Say in two or three sentences what happens.")},
            "group_size": _NUMBER,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ages"].label = _("For which ages?")


class SendForm(OnceForm):
    """A request to the organisation that was chosen."""

    offer = forms.ModelChoiceField(Offer.objects.none(), required=False, widget=forms.HiddenInput)
    to = forms.ModelChoiceField(Organisation.objects.none(), widget=forms.HiddenInput)
    start = forms.DateTimeField(
        label=_("Which day and time would suit you best?"),
        widget=MomentInput,
        validators=[day_in_reach],
        help_text=_("Local time of the place. The partner can suggest another day."),
        error_messages={
            "required": _("Choose a day and a time. The partner can suggest another."),
            "invalid": _("Choose a day and a time, for example 18 January 2027, 9:30."),
        },
    )
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=5, max_value=6000, initial=90)
    message = forms.CharField(
        label=_("A word to them"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why you ask them. Your need is in the mail already."),
    )

    def __init__(self, *args: Any, partners: Any, offers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = partners  # type: ignore[attr-defined]
        self.fields["offer"].queryset = offers  # type: ignore[attr-defined]

    def clean_start(self) -> Any:
        start = self.cleaned_data["start"]
        if start < timezone.now():
            raise ValidationError(_("This time has passed. Choose a day to come."))
        return start

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        offer = cleaned.get("offer")
        if offer and cleaned.get("to") and offer.organisation_id != cleaned["to"].pk:
            raise ValidationError(_("This offer is another organisation’s. Go back and choose again."))
        return cleaned

    @property
    def end(self) -> Any:
        return self.cleaned_data["start"] + timedelta(minutes=self.cleaned_data["minutes"])


class AnswerForm(OnceForm):
    """The answer page: one choice, and only what this choice needs. `day_over`: the day wished for has passed."""

    ASK = "ask"
    CHOICES = [*Answer.Kind.choices, (ASK, _("I have a question first"))]

    choice = forms.ChoiceField(
        choices=CHOICES,
        error_messages={
            "required": _("Choose one of the four."),
            "invalid_choice": _("Choose one of the four."),
        },
    )
    note = forms.CharField(
        label=_("A line to the class"), required=False, max_length=500, help_text=_("What to bring, where to meet.")
    )
    other_start = forms.DateTimeField(
        label=_("Which day and time?"),
        required=False,
        widget=MomentInput,
        validators=[day_in_reach],
        help_text=_("Local time of the place."),
        error_messages={"invalid": _("Choose a day and a time, for example 18 January 2027, 9:30.")},
    )
    question = forms.CharField(
        label=_("Your question"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(
        label=_("A reason"), required=False, max_length=500, help_text=_("Only the coordinator sees it.")
    )

    def __init__(self, *args: Any, day_over: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day_over = day_over
        for name in ("other_start", "question"):
            self.fields[name].needed_for_its_choice = True  # type: ignore[attr-defined]

    def clean_choice(self) -> str:
        choice: str = self.cleaned_data["choice"]
        if choice == Answer.Kind.ACCEPT and self.day_over:
            raise ValidationError(_("The day they wished for has passed. Suggest another day, or choose no."))
        return choice

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        choice, start = cleaned.get("choice"), cleaned.get("other_start")
        if choice == Answer.Kind.OTHER_DATE and "other_start" not in self.errors:
            if start is None:
                self.add_error("other_start", _("Choose the day and time that would suit you."))
            elif start < timezone.now():
                self.add_error("other_start", _("This time has passed. Choose a day to come."))
        if choice == self.ASK and not cleaned.get("question") and "question" not in self.errors:
            self.add_error("question", _("Write your question."))
        return cleaned

    @property
    def answer_fields(self) -> dict[str, Any]:
        """What the action takes, without what belongs to another choice."""
        cleaned, kind = self.cleaned_data, self.cleaned_data["choice"]
        return {
            "kind": Answer.Kind(kind),
            "note": "" if kind == Answer.Kind.DECLINE else cleaned["note"],
            "reason": cleaned["reason"] if kind == Answer.Kind.DECLINE else "",
            "other_start": cleaned["other_start"] if kind == Answer.Kind.OTHER_DATE else None,
        }


class ReplyForm(PlainForm):
    text = forms.CharField(
        label=_("Your reply"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your reply.")},
    )


class ObjectForm(PlainForm):
    text = forms.CharField(
        label=_("What is wrong?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class SettleForm(PlainForm):
    note = forms.CharField(
        label=_("What came of it?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write a sentence, so that it can be understood later.")},
    )


class KeyForm(OnceForm):
    """A button that makes something: only the key."""


def clusters_of(organisation: Organisation) -> Any:
    return Cluster.objects.of_member(organisation).exclude(state="closed").order_by("name")
