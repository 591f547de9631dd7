-- Undo: rules across rows. The triggers go with their functions.

DROP FUNCTION "product_needs_primary_variant"() CASCADE;
DROP FUNCTION "payment_check_amount"() CASCADE;
DROP FUNCTION "payment_refuse_other_amount"(text);
DROP FUNCTION "payment_refund_check_sum"() CASCADE;
