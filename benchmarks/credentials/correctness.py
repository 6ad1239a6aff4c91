"""Before anybody is timed: does each library do the same thing? Ed25519 signatures are deterministic, so whoever signs
the same document at the same time with the same key gives the same signature, or has signed something else."""

from __future__ import annotations

import json

from benchmarks.credentials import documents
from benchmarks.credentials.children import Child, Trouble
from benchmarks.credentials.inputs import Inputs, claims_of, tampered, tampered_token
from verifiable_badges import Outcome, verify
from verifiable_badges.errors import VerifiableBadgesError
from verifiable_badges.keys.multibase import base64url_decode
from verifiable_badges.keys.resolving import unavailable


def faults(child: Child, works: list[str], inputs: Inputs) -> dict[str, str]:
    """What is wrong, by work; a work that is not named here is done rightly."""
    found = {}
    for work in works:
        try:
            fault = _fault(child, work, inputs)
        except Trouble as error:
            fault = str(error)
        if fault:
            found[work] = fault
    return found


def _fault(child: Child, work: str, inputs: Inputs) -> str:
    match work:
        case "issue" | "issue_document":
            return _fault_of_issued(child, work, inputs.unsigned, inputs)
        case "issue_values":
            return _fault_of_issued(child, work, inputs.awards, inputs)
        case "verify" | "verify_known":
            return _fault_of_verdict(child, work, inputs.signed[0], tampered(inputs.signed[0]))
        case "verify_unknown":
            work = "verify_unknown" if "verify_unknown" in child.works else "verify"
            return _fault_of_verdict(child, work, inputs.shapes[0], tampered(inputs.shapes[0]))
        case "jwt_issue":
            return _fault_of_token(str(_output(child, work, inputs.unsigned[0])), inputs.unsigned[0])
        case "jwt_verify":
            return _fault_of_verdict(child, work, inputs.tokens[0], tampered_token(inputs.tokens[0]))
    return ""


def _fault_of_issued(child: Child, work: str, texts: list[str], inputs: Inputs) -> str:
    for given, signed in zip(texts[:10], inputs.signed[:10], strict=True):
        issued, expected = json.loads(str(_output(child, work, given))), json.loads(signed)
        proof = issued["proof"][0] if isinstance(issued["proof"], list) else issued["proof"]
        if proof["proofValue"] != expected["proof"]["proofValue"]:
            return "it signs another canonical form than RDFC-1.0 gives"
        if {**issued, "proof": proof} != expected:
            return "it changes the document that it signs"
        if not holds(json.dumps(issued, ensure_ascii=False)):
            return "the engine does not accept what it signed"
    return ""


def _fault_of_verdict(child: Child, work: str, right: str, wrong: str) -> str:
    if _output(child, work, right) is not True:
        return "it refuses what is right"
    try:
        accepted = _output(child, work, wrong) is not False
    except Trouble:
        accepted = False
    return "it accepts what was changed" if accepted else ""


def _fault_of_token(compact: str, unsigned: str) -> str:
    signing_input, _, signature = compact.rpartition(".")
    try:
        documents.KEY.public.verify(base64url_decode(signature), signing_input.encode())
    except VerifiableBadgesError:
        return "its signature does not hold"
    claims = json.loads(base64url_decode(signing_input.partition(".")[2]))
    expected = claims_of(json.loads(unsigned))
    wrong = [name for name in expected if claims.get(name) != expected[name]]
    return f"its claims differ: {wrong}" if wrong else ""


def _output(child: Child, work: str, text: str) -> object:
    return child.ask(**{"try": work}, text=text)["output"]


def holds(signed: str) -> bool:
    """Whether the engine finds proof, issuer, structure and dates right; status lists are not asked."""
    report = verify(signed.encode(), resolve=unavailable, fetch=unavailable, now=documents.NOW)
    return all(check.outcome is Outcome.PASSED or check.name in ("status", "recipient") for check in report.checks)
