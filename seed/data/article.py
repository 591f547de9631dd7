"""Say what the data modules tell about one article of the shop."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """Describe one product; amounts are TRY with tax, `launched` is an ISO date, `season` steers its sales.

    `colours` and `sizes` name entries of `seed.data.kinds`; every pair of the two is one variant,
    and the first colour in the middle size is the primary one.
    """

    slug: str
    title: str
    category: str
    kind: str
    price: str
    colours: tuple[str, ...]
    sizes: str
    material: str
    launched: str
    summary: str
    description: str
    english: str
    keywords: tuple[str, ...]
    season: str = "all"
    compare_at: str | None = None
    status: str = "ACTIVE"
    policy: str = "TRACK"
    also_in: tuple[str, ...] = ()
