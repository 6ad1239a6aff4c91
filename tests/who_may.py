"""Who may what: one line for each of our addresses. Wagtail's and allauth's are judged by their prefix.

    name of the address, and the keys in it (who_may_world.py)    GET           POST
                                                                  S A B C D E   S A B C D E

S is the stranger, who is signed out; Alice leads the school the objects belong to, Bob is her colleague without the
lead, Charlie leads the museum that is asked, Dora leads the university that coordinates the cluster, Erin leads a
college outside of it.

    o  shown (200)                 >  done, or led on (302)        L  sent to the sign-in
    -  nothing at this address     x  not in this way (405)        f  the form again, with what to mend (422)
    c  does not fit any more (409) g  gone (410)

A POST carries what the form of the page would send (SENT), so an open gate would let it through. An address with two
lines has two kinds of objects. `-` and `L` must look the same as for an absent object.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.exchange.making import YEAR
from tests.who_may_world import ROLES, World

TABLE = """
home                                                              o o o o o o   x x x x x x
about about                                                       o o o o o o   x x x x x x
healthz                                                           o o o o o o   x x x x x x
readyz                                                            o o o o o o   x x x x x x
ui:gallery                                                        o o o o o o   x x x x x x
ui:stylesheet sheet                                               o o o o o o   x x x x x x
site_did                                                          - - - - - -   x x x x x x
setup:steps                                                       - - - - - -   - - - - - -
setup:test_mail                                                   x x x x x x   - - - - - -
setup:operator operator                                           o o o o o o   > > > > > >
demonstration:demonstration                                       > > > > > >   x x x x x x
demonstration:people                                              o o o o o o   x x x x x x
demonstration:sign_in alices_person                               x x x x x x   > > > > > >
demonstration:outbox                                              o o o o o o   x x x x x x

desk:desk                                                         L o o o o o   L x x x x x
desk:act_for                                                      L x x x x x   L > > - - -
accounts:account                                                  L o o o o o   L > > > > >
accounts:data                                                     L o o o o o   L x x x x x
accounts:delete                                                   L o o o o o   L f > f f f
accounts:security                                                 L o o o o o   L x x x x x
accounts:sign_out_everywhere                                      L x x x x x   L > > > > >

organisations:directory                                           o o o o o o   x x x x x x
organisations:new                                                 L o o o o o   L > > > > >
organisations:invitation invitation                               o o o o o o   o g g > > >
organisations:organisation school                                 o o o o o o   x x x x x x
organisations:organisation newcomer                               - - - - - -   x x x x x x
organisations:edit school                                         L o - - - -   L > - - - -
organisations:vouch newcomer                                      L o - o o o   L > - > > >
organisations:join school                                         L o o o o o   L > > > > >
organisations:join newcomer                                       L - - - - -   L - - - - -
organisations:join_request school asked                           L o - - - -   L > - - - -
organisations:people school                                       L o o - - -   L > - - - -
organisations:role school colleague                               L o - - - -   L > - - - -
organisations:withdraw school invited                             L x x x x x   L > - - - -
organisations:leave school                                        L o o - - -   L > > - - -

clusters:clusters                                                 o o o o o o   x x x x x x
clusters:found                                                    L > o > > >   L x x x x x
clusters:found_check                                              L > - > > >   L > - > > >
clusters:found_step step                                          L o - o o o   L > - > > >
clusters:join_by_link cluster_invitation                          o o o o o o   L c c c c >
clusters:cluster cluster                                          o o o o o o   x x x x x x
clusters:edit cluster                                             L - - - o -   L - - - > -
clusters:tick_step cluster founding                               L x x x x x   L - - - > -
clusters:members cluster                                          o o o o o o   x x x x x x
clusters:invite cluster                                           L x x x x x   L - - - > -
clusters:withdraw_invitation cluster cluster_invited              L x x x x x   L - - - > -
clusters:decide cluster asking                                    L x x x x x   L - - - > -
clusters:hand_over cluster                                        L - - - o -   L - - - > -
clusters:join cluster                                             L - - - - o   L - - - - >
clusters:leave cluster                                            L o - o o -   L > - > f -
clusters:charter cluster                                          o o o o o o   x x x x x x
clusters:edit_charter cluster                                     L - - - o -   L - - - > -
clusters:accept_charter cluster charter                           L x x x x x   L > - > > -
clusters:logbook cluster                                          o o o o o o   x x x x x x
clusters:write_logbook cluster                                    L o o o o -   L > > > > -

