-- Three roles with the least rights, which a DBA grants to logins:
--   lumi_owner     owns what the migrations make: migrates, seeds, erases people
--   lumi_app       reads and writes rows, makes nothing; the audit log it reads and adds to
--   lumi_readonly  reads everything but secrets
-- Run it on a migrated shop, as a superuser, or as a role with CREATEROLE that owns the database and its tables.
-- It can be run again at any time, and must be after a migration that adds a table or a secret: rows of a new table
-- are the application's at once, and nobody else's until then.

DO $$
DECLARE
    -- What nobody needs for reports and who knows it could act as someone else: lumi_db/redaction.py, compared by a test.
    secrets constant jsonb := '{
        "User": ["passwordHash", "twoFactorSecret"],
        "UserSession": ["refreshTokenHash", "fingerprint"],
        "SecurityEvent": ["payload"],
        "Cart": ["sessionId"],
        "Order": ["idempotencyKey", "idempotencyHash"],
        "Payment": ["cardToken", "threeDSHtmlContent", "rawPayload", "idempotencyKey"],
        "PaymentRefund": ["idempotencyKey"],
        "SavedCard": ["cardToken"]
    }';
    name   text;
    part   text;
    change text;
BEGIN
    FOREACH name IN ARRAY ARRAY['lumi_owner', 'lumi_app', 'lumi_readonly'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        END IF;
        IF name <> 'lumi_owner' AND pg_has_role(name, 'lumi_owner', 'MEMBER') THEN
            RAISE EXCEPTION 'role % may act as lumi_owner: take that right from it first', name
                USING ERRCODE = 'invalid_grant_operation';
        END IF;
    END LOOP;
    -- Who hands a table over must be a member of its new owner.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        GRANT lumi_owner TO CURRENT_USER;
    END IF;

    EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO lumi_owner', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO lumi_app, lumi_readonly', current_database());
    EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    REVOKE CREATE ON SCHEMA public FROM PUBLIC, lumi_app, lumi_readonly;
    GRANT USAGE, CREATE ON SCHEMA public TO lumi_owner;
    GRANT USAGE ON SCHEMA public TO lumi_app, lumi_readonly;

    -- What an extension brought stays its own, and a column's sequence follows its table.
    FOR change IN
        SELECT format('ALTER %s %s OWNER TO lumi_owner', kind, identity)
        FROM (
            SELECT 'pg_class'::regclass AS class, oid, relowner AS owner, oid::regclass::text AS identity,
                CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS kind
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
            UNION ALL
            SELECT 'pg_proc'::regclass, oid, proowner, oid::regprocedure::text, 'ROUTINE'
            FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'pg_type'::regclass, oid, typowner, oid::regtype::text, 'TYPE'
            FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'
        ) AS object
        WHERE owner <> 'lumi_owner'::regrole AND NOT EXISTS (
            SELECT FROM pg_depend WHERE classid = object.class AND objid = object.oid AND deptype IN ('e', 'a', 'i'))
    LOOP
        EXECUTE change;
    END LOOP;

    FOR name IN
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') AND relowner = 'lumi_owner'::regrole
    LOOP
        EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, lumi_app, lumi_readonly', name);
        EXECUTE format('GRANT %s ON public.%I TO lumi_app', CASE name
            WHEN '_prisma_migrations' THEN 'SELECT'
            WHEN 'AuditLog' THEN 'SELECT, INSERT'
            ELSE 'SELECT, INSERT, UPDATE, DELETE' END, name);
        SELECT '(' || string_agg(quote_ident(attname), ', ') || ')' INTO part FROM pg_attribute
        WHERE attrelid = format('public.%I', name)::regclass AND attnum > 0 AND NOT attisdropped
            AND secrets ? name AND NOT (secrets -> name) ? attname;
        EXECUTE format('GRANT SELECT %s ON public.%I TO lumi_readonly', part, name);
    END LOOP;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO lumi_app;

    -- What later migrations make. A reader waits for this script, since a new table may hold secrets.
    ALTER DEFAULT PRIVILEGES FOR ROLE lumi_owner IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lumi_app;
    ALTER DEFAULT PRIVILEGES FOR ROLE lumi_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO lumi_app;
END
$$;
