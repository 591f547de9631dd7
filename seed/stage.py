"""Say how much of the shop a profile plays: which articles and customers, how long and how busily."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from seed.data.article import Article
from seed.data.customers import CUSTOMERS, Customer
from seed.data.products import ARTICLES

# Customers whose account is not an ordinary one, and others that are told of by name.
UNVERIFIED = "kaan.ozdemir@example.com"
LOCKED_OUT = "hakan.polat@example.com"
SUSPENDED = "yusuf.bozkurt@example.com"
SIGNED_OUT = "okan.tas@example.com"
FORGETFUL = "deniz.ucar@example.com"

_FEW = (UNVERIFIED, LOCKED_OUT, SUSPENDED, SIGNED_OUT, FORGETFUL)


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """Hold what a shop is played with; two stages are equal only if they are the same object.

    `pace` multiplies the number of orders, `opens` is the ISO date of the first ones.
    """

    name: str
    articles: tuple[Article, ...]
    customers: tuple[Customer, ...]
    pace: float
    opens: str

    def key(self, name: str) -> str:
        """Return what names a row that differs between the stages."""
        return name if self.name == "demo" else f"{self.name} {name}"

    def has_article(self, slug: str) -> bool:
        """Say whether an article is part of this stage."""
        return any(article.slug == slug for article in self.articles)

    def has_customer(self, email: str) -> bool:
        """Say whether a customer is part of this stage."""
        return any(customer.email == email for customer in self.customers)


def make_demo_stage() -> Stage:
    """Return half a year of the whole shop."""
    return Stage("demo", ARTICLES, CUSTOMERS, pace=1.0, opens="2026-04-01")


def make_dev_stage() -> Stage:
    """Return the last weeks of a small shop: one article or two a category, a dozen customers."""
    seen: dict[str, list[Article]] = {}
    for article in ARTICLES:
        seen.setdefault(article.category, []).append(article)
    # One that is not ordinary is worth more here than a second ordinary one.
    chosen = tuple(
        article
        for shelf in seen.values()
        for article in shelf
        if article is shelf[0] or (article.status, article.policy) != ("ACTIVE", "TRACK")
    )
    customers = tuple(c for c in CUSTOMERS if c.loyalty >= 7 or c.email in _FEW)
    return Stage("dev", chosen, customers, pace=0.8, opens="2026-09-05")


def make_qa_stage() -> Stage:
    """Return half a year of the whole shop with ten times the orders and five hundred customers."""
    return Stage("qa", ARTICLES, tuple(_crowd(500)), pace=10.0, opens="2026-04-01")


def _crowd(size: int) -> Iterator[Customer]:
    """Make customers of the names and streets of those there are, who come first."""
    chance = Random("lumi crowd")
    yield from CUSTOMERS
    taken = {customer.email for customer in CUSTOMERS}
    while len(taken) < size:
        one, other = chance.choices(CUSTOMERS, k=2)
        customer = replace(
            one,
            last=other.last,
            loyalty=chance.randint(1, 9),
            joined=(date(2026, 1, 5) + timedelta(days=chance.randrange(255))).isoformat(),
            line2=f"Daire {chance.randint(1, 40)}",
        )
        if customer.email not in taken:
            taken.add(customer.email)
            yield customer
