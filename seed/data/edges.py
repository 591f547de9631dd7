"""Hold what is rare in a shop and breaks programs: each by a name that says what it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EdgeProduct:
    """Describe a product; `stock` is of its one variant."""

    slug: str
    title: str
    price: str
    stock: int
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class EdgeUser:
    """Describe a customer."""

    email: str
    first: str
    last: str
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class EdgeCoupon:
    """Describe a coupon."""

    code: str
    description: str
    type: str
    value: str
    usage_limit: int | None = None


PRODUCTS = (
    EdgeProduct("edge-free", "Hediye Çantası (bedava)", "0.00", 50),
    EdgeProduct("edge-one-kurus", "Bir Kuruşluk Rozet", "0.01", 50),
    EdgeProduct("edge-dearest", "En Pahalı Elbise", "9999999999.99", 1),
    EdgeProduct("edge-one-left", "Son Parça Kaşkol", "499.90", 1),
    EdgeProduct("edge-sold-out", "Tükenmiş Kemer", "299.90", 0),
    EdgeProduct("edge-long-title", "Çok Uzun Adlı Şık Örgü Hırka " * 8, "1299.90", 9),
    EdgeProduct("edge-letters", "IĞDIR ışıltısı, İstanbul ısısı: %50_'\\\" <b>& ✂︎ 👗 مرحبا", "199.90", 9),
    EdgeProduct("edge-deleted", "Silinmiş Ürün", "99.90", 5, is_deleted=True),
)

USERS = (
    EdgeUser("edge.deleted@example.com", "Silinmiş", "Hesap", is_deleted=True),
    EdgeUser("edge.letters@example.com", "Ümmügülsüm-Şehribânu", "O'Neill-Ünlüoğulları 🧵"),
    EdgeUser("edge.one-letter@example.com", "Ö", "İ"),
)

COUPONS = (
    EdgeCoupon("EDGE-USED-UP", "Hakkı bitmiş. Used up.", "PERCENTAGE", "10.00", usage_limit=0),
    EdgeCoupon("EDGE-ALL-OFF", "%100 indirim. All off.", "PERCENTAGE", "100.00"),
    EdgeCoupon("EDGE-MORE-THAN-ALL", "Sepetten pahalı. Above any cart.", "FIXED_AMOUNT", "9999999999.99"),
)
