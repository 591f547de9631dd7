-- Rules that look at several tables, checked when the transaction ends so that it may write in any order.
-- Each takes a lock on the row the others share, so that two transactions at once cannot break it together.

-- An ACTIVE product has exactly one live primary variant. That it is not more than one, a unique index sees to.
CREATE FUNCTION "product_needs_primary_variant"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    product record;
    key     text;
BEGIN
    IF TG_TABLE_NAME = 'Product' THEN
        key := NEW."id";
    ELSE
        key := OLD."productId";
    END IF;
    -- No condition on the status here: it would be tested before the wait for another transaction, not after.
    SELECT "status", "deletedAt" INTO product FROM "Product" WHERE "id" = key FOR SHARE;
    IF product."status" = 'ACTIVE' AND product."deletedAt" IS NULL AND NOT EXISTS (
        SELECT FROM "ProductVariant" WHERE "productId" = key AND "isPrimary" AND "deletedAt" IS NULL
    ) THEN
        RAISE EXCEPTION 'an ACTIVE product needs a primary variant'
            USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = 'Product',
                  COLUMN = 'status', CONSTRAINT = 'Product_status_needs_primary_variant';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "Product_status_needs_primary_variant" AFTER INSERT OR UPDATE OF "status", "deletedAt" ON "Product"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW."status" = 'ACTIVE' AND NEW."deletedAt" IS NULL)
    EXECUTE FUNCTION "product_needs_primary_variant"();

CREATE CONSTRAINT TRIGGER "ProductVariant_isPrimary_needed" AFTER DELETE OR UPDATE OF "isPrimary", "deletedAt", "productId" ON "ProductVariant"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD."isPrimary" AND OLD."deletedAt" IS NULL)
    EXECUTE FUNCTION "product_needs_primary_variant"();

-- A payment's amount and currency are its order's.
CREATE FUNCTION "payment_refuse_other_amount"(payment_id text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    payment record;
    total   record;
BEGIN
    SELECT "orderId", "amount", "currency" INTO payment FROM "Payment" WHERE "id" = payment_id;
    SELECT "totalAmount", "currency" INTO total FROM "Order" WHERE "id" = payment."orderId" FOR SHARE;
    IF payment."amount" <> total."totalAmount" THEN
        RAISE EXCEPTION 'the amount of a payment must be the total of its order'
            USING ERRCODE = 'check_violation', SCHEMA = 'public', TABLE = 'Payment',
                  COLUMN = 'amount', CONSTRAINT = 'Payment_amount_matches_order';
    ELSIF payment."currency" <> total."currency" THEN
        RAISE EXCEPTION 'the currency of a payment must be the currency of its order'
            USING ERRCODE = 'check_violation', SCHEMA = 'public', TABLE = 'Payment',
                  COLUMN = 'currency', CONSTRAINT = 'Payment_currency_matches_order';
    END IF;
END
$$;

CREATE FUNCTION "payment_check_amount"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'Payment' THEN
        PERFORM "payment_refuse_other_amount"(NEW."id");
    ELSE
        PERFORM "payment_refuse_other_amount"("id") FROM "Payment" WHERE "orderId" = NEW."id";
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "Payment_amount_matches_order" AFTER INSERT OR UPDATE OF "amount", "currency", "orderId" ON "Payment"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION "payment_check_amount"();

CREATE CONSTRAINT TRIGGER "Order_totalAmount_matches_payments" AFTER UPDATE OF "totalAmount", "currency" ON "Order"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD."totalAmount" <> NEW."totalAmount" OR OLD."currency" <> NEW."currency")
    EXECUTE FUNCTION "payment_check_amount"();

-- The refunds of a payment that have not failed never exceed it, in its currency.
CREATE FUNCTION "payment_refund_check_sum"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    payment record;
    refunds record;
    key     text;
BEGIN
    IF TG_TABLE_NAME = 'Payment' THEN
        key := NEW."id";
    ELSE
        key := NEW."paymentId";
    END IF;
    -- A write that changes nothing, not only a lock: under REPEATABLE READ the second of two refunds fails with 40001,
    -- where a lock would let it go on with the sum from before the first.
    UPDATE "Payment" SET "updatedAt" = "updatedAt" WHERE "id" = key RETURNING "amount", "currency" INTO payment;
    SELECT coalesce(sum("amount"), 0) AS "amount", coalesce(bool_or("currency" <> payment."currency"), false) AS "mixed"
    INTO refunds FROM "PaymentRefund" WHERE "paymentId" = key AND "status" <> 'FAILED';
    IF refunds."mixed" THEN
        RAISE EXCEPTION 'the currency of a refund must be the currency of its payment'
            USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = 'PaymentRefund',
                  COLUMN = 'currency', CONSTRAINT = 'PaymentRefund_currency_matches_payment';
    ELSIF refunds."amount" > payment."amount" THEN
        RAISE EXCEPTION 'the refunds of a payment cannot exceed its amount'
            USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = 'PaymentRefund',
                  COLUMN = 'amount', CONSTRAINT = 'PaymentRefund_amount_within_payment';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "PaymentRefund_amount_within_payment"
    AFTER INSERT OR UPDATE OF "amount", "currency", "status", "paymentId" ON "PaymentRefund"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION "payment_refund_check_sum"();

CREATE CONSTRAINT TRIGGER "Payment_amount_covers_refunds" AFTER UPDATE OF "amount", "currency" ON "Payment"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD."amount" <> NEW."amount" OR OLD."currency" <> NEW."currency")
    EXECUTE FUNCTION "payment_refund_check_sum"();
