"""Hold the category tree: three departments, three levels; slugs are unique over the whole tree."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CategoryData:
    """Describe one category; `kind` names the picture it shows."""

    slug: str
    name: str
    description: str
    kind: str
    children: tuple["CategoryData", ...] = ()


WOMEN = CategoryData(
    "women",
    "Kadın",
    "Kadın giyim, ayakkabı, çanta ve aksesuar. Women's fashion.",
    "dress",
    (
        CategoryData(
            "women-clothing",
            "Kadın Giyim",
            "Elbiseden kabana her mevsimin parçaları. Women's clothing.",
            "dress",
            (
                CategoryData(
                    "women-dresses", "Elbise", "Günlük, ofis ve davet elbiseleri. Dresses.", "dress"
                ),
                CategoryData(
                    "women-tops",
                    "Gömlek ve Bluz",
                    "Poplin, keten ve saten üstler. Shirts and blouses.",
                    "shirt",
                ),
                CategoryData("women-tshirts", "Tişört", "Organik pamuklu tişörtler. T-shirts.", "tee"),
                CategoryData("women-knitwear", "Triko", "Kazak, hırka ve süveter. Knitwear.", "knit"),
                CategoryData(
                    "women-trousers",
                    "Pantolon ve Jean",
                    "Bol paça, havuç ve düz kesim. Trousers and jeans.",
                    "trousers",
                ),
                CategoryData("women-skirts", "Etek", "Mini, midi ve maksi etekler. Skirts.", "skirt"),
                CategoryData(
                    "women-outerwear",
                    "Kadın Dış Giyim",
                    "Kaban, trençkot ve mont. Coats and jackets.",
                    "coat",
                ),
            ),
        ),
        CategoryData(
            "women-shoes",
            "Kadın Ayakkabı",
            "Deri bottan hafif sandalete. Women's shoes.",
            "heel",
            (
                CategoryData("women-boots", "Bot ve Çizme", "Bilekte bot, uzun çizme. Boots.", "boot"),
                CategoryData(
                    "women-sneakers", "Kadın Sneaker", "Gün boyu rahat spor ayakkabılar. Sneakers.", "sneaker"
                ),
                CategoryData("women-heels", "Topuklu Ayakkabı", "Stiletto ve kalın topuk. Heels.", "heel"),
                CategoryData("women-sandals", "Sandalet", "Deri sandalet ve terlik. Sandals.", "sandal"),
            ),
        ),
        CategoryData(
            "women-bags",
            "Çanta",
            "İşe, okula ve akşama çantalar. Bags.",
            "bag",
            (
                CategoryData(
                    "women-shoulder-bags", "Omuz Çantası", "Askılı ve baget çantalar. Shoulder bags.", "bag"
                ),
                CategoryData(
                    "women-totes", "Tote ve Alışveriş Çantası", "Geniş, hafif çantalar. Totes.", "bag"
                ),
            ),
        ),
        CategoryData(
            "women-accessories",
            "Kadın Aksesuar",
            "Görünümü tamamlayan ayrıntılar. Women's accessories.",
            "scarf",
            (
                CategoryData("women-scarves", "Şal ve Eşarp", "İpek eşarp, yün şal. Scarves.", "scarf"),
                CategoryData("women-jewellery", "Takı", "Küpe, kolye ve bileklik. Jewellery.", "jewel"),
            ),
        ),
    ),
)

MEN = CategoryData(
    "men",
    "Erkek",
    "Erkek giyim, ayakkabı ve aksesuar. Men's fashion.",
    "shirt",
    (
        CategoryData(
            "men-clothing",
            "Erkek Giyim",
            "İş günü ve hafta sonu için. Men's clothing.",
            "shirt",
            (
                CategoryData("men-shirts", "Gömlek", "Oxford, keten ve poplin gömlekler. Shirts.", "shirt"),
                CategoryData(
                    "men-tshirts",
                    "Tişört ve Polo",
                    "Pamuklu tişört ve polo yakalar. T-shirts and polos.",
                    "tee",
                ),
                CategoryData("men-knitwear", "Erkek Triko", "Merinos kazak ve hırkalar. Knitwear.", "knit"),
                CategoryData(
                    "men-trousers",
                    "Erkek Pantolon ve Jean",
                    "Chino, jean ve kumaş pantolon. Trousers.",
                    "trousers",
                ),
                CategoryData(
                    "men-outerwear", "Erkek Dış Giyim", "Mont, kaban ve overshirt. Outerwear.", "coat"
                ),
            ),
        ),
        CategoryData(
            "men-shoes",
            "Erkek Ayakkabı",
            "Bot, loafer ve sneaker. Men's shoes.",
            "loafer",
            (
                CategoryData("men-boots", "Erkek Bot", "Chelsea ve bağcıklı botlar. Boots.", "boot"),
                CategoryData(
                    "men-sneakers", "Erkek Sneaker", "Deri ve süet sneaker modelleri. Sneakers.", "sneaker"
                ),
                CategoryData("men-loafers", "Loafer", "Süet ve deri loafer. Loafers.", "loafer"),
            ),
        ),
        CategoryData(
            "men-accessories",
            "Erkek Aksesuar",
            "Kemer ve cüzdan. Men's accessories.",
            "belt",
            (
                CategoryData("men-belts", "Kemer", "Hakiki deri kemerler. Belts.", "belt"),
                CategoryData(
                    "men-wallets", "Cüzdan ve Kartlık", "İnce cüzdanlar, kartlıklar. Wallets.", "wallet"
                ),
            ),
        ),
    ),
)

KIDS = CategoryData(
    "kids",
    "Çocuk",
    "4-11 yaş çocuk giyim ve ayakkabı. Kids.",
    "tee",
    (
        CategoryData(
            "kids-clothing",
            "Çocuk Giyim",
            "Oyuna dayanıklı, tene yumuşak. Kids' clothing.",
            "tee",
            (
                CategoryData(
                    "kids-tops", "Çocuk Üst Giyim", "Tişört, gömlek ve sweatshirt. Kids' tops.", "tee"
                ),
                CategoryData("kids-dresses", "Çocuk Elbise", "Pamuklu elbiseler. Kids' dresses.", "dress"),
                CategoryData(
                    "kids-outerwear", "Çocuk Mont", "Su geçirmez mont ve yağmurluk. Kids' jackets.", "coat"
                ),
            ),
        ),
        CategoryData(
            "kids-shoes",
            "Çocuk Ayakkabı",
            "Büyüyen ayaklar için. Kids' shoes.",
            "sneaker",
            (
                CategoryData(
                    "kids-sneakers", "Çocuk Sneaker", "Cırtlı ve bağcıklı sneaker. Kids' sneakers.", "sneaker"
                ),
            ),
        ),
    ),
)

DEPARTMENTS: tuple[CategoryData, ...] = (WOMEN, MEN, KIDS)
