-- All orders, the newest first, and those of a day.
CREATE INDEX CONCURRENTLY "Order_createdAt_idx" ON "Order" ("createdAt");
