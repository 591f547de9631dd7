-- Undo: what is low on stock in the very order of its list: thousands have nothing left, and were sorted.
DROP INDEX "Inventory_low_stock_order_idx";
