"""The kinds of organisation, the settings of learning and subjects: one list each (decisions: kinds, settings)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    SCHOOL = "school", _("school")
    UNIVERSITY = "university", _("university")
    RESEARCH_INSTITUTE = "research_institute", _("research institute")
    COMPANY = "company", _("company")
    MUSEUM_SCIENCE_CENTRE = "museum_science_centre", _("museum or science centre")
    LIBRARY = "library", _("library")
    MUNICIPALITY = "municipality", _("municipality")
    GOVERNMENT = "government", _("government")
    NGO = "ngo", _("non-governmental organisation")
    FOUNDATION = "foundation", _("foundation")
    NETWORK = "network", _("network")
    FAMILIES = "families", _("families")
    YOUTH_ORGANISATION = "youth_organisation", _("youth organisation")
    MEDIA = "media", _("media")
    OTHER = "other", _("other")


class Setting(TextChoices):
    """Where learning happens: in lessons, in organised offers beside them, in everyday life."""

    FORMAL = "formal", _("formal")
    NON_FORMAL = "non_formal", _("non-formal")
    INFORMAL = "informal", _("informal")


class Subject(TextChoices):
    """The fields of STEAM and partnership work; each has its colour and hatching in the badge artwork."""

    SCIENCE = "science", _("science")
    TECHNOLOGY = "technology", _("technology")
    ENGINEERING = "engineering", _("engineering")
    ARTS = "arts", _("arts")
    MATHEMATICS = "mathematics", _("mathematics")
    PARTNERSHIP = "partnership", _("partnership")
