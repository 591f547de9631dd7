-- Undo: all products, in whatever status, the newest first.
DROP INDEX "Product_createdAt_idx";