exchange:board                                                    o o o o o o   x x x x x x
exchange:mine                                                     - o o o o o   x x x x x x
exchange:have-mails                                               x x x x x x   - > > > > >
exchange:post-need                                                L o o o o o   L > > > > f
exchange:need need                                                o o o o o o   x x x x x x
exchange:need need_draft                                          - o o - - -   x x x x x x
exchange:edit-need need                                           - o o - - -   - > > - - -
exchange:copy-need need                                           x x x x x x   - > > - - -
exchange:close-need need                                          x x x x x x   - > > - - -
exchange:offer-help need                                              x x x x x x   - - - > > -
exchange:offer-help need_draft                                        x x x x x x   - - - - - -
exchange:ask need                                                 - o o - - -   - > > - - -
exchange:release-need need                                        x x x x x x   - - - - > -
exchange:release-need need_draft                                  x x x x x x   - - - - - -
exchange:allow-more need                                          x x x x x x   - - - - > -
exchange:post-offer                                               L o o o o o   L > > > > >
exchange:offer offer                                              o o o o o o   x x x x x x
exchange:offer offer_draft                                        - o o - - -   x x x x x x
exchange:edit-offer offer                                         - o o - - -   - > > - - -
exchange:copy-offer offer                                         x x x x x x   - > > - - -
exchange:offer-state offer                                        x x x x x x   - > > - - -
exchange:release-offer offer                                      x x x x x x   - - - - > -
exchange:request waiting                                          - o o o o -   x x x x x x
exchange:request-answer waiting                                   x x x x x x   - - - > - -
exchange:reply waiting question                                   x x x x x x   - > > - - -
exchange:withdraw waiting                                         x x x x x x   - > > - - -
exchange:request-date other_day                                   x x x x x x   - > > - - -
exchange:settle answered objection                                x x x x x x   - - - - > -
exchange:answer answer_link                                       o o o o o o   > > > > > >
exchange:date date_link                                           o o o o o o   > > > > > >
exchange:object object_link                                       o o o o o o   > > > > > >
exchange:stop-mails stop_link                                     o o o o o o   o o o o o o

activities:index                                                  o o o o o o   x x x x x x
activities:of-request accepted                                    - > > > > -   x x x x x x
activities:activity planned                                       - o o o o -   x x x x x x
activities:activity confirmed                                     o o o o o o   x x x x x x
activities:lane planned                                           - o o o - -   - > > > - -
activities:lane confirmed                                         - o o o - -   - > > > - -
activities:move planned                                           - o o o - -   - > > > - -
activities:cancel planned                                         - o o o - -   - > > > - -
activities:confirm held                                           - o o o - -   - > > > - -
activities:settle held                                            - - - - o -   - - - - > -
activities:feedback held                                          - o o o - -   - > > > - -
activities:calendar planned                                       - o o o o -   x x x x x x
activities:calendar confirmed                                     - o o o o -   x x x x x x

