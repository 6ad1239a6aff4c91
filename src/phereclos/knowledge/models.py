"""Cases of the knowledge base as Wagtail pages, and what was last loaded from the files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, Site

from phereclos.knowledge.choices import Confidence, EvidenceKind, Finding, Status, Strength
from phereclos.knowledge.forms import CasePageForm
from phereclos.knowledge.queries import CasePageManager
from phereclos.organisations.kinds import Kind

_year = [MinValueValidator(1800), MaxValueValidator(2100)]


class KnowledgePage(Page):
    """Serves under our own addresses: Wagtail's page serving is not switched on, so a page has one address only."""

    class Meta:
        abstract = True

    promote_panels = [FieldPanel("slug")]

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        site = Site.objects.filter(is_default_site=True).first()
        return (site.pk, settings.PUBLIC_URL, self.get_absolute_url()) if site else None

    def get_absolute_url(self) -> str:
        raise NotImplementedError


class KnowledgeIndexPage(KnowledgePage):
    """The shelf: its children are the cases. There is one."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["knowledge.CasePage"]
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        verbose_name = _("knowledge base")

    def get_absolute_url(self) -> str:
        return reverse("knowledge:index")


class CasePage(KnowledgePage):
    """A real initiative: what was done, what it needs, and how sure one can be. Facts are dated and have sources."""

    country = CountryField(_("country"))
    place = models.CharField(_("town or region"), max_length=160, blank=True)
    lead_organisation = models.CharField(_("lead organisation"), max_length=200)
    lead_kind = models.CharField(_("kind of lead"), max_length=30, choices=Kind)
    partner_kinds = models.JSONField(_("kinds of partner"), default=list, blank=True)
    settings = models.JSONField(_("settings"), default=list, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    started = models.PositiveSmallIntegerField(_("year it started"), null=True, blank=True, validators=_year)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.UNKNOWN)
    age_from = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    summary = models.TextField(_("summary"), max_length=1500)
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown. Left empty, the page is set from the facts."))
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, default=Confidence.MEDIUM)
    checked_on = models.DateField(_("facts read on"))

    objects = CasePageManager()

    template = "knowledge/case.html"
    parent_page_types = ["knowledge.KnowledgeIndexPage"]
    subpage_types: list[str] = []
    base_form_class = CasePageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("country"), FieldPanel("place")]),
                FieldRowPanel([FieldPanel("lead_organisation"), FieldPanel("lead_kind")]),
                FieldRowPanel([FieldPanel("started"), FieldPanel("status")]),
                FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
                FieldRowPanel([FieldPanel("confidence"), FieldPanel("checked_on")]),
                FieldPanel("partner_kinds"),
                FieldPanel("settings"),
                FieldPanel("themes"),
            ],
            heading=_("Facts"),
        ),
        FieldPanel("body"),
        InlinePanel("how_it_works", heading=_("How it works"), label=_("line")),
        InlinePanel("evidence", heading=_("Evidence"), label=_("result")),
        InlinePanel("take_overs", heading=_("What you could take over (our reading)"), label=_("line")),
        InlinePanel("conditions", heading=_("What it needs (our reading)"), label=_("line")),
        InlinePanel("sources", heading=_("Sources"), label=_("source"), min_num=1),
    ]

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def get_absolute_url(self) -> str:
        return reverse("knowledge:case", args=[self.slug])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from phereclos.knowledge.reading import case_context  # reading knows pages; pages are read in one way only

        return super().get_context(request, *args, **kwargs) | case_context(self)


class Line(Orderable):
    text = models.TextField(_("text"), max_length=600)

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.text


class HowItWorks(Line):
    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="how_it_works")


class TakeOver(Line):
    """What another place could take over: the editors' reading, not a claim of the organisation."""

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="take_overs")


class Condition(Line):
    """What it needs: the editors' reading too."""

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="conditions")


class EvidenceItem(Orderable):
    """One result with its source, how strong it is and, apart from that, what was found."""

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="evidence")
    result = models.TextField(_("result"), max_length=1200)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=_year)
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind)
    source = models.PositiveSmallIntegerField(_("number of its source"), validators=[MinValueValidator(1)])
    strength = models.CharField(_("strength"), max_length=20, choices=Strength)
    finding = models.CharField(_("finding"), max_length=20, choices=Finding)
    judged = models.TextField(_("why judged so"), max_length=600, blank=True)

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=EvidenceKind.OUTCOME)
                | models.Q(strength=Strength.COUNTED, finding=Finding.ONLY_COUNTED),
                name="how_many_is_no_outcome",
                violation_error_message=_("Reach and scale are counted, and say nothing about effect."),
            )
        ]

    def __str__(self) -> str:
        return self.result

    @property
    def depth(self) -> int:
        return Strength(self.strength).depth


class Source(Orderable):
    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("address"), max_length=600, validators=[URLValidator(schemes=["http", "https"])])

    def __str__(self) -> str:
        return self.title


class CaseWord(models.Model):
    """A word of a published case and how much it says about it; made anew whenever the case is published."""

    case = models.ForeignKey(CasePage, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=60, db_index=True)
    weight = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "word"], name="each_word_of_a_case_once")]

    def __str__(self) -> str:
        return self.word


class LoadedCase(models.Model):
    """What was last loaded for a slug. A page that says something else by now was changed by an editor."""

    slug = models.SlugField(max_length=255, unique=True)
    page = models.OneToOneField(CasePage, null=True, on_delete=models.SET_NULL, related_name="loaded")
    content = models.JSONField()

    def __str__(self) -> str:
        return self.slug
