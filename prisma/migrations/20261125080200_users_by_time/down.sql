-- Undo: all users, the newest first.
DROP INDEX "User_createdAt_idx";
