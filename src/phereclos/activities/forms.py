"""What is sent about activities: one line a step, two numbers, a few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phereclos.activities.models import MOST_ADULTS, MOST_CHILDREN, Feedback, Lane, LaneStep
from phereclos.exchange.forms import PlainForm
from phereclos.ui.forms import MomentInput, day_in_reach

MOST_STEPS = 20
LONGEST_STEP = 300
_NUMBER = {
    "required": _("Write a number, for example 24."),
    "invalid": _("Write a number, for example 24."),
    "min_value": _("A count is not below nought."),
}


class StepsField(forms.CharField):
    """Several steps in one box, one line each. Gives a list."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(required=False, max_length=MOST_STEPS * (LONGEST_STEP + 2), widget=widget, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without the letters of the whole box: the limits are per step and per line."""
        return {}

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        steps = [line for line in lines if line]
        if len(steps) > MOST_STEPS:
            raise ValidationError(_("Twenty steps are the most. Put some together."))
        if any(len(step) > LONGEST_STEP for step in steps):
            raise ValidationError(_("A step has at most 300 letters. Break the long one into two lines."))
        return steps


class LaneForm(PlainForm):
    """One's own lane. `version` is the one that was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    before = StepsField(label=_("Before"), help_text=_("One step a line."))
    during = StepsField(label=_("During"), help_text=_("One step a line."))
    after = StepsField(label=_("After"), help_text=_("One step a line."))

    @property
    def steps(self) -> dict[str, list[str]]:
        return {phase: self.cleaned_data[phase] for phase in LaneStep.Phase.values}


def lane_values(lane: Lane, steps: Iterable[LaneStep]) -> dict[str, Any]:
    """What the form of a lane begins with."""
    lines: dict[str, list[str]] = {phase: [] for phase in LaneStep.Phase.values}
    for step in steps:
        lines[step.phase].append(step.text)
    return {"version": lane.version} | {phase: "\n".join(texts) for phase, texts in lines.items()}


class MoveForm(PlainForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    starts = forms.DateTimeField(
        label=_("From"),
        widget=MomentInput,
        validators=[day_in_reach],
        help_text=_("Local time of the place."),
        error_messages={"required": _("Choose the new day and time.")},
    )
    ends = forms.DateTimeField(
        label=_("Until"),
        widget=MomentInput,
        validators=[day_in_reach],
        error_messages={"required": _("Choose when it ends.")},
    )
    place = forms.CharField(label=_("Where"), required=False, max_length=160)
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("Goes to the other side with the new time."),
        error_messages={"required": _("Write a reason in a few words; the other side reads it.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end lies before the beginning. Which of the two did you mean?"))
        elif starts and starts < timezone.now():
            self.add_error("starts", _("This time has passed. Choose a day to come."))
        return cleaned


class CancelForm(PlainForm):
    reason = forms.CharField(
        label=_("Why does it not take place?"),
        max_length=300,
        help_text=_("The other side reads it, and it stays on record."),
        error_messages={"required": _("Write a reason in a few words; the other side reads it.")},
    )


class CountForm(PlainForm):
    children = forms.IntegerField(
        label=_("How many children were there?"),
        min_value=0,
        max_value=MOST_CHILDREN,
        help_text=_("A head count. No names, here or anywhere."),
        error_messages={**_NUMBER, "max_value": _("2,000 are the most. Did a digit slip in?")},
    )
    adults = forms.IntegerField(
        label=_("And how many adults, of both sides together?"),
        min_value=0,
        max_value=MOST_ADULTS,
        error_messages={**_NUMBER, "max_value": _("500 are the most. Did a digit slip in?")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("children") == 0 and cleaned.get("adults") == 0:
            self.add_error("children", _("Nobody at all? Then it did not take place: say so on the activity’s page."))
        return cleaned


class SettleForm(CountForm):
    note = forms.CharField(
        label=_("Why do the two counts differ?"),
        max_length=300,
        error_messages={"required": _("Write a sentence, so that it can be understood later.")},
    )


class FeedbackForm(PlainForm):
    again = forms.ChoiceField(
        label=_("Would you do it again?"),
        choices=Feedback.Again.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    went_well = forms.CharField(
        label=_("What went well?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_time = forms.CharField(
        label=_("What would you change?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("About the day and the two of you, never about one child."),
    )
