"""Make the orders with their lines and the coupons that were used."""

from __future__ import annotations

from random import Random

from seed.carts import cart_id
from seed.catalogue import product_id
from seed.coupons import coupon_id
from seed.ids import make_id
from seed.money import contained_tax
from seed.people import address_id, address_snapshot, browser_of, user_id
from seed.sales import Line, Sale, list_sales
from seed.schema import as_json, enums, inputs
from seed.stage import Stage
from seed.tables import Part, Table

_NOTES = (
    "Zili çalmayın lütfen, bebek uyuyor.",
    "Kapıcıya bırakabilirsiniz.",
    "Hediye paketi olsun, fiyatı görünmesin. Teşekkürler!",
    "Mesai saatinde evde yokum, 18:00'den sonra gelin.",
    "Please call before you come.",
)


def order_id(sale: Sale) -> str:
    """Return the id of a sale's order."""
    return make_id("Order", sale.key)


def orders_part(stage: Stage) -> Part:
    """Make all orders."""
    sales = list_sales(stage)
    return Part(
        "orders",
        (
            Table("order", [_order(sale) for sale in sales]),
            Table("orderitem", [_item(sale, line) for sale in sales for line in sale.lines]),
            Table("couponusage", [row for sale in sales for row in _usages(sale)]),
        ),
        sequences=(("Order_reference_seq", sales[-1].number),),
    )


def _order(sale: Sale) -> inputs.OrderCreateWithoutRelationsInput:
    customer, times = sale.customer, sale.times
    home = address_id(customer)
    return {
        "id": order_id(sale),
        "reference": sale.reference,
        "userId": user_id(customer.email),
        "cartId": cart_id(sale),
        "status": enums.OrderStatus[sale.status],
        "subtotalAmount": sale.subtotal,
        "discountAmount": sale.discount,
        "shippingAmount": sale.shipping,
        "taxAmount": contained_tax(sale.total),
        "totalAmount": sale.total,
        "shippingAddressId": home,
        "billingAddressId": home,
        "shippingAddressSnapshot": as_json(address_snapshot(customer)),
        "billingAddressSnapshot": as_json(address_snapshot(customer)),
        "placedAt": times.placed,
        "fulfilledAt": times.fulfilled,
        "shippedAt": times.shipped,
        "deliveredAt": times.delivered,
        "cancelledAt": times.cancelled,
        "notes": _note(sale),
        "metadata": as_json({"channel": _channel(sale)}),
        "version": times.steps,
        "createdAt": times.placed,
        "updatedAt": times.last,
    }


def _note(sale: Sale) -> str | None:
    chance = Random(f"note {sale.reference}")
    return chance.choice(_NOTES) if chance.random() < 0.12 else None


def _channel(sale: Sale) -> str:
    return "mobile-web" if "Mobile" in browser_of(sale.customer.email) else "web"


def _item(sale: Sale, line: Line) -> inputs.OrderItemCreateWithoutRelationsInput:
    variant = line.variant
    return {
        "id": make_id("OrderItem", sale.key, variant.sku),
        "orderId": order_id(sale),
        "productId": product_id(variant.article.slug),
        "productVariantId": variant.id,
        "quantity": line.quantity,
        "quantityReserved": line.reserved,
        "unitPrice": variant.price,
        "titleSnapshot": variant.article.title,
        "variantSnapshot": as_json(
            {"title": variant.title, "sku": variant.sku, "attributes": variant.attributes}
        ),
        "createdAt": sale.times.placed,
        "updatedAt": sale.times.placed,
    }


def _usages(sale: Sale) -> list[inputs.CouponUsageCreateWithoutRelationsInput]:
    if sale.coupon is None:
        return []
    placed = sale.times.placed
    return [
        {
            "id": make_id("CouponUsage", sale.key, sale.coupon.code),
            "couponId": coupon_id(sale.coupon.code),
            "userId": user_id(sale.customer.email),
            "orderId": order_id(sale),
            "discountAmount": sale.discount,
            "usedAt": placed,
            "createdAt": placed,
            "updatedAt": placed,
        }
    ]
