"""Badges of the world: issuers, programmes, cards for children, and who was given what."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from functools import partial

from phereclos.accounts.models import Person
from phereclos.badges import actions, batches
from phereclos.badges.actions import awards
from phereclos.badges.actions.passports import passport_of
from phereclos.badges.models import Achievement, Award, Issuer, Passport
from phereclos.badges.recipients import Recipient, ToMailbox, ToOrganisation, ToPassport, ToPerson
from phereclos.demonstration.agenda import Agenda
from phereclos.demonstration.content import Words
from phereclos.demonstration.founding import Member, Town
from phereclos.organisations.models import Representative

SIGNERS = {"children_university", "museum", "library", "coastal", "weather", "vocational", "observatory", "mill"}
CARDS = 28  # of one sheet that a school prints


class Badges:
    """One cluster's badges. Children collect under cards; the school, not we, knows whose they are."""

    def __init__(self, town: Town, agenda: Agenda, words: Words) -> None:
        self.town, self.agenda, self.words = town, agenda, words
        self.random = agenda.random
        self.cards: dict[str, list[Passport]] = {}
        self.given: dict[int, set[int]] = defaultdict(set)  # passports by achievement, so that none has it twice
        self._count = 0

    def plan(self) -> None:
        """Programmes begin some months after the cluster; adults and organisations are thanked at the terms' ends."""
        for row in self.words["programmes"][self.town.file.key]:
            self.agenda.put(self.agenda.before(self.random.randint(255, 280), 10), partial(self._programme, row))

    def after_activity(self, title: str, asker: Member, partner: Member, children: int, at: datetime) -> None:
        """Some of the class met the criteria of the badge that fits, and get it on their cards."""
        slug = self.words["badges"].get(title)
        if slug is None:
            return
        issuer, by = self._signer(partner, at)
        achievement = Achievement.objects.get(slug=slug)
        actions.adopt_achievement(issuer=issuer, achievement=achievement, by=by, at=at)
        sheet = self._cards_of(asker, at)
        free = [card for card in sheet if card.pk not in self.given[achievement.pk]]
        share = min(len(free), max(3, round(children * self.random.uniform(0.42, 0.85))))
        pen = awards.pen(issuer)
        for card in self.random.sample(free, share):
            self.given[achievement.pk].add(card.pk)
            award = awards.give(pen, achievement=achievement, recipient=ToPassport(card), by=by, at=at, tell=False)
            if self.random.random() < 0.15:
                actions.open_award(award=award, by=f"passport:{card.pk}")

    def one_batch(self, school: Member, slug: str, at: datetime) -> None:
        """A whole class at once, at the end of a project week."""
        issuer, by = self._signer(self.town.coordinator, at)
        achievement = Achievement.objects.get(slug=slug)
        actions.adopt_achievement(issuer=issuer, achievement=achievement, by=by, at=at)
        batch = actions.accept_batch(
            achievement=achievement, issuer=issuer, by=by,
            recipients=[ToPassport(card) for card in self._cards_of(school, at)],
            once=f"demonstration:{self.town.file.key}:batch", at=at,
        )  # fmt: skip
        batches.run(batch.pk)

    def thank_by_name(self, achievement: str, who: Representative, at: datetime) -> None:
        """Give an adult a badge, if they do not have it yet, and let their name be shown."""
        found = Achievement.objects.select_related("issuer__organisation", "issuer__cluster__coordinator").get(
            name=achievement
        )
        assert found.issuer is not None
        award = Award.objects.filter(achievement=found, person=who.person).first()
        by = self.town.coordinator.awarder()
        award = award or self._award(found.issuer, found, ToPerson(who.person), by, at)
        actions.show_name(award=award, person=who.person)

    def withdraw_some(self, at: datetime) -> None:
        """A few badges were given by mistake and withdrawn."""
        old = self.agenda.now - timedelta(days=20)
        given = Award.objects.filter(recipient="passport", issuer__cluster=self.town.cluster, awarded_at__lt=old)
        chosen = self.random.sample(list(given.order_by("pk")), k=len(self.words["revoked"]))
        for award, row in zip(chosen, self.words["revoked"], strict=True):
            actions.revoke_award(award=award, by=award.awarded_by, why=row["why"], reason=row["reason"], at=at)

    def _signer(self, partner: Member, at: datetime) -> tuple[Issuer, Representative]:
        """The partner, where it signs badges itself; else the cluster, whose coordinator signs."""
        if partner.file.key in SIGNERS and partner.file.key != self.town.coordinator.file.key:
            by = partner.awarder()
            return actions.become_issuer(organisation=partner.lead.organisation, by=by, at=at), by
        by = self.town.coordinator.awarder()
        return actions.become_issuer(cluster=self.town.cluster, by=by, at=at), by

    def _cards_of(self, school: Member, at: datetime) -> list[Passport]:
        if school.file.key not in self.cards:
            numbers = actions.create_passports(
                organisation=school.lead.organisation, count=CARDS, by=school.lead,
                once=card_sheet(school.file.key), at=at,
            )  # fmt: skip
            self.cards[school.file.key] = [card for number in numbers if (card := passport_of(number))]
        return self.cards[school.file.key]

    def _programme(self, row: dict[str, str], at: datetime) -> None:
        """An issuer combines a role with its programme, and gives it at three moments."""
        if row["issuer"] == "cluster":
            by = self.town.coordinator.awarder()
            issuer = actions.become_issuer(cluster=self.town.cluster, by=by, at=at)
        else:
            member = self.town.members[row["issuer"]]
            by = member.awarder()
            issuer = actions.become_issuer(organisation=member.lead.organisation, by=by, at=at)
        achievement = actions.create_role_achievement(
            issuer=issuer, role=Achievement.objects.get(slug=row["role"]), programme=row["programme"],
            about=row["about"], setting=row["setting"], subject=row["subject"], glyph=row["glyph"], by=by, at=at,
        )  # fmt: skip
        for days, share in ((168, 0.3), (75, 0.2), (18, 0.3)):
            when = self.agenda.before(days - self.random.randint(0, 9), 15, self.random.randint(0, 59))
            self.agenda.put(when, partial(self._thank, issuer, achievement, by, share))

    def _thank(self, issuer: Issuer, achievement: Achievement, by: Representative, share: float, at: datetime) -> None:
        """Adults who took part; a few reached by mailbox only; organisations in the cluster's own programme."""
        share *= {"sailor": 0.8, "machinist": 0.45, "navigator": 0.1}[achievement.shape]
        for member in list(self.town.members.values()):
            if not member.is_in():
                continue
            for who in member.present():
                if self.random.random() < share:
                    when = self.agenda.after(at, 0, 9, member.country)
                    self.agenda.put(when, partial(self._thank_person, issuer, achievement, who.person, by))
            if issuer.cluster_id and achievement.shape == "sailor" and self.random.random() < 0.25:
                self._award(issuer, achievement, ToOrganisation(member.lead.organisation), by, at)
        if achievement.shape == "sailor":
            self._count += 1
            guest = f"guest.{self.town.file.key}.{self._count}@example.org"
            self._award(issuer, achievement, ToMailbox(guest, sealed=self._count % 2 == 0), by, at)

    def _thank_person(
        self, issuer: Issuer, achievement: Achievement, person: Person, by: Representative, at: datetime
    ) -> None:
        if Award.objects.filter(achievement=achievement, person=person).exists():
            return
        award = self._award(issuer, achievement, ToPerson(person), by, at)
        if self.random.random() < 0.6:
            actions.show_name(award=award, person=person)

    def _award(
        self, issuer: Issuer, achievement: Achievement, recipient: Recipient, by: Representative, at: datetime
    ) -> Award:
        self._count += 1
        return actions.award(
            achievement=achievement, issuer=issuer, recipient=recipient, by=by,
            once=f"demonstration:{self.town.file.key}:{self._count}", at=at, tell=False,
        )  # fmt: skip


def card_sheet(school: str) -> str:
    """The key a school's sheet of cards grows from; whoever runs the demonstration gets the numbers again by it."""
    return f"demonstration cards of {school}"
