-- The audit log is only ever added to. Two things may change a row: the foreign key that forgets a purged user, and
-- "erase_user", which empties a person's data. Neither can change who did what to which row, and when.

CREATE FUNCTION "audit_log_refuse_change"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'userId' = to_jsonb(OLD) - 'userId' AND NEW."userId" IS NULL
            AND NOT EXISTS (SELECT FROM "User" WHERE "id" = OLD."userId") THEN
            RETURN NEW;
        ELSIF current_setting('lumi.erasing', true) = 'on'
            AND to_jsonb(NEW) - '{before,after,ipAddress,userAgent}'::text[]
              = to_jsonb(OLD) - '{before,after,ipAddress,userAgent}'::text[] THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit log can only be added to'
        USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END
$$;

CREATE TRIGGER "AuditLog_append_only" BEFORE UPDATE OR DELETE ON "AuditLog"
    FOR EACH ROW EXECUTE FUNCTION "audit_log_refuse_change"();
