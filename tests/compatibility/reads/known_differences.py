"""Reads on which the clients differ, each with words of its row in docs/compatibility.md."""

from __future__ import annotations

from tests.compatibility.dialect import Call

CASES = [
    (
        "rows that tie under a cursor",
        Call("Post", "find_many", {"cursor": {"id": 4}, "order": {"views": "desc"}}),
    ),
    (
        "rows that tie under a cursor",
        Call("Post", "find_many", {"cursor": {"id": 3}, "order": {"views": "asc"}}),
    ),
    (
        "rows that tie under a cursor",
        Call("Post", "find_many", {"cursor": {"id": 7}, "order": {"views": "asc"}, "take": 2}),
    ),
    (
        "rows that tie under a cursor",
        Call(
            "Post",
            "find_many",
            {"cursor": {"id": 3}, "order": [{"views": "asc"}, {"rating": "desc"}], "take": 4},
        ),
    ),
    (
        "rows that tie under a cursor",
        Call("Post", "find_many", {"cursor": {"id": 3}, "order": {"views": "asc"}, "take": -2}),
    ),
    (
        "rows that tie under a cursor",
        Call("Post", "find_many", {"cursor": {"id": 3}, "order": {"views": "asc"}, "take": 2, "skip": 1}),
    ),
    (
        "a cursor whose row `where` leaves out",
        Call(
            "User",
            "find_many",
            {"cursor": {"id": "u2"}, "where": {"age": {"not": 30}}, "order": {"age": "asc"}},
        ),
    ),
    (
        "a cursor whose row `where` leaves out",
        Call(
            "User",
            "find_many",
            {
                "cursor": {"id": "u2"},
                "where": {"age": {"not": 30}},
                "order": [{"age": "asc"}, {"id": "asc"}],
                "take": 2,
            },
        ),
    ),
    (
        "a cursor whose row `where` leaves out",
        Call(
            "User",
            "find_many",
            {
                "distinct": ["age"],
                "cursor": {"id": "u2"},
                "where": {"id": {"not": "u2"}},
                "order": {"id": "asc"},
            },
        ),
    ),
    (
        "are wildcards of LIKE",
        Call("User", "find_many", {"where": {"name": {"contains": "%"}}, "order": {"id": "asc"}}),
    ),
    (
        "are wildcards of LIKE",
        Call("User", "find_many", {"where": {"name": {"contains": "_"}}, "order": {"id": "asc"}}),
    ),
    (
        "are wildcards of LIKE",
        Call("User", "find_many", {"where": {"name": {"contains": "\\"}}, "order": {"id": "asc"}}),
    ),
    (
        "ILIKE: wildcards too",
        Call(
            "User",
            "find_many",
            {"where": {"name": {"equals": "1%_\\X", "mode": "insensitive"}}, "order": {"id": "asc"}},
        ),
    ),
    (
        "ILIKE: wildcards too",
        Call(
            "User",
            "find_many",
            {"where": {"name": {"equals": "a%", "mode": "insensitive"}}, "order": {"id": "asc"}},
        ),
    ),
    (
        "ILIKE: wildcards too",
        Call(
            "User",
            "find_many",
            {"where": {"name": {"not": "a%", "mode": "insensitive"}}, "order": {"id": "asc"}},
        ),
    ),
    ("`has: null`", Call("User", "find_many", {"where": {"moods": {"has": None}}, "order": {"id": "asc"}})),
    (
        "a list field: `not`",
        Call("Sample", "find_many", {"where": {"words": {"not": {"has": "a"}}}, "order": {"id": "asc"}}),
    ),
    (
        "a list field: `not`",
        Call("Sample", "find_many", {"where": {"words": ["a", "b"]}, "order": {"id": "asc"}}),
    ),
    ("a list field: `not`", Call("Sample", "find_many", {"where": {"words": None}, "order": {"id": "asc"}})),
    (
        "insensitive` of a uuid",
        Call(
            "Sample",
            "find_many",
            {
                "where": {"uuid": {"equals": "11111111-1111-1111-1111-111111111111", "mode": "insensitive"}},
                "order": {"id": "asc"},
            },
        ),
    ),
    (
        "insensitive` of a `@db.Char",
        Call(
            "Sample",
            "find_many",
            {"where": {"char": {"equals": "AB", "mode": "insensitive"}}, "order": {"id": "asc"}},
        ),
    ),
    ("`distinct: []`", Call("User", "find_many", {"distinct": []})),
    (
        "`search` cannot read",
        Call("Post", "find_many", {"where": {"content": {"search": "fat cat"}}, "order": {"id": "asc"}}),
    ),
    (
        "`string_contains` and its like of a whole Json",
        Call("Sample", "find_many", {"where": {"data": {"string_starts_with": "te"}}}),
    ),
    (
        "`string_contains` and its like of a whole Json",
        Call("Sample", "find_many", {"where": {"data": {"string_contains": "E", "mode": "insensitive"}}}),
    ),
    (
        "the same in a `@db.Json`",
        Call("Sample", "find_many", {"where": {"plain": {"string_contains": "ex"}}}),
    ),
    (
        "`mode` beside other operators of Json",
        Call(
            "Sample",
            "find_many",
            {"where": {"data": {"path": ["1"], "equals": "TWO", "mode": "insensitive"}}},
        ),
    ),
    (
        "`lt` and its like of Json",
        Call("Sample", "find_many", {"where": {"data": {"path": ["a"], "lt": True}}}),
    ),
    (
        "are wildcards of LIKE",
        Call("Sample", "find_many", {"where": {"data": {"path": ["1"], "string_contains": "_w"}}}),
    ),
    (
        "several names in an order by relation",
        Call("Post", "find_many", {"order": {"author": {"name": "asc", "email": "asc"}}}),
    ),
    (
        "nulls first or last where there are none",
        Call("Post", "find_many", {"order": [{"author": {"email": {"sort": "asc", "nulls": "first"}}}]}),
    ),
    (
        "nulls first or last where there are none",
        Call("User", "find_many", {"order": [{"posts": {"_count": {"sort": "desc"}}}, {"id": "asc"}]}),
    ),
    (
        "rows that tie under a cursor",
        Call(
            "Post",
            "find_many",
            {"cursor": {"id": 4}, "order": {"author": {"posts": {"_count": "desc"}}}, "take": 3},
        ),
    ),
    ("`{}` for a scalar in `select`", Call("User", "find_many", {"select": {"id": {}}})),
    ("a relation in `omit`", Call("Tag", "find_many", {"omit": {"posts": True}})),
    ("a flag of `omit` that is no bool", Call("Tag", "find_many", {"omit": {"id": "yes"}})),
    (
        "`_count` in `include` of rows that are models",
        Call("Tag", "find_many", {"include": {"_count": True}}),
    ),
    (
        "`select` and `omit` below rows that are models",
        Call("Tag", "find_many", {"include": {"posts": {"select": {"id": True}}}}),
    ),
    (
        "`search` cannot read",
        Call(
            "Post",
            "find_many",
            {"order": {"_relevance": {"fields": ["title"], "search": "fat cat", "sort": "asc"}}},
        ),
    ),
]
