"""What is written about organisations and their people."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from phereclos.organisations.kinds import Kind
from phereclos.organisations.models import Organisation, Representative, Role
from phereclos.organisations.names import look_alikes, name_key

NAME_MISSING = _("Write the name as it stands on the door, for example Saltgate Primary School.")


class OnceForm(forms.Form):
    """Carries a key, so that the same form sent twice has one effect."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid.uuid4

    @property
    def once_key(self) -> str:
        return str(self.cleaned_data.get("once") or "")


class OrganisationForm(forms.ModelForm[Organisation]):
    """A name that looks like another raises a question; the same form with the question answered goes through."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    based_on = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        help_text=_("The whole address, for example https://museum.example.org."),
        error_messages={"invalid": _("Write the whole address, for example https://museum.example.org.")},
    )
    another = forms.BooleanField(label=_("Ours is a different organisation"), required=False)

    class Meta:
        model = Organisation
        fields = ["name", "kind", "country", "place", "about", "website", "contact_email"]
        labels = {
            "name": _("Name"),
            "kind": _("What it is"),
            "place": _("Town or region"),
            "about": _("About it"),
            "contact_email": _("Public mailbox"),
        }
        help_texts = {
            "contact_email": _("Everybody can read it and write to it. An office mailbox is better than a person’s."),
            "about": _("Two or three sentences for people who do not know you. Everybody can read them."),
        }
        error_messages = {
            "name": {"required": NAME_MISSING},
            "kind": {"required": _("Choose what comes closest.")},
            "country": {"required": _("Choose the country you work in.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid.uuid4
        self.fields["based_on"].initial = self.instance.edition if self.instance.pk else ""
        self.fields["about"].widget.attrs["rows"] = 5
        self.similar: list[tuple[str, str]] = []
        if not self.is_bound:
            del self.fields["another"]

    @property
    def once_key(self) -> str:
        return str(self.cleaned_data.get("once") or "")

    def rebase(self, newest: Organisation) -> None:
        """The next sending counts as made in knowledge of the newest edition, which the page shows."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["based_on"] = newest.edition
        self.data = data

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name_key(name):
            raise forms.ValidationError(NAME_MISSING)
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = cleaned.get("name", "")
        if name and self._is_new_name(name):
            self._ask_about_look_alikes(name, answered=bool(cleaned.get("another")))
        if not self.similar and "another" in self.fields:
            del self.fields["another"]
        return cleaned

    def _is_new_name(self, name: str) -> bool:
        return not self.instance.pk or name_key(Organisation.objects.get(pk=self.instance.pk).name) != name_key(name)

    def _ask_about_look_alikes(self, name: str, *, answered: bool) -> None:
        others = Organisation.objects.exclude(pk=self.instance.pk)
        if others.filter(name_key=name_key(name)).exists():
            self.say_taken(name)
            return
        slugs = dict(others.vouched().values_list("name", "slug"))
        self.similar = [(other, slugs[other]) for other in look_alikes(name, slugs)]
        if self.similar and not answered:
            links = format_html_join(
                ", ", '<a href="{}">{}</a>',
                ((reverse("organisations:organisation", args=[slug]), other) for other, slug in self.similar),
            )  # fmt: skip
            question = _("Is it one of these, already here: {links}? Then join it. If not, tick the box at the end.")
            self.add_error("name", format_html(str(question), links=links))

    def say_taken(self, name: str) -> None:
        """The name is registered: join it, if one may see it, or choose another name."""
        found = Organisation.objects.vouched().filter(name_key=name_key(name)).first()
        if found:
            text = _('<a href="{url}">{name}</a> is here already. Join it, or write a name that tells yours apart.')
            self.add_error("name", format_html(str(text), url=found.get_absolute_url(), name=found.name))
        else:
            self.add_error(
                "name", _("This name is registered and waits to be confirmed. Write one that tells yours apart.")
            )

    @property
    def facts(self) -> dict[str, Any]:
        return {name: str(self.cleaned_data.get(name) or "") for name in self.Meta.fields}


class FindForm(forms.Form):
    q = forms.CharField(label=_("Name or place"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("all kinds")), *Kind.choices], required=False)


class JoinForm(OnceForm):
    message = forms.CharField(
        label=_("A word to those who decide"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who you are there, for example “I teach physics in classes 7 and 8”."),
    )


class DecideForm(forms.Form):
    decision = forms.ChoiceField(choices=[("approve", ""), ("decline", "")])
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER, required=False)


class InviteForm(OnceForm):
    email = forms.EmailField(
        label=_("Mailbox"),
        max_length=254,
        error_messages={
            "required": _("Write the mailbox of your colleague."),
            "invalid": _("Write the whole mailbox, with an @, for example ines@example.org."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        initial=Role.MEMBER,
        help_text=_("A lead looks after the organisation and its people; “awards badges” also signs badges."),
    )


class RoleForm(forms.ModelForm[Representative]):
    class Meta:
        model = Representative
        fields = ["role", "is_deputy"]
        labels = {"is_deputy": _("Deputy: is asked when the others are away")}


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("New lead"),
        queryset=Representative.objects.none(),
        empty_label=_("not chosen yet"),
        error_messages={"required": _("Choose the colleague who takes over.")},
    )
    leave = forms.BooleanField(label=_("I leave the organisation with this"), required=False)

    def __init__(self, *args: Any, by: Representative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Representative.objects.present().filter(organisation=by.organisation).exclude(pk=by.pk)
        chooser: Any = self.fields["to"]
        chooser.queryset = others.select_related("person", "organisation")
        chooser.label_from_instance = lambda role: str(role.person)
