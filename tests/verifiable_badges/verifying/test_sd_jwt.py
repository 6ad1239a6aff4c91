"""Badges as tokens whose holder chose what to show."""

from random import Random

from tests.verifiable_badges.makers import MUSEUM_KEY, NOW, World, codes, credential
from tests.verifiable_badges.verifying.makers import CHALLENGE, DOMAIN, LEARNER_KEY
from verifiable_badges import verify
from verifiable_badges.jose.sd_jwt import bind, issue_sd_jwt, show
from verifiable_badges.keys import did_key_method

NAME = ("credentialSubject", "identifier")
WHOLE = issue_sd_jwt(
    credential().to_json(),
    key=MUSEUM_KEY,
    kid=did_key_method(MUSEUM_KEY.public),
    hidden=[NAME],
    random=Random(7).randbytes,
    holder=LEARNER_KEY.public,
)


def judged(text, **asked):
    world = World()
    return verify(text.encode(), resolve=world.resolve, fetch=world.fetch_status, now=NOW, **asked)


def test_a_badge_passes_with_and_without_the_name_of_its_holder():
    named, nameless = judged(WHOLE), judged(show(WHOLE, []))

    assert named.verdict.value == nameless.verdict.value == "passed", codes(named) | codes(nameless)
    assert "identifier" in named.credential["credentialSubject"]
    assert "identifier" not in nameless.credential["credentialSubject"]
    assert named.kind == "open_badge_3"


def test_the_holder_answers_a_question_or_the_token_fails():
    bound = bind(WHOLE, key=LEARNER_KEY, audience=DOMAIN, nonce=CHALLENGE, issued=NOW)

    assert judged(bound, challenge=CHALLENGE, domain=DOMAIN).verdict.value == "passed"
    assert codes(judged(bound, challenge="another", domain=DOMAIN))["proof"] != "proof"
    assert codes(judged(WHOLE, challenge=CHALLENGE))["proof"] == "binding_missing"


def test_a_changed_disclosure_fails():
    head, disclosure, rest = WHOLE.split("~", 2)
    other = disclosure[:-4] + ("AAAA" if disclosure[-4:] != "AAAA" else "BBBB")

    assert judged(f"{head}~{other}~{rest}").verdict.value == "failed"
