-- Undo: what happened to accounts in a time.
DROP INDEX "SecurityEvent_createdAt_idx";
