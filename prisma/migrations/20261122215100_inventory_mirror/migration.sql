-- "Inventory" is the truth about stock; "ProductVariant"."stock" mirrors "quantityAvailable".
-- The mirror leaves "version" and "updatedAt" alone: a sale must not make a catalogue editor's version stale.

CREATE FUNCTION "inventory_mirror_stock"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD."productVariantId" <> NEW."productVariantId") THEN
        UPDATE "ProductVariant" SET "stock" = 0 WHERE "id" = OLD."productVariantId" AND "stock" <> 0;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE "ProductVariant" SET "stock" = NEW."quantityAvailable"
        WHERE "id" = NEW."productVariantId" AND "stock" <> NEW."quantityAvailable";
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER "Inventory_mirror_stock" AFTER INSERT OR DELETE OR UPDATE OF "quantityAvailable", "productVariantId" ON "Inventory"
    FOR EACH ROW EXECUTE FUNCTION "inventory_mirror_stock"();

-- A whole-row save would write an old stock back. At depth 1 the statement is the client's own, deeper it is the mirror's.
CREATE FUNCTION "product_variant_guard_stock"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF pg_trigger_depth() = 1 AND EXISTS (SELECT FROM "Inventory" WHERE "productVariantId" = NEW."id") THEN
        RAISE EXCEPTION 'stock of a variant that has an inventory is changed through the inventory'
            USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                  COLUMN = 'stock', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER "ProductVariant_stock_mirrors_inventory" BEFORE UPDATE OF "stock" ON "ProductVariant"
    FOR EACH ROW WHEN (OLD."stock" IS DISTINCT FROM NEW."stock") EXECUTE FUNCTION "product_variant_guard_stock"();
