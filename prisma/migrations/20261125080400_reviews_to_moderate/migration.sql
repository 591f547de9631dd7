-- Reviews that wait for a moderator, the oldest first.
CREATE INDEX CONCURRENTLY "Review_status_createdAt_idx" ON "Review" ("status", "createdAt");
