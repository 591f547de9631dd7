-- "createdAt" never changes and is never in the future. "updatedAt" belongs to the client: no trigger touches it.
-- What only refuses an update is an AFTER trigger: a BEFORE trigger would lock every row that any update touches once more.

CREATE FUNCTION "refuse_created_at_change"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'createdAt of % never changes', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
              COLUMN = 'createdAt', CONSTRAINT = TG_NAME;
END
$$;

-- The instant comes from the client's clock. One that is up to a minute ahead is moved back to the server's,
-- so that two machines a little apart can work together.
CREATE FUNCTION "refuse_created_at_in_future"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW."createdAt" > clock_timestamp() + interval '1 minute' THEN
        RAISE EXCEPTION 'createdAt of % is in the future', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                  COLUMN = 'createdAt', CONSTRAINT = TG_NAME;
    END IF;
    NEW."createdAt" := date_trunc('milliseconds', clock_timestamp());
    RETURN NEW;
END
$$;

DO $$
DECLARE
    model text;
BEGIN
    FOREACH model IN ARRAY ARRAY[
        'User', 'UserSession', 'Role', 'Permission', 'RolePermission', 'UserRole', 'UserPermission',
        'SecurityEvent', 'Product', 'ProductVariant', 'Category', 'ProductCategory', 'Collection',
        'ProductCollection', 'Inventory', 'Media', 'ProductMedia', 'VariantMedia', 'Cart', 'CartItem',
        'Address', 'Order', 'OrderItem', 'Payment', 'SavedCard', 'PaymentRefund', 'Review', 'ReviewMedia',
        'Coupon', 'CouponUsage', 'AuditLog'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER %I AFTER UPDATE OF "createdAt" ON %I FOR EACH ROW '
            'WHEN (OLD."createdAt" IS DISTINCT FROM NEW."createdAt") EXECUTE FUNCTION "refuse_created_at_change"()',
            model || '_createdAt_immutable', model);
        EXECUTE format(
            'CREATE TRIGGER %I BEFORE INSERT ON %I FOR EACH ROW '
            'WHEN (NEW."createdAt" > clock_timestamp()) EXECUTE FUNCTION "refuse_created_at_in_future"()',
            model || '_createdAt_not_in_future', model);
    END LOOP;
END
$$;
