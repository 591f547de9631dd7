-- The audit trail is written by triggers, in the transaction of the change: nested writes, cascades, raw SQL and other
-- clients cannot pass it. Who acts is told by the client in the setting lumi.scope, for the transaction; nobody is SYSTEM.

-- Arguments: the columns of the key, columns whose change alone is no change, columns that hold secrets; each joined by commas.
CREATE FUNCTION "audit_write"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    key_columns constant text[] := string_to_array(TG_ARGV[0], ',');
    ignored     constant text[] := string_to_array(TG_ARGV[1], ',') || ARRAY['updatedAt', 'version'];
    secret      text;
    scope       jsonb := nullif(current_setting('lumi.scope', true), '')::jsonb;
    actor       text := scope ->> 'actorId';
    kind        text := coalesce(scope ->> 'actorType', 'SYSTEM');
    old_row     jsonb;
    new_row     jsonb;
    before      jsonb;
    after       jsonb;
    action      text := CASE TG_OP WHEN 'INSERT' THEN 'CREATE' ELSE TG_OP END;
BEGIN
    -- Seeding and erasing are the owner's, and nobody else can switch the trail off. Not current_user: a foreign key
    -- deletes and changes rows in the name of the tables' owner, whoever deleted what they point at.
    IF current_setting('lumi.audit', true) = 'off'
        AND pg_has_role(session_user, (SELECT "relowner" FROM pg_class WHERE "oid" = TG_RELID), 'MEMBER') THEN
        RETURN NULL;
    END IF;
    IF jsonb_typeof(scope) <> 'object' THEN
        RAISE EXCEPTION 'the setting lumi.scope is no JSON object: who acts cannot be told'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF TG_OP <> 'INSERT' THEN
        old_row := to_jsonb(OLD) - ignored;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        new_row := to_jsonb(NEW) - ignored;
    END IF;
    -- What people do to their own account and review is not administration.
    IF TG_TABLE_NAME = 'User' AND (kind IN ('GUEST', 'CUSTOMER') OR coalesce(new_row, old_row) ->> 'id' = actor)
        OR TG_TABLE_NAME = 'Review' AND (kind IN ('GUEST', 'CUSTOMER') OR coalesce(new_row, old_row) ->> 'userId' = actor) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg("key", "value"), jsonb_object_agg("key", new_row -> "key") INTO before, after
        FROM jsonb_each(old_row) WHERE "value" IS DISTINCT FROM new_row -> "key";
        IF before IS NULL THEN
            RETURN NULL;
        ELSIF before ? 'deletedAt' THEN
            action := CASE WHEN new_row -> 'deletedAt' = 'null' THEN 'RESTORE' ELSE 'SOFT_DELETE' END;
        END IF;
    ELSE
        before := jsonb_strip_nulls(old_row);
        after := jsonb_strip_nulls(new_row);
    END IF;
    FOREACH secret IN ARRAY string_to_array(TG_ARGV[2], ',') LOOP
        IF before ->> secret IS NOT NULL THEN
            before := before || jsonb_build_object(secret, '***');
        END IF;
        IF after ->> secret IS NOT NULL THEN
            after := after || jsonb_build_object(secret, '***');
        END IF;
    END LOOP;
    INSERT INTO "AuditLog" ("id", "userId", "actorId", "actorType", "action", "entity", "entityId", "before", "after",
        "ipAddress", "userAgent", "requestId", "updatedAt")
    VALUES (
        "audit_new_id"(),
        (SELECT "id" FROM "User" WHERE "id" = actor), actor, kind::"ActorType", action::"AuditAction", TG_TABLE_NAME,
        (SELECT string_agg(coalesce(new_row, old_row) ->> "name", ':' ORDER BY "place")
            FROM unnest(key_columns) WITH ORDINALITY AS part ("name", "place")),
        before, after, scope ->> 'ipAddress', scope ->> 'userAgent', scope ->> 'requestId', now()
    );
    RETURN NULL;
END
$$;

-- As long and as unordered as a cuid.
CREATE FUNCTION "audit_new_id"() RETURNS text
LANGUAGE sql VOLATILE AS $$ SELECT 'c' || left(replace(gen_random_uuid()::text, '-', ''), 24) $$;

