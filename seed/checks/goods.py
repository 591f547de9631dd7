"""What must hold of the catalogue, its prices and its stock."""

from seed.checks.check import Check, duplicates, rows_where

_NO_AMOUNT = """NOT coalesce({field} >= 0 AND {field} <> 'NaN', true)"""
_OPEN = "('PENDING', 'PAID', 'FULFILLED')"


def _amounts(*fields: str) -> str:
    return " OR ".join(_NO_AMOUNT.format(field=f'"{field}"') for field in fields)


GOODS = (
    rows_where(
        "product-price",
        "products with a negative price",
        "Product",
        _amounts("price", "compareAtPrice"),
        id='"slug"',
    ),
    rows_where(
        "variant-price",
        "variants with a negative price",
        "ProductVariant",
        _amounts("price", "compareAtPrice"),
        id='"sku"',
    ),
    rows_where(
        "product-slug",
        "products whose slug is not made of small letters, digits and hyphens",
        "Product",
        """"deletedAt" IS NULL AND "slug" !~ '^[a-z0-9]+(-[a-z0-9]+)*$'""",
    ),
    rows_where(
        "category-slug",
        "categories whose slug is not made of small letters, digits and hyphens",
        "Category",
        """"deletedAt" IS NULL AND "slug" !~ '^[a-z0-9]+(-[a-z0-9]+)*$'""",
    ),
    Check(
        "product-primary-variant",
        "ACTIVE products without exactly one live primary variant",
        """SELECT p."slug" AS "id" FROM "Product" p WHERE p."status" = 'ACTIVE' AND p."deletedAt" IS NULL
        AND (SELECT count(*) FROM "ProductVariant" v
            WHERE v."productId" = p."id" AND v."isPrimary" AND v."deletedAt" IS NULL) <> 1""",
    ),
    duplicates(
        "variant-primary",
        "products with several live primary variants",
        "ProductVariant",
        '"productId"',
        '"isPrimary" AND "deletedAt" IS NULL',
    ),
    duplicates(
        "category-primary",
        "products with several primary categories",
        "ProductCategory",
        '"productId"',
        '"isPrimary"',
    ),
    duplicates(
        "media-primary",
        "products with several primary pictures",
        "ProductMedia",
        '"productId"',
        '"isPrimary"',
    ),
    Check(
        "variant-of-deleted",
        "live variants of deleted products",
        """SELECT v."sku" AS "id" FROM "ProductVariant" v JOIN "Product" p ON p."id" = v."productId"
        WHERE v."deletedAt" IS NULL AND p."deletedAt" IS NOT NULL""",
    ),
    Check(
        "category-path",
        "categories whose path or level does not follow their parents",
        """SELECT c."slug" AS "id" FROM "Category" c LEFT JOIN "Category" p ON p."id" = c."parentId"
        WHERE c."path" <> coalesce(p."path", '') || '/' || c."slug" OR c."level" <> coalesce(p."level" + 1, 0)""",
    ),
    Check(
        "category-cycle",
        "categories that are their own ancestor",
        """WITH RECURSIVE above AS (
            SELECT "id", "parentId" FROM "Category" WHERE "parentId" IS NOT NULL
            UNION
            SELECT above."id", c."parentId" FROM above JOIN "Category" c ON c."id" = above."parentId"
        )
        SELECT "id" FROM above WHERE "parentId" = "id" """,
    ),
    rows_where(
        "stock-negative",
        "stocks that are negative",
        "Inventory",
        'least("quantityAvailable", "quantityReserved", "quantityOnHand", "lowStockThreshold") < 0',
    ),
    rows_where(
        "stock-sum",
        "stocks on hand that are not what is available and what is reserved",
        "Inventory",
        '"quantityOnHand"::bigint <> "quantityAvailable"::bigint + "quantityReserved"',
    ),
    Check(
        "stock-mirror",
        "variants whose stock is not what their inventory has available",
        """SELECT v."sku" AS "id" FROM "ProductVariant" v JOIN "Inventory" i ON i."productVariantId" = v."id"
        WHERE v."stock" <> i."quantityAvailable" """,
    ),
    rows_where(
        "variant-stock", "variants whose stock is negative", "ProductVariant", '"stock" < 0', id='"sku"'
    ),
    Check(
        "stock-reserved",
        "stocks whose reserved pieces are not those of orders that wait to be shipped",
        f"""SELECT i."id" FROM "Inventory" i LEFT JOIN (
            SELECT item."productVariantId" AS variant, sum(item."quantityReserved") AS pieces
            FROM "OrderItem" item JOIN "Order" o ON o."id" = item."orderId" WHERE o."status" IN {_OPEN} GROUP BY 1
        ) taken ON taken.variant = i."productVariantId"
        WHERE i."quantityReserved" <> coalesce(taken.pieces, 0)""",
    ),
    Check(
        "stock-back-order",
        "lines of open orders that reserve less than was ordered of what is not sold on back-order",
        f"""SELECT item."id" FROM "OrderItem" item JOIN "Order" o ON o."id" = item."orderId"
        JOIN "Product" p ON p."id" = item."productId"
        WHERE o."status" IN {_OPEN} AND item."quantityReserved" < item."quantity"
        AND p."inventoryPolicy" <> 'CONTINUE' """,
    ),
)
