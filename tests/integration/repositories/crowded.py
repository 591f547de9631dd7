"""A shop in which every list has several rows, each with several of what belongs to it: an N+1 would be seen."""

from __future__ import annotations

from dataclasses import dataclass

from lumi_db.repositories.sessions import hash_token
from tests.integration.database.shop_rows import Row
from tests.integration.database.shop_rows import Shop as Rows

TOKEN = "a token"
SEVERAL = range(3)


@dataclass(frozen=True, slots=True)
class Crowd:
    user: Row
    product: Row
    variant: Row
    women: Row
    boots: Row
    order: Row
    media: Row
    cart: Row
    coupon: Row
    role: Row
    permission: Row


async def fill(rows: Rows) -> Crowd:
    user = await rows.insert("User")
    women = await rows.insert("Category", slug="women")
    shoes = await rows.insert("Category", slug="shoes", parentId=women["id"])
    boots = await rows.insert("Category", slug="boots", parentId=shoes["id"])
    await rows.insert("Category", slug="bags", parentId=women["id"])
    media = [await rows.insert("Media") for _ in SEVERAL]
    collection = await rows.insert("Collection", slug="summer", status="ACTIVE")
    await rows.insert("Collection", status="ACTIVE")
    products = [await _product(rows, boots, collection, media) for _ in SEVERAL]
    product, variant = products[0]
    for _ in SEVERAL:
        cart = await _cart(rows, [one for _, one in products])
        order = await _order(rows, user, [one for _, one in products])
        review = await rows.insert("Review", productId=product["id"], status="APPROVED")
        for one in media:
            await rows.insert("ReviewMedia", reviewId=review["id"], mediaId=one["id"])
        for table in ("UserSession", "Address", "SavedCard", "SecurityEvent"):
            await rows.insert(table, userId=user["id"])
        await rows.insert("AuditLog", actorId=user["id"], entityId="row")
        role, permission = await _role(rows, user)
        coupon = await rows.insert("Coupon")
    await rows.insert("UserSession", userId=user["id"], refreshTokenHash=hash_token(TOKEN))
    for table in ("Address", "SavedCard"):
        await rows.insert(table, userId=user["id"], isDefault=True)
    return Crowd(user, product, variant, women, boots, order, media[0], cart, coupon, role, permission)


async def _product(rows: Rows, category: Row, collection: Row, media: list[Row]) -> tuple[Row, Row]:
    product, variant = await rows.active_product(title="Keten elbise")
    for one in (variant, await rows.insert("ProductVariant", productId=product["id"])):
        await rows.insert("Inventory", productVariantId=one["id"], quantityAvailable=1, quantityOnHand=1)
        for picture in media:
            await rows.insert("VariantMedia", variantId=one["id"], mediaId=picture["id"])
    await rows.insert("ProductCategory", productId=product["id"], categoryId=category["id"])
    await rows.insert("ProductCollection", productId=product["id"], collectionId=collection["id"])
    for place, picture in enumerate(media):
        await rows.insert(
            "ProductMedia", productId=product["id"], mediaId=picture["id"], isPrimary=place == 0
        )
    return product, variant


async def _cart(rows: Rows, variants: list[Row]) -> Row:
    cart = await rows.insert("Cart", userId=(await rows.insert("User"))["id"])
    for variant in variants:
        await rows.insert("CartItem", cartId=cart["id"], productVariantId=variant["id"])
    return cart


async def _order(rows: Rows, user: Row, variants: list[Row]) -> Row:
    order = await rows.insert("Order", userId=user["id"], idempotencyKey=f"key-{await rows.count('Order')}")
    for variant in variants:
        ids = {"productId": variant["productId"], "productVariantId": variant["id"]}
        await rows.insert("OrderItem", orderId=order["id"], **ids)
    for number in SEVERAL:
        known_as = f"t-{order['id']}-{number}"
        payment = await rows.insert("Payment", orderId=order["id"], transactionId=known_as)
        for _ in SEVERAL:
            await rows.insert("PaymentRefund", paymentId=payment["id"], amount="10")
    return order


async def _role(rows: Rows, user: Row) -> tuple[Row, Row]:
    role = await rows.insert("Role")
    await rows.insert("UserRole", userId=user["id"], roleId=role["id"])
    for _ in SEVERAL:
        permission = await rows.insert("Permission")
        await rows.insert("RolePermission", roleId=role["id"], permissionId=permission["id"])
    return role, permission
