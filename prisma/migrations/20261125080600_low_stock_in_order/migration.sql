-- What is low on stock in the very order of its list: thousands have nothing left, and were sorted.
CREATE INDEX CONCURRENTLY "Inventory_low_stock_order_idx" ON "Inventory" ("quantityAvailable", "id") WHERE "quantityAvailable" <= "lowStockThreshold";
