-- All payments, the newest first.
CREATE INDEX CONCURRENTLY "Payment_createdAt_idx" ON "Payment" ("createdAt");
