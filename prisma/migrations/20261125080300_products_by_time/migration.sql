-- All products, in whatever status, the newest first.
CREATE INDEX CONCURRENTLY "Product_createdAt_idx" ON "Product" ("createdAt");
