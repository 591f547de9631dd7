-- Undo: inventory mirror. The triggers go with their functions.

DROP FUNCTION "inventory_mirror_stock"() CASCADE;
DROP FUNCTION "product_variant_guard_stock"() CASCADE;
