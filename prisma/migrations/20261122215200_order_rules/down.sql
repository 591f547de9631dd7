-- Undo: order rules. The triggers go with their functions; the next number is forgotten.

ALTER TABLE "Order" ALTER COLUMN "reference" DROP DEFAULT;

DROP FUNCTION "next_order_reference"();
DROP SEQUENCE "Order_reference_seq";
DROP FUNCTION "order_refuse_status"() CASCADE;
DROP FUNCTION "order_keep_user"() CASCADE;
