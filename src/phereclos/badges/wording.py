"""The engine's report in words a parent understands, in the reader's language.

Sentences are chosen by the engine's codes; a code without a sentence here keeps the engine's own English one. What
comes out of a badge is quoted, never spoken by us.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phereclos.badges import own
from verifiable_badges import Check, Outcome, Report

TONES = {Outcome.PASSED: "pass", Outcome.FAILED: "fail", Outcome.UNKNOWN: "unknown"}
LONGEST_QUOTE = 1500

QUESTIONS = {
    "readable": gettext_lazy("Can it be read?"),
    "structure": gettext_lazy("In the form the standard asks for?"),
    "proof": gettext_lazy("Unchanged since it was signed?"),
    "issuer": gettext_lazy("Signed by the issuer it names?"),
    "valid_from": gettext_lazy("Does it hold already?"),
    "expiry": gettext_lazy("Still valid?"),
    "status": gettext_lazy("Withdrawn?"),
    "recipient": gettext_lazy("Given to you?"),
    "key": gettext_lazy("Signed before the key was stolen?"),
    "endorsements": gettext_lazy("Is the endorsement genuine?"),
    "schema": gettext_lazy("Does it fit the schema it declares?"),
    "reading": gettext_lazy("Are its words only what they seem?"),
    "refresh": gettext_lazy("Is there a newer edition?"),
    "holder": gettext_lazy("Signed by the person who shows it?"),
    "challenge": gettext_lazy("Made for you, and now?"),
    "credentials": gettext_lazy("Is what is in it genuine?"),
}

SENTENCES = {
    "readable": gettext_lazy("The badge could be read."),
    "structure": gettext_lazy("It has all its parts, and they say one thing. Open Badges 3.0."),
    "proof": gettext_lazy("The signature fits every word. One changed letter would break it."),
    "issuer": gettext_lazy("The key that signed belongs to the issuer named in the badge."),
    "valid_from": gettext_lazy("It holds since %(from)s."),
    "no_expiry": gettext_lazy("It has no end date."),
    "expiry": gettext_lazy("It is valid until %(until)s."),
    "expired": gettext_lazy("It was valid until %(until)s. The issuer may renew it: ask them for a new one."),
    "not_yet_valid": gettext_lazy("It holds from %(from)s on, and not before."),
    "dates_reversed": gettext_lazy("It would end before it begins, so its dates cannot be right."),
    "status": gettext_lazy("The issuer’s list of withdrawn badges was read, and this badge is not on it."),
    "status_none": gettext_lazy("The issuer keeps no list of withdrawn badges, so it cannot be withdrawn."),
    "status_not_asked": gettext_lazy("Something above failed already, so we did not ask the issuer about this."),
    "status_message": gettext_lazy("The issuer has not withdrawn this badge, and keeps a note about it."),
    "status_refresh": gettext_lazy("The issuer has not withdrawn this badge. A newer one is to be had from them."),
    "revoked": gettext_lazy("The issuer has withdrawn this badge. Ask them why; they know the reason."),
    "suspended": gettext_lazy("The issuer has suspended this badge for now."),
    "recipient": gettext_lazy("The mailbox you typed fits the one sealed in the badge. We did not keep it."),
    "recipient_other": gettext_lazy("The badge was given to another mailbox than the one you typed."),
    "recipient_unnamed": gettext_lazy(
        "The badge does not say to which mailbox it was given, so there was nothing to compare with."
    ),
    "recipient_not_asked": gettext_lazy("You did not type a mailbox, so this was not compared."),
    "signature": gettext_lazy("The signature does not fit: something was changed, or another key signed it."),
    "signature_form": gettext_lazy("The signature is not written in its one proper form, so it counts for nothing."),
    "proof_missing": gettext_lazy("The badge is not signed. Anybody could have written it."),
    "proof_type": gettext_lazy("It is signed in a way that is not known here. Another verifier may know it."),
    "issuer_no_proof": gettext_lazy("Without a signature that fits, nobody can tell who made the badge."),
    "issuer_mismatch": gettext_lazy("It was signed with a key that is not the issuer’s."),
    "key_not_listed": gettext_lazy("The issuer does not publish this key, or not any more."),
    "key_stolen": gettext_lazy("The key was stolen on %(since)s, and our records do not hold this badge from before."),
    "key_stolen_later": gettext_lazy("The key was stolen on %(since)s. Our records hold this badge from before."),
    "unknown_context": gettext_lazy("It uses a vocabulary that is not known here, so its words could mean anything."),
    "structure_2": gettext_lazy("It has all its parts. Open Badges 2.0, the older standard."),
    "structure_not_a_badge": gettext_lazy("A whole credential, and not a badge: it may be about anything."),
    "hosted": gettext_lazy("The server that hosts the badge shows it just now. It has no signature."),
    "hosted_elsewhere": gettext_lazy("It lies at an address where the issuer named in it hosts no badges."),
    "hosted_nowhere": gettext_lazy("It is not signed, and does not say where it is hosted."),
    "document_other": gettext_lazy("At its address lies another badge."),
    "document_unreadable": gettext_lazy("What lies at its address cannot be read. This is neither good nor bad news."),
    "gone": gettext_lazy("The server says that what was there has been taken away for good."),
    "no_valid_from": gettext_lazy("It does not say from when it holds."),
    "schema": gettext_lazy("It fits the schema that it declares."),
    "schema_unknown": gettext_lazy("It declares a schema that is not known here, so it was not compared with it."),
    "generic_reading": gettext_lazy(
        "It brings meanings of words of its own. Do not rely on its wording; what decides was compared."
    ),
    "respelled": gettext_lazy("Something in it is written so that simple programs would not see it."),
    "refreshed": gettext_lazy("This is the newest edition, fetched from the issuer."),
    "presentation": gettext_lazy("A presentation: somebody shows credentials to somebody."),
    "presentation_inside": gettext_lazy("A presentation stands where a credential should be."),
    "holder": gettext_lazy("Whoever shows it has signed that."),
    "holder_mismatch": gettext_lazy("It was signed with a key that is not the holder’s."),
    "holder_unnamed": gettext_lazy("It does not say who shows it; only a key signed."),
    "holder_no_proof": gettext_lazy("Without a signature that fits, nobody can tell who shows it."),
    "challenge": gettext_lazy("It answers the question you asked."),
    "challenge_not_asked": gettext_lazy(
        "We did not ask for it, so an old presentation could have been shown again."
    ),
    "credential": gettext_lazy("A credential in it is genuine."),
    "credential_form": gettext_lazy("Something in it is not written as a credential."),
    "credentials_too_deep": gettext_lazy("Credentials are packed into each other deeper than anybody needs."),
    "too_many_credentials": gettext_lazy("It holds more credentials than we check in one go."),
    "too_many_fetches": gettext_lazy("It is spread over more addresses than we ask for one badge."),
    "record_empty": gettext_lazy("The record holds no credential."),
    "association_unknown": gettext_lazy("The record connects an achievement that is not in it."),
    "endorsement_elsewhere": gettext_lazy("The endorsement is genuine, and speaks of something else than this badge."),
    "envelope_kind": gettext_lazy("It is packed in a way that is not opened here."),
    "not_a_credential": gettext_lazy("It has no issuer, no recipient and no signature."),
    "not_a_badge": gettext_lazy("This is neither a badge nor a link to one."),
    "no_badge": gettext_lazy("The picture carries no badge. Perhaps it was made smaller; ask for the original file."),
    "empty": gettext_lazy("There is nothing in it."),
    "too_large": gettext_lazy("It is larger than 5 MB, which no badge needs."),
    "too_deep": gettext_lazy("It is nested deeper than any badge needs."),
    "too_many_parts": gettext_lazy("It has more parts than any badge needs."),
    "not_json": gettext_lazy("The text is cut off or changed: it cannot be read to its end."),
    "not_utf8": gettext_lazy("At least one letter is damaged."),
    "duplicate_member": gettext_lazy("One part is given twice, so it can be read in two ways."),
    "png_cut_off": gettext_lazy("The picture is cut off: its end is missing."),
    "png_checksum": gettext_lazy("The picture is damaged: a checksum does not fit."),
    "svg_damaged": gettext_lazy("The picture is cut off or changed."),
    "unreachable": gettext_lazy("The server could not be reached. This is neither good nor bad news."),
    "name_unknown": gettext_lazy("The name of the server leads nowhere. It may be mistyped, or gone."),
    "timeout": gettext_lazy("The server did not answer in time. Try again later, or ask the issuer."),
    "certificate": gettext_lazy("The server’s certificate is not valid, so we cannot know who would answer."),
    "address_refused": gettext_lazy("We fetch only http and https addresses on the usual ports."),
    "not_found_there": gettext_lazy("The server has no document at this address."),
    "too_large_there": gettext_lazy("The answer was larger than we are willing to read."),
    "too_many_redirects": gettext_lazy("The server sends from one address to the next without an end."),
    "redirect_insecure": gettext_lazy("The server sends from a secure address to an insecure one; we do not follow."),
    "packed": gettext_lazy("The server answers in a packed form that is not opened here."),
    "answer_damaged": gettext_lazy("The server’s answer cannot be read."),
    "not_a_document": gettext_lazy("What lies at the issuer’s address is not a document about keys."),
    "busy": gettext_lazy("Several badges are being checked just now. Try again in a minute."),
    "asked_too_often": gettext_lazy("This server was asked often in the last minute. Try again in a few minutes."),
    "not_here": gettext_lazy("There is nothing at this address that anybody may see."),
    "link_to_link": gettext_lazy("The link leads to another link, not to a badge."),
}  # fmt: skip

VERDICTS = {
    "revoked": gettext_lazy("Genuine, but withdrawn"),
    "suspended": gettext_lazy("Genuine, but suspended"),
    "expired": gettext_lazy("Genuine, but out of date"),
    "not_yet_valid": gettext_lazy("Genuine, but not valid yet"),
}


@dataclass(frozen=True, slots=True)
class ToldCheck:
    tone: str
    question: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Told:
    """A report ready for a page. `says` is what the badge claims: quoted, not to be trusted unless `tone` is pass."""

    tone: str
    verdict: str
    lede: str
    checks: list[ToldCheck]
    says: dict[str, str]
    is_signed: bool  # by the issuer it names, and unchanged; it may still have ended

    @property
    def counts(self) -> tuple[int, int, int]:
        tones = [check.tone for check in self.checks]
        return tones.count("pass"), tones.count("fail"), tones.count("unknown")


def told(report: Report) -> Told:
    tone = TONES[report.verdict]
    says = _says(report.credential)
    signer = _signer(report)
    order = {"fail": 0, "unknown": 1, "pass": 2}
    shown = sorted(
        (_told_check(check, signer) for check in _worth_telling(report)), key=lambda check: order[check.tone]
    )
    return Told(tone, _verdict(report), _lede(report, signer), shown, says, _is_signed(report))


def _worth_telling(report: Report) -> list[Check]:
    """What nobody asked is not worth a line, and not counted; nor is, of what is no badge, that it could be read."""
    if _is_no_badge(report):
        return [check for check in report.checks if check.name == "structure"]
    return [check for check in report.checks if check.code != "recipient_not_asked"]


def _is_no_badge(report: Report) -> bool:
    return any(check.code == "not_a_credential" for check in report.checks)


@dataclass(frozen=True, slots=True)
class _Signer:
    """What is known of who signed, beside what the badge says of itself."""

    ours: str = ""  # the name of the issuer of this site
    only_a_key: bool = False  # the identity is the key and nothing else; anybody can make one


def _signer(report: Report) -> _Signer:
    issuer = report.check("issuer")
    identity = str(issuer.detail.get("issuer", "")) if issuer and issuer.outcome is Outcome.PASSED else ""
    ours = own.issuer_named(identity) if identity else ""
    return _Signer(ours, only_a_key=not ours and identity.startswith("did:key:"))


def _told_check(check: Check, signer: _Signer) -> ToldCheck:
    question = QUESTIONS.get(check.name, check.name)
    sentence = _sentence(check)
    if check.name == "issuer" and signer.only_a_key:
        sentence = _("The issuer’s identity in it is the key that signed. The name beside it is what the signer wrote.")
    return ToldCheck(TONES[check.outcome], str(question), sentence)


def _sentence(check: Check) -> str:
    code = _code(check)
    sentence = SENTENCES.get(code)
    if sentence is None or (check.outcome is Outcome.PASSED and check.code.startswith("endorsement_")):
        return check.reason
    try:
        return str(sentence) % _days(check.detail)
    except KeyError:
        return check.reason


def _code(check: Check) -> str:
    """The code under which the sentence stands. What fails in something inside is said as if it stood alone."""
    own = f"{check.name}_{check.code}"
    if own in SENTENCES or check.code in SENTENCES:
        return own if own in SENTENCES else check.code
    return check.code.removeprefix("endorsement_").removeprefix("credential_")


def _days(detail: Mapping[str, Any]) -> dict[str, str]:
    """Moments as days people read; other values as they are."""
    shown = {}
    for name, value in detail.items():
        shown[name] = _day(value) if isinstance(value, str) and len(value) < 40 else str(value)
    return shown


def _day(text: str) -> str:
    try:
        moment = parse_datetime(text)
    except ValueError:  # well formed, and no day that exists
        moment = None
    return date_format(moment, "j F Y") if moment else text


def _verdict(report: Report) -> str:
    if report.verdict is Outcome.PASSED:
        return _("Genuine") if report.kind != "credential" else _("Genuine, but not a badge")
    if report.kind in {"unreadable", "link"}:
        return _("Not read")
    if _is_no_badge(report):
        return _("This is not a badge")
    if report.verdict is Outcome.UNKNOWN:
        return _("Not checked to the end")
    failed = [check for check in report.checks if check.outcome is Outcome.FAILED and check.name != "endorsements"]
    known = {check.code for check in failed}
    if known == {"revoked"} and not _is_signed(report):
        return _("Withdrawn")
    if len(known) == 1 and (title := VERDICTS.get(known.pop())):
        return str(title)
    if all(check.name == "structure" for check in failed):
        return _("Not in a form that counts")
    return _("Not genuine")


def _is_signed(report: Report) -> bool:
    made = (report.check("proof"), report.check("issuer"), report.check("key"))
    return all(check is None or check.outcome is Outcome.PASSED for check in made) and made[0] is not None


def _lede(report: Report, signer: _Signer) -> str:
    if report.verdict is Outcome.PASSED:
        return _genuine(report, signer)
    if report.kind in {"unreadable", "link"}:
        return _sentence(report.checks[0])
    if _is_no_badge(report):
        return _("It can be read, and nothing in it says that it is a badge. Choose the badge’s own file.")
    if report.verdict is Outcome.UNKNOWN:
        return _("Nothing speaks against it, and something could not be found out. Neither yes nor no would be true.")
    if _is_signed(report) and signer.only_a_key:
        return _("Unchanged since it was signed; who signed it is known only by a key. Still, it does not hold now.")
    if _is_signed(report):
        return _(
            "The issuer named in it did give this badge, and nothing in it was changed. Still, it does not hold now."
        )
    return _("Do not rely on it. What it says may have been written by anybody.")


def _genuine(report: Report, signer: _Signer) -> str:
    if report.kind == "presentation":
        return _("Whoever shows it has signed it, and every credential in it is genuine.")
    if signer.ours:
        words = _("%(issuer)s, an issuer of this site, gave it. Nothing in it was changed, and it was not withdrawn.")
        return words % {"issuer": signer.ours}
    if signer.only_a_key:
        return _(
            "It is unchanged since it was signed. Who signed it is known only by a key; the name in it is what the "
            "signer wrote."
        )
    return _("The issuer named in it did give this badge, nothing in it was changed, and it was not withdrawn.")


def _says(credential: Mapping[str, Any] | None) -> dict[str, str]:
    """The badge's own words, each only if it is text, cut to a length; shown as a quotation."""
    subject = _one(credential, "credentialSubject")
    # Open Badges 2.0 calls the achievement a badge, and says there who the issuer is.
    achievement = _one(subject, "achievement") or _one(credential, "badge")
    issuer = (credential or {}).get("issuer") or achievement.get("issuer")
    issuer = issuer if isinstance(issuer, Mapping) else {"id": issuer}
    dates = ((credential or {}).get(name) for name in ("validFrom", "issuanceDate", "issuedOn"))
    found = {
        "title": achievement.get("name"),
        "description": achievement.get("description"),
        "criteria": _one(achievement, "criteria").get("narrative"),
        "issuer": issuer.get("name"),
        "issuer_id": issuer.get("id"),
        "from": next((date for date in dates if date), None),
    }
    quoted = {name: value[:LONGEST_QUOTE] for name, value in found.items() if isinstance(value, str) and value.strip()}
    return quoted | {"from": _days({"from": quoted["from"]})["from"]} if "from" in quoted else quoted


def _one(holder: Mapping[str, Any] | None, name: str) -> Mapping[str, Any]:
    value = (holder or {}).get(name)
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, Mapping) else {}
