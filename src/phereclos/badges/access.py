"""Who may do what with badges. "Absent" and "not yours" are the same 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from phereclos.accounts.factors import register
from phereclos.accounts.models import Person
from phereclos.badges.models import Achievement, Award, AwardBatch, Issuer
from phereclos.organisations.access import acting_vouched_or_404, role_of
from phereclos.organisations.models import Representative, Role


@register
def signs_badges(person: Person) -> bool:
    """Whoever may sign or withdraw for an issuer needs a second factor (docs/decisions: trust)."""
    roles = Representative.objects.awarders().filter(person=person)
    organisations = roles.values("organisation")
    return (
        Issuer.objects.filter(organisation__in=organisations).exists()
        or Issuer.objects.filter(cluster__coordinator__in=organisations).exists()
    )


def awarder_or_404(request: HttpRequest) -> Representative:
    """Somebody who may sign for a vouched organisation, issuer already or not yet."""
    acting = acting_vouched_or_404(request)
    if not acting.may_award:
        raise Http404
    return acting


def issuer_to_sign_for_or_404(request: HttpRequest, slug: str) -> tuple[Representative, Issuer]:
    """An issuer the acting organisation answers for: itself, or a cluster it coordinates."""
    acting = awarder_or_404(request)
    issuer = Issuer.objects.signed_for_by(acting.organisation).filter(slug=slug).first()
    if issuer is None:
        raise Http404
    return acting, issuer


def issuer_to_lead_or_404(request: HttpRequest, slug: str) -> tuple[Representative, Issuer]:
    """As above, for leads alone: keys are theirs."""
    acting, issuer = issuer_to_sign_for_or_404(request, slug)
    if acting.role != Role.LEAD:
        raise Http404
    return acting, issuer


def award_to_withdraw_or_404(request: HttpRequest, slug: str, uid: UUID) -> tuple[Representative, Award]:
    """An award this issuer gave."""
    acting, issuer = issuer_to_sign_for_or_404(request, slug)
    award = Award.objects.with_names().filter(issuer=issuer, uid=uid).first()
    if award is None:
        raise Http404
    return acting, award


def batch_or_404(request: HttpRequest, uid: UUID) -> tuple[Representative, AwardBatch]:
    acting = awarder_or_404(request)
    batch = (
        AwardBatch.objects.filter(uid=uid, issuer__in=Issuer.objects.signed_for_by(acting.organisation))
        .select_related("issuer", "achievement", "accepted_by__person")
        .first()
    )
    if batch is None:
        raise Http404
    return acting, batch


def passport_maker_or_404(request: HttpRequest) -> Representative:
    """Every representative of a vouched organisation may print cards: the class teacher does it."""
    return acting_vouched_or_404(request)


def public_issuer_or_404(slug: str) -> Issuer:
    issuer = Issuer.objects.public().filter(slug=slug).first()
    if issuer is None:
        raise Http404
    return issuer


def public_achievement_or_404(slug: str) -> Achievement:
    achievement = Achievement.objects.public().select_related("issuer", "role").filter(slug=slug).first()
    if achievement is None:
        raise Http404
    return achievement


def award_of_person_or_404(request: HttpRequest, uid: UUID) -> tuple[Person, Award]:
    """An award the signed-in person holds."""
    award = None
    if isinstance(request.user, Person):
        award = Award.objects.with_names().filter(uid=uid, person=request.user).first()
    if award is None or not isinstance(request.user, Person):
        raise Http404
    return request.user, award


def may_see(request: HttpRequest, award: Award) -> bool:
    """An opened award is for everybody who has its address; any other for its holder, and for who answers for it."""
    return award.is_open or reads_reason(request, award)


def reads_reason(request: HttpRequest, award: Award) -> bool:
    """Why a badge was withdrawn is for its holder and for who answers for it, not for the public page."""
    user = request.user
    return (isinstance(user, Person) and award.person_id == user.pk) or may_sign_for(request, award.issuer)


def may_sign_for(request: HttpRequest, issuer: Issuer) -> bool:
    """Whether the visitor acts now for the organisation that answers for this issuer, and may award."""
    acting = role_of(request)
    return acting is not None and acting.may_award and acting.organisation_id == issuer.responsible.pk
