-- Undo: product search.

DROP INDEX "Product_search_text_idx", "Product_searchVector_idx";
ALTER TABLE "Product" DROP COLUMN "searchVector";

DROP FUNCTION "turkish_sort_key"(text);
DROP FUNCTION "search_query"(text);
DROP FUNCTION "product_search_text"(text, text[]);
DROP FUNCTION "product_search_vector"(text, text, text, text[]);
DROP FUNCTION "search_join"(text[]);
DROP FUNCTION "search_vector"(text);
DROP FUNCTION "search_fold"(text);
DROP FUNCTION "turkish_lower"(text);

DROP EXTENSION unaccent;
DROP EXTENSION pg_trgm;
