-- Undo: the index over low stock that knew no ids: another has taken its place.
CREATE INDEX "Inventory_low_stock_idx" ON "Inventory" ("quantityAvailable") WHERE "quantityAvailable" <= "lowStockThreshold";
