"""Rules of products, variants, categories, stock, reviews and media."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lumi_db import ConflictError, OutOfStockError, RelatedRecordError, ValidationError

from .refusal import Refusal

LATER = datetime.now(UTC) + timedelta(days=1)
PRODUCT = {"title": "New", "slug": "new", "price": "1"}
VARIANT = {"title": "M", "sku": "new-m", "price": "1"}
DELETED = '"deletedAt" = now()'

REFUSALS = (
    Refusal(
        rule="phase-2 9.2: Validate price >= 0",
        through=lambda w: w.shop.products.create({**PRODUCT, "price": "-0.01"}),
        error=ValidationError,
        fields=("price",),
        around=lambda w: w.rows.insert("Product", price="-0.01"),
        kept_by="Product_price_not_negative",
    ),
    Refusal(
        rule="phase-2 9.2: Validate price >= 0",
        through=lambda w: w.shop.variants.update(w.medium.id, {"price": "-0.01"}),
        error=ValidationError,
        fields=("price",),
        around=lambda w: w.rows.set("ProductVariant", w.medium.id, '"price" = -0.01'),
        kept_by="ProductVariant_price_not_negative",
    ),
    Refusal(
        rule="phase-2 9.2: Validate stock >= 0",
        through=lambda w: w.shop.inventory.adjust(w.medium.id, -10),
        error=OutOfStockError,
        fields=("by",),
        around=lambda w: w.rows.connection.execute(
            'UPDATE "Inventory" SET "quantityAvailable" = -1, "quantityOnHand" = "quantityReserved" - 1'
        ),
        kept_by="Inventory_quantityAvailable_not_negative",
    ),
    Refusal(
        rule="phase-2 9.2: Validate stock >= 0",
        through=lambda w: w.shop.variants.create({**VARIANT, "productId": w.draft.id, "quantity": -1}),
        error=ValidationError,
        fields=("quantity",),
        around=lambda w: w.rows.insert("ProductVariant", productId=w.draft.id, stock=-1),
        kept_by="ProductVariant_stock_not_negative",
    ),
    Refusal(
        rule="phase-2 9.2: Validate rating between 1-5",
        through=lambda w: w.shop.reviews.submit(user_id=w.bob.id, product_id=w.dress.id, rating=6),
        error=ValidationError,
        fields=("rating",),
        around=lambda w: w.rows.insert("Review", userId=w.bob.id, productId=w.dress.id, rating=6),
        kept_by="Review_rating_1_to_5",
    ),
    Refusal(
        rule="phase-2 9.2: Validate foreign key existence",
        through=lambda w: w.shop.variants.create({**VARIANT, "productId": "nowhere"}),
        error=RelatedRecordError,
        fields=("productId",),
        around=lambda w: w.rows.insert("ProductVariant", productId="nowhere"),
        kept_by="ProductVariant_productId_fkey",
    ),
    Refusal(
        rule="phase-2 9.2: Validate unique constraints",
        through=lambda w: w.shop.products.create({**PRODUCT, "slug": "draft"}),
        error=ConflictError,
        fields=("slug",),
        around=lambda w: w.rows.insert("Product", slug="draft"),
        kept_by="Product_slug_key",
    ),
    Refusal(
        rule="phase-2 9.3: Ensure primary variant exists for each product",
        through=lambda w: w.shop.products.publish(w.draft.id),
        error=ValidationError,
        fields=("status",),
        around=lambda w: w.rows.set("Product", w.draft.id, "\"status\" = 'ACTIVE'"),
        kept_by="Product_status_needs_primary_variant",
    ),
    Refusal(
        rule="phase-2 9.3: Ensure primary variant exists for each product",
        through=lambda w: w.shop.variants.delete(w.medium.id),
        error=ValidationError,
        fields=("status",),
        around=lambda w: w.rows.set("ProductVariant", w.medium.id, DELETED),
        kept_by="Product_status_needs_primary_variant",
    ),
    Refusal(
        rule="phase-2 9.3: Prevent category circular references",
        through=lambda w: w.shop.categories.move(w.women.id, w.shoes.id),
        error=ValidationError,
        fields=("parentId",),
        around=lambda w: w.rows.set("Category", w.women.id, f"\"parentId\" = '{w.shoes.id}'"),
        kept_by="Category_parentId_no_cycle",
    ),
    Refusal(
        rule="phase-2 9.3: Enforce review uniqueness per user per product",
        through=lambda w: w.shop.reviews.submit(user_id=w.ada.id, product_id=w.dress.id, rating=1),
        error=ConflictError,
        fields=("userId", "productId"),
        around=lambda w: w.rows.insert("Review", userId=w.ada.id, productId=w.dress.id),
        kept_by="Review_userId_productId_key",
    ),
    Refusal(
        rule="rulings 3: createdAt is never in the future",
        through=lambda w: w.shop.products.create({**PRODUCT, "createdAt": LATER}),
        error=ValidationError,
        fields=("createdAt",),
        around=lambda w: w.rows.insert("Product", createdAt=LATER),
        kept_by="Product_createdAt_not_in_future",
    ),
    Refusal(
        rule="rulings 3: createdAt never changes",
        through=lambda w: w.shop.products.update(w.draft.id, {"createdAt": w.dress.createdAt}),
        error=ValidationError,
        fields=("createdAt",),
        around=lambda w: w.rows.set("Product", w.draft.id, "\"createdAt\" = now() - interval '1 day'"),
        kept_by="Product_createdAt_immutable",
    ),
    Refusal(
        rule="rulings 4: refused where foreign keys restrict",
        through=lambda w: w.shop.categories.delete(w.women.id),
        error=RelatedRecordError,
        fields=("parentId",),
        around=lambda w: w.rows.set("Category", w.women.id, DELETED),
        kept_by="Category_parentId_fkey",
    ),
    Refusal(
        rule="rulings 4: refused where foreign keys restrict",
        through=lambda w: w.shop.categories.delete(w.shoes.id),
        error=RelatedRecordError,
        fields=("categoryId",),
        around=lambda w: w.rows.set("Category", w.shoes.id, DELETED),
        kept_by="ProductCategory_categoryId_fkey",
    ),
    Refusal(
        rule="rulings 6: Category: Restrict while a ProductCategory or a child exists",
        through=lambda w: w.shop.categories.purge(w.women.id),
        error=RelatedRecordError,
        fields=("parentId",),
        around=lambda w: w.rows.delete("Category", w.women.id),
        kept_by="Category_parentId_fkey",
    ),
    Refusal(
        rule="rulings 6: Category: Restrict while a ProductCategory or a child exists",
        through=lambda w: w.shop.categories.purge(w.shoes.id),
        error=RelatedRecordError,
        fields=("categoryId",),
        around=lambda w: w.rows.delete("Category", w.shoes.id),
        kept_by="ProductCategory_categoryId_fkey",
    ),
    Refusal(
        rule="rulings 8: currency three capitals",
        through=lambda w: w.shop.products.create({**PRODUCT, "currency": "try"}),
        error=ValidationError,
        fields=("currency",),
        around=lambda w: w.rows.insert("Product", currency="try"),
        kept_by="Product_currency_shape",
    ),
    Refusal(
        rule="rulings 8: one primary variant per product",
        through=lambda w: w.shop.variants.create({**VARIANT, "productId": w.dress.id, "isPrimary": True}),
        error=ConflictError,
        fields=("productId",),
        around=lambda w: w.rows.insert("ProductVariant", productId=w.dress.id, isPrimary=True),
        kept_by="ProductVariant_productId_primary_key",
    ),
    Refusal(
        rule="rulings 8: quantityOnHand = quantityAvailable + quantityReserved",
        through=lambda w: w.shop.inventory.update(w.medium.id, {"quantityOnHand": 99}),
        error=ValidationError,
        fields=("quantityOnHand",),
        around=lambda w: w.rows.connection.execute('UPDATE "Inventory" SET "quantityOnHand" = 99'),
        kept_by="Inventory_quantityOnHand_sum",
    ),
    Refusal(
        rule="rulings 10: a direct write to stock is refused",
        through=lambda w: w.shop.variants.update(w.medium.id, {"stock": 99}),
        error=ValidationError,
        fields=("stock",),
        around=lambda w: w.rows.set("ProductVariant", w.medium.id, '"stock" = 99'),
        kept_by="ProductVariant_stock_mirrors_inventory",
    ),
    Refusal(
        rule="rulings 11: slugs are unique over all categories",
        through=lambda w: w.shop.categories.create({"name": "Shoes", "slug": "women-shoes"}),
        error=ConflictError,
        fields=("slug",),
        around=lambda w: w.rows.insert("Category", slug="women-shoes"),
        kept_by="Category_slug_key",
    ),
)
