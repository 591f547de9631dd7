-- Undo: created at. The triggers go with their functions.

DROP FUNCTION "refuse_created_at_change"() CASCADE;
DROP FUNCTION "refuse_created_at_in_future"() CASCADE;
