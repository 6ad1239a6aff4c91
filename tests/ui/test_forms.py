"""Fields say what they are to everybody, also when something went wrong."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template import engines

from phereclos.organisations.forms import OrganisationForm
from phereclos.ui.forms import CountInput, DayInput, MomentInput
from phereclos.ui.specimens import SpecimenForm


class VisitForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As families know it.")
    children = forms.IntegerField(label="How many?", widget=CountInput, error_messages={"invalid": "Write a number."})
    day = forms.DateField(widget=DayInput)
    moment = forms.DateTimeField(widget=MomentInput, required=False)
    know = forms.CharField(label="Know", widget=forms.Textarea, max_length=600, required=False, help_text="Steps.")
    where = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "Here"), ("b", "There")])
    ages = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=[("7", "7 to 9")], required=False)
    language = forms.ChoiceField(choices=[("en", "English")])
    public = forms.BooleanField(label="Public", help_text="You can close it.", required=False)
    file = forms.FileField(required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def control(html: str, name: str) -> str:
    found = re.search(rf'<(?:input|select|textarea)[^>]* name="{name}"[^>]*>|<textarea name="{name}"[^>]*>', html)
    assert found, name
    return found[0]


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'{name}="([^"]*)"', tag)
    return found[1] if found else ""


@pytest.fixture
def fresh() -> str:
    return str(VisitForm())


@pytest.fixture
def wrong() -> str:
    return str(VisitForm({"name": "", "children": "a few", "know": "x"}))


def test_a_field_has_its_label(fresh: str) -> None:
    for name in ("name", "children", "day", "moment", "know", "language", "public", "file"):
        assert f'for="{attribute(control(fresh, name), "id")}"' in fresh


def test_the_hint_is_read_with_its_control(fresh: str) -> None:
    assert attribute(control(fresh, "name"), "aria-describedby") == "id_name_helptext"
    assert '<p class="field__hint" id="id_name_helptext">As families know it.</p>' in fresh


def test_an_error_is_read_with_its_control(wrong: str) -> None:
    tag = control(wrong, "children")

    assert attribute(tag, "aria-invalid") == "true"
    assert attribute(tag, "aria-describedby") == "id_children_error"
    assert re.search(r'id="id_children_error"><p class="field__error">.*Write a number\.', wrong)


def test_every_described_by_leads_to_something(wrong: str) -> None:
    for described in re.findall(r'aria-describedby="([^"]+)"', wrong):
        for one in described.split():
            assert f'id="{one}"' in wrong, one


def test_what_was_typed_comes_back_even_when_it_is_no_number(wrong: str) -> None:
    assert attribute(control(wrong, "children"), "value") == "a few"


def test_optional_fields_say_so_and_required_ones_say_nothing(fresh: str) -> None:
    assert re.search(r'Know <span class="field__optional">\(optional\)', fresh)
    assert not re.search(r"Name <span", fresh)
    assert not re.search(r"Public <span", fresh)


def test_a_long_answer_says_how_long_it_may_be(fresh: str) -> None:
    assert attribute(control(fresh, "know"), "aria-describedby") == "id_know_helptext id_know_count"
    assert '<p class="field__count" id="id_know_count">up to 600 characters</p>' in fresh


def test_choices_stand_in_a_fieldset_each_with_its_label(wrong: str) -> None:
    assert re.search(r'<fieldset class="field field--wrong" aria-describedby="id_where_error">\s*<legend>Where', wrong)
    assert '<label class="choice" for="id_where_0"><input type="radio"' in wrong


def test_dates_use_the_browsers_calendar_and_its_format() -> None:
    html = str(VisitForm(initial={"day": "2027-01-18", "moment": "2027-01-18T09:30"}))

    assert attribute(control(html, "day"), "type") == "date"
    assert attribute(control(html, "moment"), "type") == "datetime-local"


def test_hidden_fields_have_no_label(fresh: str) -> None:
    assert 'type="hidden"' in control(fresh, "token")
    assert 'for="id_token"' not in fresh


def test_texts_of_a_form_are_escaped() -> None:
    class Evil(forms.Form):
        name = forms.CharField(label="<script>", help_text="<script>")

    assert "<script>" not in str(Evil({"name": ""}))


def summary(form: forms.Form) -> str:
    return engines["django"].from_string("{% load ui %}{% error_summary form %}").render({"form": form})


def test_the_summary_leads_to_each_field_to_mend() -> None:
    html = summary(VisitForm({"name": "", "children": "a few"}))

    assert "5 things to mend" in html
    assert '<a href="#id_children">How many? Write a number.</a>' in html
    assert '<a href="#id_where_0">Where: ' in html
    assert 'role="alert"' in html


def test_the_summary_counts_one_thing_as_one() -> None:
    class Short(forms.Form):
        name = forms.CharField()

    assert "One thing to mend" in summary(Short({"name": ""}))


def test_nothing_to_mend_has_no_summary() -> None:
    assert summary(VisitForm()).strip() == ""
    assert summary(SpecimenForm()).strip() == ""


def test_an_error_of_the_whole_form_stands_in_the_summary() -> None:
    class Pair(forms.Form):
        name = forms.CharField(required=False)

        def clean(self) -> None:
            raise forms.ValidationError("Somebody was quicker.")

    assert "Somebody was quicker." in summary(Pair({}))


class PlainForm(forms.Form):
    name = forms.CharField(max_length=3)
    email = forms.EmailField()
    day = forms.DateField()
    children = forms.IntegerField(max_value=9)
    kind = forms.ChoiceField(choices=[("a", "A")])
    missing = forms.CharField()


def test_what_is_wrong_is_said_in_plain_words() -> None:
    said = PlainForm({"name": "four", "email": "ines", "day": "soon", "children": "10", "kind": "b"}).errors
    assert {name: errors[0] for name, errors in said.items()} == {
        "name": "This is too long: 4 letters, and 3 fit.",
        "email": "Write the whole mailbox, with an @, for example ines@example.org.",
        "day": "Write a day, for example 2026-11-24.",
        "children": "At most 9.",
        "kind": "Choose one from the list.",
        "missing": "This is needed.",
    }


def test_the_first_line_of_a_list_can_be_read() -> None:
    assert "not chosen yet" in str(OrganisationForm()["kind"])
    assert "---------" not in str(OrganisationForm())
