-- Undo: all orders, the newest first, and those of a day.
DROP INDEX "Order_createdAt_idx";
