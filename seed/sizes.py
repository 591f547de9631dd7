"""Choose the size of the profile qa."""

from __future__ import annotations

from seed.bulk.world import SCALE_1, Size
from seed.errors import BadChoice


def choose_size(
    profile: str, scale: int | None, products: int | None, customers: int | None, orders: int | None
) -> Size:
    """Return the size of `scale`, with the counts that were given. Raises `BadChoice` for other profiles."""
    given = {"--scale": scale, "--products": products, "--customers": customers, "--orders": orders}
    named = [name for name, value in given.items() if value is not None]
    if named and profile != "qa":
        raise BadChoice(f"{named[0]} is for the profile qa: {profile} has a size of its own.")
    usual = SCALE_1.times(scale or 1)
    return Size(
        usual.products if products is None else products,
        usual.customers if customers is None else customers,
        usual.orders if orders is None else orders,
    )
