"""What the gallery shows: invented people, places and records, made awkward on purpose (long, empty, many)."""

# ruff: noqa: E501

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.templatetags.static import static
from django.utils.safestring import mark_safe

from phereclos.ui.certificate import Certificate
from phereclos.ui.drawings import Member, Sounding
from phereclos.ui.forms import CountInput, DayInput, MomentInput

TODAY = date(2026, 11, 23)
LONG_NAME = (
    "Gemeinnützige Fördergesellschaft für Naturwissenschaftsvermittlung "
    "und außerschulische Umweltbildungseinrichtungen "
    "im Landkreis Brückenfeld e. V."
)

TARNHAVEN = [
    Member(
        "Tarnhaven Children’s University",
        "university",
        date(2025, 3, 12),
        short="Children’s University",
        kind_name="university",
    ),
    Member("Saltgate Primary School", "school", date(2025, 3, 12), short="Saltgate Primary", kind_name="school"),
    Member("Gesamtschule Brückenfeld", "school", date(2025, 3, 12), kind_name="school"),
    Member(
        "Museum of Tides and Machines",
        "museum_science_centre",
        date(2025, 3, 12),
        short="Museum of Tides",
        kind_name="museum or science centre",
    ),
    Member(
        "Town of Tarnhaven, Education Office",
        "municipality",
        date(2025, 3, 12),
        short="Town of Tarnhaven",
        kind_name="municipality",
    ),
    Member(
        "Institute for Coastal Research",
        "research_institute",
        date(2025, 6, 3),
        short="Coastal Research",
        kind_name="research institute",
    ),
    Member("Kesting Boatworks", "company", date(2025, 6, 3), left=date(2026, 3, 31), kind_name="company"),
    Member("Northlight Sensors", "company", date(2025, 9, 22), kind_name="company"),
    Member(
        "Harbour Street Secondary School",
        "school",
        date(2025, 9, 22),
        short="Harbour Street School",
        kind_name="school",
    ),
    Member("City Library", "library", date(2026, 1, 14), kind_name="library"),
    Member("Parents’ Forum Tarnhaven", "families", date(2026, 1, 14), short="Parents’ Forum", kind_name="families"),
    Member("Wrack Line Foundation", "foundation", date(2026, 4, 2), kind_name="foundation"),
    Member(
        "Ferrow Ropes and Rigging",
        "company",
        date(2026, 5, 1),
        note="took over from Kesting Boatworks",
        kind_name="company",
    ),
]
TIES = [
    (1, 2, 6), (1, 3, 4), (1, 9, 3), (2, 4, 7), (3, 4, 2), (4, 9, 3), (3, 6, 3), (6, 9, 2), (8, 9, 4), (3, 8, 1),
    (2, 5, 1), (2, 10, 2), (1, 4, 5), (1, 6, 2), (3, 7, 2), (3, 13, 1), (1, 5, 2), (10, 11, 2), (1, 12, 1),
]  # fmt: skip

