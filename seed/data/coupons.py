"""Hold the shop's coupons: one of every type, some over, some not yet begun."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CouponData:
    """Describe a coupon; amounts are TRY, dates ISO; `appeal` in 14 buyers who may use it do."""

    code: str
    description: str
    type: str
    value: str
    starts: str
    expires: str | None
    appeal: int = 1
    min_order: str | None = None
    max_discount: str | None = None
    usage_limit: int | None = None
    active: bool = True


COUPONS: tuple[CouponData, ...] = (
    CouponData(
        "HOSGELDIN10",
        "İlk siparişte %10 indirim. 10% off the first order.",
        "PERCENTAGE",
        "10.00",
        "2026-01-05",
        None,
        appeal=12,
        max_discount="400.00",
    ),
    CouponData(
        "YAZ25",
        "Yaz sonu: 2.000 TL üzeri %25. Summer sale.",
        "PERCENTAGE",
        "25.00",
        "2026-06-19",
        "2026-07-31",
        appeal=8,
        min_order="2000.00",
        max_discount="1000.00",
        usage_limit=500,
    ),
    CouponData(
        "SEPET250",
        "2.500 TL ve üzeri sepette 250 TL. 250 TRY off.",
        "FIXED_AMOUNT",
        "250.00",
        "2026-03-02",
        None,
        appeal=5,
        min_order="2500.00",
    ),
    CouponData(
        "KARGOBEDAVA",
        "Kargo bizden. Free shipping.",
        "FREE_SHIPPING",
        "0.00",
        "2026-02-09",
        "2026-12-31",
        appeal=4,
        min_order="500.00",
    ),
    CouponData(
        "OKUL150",
        "Okula dönüşte 150 TL. Back to school.",
        "FIXED_AMOUNT",
        "150.00",
        "2026-08-17",
        "2026-09-20",
        appeal=5,
        min_order="900.00",
        usage_limit=200,
    ),
    CouponData(
        "EFSANE40",
        "Efsane Cuma: %40 indirim. Black Friday, not yet begun.",
        "PERCENTAGE",
        "40.00",
        "2026-11-27",
        "2026-11-30",
        max_discount="1500.00",
        usage_limit=1000,
    ),
    CouponData(
        "VIP500",
        "Durduruldu: yerini sadakat programı aldı. Stopped.",
        "FIXED_AMOUNT",
        "500.00",
        "2026-01-05",
        "2026-12-31",
        min_order="4000.00",
        usage_limit=50,
        active=False,
    ),
)
