"""Say how much of the shop a profile plays: which articles and customers, how long and how busily."""

from __future__ import annotations

from dataclasses import dataclass

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

    `pace` multiplies the number of orders, `opens` is the ISO date of the first ones. `plot` names what else
    the rows depend on, or is empty where that is as always.
    """

    name: str
    articles: tuple[Article, ...]
    customers: tuple[Customer, ...]
    pace: float
    opens: str
    plot: str = ""

    def key(self, name: str) -> str:
        """Return what names a row that differs between the stages."""
        kind = "" if self.name == "demo" else self.name
        return " ".join(word for word in (kind, self.plot, name) if word)

    def has_article(self, slug: str) -> bool:
        """Say whether an article is part of this stage."""
        return any(article.slug == slug for article in self.articles)

    def has_customer(self, email: str) -> bool:
        """Say whether a customer is part of this stage."""
        return any(customer.email == email for customer in self.customers)


def make_demo_stage(plot: str = "") -> Stage:
    """Return half a year of the whole shop."""
    return Stage("demo", ARTICLES, CUSTOMERS, pace=1.0, opens="2026-04-01", plot=plot)


def make_dev_stage(plot: str = "") -> Stage:
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
    return Stage("dev", chosen, customers, pace=0.8, opens="2026-09-05", plot=plot)