_WORDS = ("Alder", "Birch", "Cedar", "Dune", "Elm", "Fern", "Gull", "Heron", "Isle", "Juniper")
_SORTS = (
    ("Primary School", "school"),
    ("Secondary School", "school"),
    ("Workshop", "company"),
    ("Library", "library"),
)
FORTY = [
    Member(
        f"{_WORDS[k % 10]} {_SORTS[k // 10][0]}",
        _SORTS[k // 10][1],
        date(2024, 9, 1) + timedelta(days=19 * k),
        left=date(2026, 7, 31) if k in (11, 27) else None,
    )
    for k in range(40)
]
FORTY_TIES = [(k, k % 7 + 1, k % 5 + 1) for k in range(8, 39)] + [(k, k + 9, 1) for k in range(1, 31, 3)]

# Counts of cases by country, as many and as near to each other as they come.
COUNTED = [
    Sounding(code, code, count)
    for code, count in {
        "US": 18, "GB": 12, "DE": 9, "AT": 5, "NL": 4, "PL": 3, "DK": 3, "NO": 3, "SE": 2, "PT": 2, "IN": 2, "GR": 2, "FR": 2, "FI": 2,
        "AU": 2, "ZA": 1, "SK": 1, "SI": 1, "SG": 1, "RS": 1, "RO": 1, "NZ": 1, "MT": 1, "LU": 1, "LT": 1, "KE": 1, "JP": 1, "IT": 1,
        "IL": 1, "IE": 1, "HU": 1, "HR": 1, "ES": 1, "EE": 1, "CZ": 1, "CO": 1, "CH": 1, "CA": 1, "BO": 1, "BE": 1, "AE": 1,
    }.items()
]  # fmt: skip

# fmt: off
# File in static/ui/specimens/, the four channels, name and what the picture shows.
BADGES = [
    ("sailor", "sailor", "informal", "science", "planet", "Sailor: Night Sky Evenings", "Round badge with a dotted ring, ringed planet on blue"),
    ("machinist", "machinist", "non_formal", "technology", "arm", "Machinist: Robot Workshop", "Six-sided badge with a dashed ring, robot arm on violet"),
    ("navigator", "navigator", "formal", "engineering", "bridge", "Navigator: A Year of Bridges", "Diamond badge with an unbroken ring, bridge on rust red"),
    ("learner", "learner", "non_formal", "mathematics", "sprout", "Seed Keeper: Counting What Grows", "Pennant badge with a dashed ring, sprout on ochre"),
    ("learner-arts", "learner", "informal", "arts", "sound", "Sound Map of My Street", "Pennant badge with a dotted ring, sound waves on magenta"),
    ("label", "label", "label", "partnership", "exchange", "Reliable and Responsive Partner", "Hull-shaped label with a double ring, two arrows on green"),
]
# fmt: on


class SpecimenForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name of the school", help_text="As families know it.")
    children = forms.IntegerField(
        label="How many children?",
        widget=CountInput,
        help_text="A head count, no names.",
        error_messages={"invalid": "Write a number, for example 24. A guess is fine; you can change it later."},
    )
    language = forms.ChoiceField(
        label="Language of the visit", choices=[("en", "English"), ("de", "Deutsch"), ("pl", "Polski")]
    )
    first = forms.DateField(label="First possible day", widget=DayInput)
    last = forms.DateField(label="Last possible day", widget=DayInput)
    meeting = forms.DateTimeField(label="When shall we meet?", widget=MomentInput, required=False)
    cluster = forms.CharField(label="Cluster (set by your role)", disabled=True, required=False)
    know = forms.CharField(
        label="What should we know?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        required=False,
        help_text="Steps, wheelchairs, need for quiet. For the group, never about one child.",
    )
    where = forms.ChoiceField(
        label="Where?",
        widget=forms.RadioSelect,
        choices=[("school", "At our school"), ("partner", "At the partner’s place"), ("online", "Online")],
        error_messages={"required": "Choose one; you can change it later."},
    )
    ages = forms.MultipleChoiceField(
        label="How old are they?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("7", "7 to 9"), ("10", "10 to 12"), ("13", "13 to 15")],
    )
    schools = forms.FileField(label="List of schools", help_text="CSV, up to 5,000 rows.", required=False)
    public = forms.BooleanField(label="The page of this badge is public", help_text="You can close it any day.")

    def clean_last(self) -> date:
        last: date = self.cleaned_data["last"]
        if (first := self.cleaned_data.get("first")) and last < first:
            raise ValidationError("The last possible day lies before the first. Which of the two did you mean?")
        return last


def _wrong_form() -> SpecimenForm:
    data: dict[str, Any] = {
        "name": LONG_NAME,
        "children": "a few",
        "language": "de",
        "first": "2027-01-18",
        "last": "2027-01-15",
        "know": "Two of us use a wheelchair. German and English both work.",
        "ages": ["10"],
        "public": "on",
    }
    posted = {f"wrong-{name}": value for name, value in data.items()}
    return SpecimenForm(posted, prefix="wrong", initial={"cluster": "Tarnhaven"})


def _page() -> Page[int]:
    return Paginator(range(190), 10).page(7)


def context() -> dict[str, Any]:
    """Everything the gallery's template names."""
    return {
        "today": TODAY,
        "yesterday": TODAY - timedelta(days=1),
        "tarnhaven": TARNHAVEN,
        "ties": TIES,
        "forty": FORTY,
        "forty_ties": FORTY_TIES,
        "nobody": [],
        "one": TARNHAVEN[:1],
        "three": TARNHAVEN[:3],
        "long_named": [Member(LONG_NAME, "ngo", date(2025, 3, 12)), *TARNHAVEN[1:7]],
        "long_name": LONG_NAME,
        "counted": COUNTED,
        "few_counted": [Sounding("PL", "Poland", 2), Sounding("XX", "Everywhere", 1)],
        "badges": [(file, name, shows) for file, *_channels, name, shows in BADGES],
        "form": SpecimenForm(initial={"cluster": "Tarnhaven", "where": "school"}),
        "wrong_form": _wrong_form(),
        "page": _page(),
        "need": [("From", "Gesamtschule Brückenfeld"), ("For", "27 young people, ages 13 to 15")],
        "offer": [("From", "City Library"), ("When", "every first Saturday"), ("Cost", "none")],
        "long_meta": [("From", LONG_NAME), ("When", "next free on 7 December")],
        "steps": [
            ("Charter signed", "12 March, five organisations", "done"),
            ("Contacts named", "one person and a deputy each", "done"),
            ("First term round", "open until Thursday 18:00", "now"),
            ("First review", "June, with all members", ""),
        ],
        "lanes": [
            (
                "Saltgate Primary",
                "Each child guesses the level",
                "Reads the gauge every ten minutes",
                "Draws the curve",
            ),
            ("Museum", "Sends the visit pack", "Asks, does not tell", "Keeps the curves for the next class"),
            ("Town", "Opens the harbour steps", "", "Closes them"),
        ],
        "doors": [
            ("I teach", "/exchange/", "Say what your class needs. Four minutes, one form, an answer within days."),
            (
                "I work in a museum, lab or company",
                "/exchange/",
                "Answer from the e-mail. A quick “no” is an answer too.",
            ),
            ("I hold a badge in my hand", "/verify/", "Drop the file, paste the link or type the number."),
        ],
        "settings_facet": [
            ("informal", "informal", 19, True),
            ("non_formal", "non-formal", 13, False),
            ("formal", "formal", 10, False),
        ],
        "country_facet": [("AT", "Austria", 2, False), ("FI", "Finland", 0, False)],
        "chosen": [("museum or science centre", "?setting=informal"), ("informal", "?partner=museum")],
        "certificate": Certificate(
            issuer="Tarnhaven",
            issuer_note="Local education cluster\nInvented for this gallery",
            holder="Aino Salmela",
            title="Machinist: Tide Tables with Real Data",
            deed="She started a school programme with the Institute for Coastal Research and kept it running from "
            "September to November 2026. Three classes measured the tide for 31 days and found an error in the "
            "printed table.",
            badge_src=static("ui/specimens/machinist.svg"),
            badge_alt="Six-sided badge with a dashed ring, robot arm on violet",
            address="tarnhaven.example/badges/7F3K-92QD",
            setting="Setting: formal. Six lessons, confirmed by both sides.",
            signatures=["Mirja Holt, for the issuer\nTarnhaven, 6 November 2026"],
            not_proved=["that pupils learned more than others", "a teaching qualification"],
            qr=mark_safe(
                '<svg viewBox="0 0 9 9" role="img" aria-label="Where a QR code stands"><path d="M1 1h3v3H1z"/></svg>'
            ),
        ),
    }
