"""Make the carts of a block's customers from which nobody has ordered: being filled, or left behind."""

from __future__ import annotations

from datetime import datetime, timedelta

from seed.bulk.amounts import to_lira
from seed.bulk.block import Block
from seed.bulk.crowd import joined
from seed.bulk.goods import Piece, for_sale, good_of
from seed.bulk.world import World
from seed.moments import AS_OF
from seed.schema import enums
from seed.tables import Part, Row

_ONE_IN = 10
_FILLING, _LEFT = 3, 7
_KEPT = timedelta(days=30)
_LEFT_AGO = timedelta(days=40)
_LONGEST_TRY = 50


def carts_part(world: World, numbers: range) -> Part:
    """Make the carts of the customers of some numbers."""
    block = Block(world, numbers)
    owners = [number for number in numbers if number % _ONE_IN in (_FILLING, _LEFT)]
    pieces = [(owner, piece) for owner in owners if (piece := _piece(world, owner))]
    return Part(
        "carts",
        (
            block.table("cart", "open", [_cart(world, owner) for owner, _ in pieces]),
            block.table("cartitem", "oitc", [_item(world, owner, piece) for owner, piece in pieces]),
        ),
    )


def _piece(world: World, owner: int) -> Piece | None:
    """Find something in stock, beginning anywhere."""
    for step in range(_LONGEST_TRY):
        good = good_of(for_sale((owner * 31 + step) % world.size.products))
        if found := next((piece for piece in good.pieces if piece.stock), None):
            return found
    return None


def _touched(world: World, owner: int) -> datetime:
    ago = timedelta(minutes=owner % 4_000) + (_LEFT_AGO if _is_left(owner) else timedelta())
    return max(AS_OF - ago, joined(owner, world.size.customers) + timedelta(hours=1))


def _is_left(owner: int) -> bool:
    return owner % _ONE_IN == _LEFT


def _cart(world: World, owner: int) -> Row:
    touched = _touched(world, owner)
    return {
        "id": world.id("open", owner),
        "userId": world.id("user", owner),
        "status": enums.CartStatus.ABANDONED if _is_left(owner) else enums.CartStatus.ACTIVE,
        "expiresAt": touched + _KEPT,
        "createdAt": touched,
        "updatedAt": touched,
    }


def _item(world: World, owner: int, piece: Piece) -> Row:
    touched = _touched(world, owner)
    return {
        "id": world.id("oitc", owner),
        "cartId": world.id("open", owner),
        "productVariantId": world.id("vari", piece.number),
        "quantity": 1,
        "unitPrice": to_lira(piece.price),
        "createdAt": touched,
        "updatedAt": touched,
    }
