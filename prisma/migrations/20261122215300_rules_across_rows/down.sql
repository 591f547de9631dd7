-- Undo: rules across rows. The triggers go with their functions.

DROP FUNCTION "product_refuse_no_primary_variant"() CASCADE;
DROP FUNCTION "payment_refuse_other_amount"() CASCADE;
DROP FUNCTION "payment_refuse_refunds_above"() CASCADE;
