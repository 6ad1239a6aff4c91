"""Who may: the gates that other apps use too. "Absent" and "not yours" are the same 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from phereclos.organisations.models import Organisation, Representative, Role


def role_of(request: HttpRequest) -> Representative | None:
    """The representative this request acts as, or None."""
    acting = getattr(request, "acting", None)
    return acting if acting else None


def acting_or_404(request: HttpRequest) -> Representative:
    """The representative this request acts as; people without a role see the same as for an absent page."""
    acting = role_of(request)
    if not acting:
        raise Http404
    return Representative.objects.select_related("organisation", "person").get(pk=acting.pk)


def acting_vouched_or_404(request: HttpRequest) -> Representative:
    """As acting_or_404, for what only vouched organisations may do: send, publish, sign."""
    acting = acting_or_404(request)
    if not acting.organisation.is_vouched:
        raise Http404
    return acting


def public_organisation_or_404(request: HttpRequest, slug: str) -> Organisation:
    """A vouched organisation, or one's own."""
    organisation = Organisation.objects.filter(slug=slug).first()
    acting = role_of(request)
    own = bool(acting and organisation and acting.organisation_id == organisation.pk)
    if organisation is None or not (organisation.is_vouched or own or request.user.is_superuser):
        raise Http404
    return organisation


def own_organisation_or_404(request: HttpRequest, slug: str) -> Representative:
    """The role acted in, if it is for the organisation of this address."""
    acting = acting_or_404(request)
    if acting.organisation.slug != slug:
        raise Http404
    return acting


def lead_of_or_404(request: HttpRequest, slug: str) -> Representative:
    """As own_organisation_or_404, for what only leads do: edit, invite, decide, change roles."""
    acting = own_organisation_or_404(request, slug)
    if acting.role != Role.LEAD:
        raise Http404
    return acting


def unvouched_or_404(request: HttpRequest, slug: str) -> tuple[Organisation, Representative | None]:
    """An organisation nobody answered for yet, for those who may: the operator, or leads of vouched organisations.

    Returns it with the representative who would vouch, None for the operator.
    """
    organisation = Organisation.objects.filter(slug=slug, vouched_at=None).first()
    if organisation is None or not request.user.is_authenticated:
        raise Http404
    if request.user.is_superuser:
        return organisation, None
    acting = acting_vouched_or_404(request)
    if acting.role != Role.LEAD:
        raise Http404
    return organisation, acting
