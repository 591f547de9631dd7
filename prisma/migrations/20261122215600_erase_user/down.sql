-- Undo: erase user. What was erased stays erased.

DROP FUNCTION "erase_user"(text);
DROP FUNCTION "redact"(jsonb, text[]);
