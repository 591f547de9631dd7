"""What users think of products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from polyfactory import PostGenerated, Use

from lumi_db.types import Review, ReviewMedia

from .base import RowFactory
from .chance import CHANCE

_WORDS = {
    1: ("Hayal kırıklığı", "Fotoğraftaki gibi değil, iade ettim."),
    2: ("Beklediğim gibi değil", "Kumaşı ince, dikişleri özensiz."),
    3: ("Fena değil", "Fiyatına göre idare eder."),
    4: ("Güzel", "Kalıbı tam, rengi biraz koyu."),
    5: ("Harika", "Çok beğendim, ikinci rengini de alacağım."),
}


class ReviewFactory(RowFactory[Review]):
    """Makes a PENDING review of a user that is made; with `order` it is that user's, and a verified purchase."""

    __parents__ = {"user": {}}

    rating = Use(CHANCE.random.randint, 1, 5)
    title = PostGenerated(lambda _, review: _WORDS.get(review["rating"], _WORDS[3])[0])
    content = PostGenerated(lambda _, review: _WORDS.get(review["rating"], _WORDS[3])[1])
    isVerifiedPurchase = PostGenerated(lambda _, review: review.get("orderId") is not None)

    @classmethod
    def adjust(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        if given.get("order") is None or {"user", "userId"} & given.keys():
            return given
        return {**given, "userId": given["order"].userId}


class ReviewMediaFactory(RowFactory[ReviewMedia]):
    pass
