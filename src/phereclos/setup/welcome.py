"""What `phereclos up` prints when the site is up: the address, and how to begin."""

from __future__ import annotations

from django.urls import reverse

from phereclos.configuration import Configuration
from phereclos.setup import actions


def lines(configuration: Configuration) -> list[str]:
    """In the demonstration: the people to sign in as. Else, while nobody runs the site: the one-time link."""
    top = [f"Phereclos is up at {configuration.public_url}", "Ctrl-C stops it."]
    if configuration.demonstration:
        return [*top, "", *_people(configuration)]
    if actions.operator_exists():
        return top
    link = configuration.public_url + reverse("setup:operator", args=[actions.make_operator_link()])
    return [*top, "", "Nobody runs this installation yet. Open this link once, within two days:", f"  {link}"]


def _people(configuration: Configuration) -> list[str]:
    from phereclos.demonstration.people import shown_people

    address = configuration.public_url + reverse("demonstration:people")
    rows = [f"  {person.name:<16} {role}" for person, role in shown_people()]
    return [f"Everything in it is invented. Sign in as one of these people at {address}", *rows]
