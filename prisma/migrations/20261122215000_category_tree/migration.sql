-- "path" joins the slugs from the root, "level" counts the ancestors; both follow when a category moves or is renamed.
-- No category is its own ancestor when a transaction ends; in between it may be, so that two can change places.

-- With the C collation the plain index serves the search for a subtree: "path" LIKE '/women/%'.
ALTER TABLE "Category" ALTER COLUMN "path" TYPE text COLLATE "C";

-- Moves and renames happen one after the other: two moves at once could make a cycle that neither sees, or deadlock.
-- A statement trigger takes the lock before any row is locked.
CREATE FUNCTION "category_lock_tree"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock('"Category"'::regclass::oid::bigint);
    RETURN NULL;
END
$$;

CREATE TRIGGER "Category_lock_tree" BEFORE UPDATE OF "parentId", "slug", "deletedAt" ON "Category"
    FOR EACH STATEMENT EXECUTE FUNCTION "category_lock_tree"();

CREATE FUNCTION "category_set_path"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    parent record;
BEGIN
    -- FOR SHARE waits for a move of the parent that has not been committed: its path is not read too early.
    SELECT "path", "level" INTO parent FROM "Category" WHERE "id" = NEW."parentId" FOR SHARE;
    NEW."path" := coalesce(parent."path", '') || '/' || NEW."slug";
    NEW."level" := coalesce(parent."level" + 1, 0);
    RETURN NEW;
END
$$;

-- The name sorts after the triggers of soft delete, which change the slug.
CREATE TRIGGER "Category_set_path" BEFORE INSERT OR UPDATE OF "parentId", "slug", "deletedAt", "path", "level" ON "Category"
    FOR EACH ROW EXECUTE FUNCTION "category_set_path"();

CREATE FUNCTION "category_move_children"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    -- Writing the path makes "Category_set_path" work it out for the child, and this function for the grandchildren.
    -- A slug that the path already holds is a cycle in the middle of a transaction: stop there.
    UPDATE "Category" SET "path" = NEW."path" || '/' || "slug"
    WHERE "parentId" = NEW."id"
      AND "path" <> NEW."path" || '/' || "slug"
      AND position('/' || "slug" || '/' IN NEW."path" || '/') = 0;
    RETURN NULL;
END
$$;

CREATE TRIGGER "Category_move_children" AFTER INSERT OR UPDATE OF "parentId", "slug", "deletedAt", "path", "level" ON "Category"
    FOR EACH ROW EXECUTE FUNCTION "category_move_children"();

CREATE FUNCTION "category_refuse_cycle"() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM (
        WITH RECURSIVE ancestor AS (
            SELECT "parentId" FROM "Category" WHERE "id" = NEW."id"
            UNION
            SELECT "Category"."parentId" FROM "Category" JOIN ancestor ON "Category"."id" = ancestor."parentId"
        )
        SELECT FROM ancestor WHERE "parentId" = NEW."id"
    ) AS cycle;
    IF FOUND THEN
        RAISE EXCEPTION 'a category cannot be its own ancestor'
            USING ERRCODE = 'check_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                  COLUMN = 'parentId', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "Category_parentId_no_cycle" AFTER INSERT OR UPDATE OF "parentId" ON "Category"
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW."parentId" IS NOT NULL) EXECUTE FUNCTION "category_refuse_cycle"();

-- Rows from before this migration.
UPDATE "Category" SET "path" = '' WHERE "parentId" IS NULL;
