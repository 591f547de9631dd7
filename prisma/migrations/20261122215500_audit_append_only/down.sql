-- Undo: audit append-only. The trigger goes with its function.

DROP FUNCTION "audit_log_refuse_change"() CASCADE;
