-- The index over low stock that knew no ids: another has taken its place.
DROP INDEX CONCURRENTLY "Inventory_low_stock_idx";