badges:overview                                                   o o o o o o   x x x x x x
badges:achievement programme                                      o o o o o o   x x x x x x
badges:achievement_svg programme                                  o o o o o o   x x x x x x
badges:achievement_png programme                                  o o o o o o   x x x x x x
badges:achievement_json programme                                 o o o o o o   x x x x x x
badges:issuer issuer                                              o o o o o o   x x x x x x
badges:issuer_did issuer                                          - - - - - -   x x x x x x
badges:status list                                                o o o o o o   x x x x x x
badges:award open_award                                           o o o o o o   x x x x x x
badges:award child_award                                          - o - - - -   x x x x x x
badges:certificate open_award                                     o o o o o o   x x x x x x
badges:certificate child_award                                    - o - - - -   x x x x x x
badges:award_json open_award                                      o o o o o o   x x x x x x
badges:award_json child_award                                     - o - - - -   x x x x x x
badges:award_png open_award                                       o o o o o o   x x x x x x
badges:award_png child_award                                      - o - - - -   x x x x x x
badges:award_svg open_award                                       o o o o o o   x x x x x x
badges:award_svg child_award                                      - o - - - -   x x x x x x
badges:claim claim                                                o o o o o o   o o o o o o
badges:mine                                                       L o o o o o   L x x x x x
badges:change charlies_award                                      L x x x x x   L - - > - -
badges:change mailed_award                                        L x x x x x   L - - - - -
badges:passport                                                   o o o o o o   > > > > > >
badges:passport_change child_award                                x x x x x x   - - - - - -
badges:passports                                                  - o o o o o   - o o o o o
badges:issuing                                                    - o - o o o   - > - > > >
badges:batch batch                                                - o - - - -   x x x x x x
badges:issuing_issuer issuer                                      - o - - - -   x x x x x x
badges:award_new issuer                                           - o - - - -   - > - - - -
badges:award_many issuer                                          - o - - - -   - > - - - -
badges:issuing_achievements issuer                                - o - - - -   - > - - - -
badges:programme_new issuer                                       - o - - - -   - > - - - -
badges:issuing_keys issuer                                        - o - - - -   - > - - - -
badges:withdraw issuer open_award                                 - o - - - -   - > - - - -
verify:verify                                                     o o o o o o   f f f f f f

