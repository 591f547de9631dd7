-- Undo: reviews that wait for a moderator, the oldest first.
DROP INDEX "Review_status_createdAt_idx";
