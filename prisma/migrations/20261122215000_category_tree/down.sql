-- Undo: category tree. The triggers go with their functions; paths keep the values they have.

DROP FUNCTION "category_lock_tree"() CASCADE;
DROP FUNCTION "category_set_path"() CASCADE;
DROP FUNCTION "category_move_children"() CASCADE;
DROP FUNCTION "category_refuse_cycle"() CASCADE;

ALTER TABLE "Category" ALTER COLUMN "path" TYPE text COLLATE "default";
