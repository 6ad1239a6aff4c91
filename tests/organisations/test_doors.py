"""The desk leads to what the floors above offer."""

from __future__ import annotations

from tests.cast import Cast, organisation, person, represent, signed_in


def desk_of(client) -> str:
    return client.get("/me/").content.decode()


def test_an_awarder_finds_giving_badges_cards_and_their_own_badges(cast: Cast) -> None:
    page = desk_of(cast.client(cast.alice))

    for address in ("/badges/issuing/", "/badges/passports/", "/badges/mine/"):
        assert f'href="{address}"' in page


def test_a_representative_who_may_not_award_finds_the_cards_alone(cast: Cast) -> None:
    page = desk_of(cast.client(cast.bob))

    assert 'href="/badges/passports/"' in page
    assert 'href="/badges/issuing/"' not in page


def test_where_no_organisation_is_vouched_for_only_one_s_own_badges_are_offered(cast: Cast) -> None:
    nobody = person("Uma")
    represent(nobody, organisation("New School", "school", vouched=False))
    for page in (desk_of(signed_in(nobody)), desk_of(signed_in(person("Vic")))):
        assert 'href="/badges/mine/"' in page
        assert 'href="/badges/passports/"' not in page
