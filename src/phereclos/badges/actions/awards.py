"""Awarding and withdrawing."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from phereclos.badges import documents, keyring, status_lists
from phereclos.badges.killpoints import reach
from phereclos.badges.models import Achievement, Award, AwardBatchItem, Issuer, IssuerKey, StatusList
from phereclos.badges.recipients import Recipient, ToMailbox, ToOrganisation, ToPassport, ToPerson, fingerprint
from phereclos.badges.repeats import refuse_repeats
from phereclos.ledger import audit, mail
from phereclos.ledger import once as keys
from phereclos.organisations.models import Representative
from verifiable_badges.keys import SigningKey
from verifiable_badges.model import IdentityObject

MOST_TRIES = 5


class NotAwardable(Exception):
    """This issuer does not award this achievement, or this person may not award for it; nothing was signed."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What signing needs, made once for the awards of one transaction: the issuer, its active key, the key opened."""

    issuer: Issuer
    key: IssuerKey
    secret: SigningKey


def award(
    *,
    achievement: Achievement,
    issuer: Issuer,
    recipient: Recipient,
    by: Representative,
    once: str,
    at: datetime | None = None,
    tell: bool = True,
) -> Award:
    """Give one badge: idempotency, place in the status list, signature, audit and mail in one transaction.

    The same `once` with the same content returns the award made first; with other content it raises KeyReused.
    Raises NotAwardable, GivenAlready, and SealBroken when KEY_SECRET is not the one the key was sealed with.
    `tell=False` sends no mail (for records of the past).
    """
    check_awardable(issuer=issuer, achievement=achievement, by=by)
    content = [issuer.pk, achievement.pk, by.pk, *fingerprint(recipient)]
    for _ in range(MOST_TRIES):
        try:
            with transaction.atomic():
                row, new = keys.remember(scope="badges.award", key=once, content=content)
                if not new:
                    return Award.objects.get(uid=row.result)
                held = pen(issuer)
                refuse_repeats(issuer=issuer, achievement=achievement, recipients=[recipient])
                given = give(held, achievement=achievement, recipient=recipient, by=by, at=at, tell=tell)
                keys.settle(row, str(given.uid))
                return given
        except IntegrityError:
            # The constraint found the place taken in the same instant; another place, another signature.
            continue
    raise RuntimeError("no free place in the status list was found")


def check_awardable(*, issuer: Issuer, achievement: Achievement, by: Representative) -> None:
    """Judged at every single award, whoever asks. Raises NotAwardable."""
    present = Representative.objects.awarders().filter(pk=by.pk, organisation=issuer.responsible)
    if not present.exists() or not issuer.responsible.is_vouched:
        raise NotAwardable(f"{by} may not award for {issuer}")
    if not Achievement.objects.of_issuer(issuer).filter(pk=achievement.pk).exists() or not achievement.is_awardable:
        raise NotAwardable(f"{issuer} does not award {achievement}")


def pen(issuer: Issuer) -> Pen:
    """The issuer's active key, opened; called inside the transaction that signs. Raises SealBroken."""
    # Locked until the transaction ends, so that a key retired meanwhile signs nothing any more.
    key = (
        IssuerKey.objects.select_for_update(no_key=True, of=("self",))
        .active()
        .select_related("issuer")
        .get(issuer=issuer)
    )
    return Pen(issuer, key, keyring.opened(key))


def give(
    pen: Pen,
    *,
    achievement: Achievement,
    recipient: Recipient,
    by: Representative,
    at: datetime | None = None,
    tell: bool = True,
    item: AwardBatchItem | None = None,
) -> Award:
    """Sign and keep one award inside the caller's transaction, whose idempotency is the caller's too."""
    # Signed dates are whole seconds; the row says the same moment as the bytes.
    at = (at or timezone.now()).replace(microsecond=0)
    row = _row(recipient)
    row.achievement, row.issuer, row.key, row.awarded_by, row.awarded_at = achievement, pen.issuer, pen.key, by, at
    row.batch_item, row.subject_id = item, f"urn:uuid:{uuid.uuid4()}"
    row.opened_at = None if isinstance(recipient, ToPassport) else at
    row.claimed_at = at if isinstance(recipient, ToPerson) else None
    row.status_list, row.status_index = status_lists.free_place(pen.key, at)
    reach("after_index")
    document = documents.credential(row, _identifiers(row, recipient))
    signed = keyring.sign(document, key=pen.key, at=at, secret=pen.secret)
    reach("after_sign")
    row.credential, row.sha256 = signed, hashlib.sha256(signed).hexdigest()
    row.save(force_insert=True)
    audit.record(who=by, for_whom=pen.issuer.responsible, verb="badges.award", what=row, at=at)
    mailbox = row.mailbox or (row.person.email if row.person else "")
    if tell and mailbox:
        mail.stage(kind="badges.awarded", to=mailbox, references={"award": row.pk}, once=str(row.uid))
    reach("after_award")
    return row


@transaction.atomic
def revoke_award(*, award: Award, by: Representative, why: str, reason: str = "", at: datetime | None = None) -> Award:
    """Withdraw an award for good: its bit is set and its status list signed anew in this transaction; twice is once."""
    # The list first, in the order in which awarding locks, so that the two never wait for each other.
    lists = StatusList.objects.select_for_update(no_key=True).select_related("issuer").get(pk=award.status_list_id)
    locked = Award.objects.select_for_update(no_key=True).get(pk=award.pk)
    if locked.revoked_at is not None:
        return locked
    locked.revoked_at, locked.revoked_by = at or timezone.now(), by
    locked.revoked_class, locked.revoked_reason = Award.Reason(why), reason
    locked.save(update_fields=["revoked_at", "revoked_by", "revoked_class", "revoked_reason"])
    status_lists.sign_again(lists)
    audit.record(
        who=by, for_whom=locked.issuer.responsible, verb="badges.revoke_award", what=locked, details={"why": why}, at=at
    )
    mailbox = locked.person.email if locked.person else ""
    if mailbox:
        mail.stage(kind="badges.revoked", to=mailbox, references={"award": locked.pk}, once=f"{locked.uid}-revoked")
    return locked


def _row(recipient: Recipient) -> Award:
    match recipient:
        case ToMailbox(mailbox):
            return Award(recipient=Award.Recipient.PERSON, mailbox=mailbox.lower())
        case ToPerson(person):
            return Award(recipient=Award.Recipient.PERSON, person=person)
        case ToOrganisation(organisation):
            return Award(recipient=Award.Recipient.ORGANISATION, organisation=organisation)
        case ToPassport(passport):
            return Award(recipient=Award.Recipient.PASSPORT, passport=passport)


def _identifiers(row: Award, recipient: Recipient) -> tuple[IdentityObject, ...]:
    """A salted hash of the mailbox, only where the adult asked for it."""
    if not (isinstance(recipient, ToMailbox) and recipient.sealed):
        return ()
    row.salt = secrets.token_hex(16)
    return (IdentityObject.of_email(row.mailbox, row.salt),)
