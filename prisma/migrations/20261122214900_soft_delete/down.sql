-- Undo: soft delete. The triggers go with their functions; rows deleted until now keep "<value>#<id>".

DROP FUNCTION "free_unique_values"() CASCADE;
DROP FUNCTION "restore_unique_values"() CASCADE;
DROP FUNCTION "user_status_follows_deleted_at"() CASCADE;
