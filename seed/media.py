"""Make the pictures of the shop: one of each article and colour, one of its detail, some by customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from seed.data.article import Article
from seed.data.kinds import COLOURS
from seed.ids import make_id
from seed.moments import at
from seed.pictures import HEIGHT, WIDTH, draw
from seed.schema import inputs
from seed.stage import Stage
from seed.tables import Part, Table

_WALL = "#dfe3dc"
_TABLE_TOP = "#cdb79a"


@dataclass(frozen=True, slots=True)
class Shot:
    """Describe one picture; `colour_key` is None for those that do not stand for a colour."""

    asset: str
    article: Article
    colour_key: str | None
    alt: str

    @property
    def id(self) -> str:
        """Return the id of the picture's row."""
        return media_id(self.asset)


def media_id(asset: str) -> str:
    """Return the id of the file with this name."""
    return make_id("Media", asset)


def review_asset(article: Article, email: str) -> str:
    """Return the name of the picture a customer took of an article."""
    return f"lumi/reviews/{article.slug}-{make_id('User', email)[-6:]}"


@cache
def shots_of(article: Article) -> tuple[Shot, ...]:
    """List the pictures of an article: its colours, then the detail."""
    fronts = (
        Shot(
            f"lumi/products/{article.slug}/{colour}",
            article,
            colour,
            f"{article.title}, {COLOURS[colour].turkish.lower()}",
        )
        for colour in article.colours
    )
    return (
        *fronts,
        Shot(f"lumi/products/{article.slug}/detail", article, None, f"{article.title}, yakından"),
    )


def media_part(stage: Stage) -> Part:
    """Make the pictures of all articles; those of customers come with their reviews."""
    return Part(
        "media", (Table("media", [_shot(shot) for article in stage.articles for shot in shots_of(article)]),)
    )


def _shot(shot: Shot) -> inputs.MediaCreateWithoutRelationsInput:
    colour = COLOURS[shot.colour_key or shot.article.colours[0]].hex
    is_detail = shot.colour_key is None
    picture = draw(shot.article.kind, colour, backdrop=_WALL if is_detail else "#efebe4", zoom=is_detail)
    return _media(shot.asset, picture.url, picture.size, shot.alt, at(shot.article.launched, 8))


def customer_picture(
    article: Article, colour_key: str, email: str, taken: datetime
) -> inputs.MediaCreateWithoutRelationsInput:
    """Make the picture a customer took of what they bought."""
    picture = draw(article.kind, COLOURS[colour_key].hex, backdrop=_TABLE_TOP)
    alt = f"Müşteri fotoğrafı: {article.title}"
    return _media(review_asset(article, email), picture.url, picture.size, alt, taken)


def _media(
    asset: str, url: str, size: int, alt: str, made: datetime
) -> inputs.MediaCreateWithoutRelationsInput:
    return {
        "id": media_id(asset),
        "assetId": asset,
        "url": url,
        "mimeType": "image/svg+xml",
        "sizeBytes": size,
        "width": WIDTH,
        "height": HEIGHT,
        "alt": alt,
        "createdAt": made,
        "updatedAt": made,
    }
