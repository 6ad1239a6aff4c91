"""What people send about clusters."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from phereclos.clusters.blueprints import Blueprint, Pair, blueprints
from phereclos.clusters.models import Cluster, Membership, ReferencePoint
from phereclos.organisations.names import name_key

LANGUAGES = [
    ("en", "English"), ("de", "Deutsch"), ("fi", "suomi"), ("pl", "polski"), ("pt", "português"),
    ("it", "italiano"), ("es", "español"), ("fr", "français"), ("sv", "svenska"), ("tr", "Türkçe"),
    ("uk", "українська"), ("ar", "العربية"),
]  # fmt: skip
TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # the shape of BCP 47 tags that people write
MOST_COUNTRIES = 3
MOST_PAIRS = 12


class OnceField(forms.UUIDField):
    """A number made with the form, so that sending it twice does its thing once."""

    def __init__(self) -> None:
        super().__init__(initial=uuid.uuid4, widget=forms.HiddenInput)


class BlueprintForm(forms.Form):
    blueprint = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["blueprint"]
        field.choices = [(one.slug, f"{one.name}. {one.summary}") for one in blueprints().values()]


class PlaceForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the cluster"), max_length=120, help_text=_("A place people know works best.")
    )
    region = forms.CharField(
        label=_("Region"), max_length=160, help_text=_("For example: the Tarn coast and its islands.")
    )
    country_1 = forms.ChoiceField(label=_("Country"))
    country_2 = forms.ChoiceField(label=_("Second country"), required=False)
    country_3 = forms.ChoiceField(label=_("Third country"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages people use with each other"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    other_languages = forms.CharField(
        label=_("Other languages"), max_length=60, required=False,
        help_text=_("Codes, with commas between them, for example cy, hsb."),
    )  # fmt: skip

    own: Cluster | None = None  # the cluster that may keep its name

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_COUNTRIES + 1):
            field: Any = self.fields[f"country_{n}"]
            field.choices = [("", "–"), *countries]

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not name_key(name):
            raise forms.ValidationError(_("Write a name with letters."))
        other = Cluster.objects.filter(name_key=name_key(name)).exclude(pk=self.own.pk if self.own else None).first()
        if other:
            raise forms.ValidationError(name_taken(other))
        return name

    def clean_other_languages(self) -> list[str]:
        codes = [code.strip() for code in str(self.cleaned_data["other_languages"]).split(",") if code.strip()]
        wrong = next((code for code in codes if not TAG.fullmatch(code)), None)
        if wrong:
            raise forms.ValidationError(
                _("“%(code)s” is not a language code; write for example cy."), params={"code": wrong}
            )
        return codes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "other_languages" in cleaned and not cleaned.get("languages") and not cleaned["other_languages"]:
            self.add_error("languages", _("Choose at least one language."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the wizard keeps: plain values that JSON can hold."""
        cleaned = self.cleaned_data
        chosen = [cleaned[f"country_{n}"] for n in range(1, MOST_COUNTRIES + 1) if cleaned.get(f"country_{n}")]
        return {
            "name": cleaned["name"],
            "region": cleaned["region"],
            "countries": list(dict.fromkeys(chosen)),
            "languages": [*cleaned["languages"], *cleaned["other_languages"]],
        }


def place_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """What PlaceForm begins with, from facts like those it gives."""
    known = {code for code, _name in LANGUAGES}
    spoken = told.get("languages", [])
    initial = {
        "name": told.get("name"),
        "region": told.get("region"),
        "languages": [code for code in spoken if code in known],
        "other_languages": ", ".join(code for code in spoken if code not in known),
    }
    numbered = (f"country_{n}" for n in range(1, MOST_COUNTRIES + 1))
    return initial | dict(zip(numbered, told.get("countries", []), strict=False))


class AimsField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=_("What shall be different?"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 5, "maxlength": 2000}),
        )


class EditForm(PlaceForm):
    """What the public page of a cluster says; `based_on` is the edition that was shown."""

    aims = AimsField()
    based_on = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, data: Any = None, *, cluster: Cluster) -> None:
        self.own = cluster
        told = {
            "name": cluster.name, "region": cluster.region, "languages": cluster.languages,
            "countries": [country.code for country in cluster.countries],
        }  # fmt: skip
        super().__init__(data, initial={**place_of(told), "aims": cluster.aims, "based_on": cluster.edition})

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "aims": self.cleaned_data["aims"], "based_on": self.cleaned_data["based_on"]}


