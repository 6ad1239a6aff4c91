"""`jose issue|verify --input F --key F --feature NAME [--sd JSON] --output F`: credentials and presentations as tokens.

Made for the W3C's vc-jose-cose-test-suite, whose key files hold a verification method with `publicKeyJwk` and
`secretKeyJwk`; a bare JWK will do, too. The key in the file is the signer's: nobody is asked, and no clock is read
unless `--now` is given. The output is {"result", "data"}: "success" with the token, or with the verified document as
text; "failure" or "indeterminate" with the reason.
"""

import argparse
import json
import os
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from verifiable_badges.commands import BAD, COULD_NOT, GOOD, add_command, read_file
from verifiable_badges.credential_rules import check_credential
from verifiable_badges.dates import parse_datetime
from verifiable_badges.errors import CannotDecide, InvalidKey, UnreadableInput, VerifiableBadgesError
from verifiable_badges.jose.cose import issue_cose, verify_cose
from verifiable_badges.jose.disclosures import parse_path
from verifiable_badges.jose.presentation import (
    check_presentation_time,
    credentials_of,
    issue_presentation,
    verify_presentation,
)
from verifiable_badges.jose.sd_jwt import Kind, issue_sd_jwt, verify_sd_jwt
from verifiable_badges.jose.vc_jwt import (
    Profile,
    check_document,
    check_token_time,
    decode_token,
    issue_token,
    media_type,
    verify_token,
)
from verifiable_badges.json_text import parse, write
from verifiable_badges.keys import PublicKey, SigningKey, did_key_method
from verifiable_badges.keys.jwk import jwk_public
from verifiable_badges.keys.resolving import unavailable

Json = dict[str, Any]


def add(group: Any) -> None:
    """Join the command to the command line."""
    command = add_command(group, "jose", _run, "sign or check a credential or presentation as a token")
    command.add_argument("act", choices=("issue", "verify"))
    command.add_argument("--input", required=True, help="the JSON to sign or the token to check; - for standard input")
    command.add_argument("--key", required=True, help="a verification method or JWK, with its secret to issue")
    command.add_argument("--feature", required=True, help=", ".join(_ISSUE))
    command.add_argument("--sd", default="[]", help="a JSON list of paths whose values the holder may leave out")
    command.add_argument("--now", help="check as of this date and time")
    command.add_argument("--output", required=True, help="where to write {result, data}; - for standard output")


def _run(options: argparse.Namespace) -> int:
    acts: Mapping[str, Callable[[argparse.Namespace], str]] = _ISSUE if options.act == "issue" else _VERIFY
    try:
        if options.feature in acts:
            result, data, code = "success", acts[options.feature](options), GOOD
        else:
            result, data, code = "indeterminate", f"“{options.feature[:60]}” is not known here.", COULD_NOT
    except CannotDecide as error:
        result, data, code = "indeterminate", error.message, COULD_NOT
    except VerifiableBadgesError as error:
        result, data, code = "failure", error.message, BAD
    text = json.dumps({"result": result, "data": data}, ensure_ascii=False) + "\n"
    if options.output == "-":
        sys.stdout.write(text)
    else:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(text)
    return code


def _issue_credential(options: argparse.Namespace) -> str:
    credential, (key, kid) = _document(options), _secret(options)
    check_credential(credential)
    return issue_token(credential, key=key, kid=kid, profile=Profile.VC_JOSE_COSE)


def _issue_open_badge(options: argparse.Namespace) -> str:
    credential, (key, kid) = _document(options), _secret(options)
    check_credential(credential)
    return issue_token(credential, key=key, kid=kid, profile=Profile.OPEN_BADGES)


def _issue_presentation(options: argparse.Namespace) -> str:
    key, kid = _secret(options)
    return issue_presentation(_document(options), key=key, kid=kid)


def _issue_cose(options: argparse.Namespace) -> str:
    document, (key, kid) = _document(options), _secret(options)
    if options.feature.startswith("credential"):
        check_credential(document)
    return b64encode(issue_cose(document, key=key, kid=kid)).decode()


def _issue_sd(kind: Kind) -> Callable[[argparse.Namespace], str]:
    def act(options: argparse.Namespace) -> str:
        document, (key, kid), paths = _document(options), _secret(options), parse(options.sd.encode())
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise UnreadableInput("disclosure_path", "What may be left out is not a list of paths.")
        if kind is Kind.CREDENTIAL:
            check_credential(document)
        hidden = [parse_path(path) for path in paths]
        return issue_sd_jwt(document, key=key, kid=kid, kind=kind, hidden=hidden, random=os.urandom)

    return act


def _verify_credential(profile: Profile) -> Callable[[argparse.Namespace], str]:
    def act(options: argparse.Namespace) -> str:
        token = decode_token(_token(options))
        key = verify_token(token, resolve=unavailable, known=_public(options), profile=profile)
        if options.now:
            check_token_time(token, key, _now(options))
        check_credential(token.credential)
        return write(token.credential).decode()

    return act


