-- Undo: all payments, the newest first.
DROP INDEX "Payment_createdAt_idx";
