"""What issuers do: become one, choose what to award, award, withdraw, look after keys."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phereclos.badges import access, actions
from phereclos.badges.forms import (
    AdoptForm,
    AwardForm,
    BecomeIssuerForm,
    KeyForm,
    ManyForm,
    ProgrammeForm,
    WithdrawForm,
)
from phereclos.badges.models import Achievement, Award, Issuer
from phereclos.badges.repeats import GivenAlready, repeats
from phereclos.badges.sealing import SealBroken
from phereclos.clusters.models import Cluster
from phereclos.ledger.once import KeyReused

PAGE = 25
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def desk(request: HttpRequest) -> HttpResponse:
    """The issuers one may sign for, and becoming one."""
    acting = access.awarder_or_404(request)
    issuers = list(Issuer.objects.signed_for_by(acting.organisation).annotate(given=Count("awards")))
    clusters = list(Cluster.objects.filter(coordinator=acting.organisation, issuer=None))
    if request.method == "POST":
        form = BecomeIssuerForm(request.POST)
        slug = form.cleaned_data["cluster"] if form.is_valid() else "?"
        cluster = Cluster.objects.filter(slug=slug, coordinator=acting.organisation).first()
        if slug and cluster is None:
            raise Http404
        made = actions.become_issuer(organisation=None if cluster else acting.organisation, cluster=cluster, by=acting)
        messages.success(request, _("%(issuer)s can give badges now.") % {"issuer": made})
        return redirect("badges:issuing_issuer", made.slug)
    own = any(issuer.organisation_id == acting.organisation_id for issuer in issuers)
    context = {
        "section": "badges",
        "issuers": issuers,
        "clusters": clusters,
        "own": own,
        "acting_for": acting.organisation,
    }
    return render(request, "badges/issuing/desk.html", context)


@require_safe
def issuer(request: HttpRequest, slug: str) -> HttpResponse:
    _acting, row = access.issuer_to_sign_for_or_404(request, slug)
    awards = row.awards.with_names()
    counted = row.awards.aggregate(
        given=Count("pk"), withdrawn=Count("pk", filter=Q(revoked_at__isnull=False)),
        paused=Count("pk", filter=Q(paused_at__isnull=False, revoked_at=None)),
    )  # fmt: skip
    context = {
        "section": "badges",
        "issuer": row,
        "awards": Paginator(awards, PAGE).get_page(request.GET.get("page")),
        "counted": counted,
        "achievements": Achievement.objects.of_issuer(row).count(),
        "batches": row.batches.unfinished().select_related("achievement"),
    }
    return render(request, "badges/issuing/issuer.html", context)


@require_http_methods(FORM_METHODS)
def award(request: HttpRequest, slug: str) -> HttpResponse:
    acting, row = access.issuer_to_sign_for_or_404(request, slug)
    form = AwardForm(request.POST if request.method == "POST" else None, issuer=row)
    if form.is_valid():
        try:
            actions.award(
                achievement=form.cleaned_data["achievement"], issuer=row, recipient=form.recipient, by=acting,
                once=f"form {form.cleaned_data['once']}",
            )  # fmt: skip
        except KeyReused:
            form.add_error(None, _("This form gave a badge already. Open it anew for another one."))
            return _form(request, "badges/issuing/award.html", row, form, status=409)
        except GivenAlready:
            form.say_given_already()
            return _form(request, "badges/issuing/award.html", row, form, status=409)
        except SealBroken:
            form.add_error(None, _key_closed())
            return _form(request, "badges/issuing/award.html", row, form, status=503)
        messages.success(request, _("The badge is given."))
        return redirect("badges:issuing_issuer", row.slug)
    return _form(request, "badges/issuing/award.html", row, form)


@require_http_methods(FORM_METHODS)
def many(request: HttpRequest, slug: str) -> HttpResponse:
    acting, row = access.issuer_to_sign_for_or_404(request, slug)
    form = ManyForm(request.POST if request.method == "POST" else None, issuer=row)
    if form.is_valid() and request.POST.get("sure") == "yes":
        try:
            batch = actions.accept_batch(
                achievement=form.cleaned_data["achievement"], issuer=row, recipients=form.recipients, by=acting,
                once=f"form {form.cleaned_data['once']}",
            )  # fmt: skip
        except KeyReused:
            form.add_error(None, _("This form gave badges already. Open it anew for others."))
            return _form(request, "badges/issuing/many.html", row, form, status=409)
        except GivenAlready as repeated:
            form.say_given_already(repeated.recipients)
            return _form(request, "badges/issuing/many.html", row, form, status=409)
        return redirect(batch)
    if form.is_valid():
        form.say_given_already(
            repeats(issuer=row, achievement=form.cleaned_data["achievement"], recipients=form.recipients)
        )
    if form.is_valid():
        return _form(request, "badges/issuing/many_sure.html", row, form, status=200)
    return _form(request, "badges/issuing/many.html", row, form)


@require_safe
def batch(request: HttpRequest, uid: UUID) -> HttpResponse:
    _acting, row = access.batch_or_404(request, uid)
    given = Award.objects.filter(batch_item__batch=row).count()
    context = {"section": "badges", "batch": row, "given": given, "issuer": row.issuer}
    return render(request, "badges/issuing/batch.html", context)


@require_http_methods(FORM_METHODS)
def achievements(request: HttpRequest, slug: str) -> HttpResponse:
    """What this issuer awards, and the shared ones it may adopt."""
    acting, row = access.issuer_to_sign_for_or_404(request, slug)
    if request.method == "POST":
        form = AdoptForm(request.POST)
        if not form.is_valid():
            raise Http404
        chosen = form.cleaned_data["achievement"]
        actions.adopt_achievement(issuer=row, achievement=chosen, by=acting)
        messages.success(request, _("%(issuer)s awards “%(title)s” now.") % {"issuer": row, "title": chosen})
        return redirect("badges:issuing_achievements", row.slug)
    ours = Achievement.objects.of_issuer(row)
    others = Achievement.objects.family().exclude(pk__in=ours.values("pk"))
    context = {"section": "badges", "issuer": row, "ours": ours, "others": others}
    return render(request, "badges/issuing/achievements.html", context)


@require_http_methods(FORM_METHODS)
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    acting, row = access.issuer_to_sign_for_or_404(request, slug)
    form = ProgrammeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = actions.create_role_achievement(issuer=row, by=acting, **form.cleaned_data)
        messages.success(request, _("“%(title)s” can be awarded now.") % {"title": made})
        return redirect("badges:issuing_achievements", row.slug)
    return _form(request, "badges/issuing/programme.html", row, form)


@require_http_methods(FORM_METHODS)
def withdraw(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    acting, row = access.award_to_withdraw_or_404(request, slug, uid)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.revoke_award(award=row, by=acting, why=form.cleaned_data["why"], reason=form.cleaned_data["reason"])
        except SealBroken:
            form.add_error(None, _key_closed())
            return _form(request, "badges/issuing/withdraw.html", row.issuer, form, status=503, award=row)
        messages.success(request, _("The badge is withdrawn. Whoever checks it reads so from now on."))
        return redirect("badges:issuing_issuer", row.issuer.slug)
    return _form(request, "badges/issuing/withdraw.html", row.issuer, form, award=row)


@require_http_methods(FORM_METHODS)
def keys(request: HttpRequest, slug: str) -> HttpResponse:
    acting, row = access.issuer_to_lead_or_404(request, slug)
    if request.method == "POST":
        form = KeyForm(request.POST)
        if not form.is_valid():
            raise Http404
        try:
            _change_key(request, acting, row, form)
        except SealBroken:
            messages.error(request, _key_closed())
        return redirect("badges:issuing_keys", row.slug)
    context = {
        "section": "badges",
        "issuer": row,
        "keys": row.keys.annotate(signed=Count("awards")),
        "today": timezone.localdate(),
    }
    return render(request, "badges/issuing/keys.html", context)


def _change_key(request: HttpRequest, acting: Any, row: Issuer, form: KeyForm) -> None:
    if form.cleaned_data["verb"] == "rotate":
        actions.rotate_key(issuer=row, by=acting, replaces=form.cleaned_data["key"])
        messages.success(request, _("A new key signs from now on. Badges signed before stay true."))
        return
    key = row.keys.filter(pk=form.cleaned_data["key"]).first()
    if key is None:
        raise Http404
    since = datetime.combine(form.cleaned_data["since"] or timezone.localdate(), time.min, UTC)
    actions.mark_key_stolen(issuer=row, key=key, since=since, by=acting)
    messages.success(request, _("The key is marked as stolen, and no longer published."))


def _form(
    request: HttpRequest, template: str, row: Issuer, form: Any, *, status: int | None = None, **more: Any
) -> HttpResponse:
    context = {"section": "badges", "issuer": row, "form": form} | more
    return render(request, template, context, status=status or (422 if form.is_bound else 200))


def _key_closed() -> str:
    return _(
        "The key cannot be opened, because KEY_SECRET of this site was changed. Nothing was signed; tell the operator."
    )