def _verify_presentation(options: argparse.Namespace) -> str:
    token = decode_token(_token(options))
    key = verify_presentation(token, resolve=unavailable, known=_public(options))
    if options.now:
        check_presentation_time(token, key, _now(options))
    _check_shown(token.credential)
    return write(token.credential).decode()


def _verify_sd(kind: Kind) -> Callable[[argparse.Namespace], str]:
    def act(options: argparse.Namespace) -> str:
        verified = verify_sd_jwt(_token(options), resolve=unavailable, known=_public(options))
        if verified.kind is not kind:
            raise UnreadableInput("token_type", "The token was made for something else.")
        if options.now:
            verified.check_time(_now(options))
        if kind is Kind.CREDENTIAL:
            check_credential(verified.document)
        elif kind is Kind.PRESENTATION:
            _check_shown(verified.document)
        return write(verified.document).decode()

    return act


def _verify_cose(options: argparse.Namespace) -> str:
    """Base64 as the suite writes it: the usual alphabet, with or without padding."""
    text = _token(options).rstrip("=")
    try:
        data = b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError as error:
        raise UnreadableInput("not_a_token", "This is not a signed message in base64.") from error
    document = verify_cose(data, resolve=unavailable, known=_public(options)).document
    kind = "VerifiableCredential" if options.feature.startswith("credential") else "VerifiablePresentation"
    check_document(document, kind)
    return write(document).decode()


def _check_shown(presentation: Mapping[str, Any]) -> None:
    """Each credential inside must hold, unless its issuer's key could not be found here: then it is left open."""
    for kind, content in credentials_of(presentation):
        try:
            if media_type(kind) in ("vc+jwt", "vc+ld+jwt", "jwt"):
                verify_token(decode_token(content), resolve=unavailable)
            elif media_type(kind) in ("vc+sd-jwt", "dc+sd-jwt"):
                verify_sd_jwt(content, resolve=unavailable)
        except CannotDecide:
            continue


_ISSUE: Mapping[str, Callable[[argparse.Namespace], str]] = {
    "credential_jose": _issue_credential,
    "presentation_jose": _issue_presentation,
    "credential_sdjwt": _issue_sd(Kind.CREDENTIAL),
    "presentation_sdjwt": _issue_sd(Kind.PRESENTATION),
    "credential_sdjwtvc": _issue_sd(Kind.SD_JWT_VC),
    "credential_cose": _issue_cose,
    "presentation_cose": _issue_cose,
    "credential_openbadges": _issue_open_badge,
}
_VERIFY: Mapping[str, Callable[[argparse.Namespace], str]] = {
    "credential_jose": _verify_credential(Profile.VC_JOSE_COSE),
    "presentation_jose": _verify_presentation,
    "credential_sdjwt": _verify_sd(Kind.CREDENTIAL),
    "presentation_sdjwt": _verify_sd(Kind.PRESENTATION),
    "credential_sdjwtvc": _verify_sd(Kind.SD_JWT_VC),
    "credential_cose": _verify_cose,
    "presentation_cose": _verify_cose,
    "credential_openbadges": _verify_credential(Profile.OPEN_BADGES),
}


def _document(options: argparse.Namespace) -> Json:
    return _object(read_file(options.input), "The input")


def _token(options: argparse.Namespace) -> str:
    try:
        return read_file(options.input).decode("ascii").strip()
    except UnicodeDecodeError as error:
        raise UnreadableInput("not_a_token", "This is not a signed token.") from error


def _object(data: bytes, name: str) -> Json:
    value = parse(data)
    if not isinstance(value, dict):
        raise UnreadableInput("not_a_document", f"{name} is not a JSON object.")
    return value


def _secret(options: argparse.Namespace) -> tuple[SigningKey, str]:
    """The key to sign with and the address of its verification method."""
    method = _object(read_file(options.key), "The key file")
    jwk = method.get("secretKeyJwk", method.get("privateKeyJwk", method))
    if not isinstance(jwk, dict) or "d" not in jwk:
        raise InvalidKey("secret", "The key file does not hold a secret key.")
    key = SigningKey.from_jwk(jwk)
    kid = method.get("id", jwk.get("kid"))
    return key, kid if isinstance(kid, str) else did_key_method(key.public)


def _public(options: argparse.Namespace) -> PublicKey:
    method = _object(read_file(options.key), "The key file")
    if "publicKeyJwk" in method:
        return jwk_public(method["publicKeyJwk"])
    if "publicKeyMultibase" in method:
        return PublicKey.from_multibase(method["publicKeyMultibase"])
    # A file with a secret in it is one's own.
    return jwk_public({name: value for name, value in method.items() if name not in ("d", "p", "q", "dp", "dq", "qi")})


def _now(options: argparse.Namespace) -> datetime:
    return parse_datetime(options.now)
