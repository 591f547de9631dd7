-- All users, the newest first.
CREATE INDEX CONCURRENTLY "User_createdAt_idx" ON "User" ("createdAt");
