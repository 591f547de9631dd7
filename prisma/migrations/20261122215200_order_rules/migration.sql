-- The number told to the customer, the way of a status, and whose an order is.

CREATE SEQUENCE "Order_reference_seq" AS bigint OWNED BY "Order"."reference";

-- LM-<year>-<number of at least six digits>: unique, never reused, gaps allowed.
-- A number is passed over where a row brought its reference with it, for example from another shop.
CREATE FUNCTION "next_order_reference"() RETURNS text
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    number    text;
    candidate text;
BEGIN
    LOOP
        number := nextval('"Order_reference_seq"')::text;
        candidate := to_char(clock_timestamp() AT TIME ZONE 'UTC', '"LM-"YYYY"-"')
                     || lpad(number, greatest(6, length(number)), '0');
        EXIT WHEN NOT EXISTS (SELECT FROM "Order" WHERE "reference" = candidate);
    END LOOP;
    RETURN candidate;
END
$$;

ALTER TABLE "Order" ALTER COLUMN "reference" SET DEFAULT next_order_reference();

CREATE FUNCTION "order_refuse_status"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (OLD."status", NEW."status") IN (
        ('PENDING', 'PAID'), ('PAID', 'FULFILLED'), ('FULFILLED', 'SHIPPED'), ('SHIPPED', 'DELIVERED'),
        ('PENDING', 'CANCELLED'), ('PAID', 'CANCELLED'), ('FULFILLED', 'CANCELLED')
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'an order that is % cannot become %', OLD."status", NEW."status"
        USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
              COLUMN = 'status', CONSTRAINT = TG_NAME;
END
$$;

CREATE TRIGGER "Order_status_transition" AFTER UPDATE OF "status" ON "Order"
    FOR EACH ROW WHEN (OLD."status" IS DISTINCT FROM NEW."status") EXECUTE FUNCTION "order_refuse_status"();

-- "userId" is null only after its user was purged: the foreign key's SET NULL runs when the user is gone.
CREATE FUNCTION "order_keep_user"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD."userId" IS NULL OR NOT EXISTS (SELECT FROM "User" WHERE "id" = OLD."userId") THEN
            RETURN NULL;
        END IF;
    END IF;
    RAISE EXCEPTION 'an order belongs to a user'
        USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
              COLUMN = 'userId', CONSTRAINT = TG_NAME;
END
$$;

CREATE TRIGGER "Order_userId_kept" AFTER INSERT OR UPDATE OF "userId" ON "Order"
    FOR EACH ROW WHEN (NEW."userId" IS NULL) EXECUTE FUNCTION "order_keep_user"();
