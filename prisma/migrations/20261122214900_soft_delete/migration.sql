-- A soft-deleted row gives its unique values free: "<value>#<id>" while "deletedAt" is set, the value again on restore.
-- The unique indexes stay whole, so find_unique, upsert and ON CONFLICT work; a live row in the way of a restore is 23505.

CREATE FUNCTION "free_unique_values"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    field  text;
    value  text;
    suffix text := '#' || NEW."id";
BEGIN
    FOREACH field IN ARRAY TG_ARGV LOOP
        value := to_jsonb(NEW) ->> field;
        IF value IS NOT NULL AND right(value, length(suffix)) <> suffix THEN
            NEW := jsonb_populate_record(NEW, jsonb_build_object(field, value || suffix));
        END IF;
    END LOOP;
    RETURN NEW;
END
$$;

CREATE FUNCTION "restore_unique_values"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    field  text;
    value  text;
    suffix text := '#' || NEW."id";
BEGIN
    FOREACH field IN ARRAY TG_ARGV LOOP
        value := to_jsonb(NEW) ->> field;
        IF right(value, length(suffix)) = suffix THEN
            NEW := jsonb_populate_record(NEW, jsonb_build_object(field, left(value, -length(suffix))));
        END IF;
    END LOOP;
    RETURN NEW;
END
$$;

CREATE TRIGGER "User_free_unique_values" BEFORE INSERT OR UPDATE OF "deletedAt", "email" ON "User"
    FOR EACH ROW WHEN (NEW."deletedAt" IS NOT NULL) EXECUTE FUNCTION "free_unique_values"('email');
CREATE TRIGGER "User_restore_unique_values" BEFORE UPDATE OF "deletedAt" ON "User"
    FOR EACH ROW WHEN (OLD."deletedAt" IS NOT NULL AND NEW."deletedAt" IS NULL)
    EXECUTE FUNCTION "restore_unique_values"('email');

CREATE TRIGGER "Product_free_unique_values" BEFORE INSERT OR UPDATE OF "deletedAt", "slug", "sku" ON "Product"
    FOR EACH ROW WHEN (NEW."deletedAt" IS NOT NULL) EXECUTE FUNCTION "free_unique_values"('slug', 'sku');
CREATE TRIGGER "Product_restore_unique_values" BEFORE UPDATE OF "deletedAt" ON "Product"
    FOR EACH ROW WHEN (OLD."deletedAt" IS NOT NULL AND NEW."deletedAt" IS NULL)
    EXECUTE FUNCTION "restore_unique_values"('slug', 'sku');

CREATE TRIGGER "ProductVariant_free_unique_values" BEFORE INSERT OR UPDATE OF "deletedAt", "sku" ON "ProductVariant"
    FOR EACH ROW WHEN (NEW."deletedAt" IS NOT NULL) EXECUTE FUNCTION "free_unique_values"('sku');
CREATE TRIGGER "ProductVariant_restore_unique_values" BEFORE UPDATE OF "deletedAt" ON "ProductVariant"
    FOR EACH ROW WHEN (OLD."deletedAt" IS NOT NULL AND NEW."deletedAt" IS NULL)
    EXECUTE FUNCTION "restore_unique_values"('sku');

CREATE TRIGGER "Category_free_unique_values" BEFORE INSERT OR UPDATE OF "deletedAt", "slug" ON "Category"
    FOR EACH ROW WHEN (NEW."deletedAt" IS NOT NULL) EXECUTE FUNCTION "free_unique_values"('slug');
CREATE TRIGGER "Category_restore_unique_values" BEFORE UPDATE OF "deletedAt" ON "Category"
    FOR EACH ROW WHEN (OLD."deletedAt" IS NOT NULL AND NEW."deletedAt" IS NULL)
    EXECUTE FUNCTION "restore_unique_values"('slug');

CREATE TRIGGER "Collection_free_unique_values" BEFORE INSERT OR UPDATE OF "deletedAt", "slug" ON "Collection"
    FOR EACH ROW WHEN (NEW."deletedAt" IS NOT NULL) EXECUTE FUNCTION "free_unique_values"('slug');
CREATE TRIGGER "Collection_restore_unique_values" BEFORE UPDATE OF "deletedAt" ON "Collection"
    FOR EACH ROW WHEN (OLD."deletedAt" IS NOT NULL AND NEW."deletedAt" IS NULL)
    EXECUTE FUNCTION "restore_unique_values"('slug');

CREATE TRIGGER "Media_free_unique_values" BEFORE INSERT OR UPDATE OF "deletedAt", "assetId" ON "Media"
    FOR EACH ROW WHEN (NEW."deletedAt" IS NOT NULL) EXECUTE FUNCTION "free_unique_values"('assetId');
CREATE TRIGGER "Media_restore_unique_values" BEFORE UPDATE OF "deletedAt" ON "Media"
    FOR EACH ROW WHEN (OLD."deletedAt" IS NOT NULL AND NEW."deletedAt" IS NULL)
    EXECUTE FUNCTION "restore_unique_values"('assetId');

CREATE TRIGGER "Coupon_free_unique_values" BEFORE INSERT OR UPDATE OF "deletedAt", "code" ON "Coupon"
    FOR EACH ROW WHEN (NEW."deletedAt" IS NOT NULL) EXECUTE FUNCTION "free_unique_values"('code');
CREATE TRIGGER "Coupon_restore_unique_values" BEFORE UPDATE OF "deletedAt" ON "Coupon"
    FOR EACH ROW WHEN (OLD."deletedAt" IS NOT NULL AND NEW."deletedAt" IS NULL)
    EXECUTE FUNCTION "restore_unique_values"('code');

-- "status" is DELETED exactly when "deletedAt" is set; a check holds it, and this spares the writer the second field.
CREATE FUNCTION "user_status_follows_deleted_at"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW."deletedAt" IS NOT NULL THEN
        NEW."status" := 'DELETED';
    ELSIF TG_OP = 'UPDATE' AND OLD."deletedAt" IS NOT NULL AND NEW."status" = 'DELETED' THEN
        NEW."status" := 'ACTIVE';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER "User_status_follows_deletedAt" BEFORE INSERT OR UPDATE OF "deletedAt" ON "User"
    FOR EACH ROW EXECUTE FUNCTION "user_status_follows_deleted_at"();
