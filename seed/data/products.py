"""Gather the articles of all departments and say what is known of one."""

from seed.data.article import Article
from seed.data.kids import KIDS
from seed.data.men import MEN
from seed.data.women_clothing import WOMEN_CLOTHING
from seed.data.women_extras import WOMEN_EXTRAS

ARTICLES: tuple[Article, ...] = WOMEN_CLOTHING + WOMEN_EXTRAS + MEN + KIDS
