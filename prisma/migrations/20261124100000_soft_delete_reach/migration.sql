-- What a soft delete reaches and where it is refused, as the foreign keys do it for a real one: along the CASCADEs to rows
-- that have "deletedAt" or "revokedAt", and stopped by the RESTRICTs. So it holds for every client and for plain SQL.
-- "version" and "updatedAt" belong to the client: no trigger touches them.

-- Variants and reviews go with their product, and come back with it: those that have its very instant.
CREATE FUNCTION "product_soft_delete_reach"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW."deletedAt" IS NOT NULL THEN
        UPDATE "ProductVariant" SET "deletedAt" = NEW."deletedAt" WHERE "productId" = NEW."id" AND "deletedAt" IS NULL;
        UPDATE "Review" SET "deletedAt" = NEW."deletedAt" WHERE "productId" = NEW."id" AND "deletedAt" IS NULL;
    ELSE
        UPDATE "ProductVariant" SET "deletedAt" = NULL WHERE "productId" = NEW."id" AND "deletedAt" = OLD."deletedAt";
        UPDATE "Review" SET "deletedAt" = NULL WHERE "productId" = NEW."id" AND "deletedAt" = OLD."deletedAt";
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER "Product_soft_delete_reach" AFTER UPDATE OF "deletedAt" ON "Product"
    FOR EACH ROW WHEN ((OLD."deletedAt" IS NULL) <> (NEW."deletedAt" IS NULL))
    EXECUTE FUNCTION "product_soft_delete_reach"();

-- Nobody stays signed in to an account that was deleted.
CREATE FUNCTION "user_soft_delete_reach"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE "UserSession" SET "revokedAt" = NEW."deletedAt" WHERE "userId" = NEW."id" AND "revokedAt" IS NULL;
    RETURN NULL;
END
$$;

CREATE TRIGGER "User_soft_delete_reach" AFTER UPDATE OF "deletedAt" ON "User"
    FOR EACH ROW WHEN (OLD."deletedAt" IS NULL AND NEW."deletedAt" IS NOT NULL)
    EXECUTE FUNCTION "user_soft_delete_reach"();

-- Arguments: the table that points at this one, its column, and whether its own deleted rows do not count.
CREATE FUNCTION "refuse_soft_delete"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    is_in_the_way boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1%s)', TG_ARGV[0], TG_ARGV[1], TG_ARGV[2])
        INTO is_in_the_way USING NEW."id";
    IF is_in_the_way THEN
        RAISE EXCEPTION 'rows of % point at this %: delete or change them first', TG_ARGV[0], TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_ARGV[0], COLUMN = TG_ARGV[1],
                  CONSTRAINT = TG_ARGV[0] || '_' || TG_ARGV[1] || '_fkey';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER "Category_soft_delete_children" AFTER UPDATE OF "deletedAt" ON "Category"
    FOR EACH ROW WHEN (OLD."deletedAt" IS NULL AND NEW."deletedAt" IS NOT NULL)
    EXECUTE FUNCTION "refuse_soft_delete"('Category', 'parentId', ' AND "deletedAt" IS NULL');
CREATE TRIGGER "Category_soft_delete_products" AFTER UPDATE OF "deletedAt" ON "Category"
    FOR EACH ROW WHEN (OLD."deletedAt" IS NULL AND NEW."deletedAt" IS NOT NULL)
    EXECUTE FUNCTION "refuse_soft_delete"('ProductCategory', 'categoryId', '');
CREATE TRIGGER "Coupon_soft_delete_usages" AFTER UPDATE OF "deletedAt" ON "Coupon"
    FOR EACH ROW WHEN (OLD."deletedAt" IS NULL AND NEW."deletedAt" IS NOT NULL)
    EXECUTE FUNCTION "refuse_soft_delete"('CouponUsage', 'couponId', '');

-- A live row does not point at a deleted one where a real delete would have taken it along or been refused.
-- Arguments: the table pointed at, and the column that does. FOR SHARE waits for a soft delete that is not committed,
-- and lets the next one wait for this row.
CREATE FUNCTION "refuse_deleted_parent"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    key      text := to_jsonb(NEW) ->> TG_ARGV[1];
    is_live  boolean;
BEGIN
    IF current_setting('transaction_isolation') = 'read committed' THEN
        EXECUTE format('SELECT "deletedAt" IS NULL FROM %I WHERE "id" = $1 FOR SHARE', TG_ARGV[0]) INTO is_live USING key;
    ELSE
        -- A lock alone would let a soft delete go on with what it saw before: see rules_across_rows.
        EXECUTE format('UPDATE %I SET "updatedAt" = "updatedAt" WHERE "id" = $1 RETURNING "deletedAt" IS NULL', TG_ARGV[0])
            INTO is_live USING key;
    END IF;
    -- A row that is not there at all is the foreign key's to refuse.
    IF NOT is_live THEN
        RAISE EXCEPTION '% points at a % that was deleted', TG_ARGV[1], TG_ARGV[0]
            USING ERRCODE = 'foreign_key_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                  COLUMN = TG_ARGV[1], CONSTRAINT = TG_TABLE_NAME || '_' || TG_ARGV[1] || '_fkey';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER "ProductVariant_productId_live" AFTER INSERT OR UPDATE OF "deletedAt", "productId" ON "ProductVariant"
    FOR EACH ROW WHEN (NEW."deletedAt" IS NULL) EXECUTE FUNCTION "refuse_deleted_parent"('Product', 'productId');
CREATE TRIGGER "Review_productId_live" AFTER INSERT OR UPDATE OF "deletedAt", "productId" ON "Review"
    FOR EACH ROW WHEN (NEW."deletedAt" IS NULL) EXECUTE FUNCTION "refuse_deleted_parent"('Product', 'productId');
CREATE TRIGGER "Category_parentId_live" AFTER INSERT OR UPDATE OF "deletedAt", "parentId" ON "Category"
    FOR EACH ROW WHEN (NEW."deletedAt" IS NULL AND NEW."parentId" IS NOT NULL)
    EXECUTE FUNCTION "refuse_deleted_parent"('Category', 'parentId');
CREATE TRIGGER "ProductCategory_categoryId_live" AFTER INSERT OR UPDATE OF "categoryId" ON "ProductCategory"
    FOR EACH ROW EXECUTE FUNCTION "refuse_deleted_parent"('Category', 'categoryId');
CREATE TRIGGER "CouponUsage_couponId_live" AFTER INSERT OR UPDATE OF "couponId" ON "CouponUsage"
    FOR EACH ROW EXECUTE FUNCTION "refuse_deleted_parent"('Coupon', 'couponId');

-- Rows from before this migration.
UPDATE "ProductVariant" SET "deletedAt" = "Product"."deletedAt" FROM "Product"
WHERE "Product"."id" = "ProductVariant"."productId" AND "Product"."deletedAt" IS NOT NULL AND "ProductVariant"."deletedAt" IS NULL;
UPDATE "Review" SET "deletedAt" = "Product"."deletedAt" FROM "Product"
WHERE "Product"."id" = "Review"."productId" AND "Product"."deletedAt" IS NOT NULL AND "Review"."deletedAt" IS NULL;
UPDATE "UserSession" SET "revokedAt" = "User"."deletedAt" FROM "User"
WHERE "User"."id" = "UserSession"."userId" AND "User"."deletedAt" IS NOT NULL AND "UserSession"."revokedAt" IS NULL;
