"""Who may: the gates that other apps use too. "Absent" and "not yours" are the same 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from phereclos.organisations.models import Organisation, Representative, Role


def acting_or_404(request: HttpRequest) -> Representative:
    """The representative this request acts as; people without a role see the same as for an absent page."""
    acting = getattr(request, "acting", None)
    if not acting:
        raise Http404
    return Representative.objects.select_related("organisation", "person").get(pk=acting.pk)


def acting_vouched_or_404(request: HttpRequest) -> Representative:
    """As acting_or_404, for what only vouched organisations may do: send, publish, sign."""
    acting = acting_or_404(request)
    if not acting.organisation.is_vouched:
        raise Http404
    return acting


def acting_lead_or_404(request: HttpRequest) -> Representative:
    acting = acting_or_404(request)
    if acting.role != Role.LEAD:
        raise Http404
    return acting


def public_organisation_or_404(request: HttpRequest, slug: str) -> Organisation:
    """A vouched organisation, or one's own."""
    organisation = Organisation.objects.filter(slug=slug).first()
    acting = getattr(request, "acting", None)
    own = bool(acting) and organisation is not None and acting.organisation_id == organisation.pk
    if organisation is None or not (organisation.is_vouched or own or request.user.is_superuser):
        raise Http404
    return organisation
