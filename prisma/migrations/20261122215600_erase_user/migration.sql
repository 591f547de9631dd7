-- Erasing a person who was soft-deleted: names, phones, addresses, IPs and e-mail go, in their rows, in the address
-- snapshots of their orders and in the audit log. Amounts, references and who did what (by id) stay.

-- Empties the named keys of an object, at any depth.
CREATE FUNCTION "redact"(document jsonb, keys text[]) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN CASE jsonb_typeof(document)
        WHEN 'object' THEN (
            SELECT coalesce(jsonb_object_agg(key, CASE WHEN key = ANY (keys) THEN 'null' ELSE "redact"(value, keys) END), '{}')
            FROM jsonb_each(document))
        WHEN 'array' THEN (
            SELECT coalesce(jsonb_agg("redact"(value, keys) ORDER BY place), '[]')
            FROM jsonb_array_elements(document) WITH ORDINALITY AS element (value, place))
        ELSE document
    END;
END
$$;

CREATE FUNCTION "erase_user"(user_id text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    personal constant text[] := ARRAY[
        'email', 'passwordHash', 'firstName', 'lastName', 'phone', 'twoFactorSecret', 'label', 'fullName', 'line1', 'line2',
        'city', 'state', 'postalCode', 'ipAddress', 'userAgent', 'fingerprint', 'deviceId', 'cardToken', 'cardAlias',
        'cardHolderName', 'shippingAddressSnapshot', 'billingAddressSnapshot', 'notes', 'threeDSHtmlContent', 'rawPayload',
        'payload'];
    theirs text[];
BEGIN
    PERFORM FROM "User" WHERE "id" = user_id AND "deletedAt" IS NOT NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a user who was soft-deleted can be erased'
            USING ERRCODE = 'check_violation', SCHEMA = 'public', TABLE = 'User', COLUMN = 'deletedAt',
                  CONSTRAINT = 'User_deletedAt_before_erasing';
    END IF;

    -- The trigger of soft delete makes the e-mail address "#<id>".
    UPDATE "User" SET "email" = '', "passwordHash" = '', "firstName" = NULL, "lastName" = NULL, "phone" = NULL,
        "twoFactorSecret" = NULL, "twoFactorEnabled" = false WHERE "id" = user_id;
    UPDATE "UserSession" SET "fingerprint" = NULL, "ipAddress" = NULL, "userAgent" = NULL,
        "revokedAt" = coalesce("revokedAt", now()) WHERE "userId" = user_id;
    UPDATE "Address" SET "label" = NULL, "fullName" = '', "phone" = NULL, "line1" = '', "line2" = NULL, "city" = '',
        "state" = NULL, "postalCode" = NULL WHERE "userId" = user_id;
    UPDATE "SavedCard" SET "cardToken" = '#' || "id", "cardAlias" = NULL, "cardHolderName" = NULL WHERE "userId" = user_id;
    UPDATE "Order" SET "shippingAddressSnapshot" = '{}', "billingAddressSnapshot" = '{}', "notes" = NULL
        WHERE "userId" = user_id;
    UPDATE "Payment" SET "cardToken" = NULL, "ipAddress" = NULL, "deviceId" = NULL, "threeDSHtmlContent" = NULL,
        "rawPayload" = NULL WHERE "userId" = user_id;
    UPDATE "SecurityEvent" SET "ipAddress" = NULL, "userAgent" = NULL, "payload" = NULL WHERE "userId" = user_id;

    theirs := ARRAY[user_id]
        || ARRAY(SELECT "id" FROM "UserSession" WHERE "userId" = user_id)
        || ARRAY(SELECT "id" FROM "Address" WHERE "userId" = user_id)
        || ARRAY(SELECT "id" FROM "SavedCard" WHERE "userId" = user_id)
        || ARRAY(SELECT "id" FROM "Order" WHERE "userId" = user_id)
        || ARRAY(SELECT "id" FROM "Payment" WHERE "userId" = user_id);
    -- Not a SET clause of the function: only a superuser may give one for a setting of our own.
    PERFORM set_config('lumi.erasing', 'on', true);
    UPDATE "AuditLog" SET "before" = "redact"("before", personal), "after" = "redact"("after", personal)
        WHERE "entity" IN ('User', 'UserSession', 'Address', 'SavedCard', 'Order', 'Payment') AND "entityId" = ANY (theirs);
    UPDATE "AuditLog" SET "ipAddress" = NULL, "userAgent" = NULL WHERE "actorId" = user_id OR "userId" = user_id;
    PERFORM set_config('lumi.erasing', 'off', true);
END
$$;

-- For the owner role only.
REVOKE EXECUTE ON FUNCTION "erase_user"(text) FROM PUBLIC;
