"""The pages of clusters."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_countries import countries

from phereclos.clusters import access, actions, forms, panels, wizard
from phereclos.clusters.models import CharterAcceptance, Cluster, Membership
from phereclos.ledger import links
from phereclos.ledger.once import KeyReused
from phereclos.organisations.access import acting_vouched_or_404, role_of
from phereclos.organisations.models import Representative, Role
from phereclos.ui.drawings.members import Member
from phereclos.ui.markdown import render as markdown
from phereclos.ui.words import clean_words, number_or_none

SECTION = "clusters"
A_PAGE = 25


def show(request: HttpRequest, template: str, context: dict[str, Any], *, form: Any = None) -> HttpResponse:
    """A page of this section; one with a form that was sent and is wrong answers 422 and keeps the input."""
    status = 422 if form is not None and form.is_bound else 200
    return render(request, f"clusters/{template}.html", {"section": SECTION, "form": form, **context}, status=status)


@require_safe
def clusters(request: HttpRequest) -> HttpResponse:
    acting = role_of(request)
    visible = Cluster.objects.visible_to(acting.organisation if acting else None).select_related("coordinator")
    words = clean_words(request.GET.get("q", ""))
    if words:
        visible = visible.filter(Q(name__icontains=words) | Q(region__icontains=words))
    counted = visible.annotate(
        members=Count("memberships", filter=Q(memberships__state="active"), distinct=True)
    ).order_by("name")
    page = Paginator(counted, A_PAGE).get_page(request.GET.get("page"))
    return show(request, "clusters", {"page": page, "words": words})


@require_safe
def cluster(request: HttpRequest, slug: str) -> HttpResponse:
    cluster = access.visible_cluster_or_404(request, slug)
    acting_id = access.acting_organisation_id(request)
    memberships = list(cluster.memberships.on_record().select_related("replaces__organisation"))
    present = [one.organisation_id for one in memberships if one.state == "active"]
    accepted = Count("acceptances", filter=Q(acceptances__organisation__in=present))
    charter = cluster.charter_versions.annotate(accepted=accepted).order_by("-number").first()
    own = next((one for one in memberships if one.organisation_id == acting_id and one.state == "active"), None)
    shown = panels.of_cluster(cluster)
    context = {
        "cluster": cluster,
        "members": _drawn(memberships),
        "active": len(present),
        "charter": charter,
        "keel": _keel(charter),
        "logbook": cluster.logbook.select_related("reference_point", "organisation")[:5],
        "steps": cluster.founding_steps.all(),
        "panels": [
            render_to_string(panel.template, {**panel.context, "cluster": cluster}, request)
            for panel in shown
            if panel.template
        ],
        "figures": [figure for panel in shown for figure in panel.figures],
        "own": own,
        "may_join": access.may_ask_to_join(request, cluster),
        "may_coordinate": access.may_coordinate(request, cluster),
        "leads": cluster.coordinator.representatives.leads().select_related("person"),
    }
    return show(request, "cluster", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What the public page says, for the coordinator."""
    cluster, acting = access.coordinated_cluster_or_404(request, slug)
    form = forms.EditForm(request.POST if request.method == "POST" else None, cluster=cluster)
    context: dict[str, Any] = {"cluster": cluster}
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_cluster(cluster=cluster, by=acting, **form.facts())
        except actions.NameTaken as taken:
            form.add_error("name", forms.name_taken(taken.cluster))
        except actions.EditedMeanwhile as edited:
            context["newest"] = edited.newest
            form.data = form.data.copy()
            form.data["based_on"] = edited.newest.edition
            form.add_error(None, _("A colleague saved a change meanwhile. Yours is still here; look at theirs first."))
        else:
            messages.success(request, _("Saved. This is what people read about the cluster now."))
            return redirect(cluster)
    return show(request, "edit", context, form=form)


def _drawn(memberships: list[Membership]) -> list[Member]:
    """Planks in the order of joining; a member that left keeps its place."""
    return [
        Member(
            name=one.organisation.name,
            kind=one.organisation.kind,
            kind_name=one.organisation.get_kind_display(),
            joined=one.joined_on,
            left=one.left_on,
            href=one.organisation.get_absolute_url() if one.organisation.is_vouched else "",
            note=_note(one),
        )
        for one in memberships
    ]


