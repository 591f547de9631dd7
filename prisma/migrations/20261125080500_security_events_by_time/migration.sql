-- What happened to accounts in a time.
CREATE INDEX CONCURRENTLY "SecurityEvent_createdAt_idx" ON "SecurityEvent" ("createdAt");