knowledge:index                                                   o o o o o o   x x x x x x
knowledge:case case                                               o o o o o o   x x x x x x
knowledge:case-json case                                          o o o o o o   x x x x x x
"""

PREFIXES = ("accounts/", "back-office/")

# What the form of a page sends; made from the world, for it names rows and proofs.
SENT: dict[str, Callable[[World], dict[str, Any]]] = {
    "setup:test_mail": lambda w: {"to": "somebody@example.org"},
    "setup:operator": lambda w: {"name": "Olga", "email": "olga@example.org"},
    "desk:act_for": lambda w: {"organisation": w.cast.school.pk},
    "accounts:account": lambda w: {"name": "Another Name"},
    "accounts:delete": lambda w: {"sure": "on"},
    "organisations:new": lambda w: {**_organisation("Foundry"), "once": _once(1)},
    "organisations:edit": lambda w: _organisation("Saltgate Primary School"),
    "organisations:join": lambda w: {"message": "I teach physics."},
    "organisations:join_request": lambda w: {"decision": "approve", "role": "member"},
    "organisations:people": lambda w: {"email": "mona@example.org", "role": "member"},
    "organisations:role": lambda w: {"role": "awarder"},
    "organisations:leave": lambda w: {"end": "1"},
    "clusters:found_step": lambda w: {"blueprint": "local-education-cluster"},
    "clusters:leave": lambda w: {"reason": ""},
    "clusters:tick_step": lambda w: {"done": "1"},
    "clusters:invite": lambda w: {"email": "mona@example.org", "organisation_name": "Observatory"},
    "clusters:edit": lambda w: {
        "name": w.cluster.name, "region": "R", "country_1": "AT", "languages": ["en"], "aims": "A",
        "based_on": w.cluster.edition,
    },
    "clusters:hand_over": lambda w: {"to": w.key["member"], "agreed": "on"},
    "clusters:decide": lambda w: {"decision": "admit"},
    "clusters:edit_charter": lambda w: {"text": "## New", "based_on": 1},
    "clusters:write_logbook": lambda w: {
        "point": w.row["point"].pk, "happened_on": "2026-10-02", "text": "A second day.", "once": _once(2),
    },
    "exchange:post-need": lambda w: {**_need(w), "once": _once(3)},
    "exchange:edit-need": lambda w: {**_need(w), "version": 1},
    "exchange:copy-need": lambda w: {"once": _once(4)},
    "exchange:allow-more": lambda w: {"seen": 0},
    "exchange:ask": lambda w: {"to": w.cast.museum.pk, "start": f"{YEAR}-01-18T09:30", "minutes": 90, "once": _once(5)},
    "exchange:post-offer": lambda w: {**_offer(), "once": _once(6)},
    "exchange:edit-offer": lambda w: {**_offer(), "version": 1},
    "exchange:copy-offer": lambda w: {"once": _once(7)},
    "exchange:offer-state": lambda w: {"state": "paused"},
    "exchange:request-answer": lambda w: {"choice": "accept"},
    "exchange:reply": lambda w: {"text": "There is one."},
    "exchange:request-date": lambda w: {"take": "yes"},
    "exchange:settle": lambda w: {"note": "They talked."},
    "exchange:answer": lambda w: {"choice": "accept", "form_token": w.row["answer_form"]},
    "exchange:date": lambda w: {"take": "yes", "form_token": w.row["date_form"]},
    "exchange:object": lambda w: {"text": "Not me.", "form_token": w.row["object_form"]},
    "activities:lane": lambda w: {"version": 1, "before": "Pack the kites", "during": "Fly them", "after": ""},
    "activities:move": lambda w: {
        "revision": 1, "starts": f"{YEAR}-01-18T09:30", "ends": f"{YEAR}-01-18T11:00", "place": "Quay",
        "reason": "Rain.",
    },
    "activities:cancel": lambda w: {"reason": "Rain."},
    "activities:confirm": lambda w: {"children": 22, "adults": 3},
    "activities:settle": lambda w: {"children": 24, "adults": 3, "note": "One left early."},
    "activities:feedback": lambda w: {"again": "yes", "went_well": "The wind."},
    "badges:claim": lambda w: {"answer": "not_me"},
    "badges:change": lambda w: {"verb": "close"},
    "badges:passport": lambda w: {"number": w.row["number"]},
    "badges:passport_change": lambda w: {"verb": "open", "sure": "yes"},
    "badges:passports": lambda w: {"count": 2, "once": _once(8)},
    "badges:award_new": lambda w: {
        "achievement": w.row["tide"].pk, "kind": "mailbox", "mailbox": "nils@example.org", "once": _once(9),
    },
    "badges:award_many": lambda w: {
        "achievement": w.row["tide"].pk, "lines": "nils@example.org", "sure": "yes", "once": _once(10),
    },
    "badges:issuing_achievements": lambda w: {"achievement": w.row["other_shared"].pk},
    "badges:programme_new": lambda w: {
        "role": w.row["sailor"].pk, "programme": "Wind Club", "about": "Six afternoons.", "setting": "formal",
        "subject": "science", "glyph": w.row["tide"].glyph,
    },
    "badges:issuing_keys": lambda w: {"verb": "rotate", "key": w.row["issuer"].keys.active().get().pk},
    "badges:withdraw": lambda w: {"why": "mistake"},
    "verify:verify": lambda w: {"given": "nonsense"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    keys: tuple[str, ...]
    get: dict[str, str]  # role -> letter
    post: dict[str, str]

    def __str__(self) -> str:
        return " ".join((self.name, *self.keys))

    def sent(self, world: World) -> dict[str, Any]:
        return SENT.get(self.name, lambda w: {})(world)


def _line(text: str) -> Line:
    words = text.split()
    first, letters = words[:-12], words[-12:]
    return Line(
        first[0],
        tuple(first[1:]),
        dict(zip(ROLES, letters[:6], strict=True)),
        dict(zip(ROLES, letters[6:], strict=True)),
    )


LINES = [_line(text) for text in TABLE.splitlines() if text.strip()]


def _once(number: int) -> str:
    return str(UUID(int=number))


def _organisation(name: str) -> dict[str, Any]:
    return {"name": name, "kind": "school", "country": "AT", "place": "Tarn", "about": "A school.", "another": "on"}


def _need(world: World) -> dict[str, Any]:
    return {
        "title": "What is fog?", "question": "We would like to make some.", "subject": "science", "topic": "fog",
        "setting": "formal", "group_size": 20, "ages": ["10-12"], "place_choice": "either", "cluster": world.cluster.pk,
    }  # fmt: skip


def _offer() -> dict[str, Any]:
    return {
        "title": "Read the stars", "what": "With a telescope.", "subject": "science", "topic": "stars",
        "setting": "non_formal", "group_size": 20, "minutes": 90, "ages": ["10-12"], "place_choice": "here",
        "languages": "English",
    }  # fmt: skip