def _note(membership: Membership) -> str:
    if membership.replaces:
        return _("took over from %(name)s") % {"name": membership.replaces.organisation.name}
    return _("coordinates the cluster") if membership.role == Membership.Role.COORDINATOR else ""


def _keel(charter: Any) -> str:
    if charter is None or not charter.accepted:
        return ""
    return _("charter, version %(number)s") % {"number": charter.number}


@login_required
@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """Where founding begins; says who may when one may not."""
    acting = role_of(request)
    if not acting or not acting.organisation.is_vouched or acting.role != Role.LEAD:
        return show(request, "found_not_yet", {"acting_role": acting})
    return redirect("clusters:found_step", step=wizard.STEPS[0].name)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def found_step(request: HttpRequest, step: str) -> HttpResponse:
    _founder_or_404(request)
    present = wizard.BY_NAME.get(step)
    if present is None:
        return redirect("clusters:found")
    draft = wizard.draft_of(request)
    form = present.make(request.POST or None, draft)
    number = wizard.STEPS.index(present)
    if request.method == "POST" and form.is_valid():
        kept = present.keep(form)
        if step == "blueprint" and kept["blueprint"] != draft.get("blueprint"):
            draft.pop("points", None)
            draft.pop("steps", None)
        wizard.keep(request, draft | kept)
        following = wizard.STEPS[number + 1 :]
        return (
            redirect("clusters:found_step", step=following[0].name) if following else redirect("clusters:found_check")
        )
    context = {
        "step": present,
        "number": number + 1,
        "total": len(wizard.STEPS) + 1,  # the check is the last one
        "previous": wizard.STEPS[number - 1] if number else None,
    }
    return show(request, "found_step", context, form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def found_check(request: HttpRequest) -> HttpResponse:
    by = _founder_or_404(request)
    draft = wizard.draft_of(request)
    missing = wizard.first_missing(draft)
    if missing:
        return redirect("clusters:found_step", step=missing)
    form = forms.FoundForm(request.POST or None)
    blueprint = wizard.blueprint_of(draft)
    if request.method == "POST" and form.is_valid():
        try:
            cluster = actions.found_cluster(
                by=by, name=draft["name"], region=draft["region"], countries=draft["countries"],
                languages=draft["languages"], aims=draft["aims"], blueprint=blueprint,
                reference_points=wizard.points_of(draft), founding_steps=wizard.steps_of(draft),
                once=str(form.cleaned_data["once"]),
            )  # fmt: skip
        except actions.NameTaken as taken:
            form.add_error(None, forms.name_taken(taken.cluster))
        except KeyReused:
            form.add_error(
                None, _("This form was sent before with another name. Open the first step and go on from there.")
            )
        else:
            wizard.forget(request)
            messages.success(
                request, _("Founded. It is a draft until a second organisation has joined: invite one now.")
            )
            return redirect("clusters:members", slug=cluster.slug)
    context = {
        "draft": draft,
        "blueprint": blueprint,
        "points": wizard.points_of(draft),
        "founding_steps": wizard.steps_of(draft),
        "steps": wizard.STEPS,
        "last": len(wizard.STEPS) + 1,
        "countries": [countries.name(code) for code in draft["countries"]],
        "languages": [dict(forms.LANGUAGES).get(code, code) for code in draft["languages"]],
    }
    return show(request, "found_check", context, form=form)


def _founder_or_404(request: HttpRequest) -> Representative:
    acting = acting_vouched_or_404(request)
    return acting if acting.role == Role.LEAD else access.nobody()


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is on board. The coordinator also sees who asks and who was invited."""
    cluster = access.visible_cluster_or_404(request, slug)
    coordinates = access.may_coordinate(request, cluster)
    memberships = list(cluster.memberships.on_record().select_related("replaces__organisation"))
    acting_id = access.acting_organisation_id(request)
    context = {
        "cluster": cluster,
        "memberships": memberships,
        "own": next((one for one in memberships if one.organisation_id == acting_id and one.state == "active"), None),
        "may_coordinate": coordinates,
        "may_join": access.may_ask_to_join(request, cluster),
    }
    if coordinates:
        context |= {
            "asking": cluster.memberships.filter(state="asked").select_related("organisation"),
            "invitations": cluster.invitations.filter(accepted_at=None, withdrawn_at=None).order_by("invited_at"),
            "invite_form": forms.InviteForm(),
            "admit_form": forms.AdmitForm(cluster=cluster),
            "now": timezone.now(),
        }
    return show(request, "members", context)


@login_required
@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    cluster, acting = access.coordinated_cluster_or_404(request, slug)
    form = forms.InviteForm(request.POST)
    if not form.is_valid():
        return show(request, "invite", {"cluster": cluster}, form=form)
    try:
        invitation = actions.invite(cluster=cluster, by=acting, **form.cleaned_data)
    except actions.NotPossible as error:
        form.add_error(None, str(error))
        return show(request, "invite", {"cluster": cluster}, form=form)
    messages.success(request, _("The invitation goes to %(email)s.") % {"email": invitation.email})
    return redirect("clusters:members", slug=slug)


@login_required
@require_POST
def withdraw_invitation(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    cluster, acting = access.coordinated_cluster_or_404(request, slug)
    invitation = access.invitation_of_cluster_or_404(cluster, number)
    try:
        actions.withdraw_invitation(invitation=invitation, by=acting)
    except actions.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The invitation was withdrawn; its link opens nothing any more."))
    return redirect("clusters:members", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def join_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation from the mail: shows on opening, joins only when somebody presses the button."""
    try:
        invitation = access.invitation_by_link(token)
    except links.LinkExpired:
        return render(request, "clusters/invitation_old.html", {"section": SECTION}, status=410)
    acting = role_of(request)
    leading = acting is not None and acting.role == Role.LEAD
    context = {"invitation": invitation, "cluster": invitation.cluster, "token": token, "leading": leading}
    if request.method != "POST":
        return show(request, "join_by_link", context)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    if not leading:  # the page says who can
        return render(request, "clusters/join_by_link.html", {"section": SECTION, **context}, status=409)
    try:
        membership = actions.accept_invitation(invitation=invitation, by=acting)
    except actions.NotPossible as error:
        messages.error(request, str(error))
        return render(request, "clusters/join_by_link.html", {"section": SECTION, **context}, status=409)
    if membership.state == Membership.State.ACTIVE:
        words = _("%(organisation)s is a member of %(cluster)s now.")
    else:
        words = _(
            "The invitation was sent to another mailbox, so %(organisation)s asks to join; the coordinator decides."
        )
    messages.success(request, words % {"organisation": membership.organisation, "cluster": membership.cluster})
    return redirect(membership.cluster)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    if not role_of(request) and access.visible_cluster_or_404(request, slug):
        return redirect(f"{reverse('organisations:new')}?next={quote(request.path)}")
    cluster, acting = access.joinable_cluster_or_404(request, slug)
    if request.method == "POST":
        actions.ask_to_join(cluster=cluster, by=acting)
        messages.success(request, _("Asked. The coordinator decides, and you get a mail."))
        return redirect(cluster)
    waiting = cluster.memberships.filter(state="asked", organisation=acting.organisation).first()
    return show(request, "join", {"cluster": cluster, "waiting": waiting})


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    cluster, acting = access.coordinated_cluster_or_404(request, slug)
    membership = access.membership_or_404(cluster, number)
    form = forms.AdmitForm(request.POST, cluster=cluster)
    if not form.is_valid():
        messages.error(request, _("Choose a member that left, or nobody. Nothing was changed."))
        return redirect("clusters:members", slug=slug)
    try:
        if request.POST.get("decision") == "admit":
            actions.admit(membership=membership, by=acting, replaces=form.cleaned_data["replaces"])
            messages.success(request, _("%(name)s is a member now.") % {"name": membership.organisation})
        else:
            actions.decline(membership=membership, by=acting)
            messages.success(request, _("Declined. They get a mail."))
    except actions.NotPossible as error:
        messages.error(request, str(error))
    return redirect("clusters:members", slug=slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    cluster, acting = access.cluster_of_leading_member_or_404(request, slug)
    membership = access.own_membership_or_404(cluster, acting)
    form = forms.LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(membership=membership, by=acting, reason=form.cleaned_data["reason"])
        except actions.NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("You left. What you did together stays on record."))
            return redirect("clusters:members", slug=slug)
    return show(request, "leave", {"cluster": cluster, "membership": membership}, form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """What handing over the coordination means, and to whom; only the form does it."""
    cluster, acting = access.coordinated_cluster_or_404(request, slug)
    form = forms.HandOverForm(request.POST if request.method == "POST" else None, cluster=cluster)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        try:
            actions.hand_over_coordination(cluster=cluster, to=to, by=acting)
        except actions.NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s coordinates from now on.") % {"name": to.organisation})
            return redirect("clusters:members", slug=slug)
    return show(request, "hand_over", {"cluster": cluster}, form=form)


@require_safe
def charter(request: HttpRequest, slug: str) -> HttpResponse:
    cluster = access.visible_cluster_or_404(request, slug)
    acceptances = CharterAcceptance.objects.select_related("organisation", "accepted_by__person").order_by(
        "accepted_at"
    )
    versions = list(
        cluster.charter_versions.select_related("written_by__organisation")
        .prefetch_related(Prefetch("acceptances", acceptances))
        .order_by("-number")
    )
    newest = versions[0]
    acting_id = access.acting_organisation_id(request)
    member = access.is_member(cluster, acting_id)
    present = [one.organisation for one in cluster.memberships.active().select_related("organisation")]
    accepted_by = {one.organisation_id for one in newest.acceptances.all()}
    not_yet = [organisation for organisation in present if organisation.pk not in accepted_by]
    context = {
        "cluster": cluster,
        "newest": newest,
        "text": markdown(newest.text),
        "older": versions[1:],
        "member": member,
        "may_accept": member and acting_id not in accepted_by and access.leads(request),
        "members": len(present),
        "accepted": len(present) - len(not_yet),
        "not_yet": not_yet,
        "present": {organisation.pk for organisation in present},
    }
    return show(request, "charter", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_charter(request: HttpRequest, slug: str) -> HttpResponse:
    cluster, acting = access.coordinated_cluster_or_404(request, slug)
    newest = cluster.charter_versions.order_by("-number").first()
    assert newest is not None
    form = forms.CharterForm(request.POST or None, initial={"text": newest.text, "based_on": newest.number})
    context: dict[str, Any] = {"cluster": cluster}
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.write_charter(cluster=cluster, by=acting, **form.cleaned_data)
        except actions.ChangedMeanwhile as changed:
            context["theirs"] = changed.newest
            data = form.data.copy()
            data["based_on"] = changed.newest.number
            form = forms.CharterForm(data)
            form.is_valid()
            form.add_error(
                None, _("A colleague saved a newer version meanwhile. Yours is still here; theirs stands below it.")
            )
        else:
            messages.success(
                request, _("Version %(n)s is written. The members are asked to accept it.") % {"n": version.number}
            )
            return redirect("clusters:charter", slug=slug)
    return show(request, "charter_edit", context, form=form)


@login_required
@require_POST
def accept_charter(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    cluster, acting = access.cluster_of_leading_member_or_404(request, slug)
    version = access.charter_version_or_404(cluster, number)
    try:
        actions.accept_charter(version=version, by=acting)
    except actions.NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Accepted for %(name)s, with date and your name.") % {"name": acting.organisation})
    return redirect("clusters:charter", slug=slug)


@require_safe
def logbook(request: HttpRequest, slug: str) -> HttpResponse:
    cluster = access.visible_cluster_or_404(request, slug)
    entries = cluster.logbook.select_related("reference_point", "organisation")
    point = number_or_none(request.GET.get("point"))
    if point is not None:
        entries = entries.filter(reference_point_id=point)
    context = {
        "cluster": cluster,
        "page": Paginator(entries, A_PAGE).get_page(request.GET.get("page")),
        "points": cluster.reference_points.annotate(n=Count("entries")),
        "chosen": point,
        "member": access.is_member(cluster, access.acting_organisation_id(request)),
    }
    return show(request, "logbook", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_logbook(request: HttpRequest, slug: str) -> HttpResponse:
    cluster, acting = access.cluster_of_member_or_404(request, slug)
    form = forms.LogbookForm(request.POST or None, cluster=cluster)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            actions.write_logbook(cluster=cluster, by=acting, **{**cleaned, "once": str(cleaned["once"])})
        except KeyReused:
            form.add_error(
                None,
                _("This page was sent before with another text, which is saved. Open the form anew for another."),
            )
        else:
            messages.success(request, _("Written into the logbook."))
            return redirect("clusters:logbook", slug=slug)
    return show(request, "logbook_write", {"cluster": cluster}, form=form)


@login_required
@require_POST
def tick_step(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    cluster, acting = access.coordinated_cluster_or_404(request, slug)
    step = access.step_or_404(cluster, number)
    actions.tick_step(step=step, done=request.POST.get("done") == "1", by=acting)
    return redirect(f"{cluster.get_absolute_url()}#steps")
