"""Say what the shop's colours, sizes and kinds of article are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colour:
    """Name a colour in both languages; `code` is its part of a SKU, `hex` what pictures show."""

    code: str
    turkish: str
    english: str
    hex: str


COLOURS = {
    "black": Colour("SYH", "Siyah", "Black", "#22211f"),
    "white": Colour("BYZ", "Beyaz", "White", "#f7f5f0"),
    "ecru": Colour("EKR", "Ekru", "Ecru", "#e9dfc9"),
    "beige": Colour("BEJ", "Bej", "Beige", "#d3bd9b"),
    "camel": Colour("KML", "Camel", "Camel", "#b9854d"),
    "brown": Colour("KHV", "Kahverengi", "Brown", "#6b4429"),
    "tan": Colour("TAB", "Taba", "Tan", "#9c5a2b"),
    "grey": Colour("GRI", "Gri", "Grey", "#8d8f92"),
    "anthracite": Colour("ANT", "Antrasit", "Anthracite", "#43464b"),
    "navy": Colour("LCV", "Lacivert", "Navy", "#1f2d4d"),
    "blue": Colour("MAV", "Mavi", "Blue", "#5b86b8"),
    "indigo": Colour("IND", "İndigo", "Indigo", "#34497a"),
    "green": Colour("YSL", "Yeşil", "Green", "#3f6b4f"),
    "khaki": Colour("HAK", "Haki", "Khaki", "#74704a"),
    "mint": Colour("MNT", "Mint", "Mint", "#a8d5c2"),
    "saffron": Colour("SFR", "Safran", "Saffron", "#e0a32e"),
    "mustard": Colour("HRD", "Hardal", "Mustard", "#c28e1c"),
    "terracotta": Colour("TRK", "Kiremit", "Terracotta", "#b8573a"),
    "red": Colour("KRM", "Kırmızı", "Red", "#b3262e"),
    "burgundy": Colour("BRD", "Bordo", "Burgundy", "#6d1f33"),
    "rose": Colour("GLK", "Gül Kurusu", "Dusty Rose", "#c98a8d"),
    "pink": Colour("PMB", "Pembe", "Pink", "#e8a9bb"),
    "lilac": Colour("LLA", "Lila", "Lilac", "#b7a3cf"),
    "gold": Colour("ALT", "Altın", "Gold", "#cfa64a"),
    "silver": Colour("GMS", "Gümüş", "Silver", "#b9bdc2"),
}

SIZES = {
    "alpha": ("XS", "S", "M", "L", "XL"),
    "alpha-men": ("S", "M", "L", "XL", "XXL"),
    "numeric-women": ("34", "36", "38", "40", "42"),
    "waist": ("30", "32", "34", "36"),
    "shoes-women": ("36", "37", "38", "39", "40"),
    "shoes-men": ("41", "42", "43", "44", "45"),
    "shoes-kids": ("28", "30", "32", "34"),
    "age": ("4-5 Yaş", "6-7 Yaş", "8-9 Yaş", "10-11 Yaş"),
    "belt": ("90", "100", "110"),
    "one": ("Standart",),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """Describe a kind of article: its code in a SKU and the weight in grams of one piece."""

    code: str
    grams: int


KINDS = {
    "dress": Kind("ELB", 420),
    "shirt": Kind("GML", 260),
    "tee": Kind("TSR", 200),
    "knit": Kind("TRK", 480),
    "trousers": Kind("PNT", 520),
    "skirt": Kind("ETK", 340),
    "coat": Kind("DIS", 1350),
    "boot": Kind("BOT", 1240),
    "sneaker": Kind("SPR", 860),
    "heel": Kind("TPK", 640),
    "sandal": Kind("SND", 480),
    "loafer": Kind("LFR", 720),
    "bag": Kind("CNT", 690),
    "scarf": Kind("SAL", 130),
    "jewel": Kind("TKI", 30),
    "belt": Kind("KMR", 180),
    "wallet": Kind("CZD", 110),
}
