"""What an issuer may award: shared achievements it adopts, roles it combines with a programme."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from phereclos.badges import pictures
from phereclos.badges.models import Achievement, Adoption, Issuer
from phereclos.ledger import audit
from phereclos.organisations.models import Representative


@transaction.atomic
def adopt_achievement(
    *, issuer: Issuer, achievement: Achievement, by: Representative, at: datetime | None = None
) -> Adoption:
    """Take an achievement of the shared family into what this issuer awards; twice is once."""
    if achievement.kind != Achievement.Kind.LEARNER:
        raise ValueError("only shared achievements are adopted; roles are combined with a programme")
    at = at or timezone.now()
    adoption, new = Adoption.objects.get_or_create(
        issuer=issuer, achievement=achievement, defaults={"adopted_by": by, "adopted_at": at}
    )
    if new:
        audit.record(who=by, for_whom=issuer.responsible, verb="badges.adopt_achievement", what=adoption, at=at)
    return adoption


@transaction.atomic
def create_role_achievement(
    *,
    issuer: Issuer,
    role: Achievement,
    programme: str,
    about: str,
    setting: str,
    subject: str,
    glyph: str,
    by: Representative,
    at: datetime | None = None,
) -> Achievement:
    """Combine a role with a programme, “Sailor: Robot Club”; the same pair again is the same achievement."""
    if role.kind != Achievement.Kind.ROLE:
        raise ValueError("only Sailor, Machinist and Navigator are combined with a programme")
    Issuer.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    name = f"{role.name}: {programme}"
    found = Achievement.objects.filter(issuer=issuer, name=name).first()
    if found is not None:
        return found
    at = at or timezone.now()
    alt = pictures.description(shape=role.shape, setting=setting, subject=subject, glyph=glyph)
    made = Achievement.objects.create(
        slug=_free_slug(f"{issuer.slug}-{role.slug}-{programme}"), kind=Achievement.Kind.PROGRAMME, name=name,
        description=role.description, criteria=f"{role.criteria}\n\n## The programme\n\n{about}",
        not_proved=role.not_proved, alignments=role.alignments, setting=setting, subject=subject, shape=role.shape,
        glyph=glyph, alt=alt, version=role.version, issuer=issuer, role=role, programme=programme, created_at=at,
    )  # fmt: skip
    audit.record(who=by, for_whom=issuer.responsible, verb="badges.create_role_achievement", what=made, at=at)
    return made


def _free_slug(words: str) -> str:
    stem = slugify(words)[:100] or "achievement"
    taken = set(Achievement.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return stem if stem not in taken else next(s for n in range(2, 9999) if (s := f"{stem}-{n}") not in taken)
