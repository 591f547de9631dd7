"""Make the rows of the orders of a block: carts, orders, lines, uses of coupons, reviews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from seed.bulk.amounts import to_lira
from seed.bulk.block import Block
from seed.bulk.crowd import joined, person_of
from seed.bulk.payments_rows import payment_tables
from seed.bulk.trade import Deal, Line
from seed.bulk.world import World
from seed.coupons import coupon_id
from seed.data.reviews import TEXTS
from seed.money import contained_tax
from seed.sales import reference_of
from seed.schema import as_json, enums
from seed.tables import Part, Row

MOST_LINES = 4
_FILLED_IN = timedelta(minutes=25)
_KEPT = timedelta(days=30)
_TEXTS = {text.about: text for text in TEXTS}


def orders_part(world: World, deals: Sequence[Deal]) -> Part:
    """Make some orders that follow on one another, from cart to review."""
    numbers = range(deals[0].number, deals[-1].number + 1)
    block = Block(world, numbers)
    lines = [(deal, place, line) for deal in deals for place, line in enumerate(deal.lines)]
    return Part(
        "orders",
        (
            block.table("cart", "cart", (_cart(world, deal) for deal in deals)),
            block.table("cartitem", "citm", (_cart_item(world, *of) for of in lines), each=MOST_LINES),
            block.table("order", "ordr", (_order(world, deal) for deal in deals)),
            block.table("orderitem", "oitm", (_item(world, *of) for of in lines), each=MOST_LINES),
            block.table("couponusage", "cuse", (_usage(world, deal) for deal in deals if deal.coupon)),
            *payment_tables(block, deals),
            block.table(
                "review", "revw", (_review(world, *of) for of in lines if of[0].review), each=MOST_LINES
            ),
        ),
        # The last number of all, whichever block comes first: two at once would move it back.
        sequences=(("Order_reference_seq", world.size.orders),),
    )


def _cart(world: World, deal: Deal) -> Row:
    begun = max(deal.times.placed - _FILLED_IN, joined(deal.customer, world.size.customers))
    return {
        "id": world.id("cart", deal.number),
        "userId": world.id("user", deal.customer),
        "status": enums.CartStatus.CHECKED_OUT,
        "expiresAt": begun + _KEPT,
        "createdAt": begun,
        "updatedAt": deal.times.placed,
    }


def _cart_item(world: World, deal: Deal, place: int, line: Line) -> Row:
    return {
        "id": world.id("citm", deal.number * MOST_LINES + place),
        "cartId": world.id("cart", deal.number),
        "productVariantId": world.id("vari", line.piece.number),
        "quantity": line.quantity,
        "unitPrice": to_lira(line.piece.price),
        "createdAt": deal.times.placed,
        "updatedAt": deal.times.placed,
    }


def _order(world: World, deal: Deal) -> Row:
    times, address = deal.times, world.id("addr", deal.customer)
    snapshot = as_json(person_of(deal.customer).address)
    return {
        "id": world.id("ordr", deal.number),
        "reference": reference_of(deal.number),
        "userId": world.id("user", deal.customer),
        "cartId": world.id("cart", deal.number),
        "status": enums.OrderStatus[deal.status],
        "subtotalAmount": to_lira(deal.subtotal),
        "discountAmount": to_lira(deal.discount),
        "shippingAmount": to_lira(deal.shipping),
        "taxAmount": contained_tax(to_lira(deal.total)),
        "totalAmount": to_lira(deal.total),
        "shippingAddressId": address,
        "billingAddressId": address,
        "shippingAddressSnapshot": snapshot,
        "billingAddressSnapshot": snapshot,
        "placedAt": times.placed,
        "fulfilledAt": times.fulfilled,
        "shippedAt": times.shipped,
        "deliveredAt": times.delivered,
        "cancelledAt": times.cancelled,
        "version": times.steps,
        "createdAt": times.placed,
        "updatedAt": times.last,
    }


def _item(world: World, deal: Deal, place: int, line: Line) -> Row:
    piece = line.piece
    return {
        "id": world.id("oitm", deal.number * MOST_LINES + place),
        "orderId": world.id("ordr", deal.number),
        "productId": world.id("prod", line.good.number),
        "productVariantId": world.id("vari", piece.number),
        "quantity": line.quantity,
        "quantityReserved": line.reserved,
        "unitPrice": to_lira(piece.price),
        "titleSnapshot": line.good.title,
        "variantSnapshot": as_json(
            {
                "title": piece.title,
                "sku": piece.sku,
                "attributes": {
                    "color": piece.colour.turkish,
                    "colorHex": piece.colour.hex,
                    "size": piece.size,
                },
            }
        ),
        "createdAt": deal.times.placed,
        "updatedAt": deal.times.placed,
    }


def _usage(world: World, deal: Deal) -> Row:
    assert deal.coupon is not None
    placed = deal.times.placed
    return {
        "id": world.id("cuse", deal.number),
        "couponId": coupon_id(deal.coupon.code),
        "userId": world.id("user", deal.customer),
        "orderId": world.id("ordr", deal.number),
        "discountAmount": to_lira(deal.discount),
        "usedAt": placed,
        "createdAt": placed,
        "updatedAt": placed,
    }


def _review(world: World, deal: Deal, place: int, line: Line) -> Row:
    article = line.good.article
    text = _TEXTS.get(article.slug) or _TEXTS.get(article.category)
    return {
        "id": world.id("revw", deal.number * MOST_LINES + place),
        "productId": world.id("prod", line.good.number),
        "userId": world.id("user", deal.customer),
        "orderId": world.id("ordr", deal.number),
        "rating": text.rating if text else 3 + deal.number % 3,
        "title": text.title if text else None,
        "content": text.content if text else None,
        "isVerifiedPurchase": True,
        "status": _moderated(deal.number),
        "helpfulCount": deal.number % 24,
        "notHelpfulCount": deal.number % 3,
        "createdAt": deal.review,
        "updatedAt": deal.review,
    }


def _moderated(number: int) -> enums.ReviewStatus:
    if number % 23 == 0:
        return enums.ReviewStatus.REJECTED
    return enums.ReviewStatus.PENDING if number % 11 == 0 else enums.ReviewStatus.APPROVED
