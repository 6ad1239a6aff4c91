"""What everybody may see: achievements, issuers, awards that are open, status lists, identities."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from phereclos.badges import access, documents, identities, pages, pictures
from phereclos.badges.counts import counted
from phereclos.badges.models import Achievement, Award, Issuer, StatusList
from phereclos.badges.verification import verify_award
from phereclos.badges.wording import told
from verifiable_badges.keys import did_web

PAGE = 25
LEARNERS = Q(recipient=Award.Recipient.PASSPORT)
CREDENTIAL_TYPES = ["application/vc+ld+json", "application/vc", "application/ld+json", "application/json"]
# A picture opened by itself runs nothing and asks nobody, whatever is in it.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    family = list(Achievement.objects.family())
    given = Award.objects.standing().aggregate(all_=Count("pk"), learners=Count("pk", filter=LEARNERS))
    context = {
        "section": "badges",
        "roles": Achievement.objects.roles(),
        "settings": [(setting, [row for row in family if row.setting == setting]) for setting in pages.SETTINGS],
        "programmes": Achievement.objects.public().filter(kind="programme").select_related("issuer")[:12],
        "issuers": Issuer.objects.public()[:24],
        "given": counted(**given),
    }
    return render(request, "badges/overview.html", context)


@require_safe
def achievement(request: HttpRequest, slug: str) -> HttpResponse:
    row = access.public_achievement_or_404(slug)
    issuers = Issuer.objects.public().filter(Q(adoptions__achievement=row) | Q(pk=row.issuer_id)).distinct()
    given = row.awards.standing().aggregate(all_=Count("pk"), learners=Count("pk", filter=LEARNERS))
    context = {
        "section": "badges",
        "achievement": row,
        "criteria": pages.criteria(row.criteria),
        "how_to_read": pictures.how_to_read(row),
        "issuers": issuers[:PAGE],
        "programmes": row.programmes.select_related("issuer")[:PAGE],
        "given": counted(**given),
    }
    return render(request, "badges/achievement.html", context)


@require_safe
def achievement_json(request: HttpRequest, slug: str) -> HttpResponse:
    row = access.public_achievement_or_404(slug)
    context = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
    return _open(JsonResponse({"@context": context, **documents.achievement(row).to_json()}))


@require_safe
def achievement_svg(request: HttpRequest, slug: str) -> HttpResponse:
    row = access.public_achievement_or_404(slug)
    return _picture(pictures.svg(row), "image/svg+xml", f"{row.slug}.svg", keep=3600)


@require_safe
def achievement_png(request: HttpRequest, slug: str) -> HttpResponse:
    row = access.public_achievement_or_404(slug)
    return _picture(pictures.png(row), "image/png", f"{row.slug}.png", keep=3600)


@require_safe
def issuer(request: HttpRequest, slug: str) -> HttpResponse:
    row = access.public_issuer_or_404(slug)
    awards = row.awards.open_to_all().exclude(recipient=Award.Recipient.PASSPORT).with_names()
    given = row.awards.aggregate(all_=Count("pk"), learners=Count("pk", filter=LEARNERS))
    context = {
        "section": "badges",
        "issuer": row,
        "keys": row.keys.all(),
        "awards": Paginator(awards, PAGE).get_page(request.GET.get("page")),
        "achievements": Achievement.objects.of_issuer(row),
        "given": counted(**given),
        "withdrawn": row.awards.exclude(revoked_at=None).count(),
        "is_own": access.may_sign_for(request, row),
    }
    return render(request, "badges/issuer.html", context)


@require_safe
def issuer_did(request: HttpRequest, slug: str) -> HttpResponse:
    """The DID document of a did:web issuer; a did:key needs none."""
    row = get_object_or_404(Issuer.objects.prefetch_related("keys"), slug=slug)
    if not identities.has_did_web(settings.PUBLIC_URL):
        raise Http404
    did = identities.of_slug(settings.PUBLIC_URL, slug)
    return _open(JsonResponse(documents.identity_document(did, row.keys.all()), content_type="application/did+json"))


@require_safe
def site_did(request: HttpRequest) -> HttpResponse:
    """The site itself signs nothing; its document leads to those who do."""
    if not identities.has_did_web(settings.PUBLIC_URL):
        raise Http404
    did = did_web(settings.PUBLIC_URL)
    service = {"id": f"{did}#issuers", "type": "LinkedDomains", "serviceEndpoint": f"{settings.PUBLIC_URL}/badges/"}
    document = {"@context": ["https://www.w3.org/ns/did/v1"], "id": did, "service": [service]}
    return _open(JsonResponse(document, content_type="application/did+json"))


@require_safe
def status_list(request: HttpRequest, uid: UUID) -> HttpResponse:
    row = get_object_or_404(StatusList, uid=uid)
    return _open(HttpResponse(bytes(row.credential), content_type="application/vc+ld+json"))


@require_safe
def award(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A page for people, the signed bytes for programs that ask for them."""
    wanted = request.get_preferred_type(["text/html", *CREDENTIAL_TYPES])
    response = _credential(request, uid, wanted) if wanted in CREDENTIAL_TYPES else _award_page(request, uid)
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def award_json(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _taken_along(request, _credential(request, uid, "application/json"), f"badge-{uid}.json")


@require_safe
def award_png(request: HttpRequest, uid: UUID) -> HttpResponse:
    row = _seen_or_404(request, uid)
    name = f"{row.achievement.slug}-{row.uid}.png"
    return _taken_along(request, _picture(pictures.baked_png(row), "image/png", name), name)


@require_safe
def award_svg(request: HttpRequest, uid: UUID) -> HttpResponse:
    row = _seen_or_404(request, uid)
    name = f"{row.achievement.slug}-{row.uid}.svg"
    return _taken_along(request, _picture(pictures.baked_svg(row), "image/svg+xml", name), name)


@require_safe
def certificate(request: HttpRequest, uid: UUID) -> HttpResponse:
    row = _seen_or_404(request, uid)
    return render(request, "badges/certificate.html", {"award": row, "sheet": pages.certificate(row)})


def _award_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    row = Award.objects.with_names().defer(None).filter(uid=uid).first()
    if row is None or not access.may_see(request, row):
        # Nothing of the award: not whether there is one, not what it is for, not who gave it, not to whom.
        return render(request, "badges/closed.html", {"section": "badges"}, status=404)
    now = timezone.now()
    context: dict[str, Any] = {
        "section": "badges",
        "award": row,
        "signed": pages.signed_words(row),
        "how_to_read": pictures.how_to_read(row.achievement),
        "report": told(verify_award(row, now=now)),
        "now": now,
        "is_holder": row.person_id is not None and row.person_id == request.user.pk,
        "reads_reason": access.reads_reason(request, row),
        "address": documents.address(row.get_absolute_url()),
    }
    return render(request, "badges/award.html", context)


def _credential(request: HttpRequest, uid: UUID, content_type: str) -> HttpResponse:
    row = _seen_or_404(request, uid)
    return _open(HttpResponse(bytes(row.credential), content_type=content_type))


def _seen_or_404(request: HttpRequest, uid: UUID) -> Award:
    row = get_object_or_404(Award.objects.with_names().defer(None), uid=uid)
    if not access.may_see(request, row):
        raise Http404
    return row


def _taken_along(request: HttpRequest, response: HttpResponse, name: str) -> HttpResponse:
    """Saved as a file where a person asked for one; its name is made of our slug and number, never of their words."""
    if request.GET.get("download") == "1":
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _open(response: HttpResponse) -> HttpResponse:
    """Public documents may be read by programs in other pages, and are asked for anew each time."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-cache"
    return response


def _picture(content: str | bytes, content_type: str, name: str, keep: int = 0) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Security-Policy"] = PICTURE_POLICY
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    if keep:
        response["Cache-Control"] = f"public, max-age={keep}"
    return response
