-- Full text search over products in Turkish and English, and word similarity for typing errors.
-- Everything is named with its schema inside functions that indexes and generated columns use: a restore and a REINDEX
-- run them with an empty search path. Both extensions are trusted, so the owner of the database can create them.

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

-- Lower case as Turkish has it, whatever the locale of the database: I is ı, İ is i.
CREATE FUNCTION "turkish_lower"(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT replace(lower(translate(normalize(value, NFC), 'IİŞĞÜÖÇ', 'ıişğüöç')), chr(775), '')
$$;

-- Letters without accents, in lower case; ı, I, İ and i are one letter. unaccent() itself is not immutable, because its
-- dictionary can be edited.
CREATE FUNCTION "search_fold"(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(replace(public.unaccent('public.unaccent'::regdictionary, public.turkish_lower(value)), 'ı', 'i'))
$$;

-- The Turkish stemmer needs the true letters; "simple" finds beginnings of words and "english" its own word forms.
CREATE FUNCTION "search_vector"(value text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.turkish', public.turkish_lower(coalesce(value, '')))
        || to_tsvector('pg_catalog.simple', public.search_fold(coalesce(value, '')))
        || to_tsvector('pg_catalog.english', public.search_fold(coalesce(value, '')))
$$;

-- array_to_string() is not immutable, since some types print differently by setting; text does not.
CREATE FUNCTION "search_join"(words text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT array_to_string(words, ' ') $$;

CREATE FUNCTION "product_search_vector"(title text, summary text, description text, keywords text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(public.search_vector(title), 'A')
        || setweight(public.search_vector(public.search_join(keywords)), 'B')
        || setweight(public.search_vector(summary), 'C')
        || setweight(public.search_vector(description), 'D')
$$;

-- What word_similarity() compares: asked with search_fold(<what was typed>) and a threshold of 0.5.
CREATE FUNCTION "product_search_text"(title text, keywords text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT public.search_fold(title || ' ' || coalesce(public.search_join(keywords), ''))
$$;

-- What a person typed, as a query for "searchVector": every word must be found, as a beginning or in a form of it.
-- Words that carry no meaning in either language are left out, unless there are no others. PostgreSQL gives a notice for
-- each of those, which nobody wants to read.
CREATE FUNCTION "search_query"(typed text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp SET client_min_messages = warning AS $$
DECLARE
    word      text;
    beginning tsquery;
    turkish   tsquery;
    english   tsquery;
    meaning   tsquery := '';
    anything  tsquery := '';
BEGIN
    FOREACH word IN ARRAY regexp_split_to_array("turkish_lower"(typed), '[\s!-/:-@\[-`{-~]+') LOOP
        CONTINUE WHEN word = '';
        beginning := to_tsquery('simple', '''' || "search_fold"(word) || ''':*');
        turkish := plainto_tsquery('turkish', word);
        english := plainto_tsquery('english', "search_fold"(word));
        anything := anything && beginning;
        CONTINUE WHEN numnode(turkish) = 0 OR numnode(english) = 0;
        meaning := meaning && (beginning || turkish || english);
    END LOOP;
    RETURN CASE WHEN numnode(meaning) > 0 THEN meaning ELSE anything END;
END
$$;

-- ORDER BY turkish_sort_key("name") COLLATE "C" sorts ç after c, ı before i, ş after s, with no ICU in the server.
CREATE FUNCTION "turkish_sort_key"(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT public.unaccent('public.unaccent'::regdictionary,
        replace(replace(replace(replace(replace(replace(public.turkish_lower(value),
            'ç', 'c~'), 'ğ', 'g~'), 'ı', 'h~'), 'ö', 'o~'), 'ş', 's~'), 'ü', 'u~'))
$$;

ALTER TABLE "Product" ADD COLUMN "searchVector" tsvector
    GENERATED ALWAYS AS ("product_search_vector"("title", "summary", "description", "searchKeywords")) STORED;

CREATE INDEX "Product_searchVector_idx" ON "Product" USING GIN ("searchVector");
CREATE INDEX "Product_search_text_idx" ON "Product" USING GIN ("product_search_text"("title", "searchKeywords") gin_trgm_ops);