DO $$
DECLARE
    audited text[];
BEGIN
    FOREACH audited SLICE 1 IN ARRAY ARRAY[
        -- table, key, columns whose change alone is no change, secrets
        ['User', 'id', 'failedLoginCount,lockoutUntil', 'passwordHash,twoFactorSecret'],
        ['Role', 'id', '', ''],
        ['Permission', 'id', '', ''],
        ['RolePermission', 'roleId,permissionId', '', ''],
        ['UserRole', 'userId,roleId', '', ''],
        ['UserPermission', 'userId,permissionId', '', ''],
        ['Product', 'id', 'searchVector', ''],
        ['ProductVariant', 'id', 'stock', ''],
        ['Category', 'id', '', ''],
        ['ProductCategory', 'productId,categoryId', '', ''],
        ['Collection', 'id', '', ''],
        ['ProductCollection', 'productId,collectionId', '', ''],
        ['Media', 'id', '', ''],
        ['ProductMedia', 'productId,mediaId', '', ''],
        ['VariantMedia', 'variantId,mediaId', '', ''],
        ['Coupon', 'id', '', ''],
        ['Order', 'id', '', 'idempotencyKey,idempotencyHash'],
        ['OrderItem', 'id', '', ''],
        ['Payment', 'id', '', 'cardToken,threeDSHtmlContent,rawPayload,idempotencyKey'],
        ['PaymentRefund', 'id', '', 'idempotencyKey']
    ] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION "audit_write"(%L, %L, %L)',
            audited[1] || '_audit', audited[1], audited[2], audited[3], audited[4]);
    END LOOP;
END
$$;

-- Of stock, what people correct; what orders reserve, give back and take away is told by the orders.
CREATE TRIGGER "Inventory_audit" AFTER INSERT OR DELETE ON "Inventory"
    FOR EACH ROW EXECUTE FUNCTION "audit_write"('id', '', '');
CREATE TRIGGER "Inventory_audit_adjustment" AFTER UPDATE ON "Inventory"
    FOR EACH ROW WHEN (
        OLD."quantityReserved" = NEW."quantityReserved" AND OLD."quantityOnHand" <> NEW."quantityOnHand"
        OR OLD."lowStockThreshold" <> NEW."lowStockThreshold"
    ) EXECUTE FUNCTION "audit_write"('id', '', '');

-- Of reviews, what moderators do.
CREATE TRIGGER "Review_audit" AFTER DELETE ON "Review"
    FOR EACH ROW EXECUTE FUNCTION "audit_write"('id', '', '');
CREATE TRIGGER "Review_audit_moderation" AFTER UPDATE ON "Review"
    FOR EACH ROW WHEN (OLD."status" <> NEW."status" OR OLD."deletedAt" IS DISTINCT FROM NEW."deletedAt")
    EXECUTE FUNCTION "audit_write"('id', '', '');

-- Erasing leaves one row, which says that it was done and holds nothing of the person.
ALTER FUNCTION "erase_user"(text) RENAME TO "erase_user_data";

CREATE FUNCTION "erase_user"(user_id text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    scope jsonb := nullif(current_setting('lumi.scope', true), '')::jsonb;
    actor text := scope ->> 'actorId';
    as_it_was constant text := coalesce(current_setting('lumi.audit', true), '');
BEGIN
    PERFORM set_config('lumi.audit', 'off', true);
    PERFORM "erase_user_data"(user_id);
    PERFORM set_config('lumi.audit', as_it_was, true);
    INSERT INTO "AuditLog" ("id", "userId", "actorId", "actorType", "action", "entity", "entityId",
        "ipAddress", "userAgent", "requestId", "updatedAt")
    VALUES ("audit_new_id"(), (SELECT "id" FROM "User" WHERE "id" = actor), actor,
        coalesce(scope ->> 'actorType', 'SYSTEM')::"ActorType", 'ERASE', 'User', user_id,
        scope ->> 'ipAddress', scope ->> 'userAgent', scope ->> 'requestId', now());
END
$$;

REVOKE EXECUTE ON FUNCTION "erase_user"(text) FROM PUBLIC;
