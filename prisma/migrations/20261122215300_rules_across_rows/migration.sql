-- Rules that look at several tables, checked when the transaction ends so that it may write in any order.
-- Two transactions at once cannot break one together: the side that does not write the shared row itself writes it without
-- changing anything. That waits for the other, and under REPEATABLE READ, where a lock alone would let the other go on with
-- what it saw before, it makes the second fail with 40001.

-- An ACTIVE product has exactly one live primary variant. That it is not more than one, a unique index sees to.
CREATE FUNCTION "product_refuse_no_primary_variant"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    product record;
BEGIN
    IF TG_TABLE_NAME = 'Product' THEN
        SELECT "id", "status", "deletedAt" INTO product FROM "Product" WHERE "id" = NEW."id";
    ELSE
        UPDATE "Product" SET "updatedAt" = "updatedAt" WHERE "id" = OLD."productId"
        RETURNING "id", "status", "deletedAt" INTO product;
    END IF;
    IF product."status" = 'ACTIVE' AND product."deletedAt" IS NULL AND NOT EXISTS (
        SELECT FROM "ProductVariant" WHERE "productId" = product."id" AND "isPrimary" AND "deletedAt" IS NULL
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
    EXECUTE FUNCTION "product_refuse_no_primary_variant"();

CREATE CONSTRAINT TRIGGER "ProductVariant_primary_changed" AFTER UPDATE OF "isPrimary", "deletedAt", "productId" ON "ProductVariant"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (
        OLD."isPrimary" AND OLD."deletedAt" IS NULL
        AND NOT (NEW."isPrimary" AND NEW."deletedAt" IS NULL AND NEW."productId" = OLD."productId")
    )
    EXECUTE FUNCTION "product_refuse_no_primary_variant"();

CREATE CONSTRAINT TRIGGER "ProductVariant_primary_deleted" AFTER DELETE ON "ProductVariant"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD."isPrimary" AND OLD."deletedAt" IS NULL)
    EXECUTE FUNCTION "product_refuse_no_primary_variant"();

-- A payment's amount and currency are its order's.
CREATE FUNCTION "payment_refuse_other_amount"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    total record;
    other record;
BEGIN
    IF TG_TABLE_NAME = 'Order' THEN
        SELECT "id", "totalAmount", "currency" INTO total FROM "Order" WHERE "id" = NEW."id";
    ELSE
        UPDATE "Order" SET "updatedAt" = "updatedAt" WHERE "id" = NEW."orderId"
        RETURNING "id", "totalAmount", "currency" INTO total;
    END IF;
    SELECT "amount" = total."totalAmount" AS "is_amount_right" INTO other FROM "Payment"
    WHERE "orderId" = total."id" AND ("amount" <> total."totalAmount" OR "currency" <> total."currency") LIMIT 1;
    IF other."is_amount_right" THEN
        RAISE EXCEPTION 'the currency of a payment must be the currency of its order'
            USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = 'Payment',
                  COLUMN = 'currency', CONSTRAINT = 'Payment_currency_matches_order';
    ELSIF FOUND THEN
        RAISE EXCEPTION 'the amount of a payment must be the total of its order'
            USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = 'Payment',
                  COLUMN = 'amount', CONSTRAINT = 'Payment_amount_matches_order';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "Payment_amount_matches_order" AFTER INSERT OR UPDATE OF "amount", "currency", "orderId" ON "Payment"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION "payment_refuse_other_amount"();

CREATE CONSTRAINT TRIGGER "Order_totalAmount_matches_payments" AFTER UPDATE OF "totalAmount", "currency" ON "Order"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD."totalAmount" <> NEW."totalAmount" OR OLD."currency" <> NEW."currency")
    EXECUTE FUNCTION "payment_refuse_other_amount"();

-- The refunds of a payment that have not failed never exceed it, in its currency.
CREATE FUNCTION "payment_refuse_refunds_above"() RETURNS trigger
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
    FOR EACH ROW EXECUTE FUNCTION "payment_refuse_refunds_above"();

CREATE CONSTRAINT TRIGGER "Payment_amount_covers_refunds" AFTER UPDATE OF "amount", "currency" ON "Payment"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD."amount" <> NEW."amount" OR OLD."currency" <> NEW."currency")
    EXECUTE FUNCTION "payment_refuse_refunds_above"();
