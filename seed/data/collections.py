"""Hold the shop's collections and what is in them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CollectionData:
    """Describe a collection; `articles` are product slugs in the order they are shown."""

    slug: str
    name: str
    description: str
    kind: str
    colour: str
    status: str
    opened: str
    articles: tuple[str, ...]


COLLECTIONS: tuple[CollectionData, ...] = (
    CollectionData(
        "yaz-2026",
        "Yaz 2026: Keten Günleri",
        "Ketenin serinliği, sahilin renkleri. Linen days, summer 2026.",
        "dress",
        "saffron",
        "ARCHIVED",
        "2026-04-20",
        (
            "safran-keten-midi-elbise",
            "keten-kimono-gomlek",
            "keten-havuc-pantolon",
            "keten-hakim-yaka-gomlek",
            "orgu-deri-sandalet",
            "platform-plaj-terligi",
            "puskullu-suet-loafer",
        ),
    ),
    CollectionData(
        "sonbahar-2026",
        "Sonbahar 2026",
        "Merinos, süet ve ilk serin akşamlar. The new season, autumn 2026.",
        "coat",
        "camel",
        "ACTIVE",
        "2026-08-31",
        (
            "kruvaze-yun-kaban",
            "yumos-merinos-kazak",
            "lara-triko-elbise",
            "deri-chelsea-bot",
            "diz-alti-suet-cizme",
            "merinos-balikci-yaka-kazak",
            "yun-overshirt-ceket",
            "bagcikli-deri-bot-erkek",
            "yun-ekose-sal",
        ),
    ),
    CollectionData(
        "ofis-klasikleri",
        "Ofis Klasikleri",
        "Pazartesiyi kolaylaştıran parçalar. Office classics.",
        "shirt",
        "blue",
        "ACTIVE",
        "2026-02-23",
        (
            "mavi-cizgili-poplin-gomlek",
            "yuksek-bel-bol-paca-pantolon",
            "kalin-topuklu-deri-ayakkabi",
            "deri-tote-canta",
            "oxford-gomlek",
            "utu-istemeyen-is-gomlegi",
            "pileli-kumas-pantolon",
            "tokali-deri-loafer",
        ),
    ),
    CollectionData(
        "okula-donus",
        "Okula Dönüş",
        "Teneffüste de derste de rahat. Back to school.",
        "knit",
        "navy",
        "ACTIVE",
        "2026-08-17",
        ("okul-sweatshirt", "cocuk-flanel-gomlek", "cirtli-cocuk-sneaker", "sari-cocuk-yagmurluk"),
    ),
    CollectionData(
        "hediye-rehberi",
        "Hediye Rehberi",
        "Kutusuyla gelen küçük mutluluklar. Gift guide.",
        "jewel",
        "gold",
        "ACTIVE",
        "2026-02-02",
        (
            "ipek-esarp-lale",
            "damla-altin-kaplama-kupe",
            "ince-zincir-kolye",
            "ince-deri-kartlik",
            "cift-tarafli-deri-kemer",
            "baget-omuz-cantasi",
        ),
    ),
    CollectionData(
        "kis-2027-kapsul",
        "Kış 2027 Kapsül",
        "Hazırlanıyor. The winter 2027 capsule, in preparation.",
        "coat",
        "ecru",
        "DRAFT",
        "2026-09-21",
        ("kis-2027-kapsul-palto",),
    ),
)