class AimsForm(forms.Form):
    aims = AimsField()

    def __init__(self, *args: Any, blueprint: Blueprint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aims"].help_text = blueprint.aims_hint


class PairsForm(forms.Form):
    """Titles with what they mean: reference points with a question, founding steps with a help.

    An emptied title leaves the pair out. Subclasses say how many there may be and what they are called.
    """

    most = MOST_PAIRS
    title_label: Any
    text_label: Any
    needs_text = True

    def __init__(self, *args: Any, pairs: tuple[Pair, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(self.most):
            pair = pairs[n] if n < len(pairs) else Pair("", "")
            self.fields[f"title_{n}"] = forms.CharField(
                label=self.title_label % {"n": n + 1}, max_length=120, required=False, initial=pair.title
            )
            self.fields[f"text_{n}"] = forms.CharField(
                label=self.text_label % {"n": n + 1}, max_length=400, required=False, initial=pair.text,
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": 400}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"title_{n}") for n in range(self.most)):
            raise forms.ValidationError(_("Keep at least one of them."))
        for n in range(self.most):
            if self.needs_text and cleaned.get(f"title_{n}") and not cleaned.get(f"text_{n}"):
                self.add_error(f"text_{n}", _("Write the question that goes with this point."))
        return cleaned

    def pairs(self) -> list[list[str]]:
        cleaned = self.cleaned_data
        return [[cleaned[f"title_{n}"], cleaned[f"text_{n}"]] for n in range(self.most) if cleaned[f"title_{n}"]]


class PointsForm(PairsForm):
    title_label, text_label = _("Point %(n)s"), _("Question %(n)s")


class FoundingStepsForm(PairsForm):
    title_label, text_label = _("Step %(n)s"), _("How, %(n)s")
    needs_text = False


class FoundForm(forms.Form):
    once = OnceField()


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("Mailbox"), max_length=254, help_text=_("Of somebody who may speak for the organisation.")
    )
    organisation_name = forms.CharField(label=_("Organisation"), max_length=160, required=False)


class AdmitForm(forms.Form):
    replaces = forms.ModelChoiceField(
        Membership.objects.none(), label=_("It takes the place of"), required=False, empty_label=_("nobody")
    )

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["replaces"]
        field.queryset = cluster.memberships.filter(state="left", replaced_by=None).select_related(
            "organisation", "cluster"
        )
        field.label_from_instance = lambda membership: membership.organisation.name


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, help_text=_("The members read it. You may leave it empty.")
    )


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Who coordinates from now on"), empty_label=_("not chosen yet")
    )
    agreed = forms.BooleanField(label=_("We have spoken with them, and they agree"))

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = (
            cluster.memberships.active().filter(role=Membership.Role.MEMBER).select_related("organisation", "cluster")
        )
        field.label_from_instance = lambda membership: membership.organisation.name


class CharterForm(forms.Form):
    text = forms.CharField(
        label=_("Charter"), max_length=20000, widget=forms.Textarea(attrs={"rows": 24, "maxlength": 20000}),
        help_text=_("Markdown: ## for a heading, - for a list."),
    )  # fmt: skip
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class LogbookForm(forms.Form):
    point = forms.ModelChoiceField(ReferencePoint.objects.none(), label=_("Reference point"), empty_label=None)
    happened_on = forms.DateField(
        label=_("Day"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = forms.CharField(
        label=_("What happened"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5, "maxlength": 2000}),
        help_text=_("Without names of children."),
    )  # fmt: skip
    once = OnceField()

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["point"]
        field.queryset = cluster.reference_points.all()
        field.label_from_instance = lambda point: f"{point.title}: {point.question}"

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


def name_taken(other: Cluster) -> str:
    """One clear choice for the second founder."""
    return str(
        _("A cluster named “%(name)s” exists already. Join it, or choose another name; nothing you wrote is lost.")
        % {"name": other.name}
    )
