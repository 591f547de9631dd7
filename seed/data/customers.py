"""Hold the shop's people: its customers and its staff. No name, number or address is a real person's.

Addresses end in example.com (RFC 2606) so that nothing is ever mailed, telephone numbers use the
unassigned prefix 500.
"""

from dataclasses import dataclass

# ruff: noqa: E501 -- a table reads best with one entry a line

# No secret: every demo customer shares it, and the demo is never seeded in production.
DEMO_PASSWORD = "lumi-demo"  # noqa: S105

# bcrypt of it, cost 12, kept ready because computing one takes a quarter of a second.
DEMO_PASSWORD_HASH = "$2b$12$lPjDqzhclDKercyv9BN1SuxV8Z.XFD.NVUKxaJdWoc/OBTdE9sVHG"  # noqa: S105

# bcrypt, cost 12, of a random value nobody kept: staff cannot sign in before a reset.
LOCKED_PASSWORD_HASH = "$2b$12$5sfzYVSlpfSXbBjNb9f4deFYCQkZWE5fEEA1Np0qRM1XkJE9yW53i"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Customer:
    """Describe a customer; `loyalty` weighs how often they order, `joined` is an ISO date."""

    first: str
    last: str
    likes: str
    loyalty: int
    joined: str
    line1: str
    line2: str
    district: str
    city: str
    postal: str

    @property
    def email(self) -> str:
        """Return the address they sign in with."""
        return f"{ascii_lower(self.first)}.{ascii_lower(self.last)}@example.com"


@dataclass(frozen=True, slots=True)
class Employee:
    """Describe a member of the staff; `extra` are permissions beyond the role's."""

    first: str
    last: str
    email: str
    extra: tuple[str, ...] = ()


_ASCII = str.maketrans("çğıöşüâîÇĞİÖŞÜI", "cgiosuaicgiosui")


def ascii_lower(text: str) -> str:
    """Return the text in lower case with Turkish letters replaced by their nearest ASCII ones."""
    return text.translate(_ASCII).lower().replace(" ", "")


STAFF: tuple[Employee, ...] = (
    Employee("Selin", "Aksoy", "selin.aksoy@lumi.example.com", ("coupon:write", "refund:create")),
    Employee("Burak", "Yalçın", "burak.yalcin@lumi.example.com", ("inventory:adjust",)),
    Employee("Derya", "Koç", "derya.koc@lumi.example.com"),
)

# first | last | department they like | loyalty | joined | street | flat | district | city | postal code
_TABLE = """
Ayşe | Yılmaz | women | 9 | 2026-01-14 | Caferağa Mah. Moda Cad. No: 118 | Daire 6 | Kadıköy | İstanbul | 34710
Mehmet | Demir | men | 6 | 2026-01-20 | Bahçelievler Mah. 7. Cadde No: 42 | Kat 3 | Çankaya | Ankara | 06490
Zeynep | Kaya | women | 10 | 2026-01-22 | Teşvikiye Mah. Valikonağı Cad. No: 87 | Daire 4 | Şişli | İstanbul | 34365
Elif | Şahin | women | 7 | 2026-02-01 | Alsancak Mah. Kıbrıs Şehitleri Cad. No: 55 | Daire 9 | Konak | İzmir | 35220
Mustafa | Çelik | men | 3 | 2026-02-05 | Görükle Mah. Atatürk Cad. No: 12 | Daire 2 | Nilüfer | Bursa | 16285
Fatma | Arslan | kids | 5 | 2026-02-11 | Yenibağlar Mah. Üniversite Cad. No: 31 | Daire 8 | Tepebaşı | Eskişehir | 26170
Emre | Doğan | men | 4 | 2026-02-14 | Caddebostan Mah. Bağdat Cad. No: 301 | Daire 11 | Kadıköy | İstanbul | 34728
Merve | Aydın | women | 8 | 2026-02-19 | Konyaaltı Mah. Atatürk Bulvarı No: 64 | Daire 5 | Konyaaltı | Antalya | 07050
Ahmet | Öztürk | men | 5 | 2026-02-27 | Kültür Mah. İnönü Cad. No: 19 | Kat 2 | Şahinbey | Gaziantep | 27010
Büşra | Kılıç | women | 6 | 2026-03-03 | Selçuklu Mah. Nalçacı Cad. No: 73 | Daire 14 | Selçuklu | Konya | 42060
Can | Aslan | men | 7 | 2026-03-08 | Cihangir Mah. Sıraselviler Cad. No: 40 | Daire 3 | Beyoğlu | İstanbul | 34433
Esra | Yıldız | kids | 8 | 2026-03-12 | Atakum Mah. Adnan Menderes Bulvarı No: 156 | Daire 7 | Atakum | Samsun | 55200
Hakan | Polat | men | 2 | 2026-03-18 | Çukurova Mah. Turgut Özal Bulvarı No: 88 | Daire 1 | Çukurova | Adana | 01170
Gizem | Korkmaz | women | 9 | 2026-03-24 | Bostanlı Mah. Cemal Gürsel Cad. No: 410 | Daire 10 | Karşıyaka | İzmir | 35590
Okan | Taş | men | 3 | 2026-04-02 | Kavaklıdere Mah. Tunalı Hilmi Cad. No: 96 | Kat 5 | Çankaya | Ankara | 06680
İrem | Güneş | women | 7 | 2026-04-07 | Etiler Mah. Nispetiye Cad. No: 24 | Daire 12 | Beşiktaş | İstanbul | 34337
Serkan | Acar | kids | 4 | 2026-04-15 | Ortahisar Mah. Maraş Cad. No: 8 | Daire 3 | Ortahisar | Trabzon | 61030
Nazlı | Erdem | women | 6 | 2026-04-21 | Yeniköy Mah. Köybaşı Cad. No: 132 | Daire 1 | Sarıyer | İstanbul | 34464
Tolga | Şen | men | 5 | 2026-04-29 | Mezitli Mah. Gazi Mustafa Kemal Bulvarı No: 507 | Daire 9 | Mezitli | Mersin | 33330
Ceren | Aktaş | women | 5 | 2026-05-06 | Bahçelievler Mah. Süleyman Demirel Bulvarı No: 15 | Daire 6 | Merkez | Isparta | 32040
Kerem | Bulut | men | 4 | 2026-05-13 | Yalıkavak Mah. Çökertme Cad. No: 21 | Villa 2 | Bodrum | Muğla | 48990
Hatice | Tekin | kids | 6 | 2026-05-20 | Erenköy Mah. Ethem Efendi Cad. No: 49 | Daire 4 | Kadıköy | İstanbul | 34738
Deniz | Uçar | women | 3 | 2026-06-01 | Kordonboyu Mah. Cumhuriyet Cad. No: 5 | Daire 2 | Merkez | Çanakkale | 17100
Umut | Karaca | men | 3 | 2026-06-09 | Diclekent Mah. Selahattin Eyyubi Bulvarı No: 77 | Daire 13 | Kayapınar | Diyarbakır | 21070
Pınar | Sezer | women | 7 | 2026-06-17 | Ataşehir Mah. Ertuğrul Gazi Sok. No: 2 | B Blok Daire 45 | Ataşehir | İstanbul | 34750
Yusuf | Bozkurt | men | 2 | 2026-07-03 | Melikgazi Mah. Sivas Cad. No: 201 | Daire 6 | Melikgazi | Kayseri | 38030
Tuğçe | Ergin | women | 4 | 2026-07-14 | Kötekli Mah. Denizli Yolu Bulvarı No: 18 | Daire 3 | Menteşe | Muğla | 48000
Onur | Çetin | men | 3 | 2026-07-28 | Bağlarbaşı Mah. İnönü Cad. No: 66 | Daire 8 | Maltepe | İstanbul | 34844
Sibel | Duman | kids | 3 | 2026-08-11 | Yenişehir Mah. Osmangazi Bulvarı No: 34 | Daire 5 | İzmit | Kocaeli | 41050
Barış | Ünal | men | 2 | 2026-08-25 | Kuruçeşme Mah. Muallim Naci Cad. No: 60 | Daire 7 | Beşiktaş | İstanbul | 34345
Melis | Toprak | women | 2 | 2026-09-10 | Zafer Mah. Cumhuriyet Cad. No: 11 | Daire 2 | Merkez | Edirne | 22030
Kaan | Özdemir | men | 0 | 2026-09-24 | Bahçeşehir Mah. Kemal Sunal Cad. No: 9 | Daire 16 | Başakşehir | İstanbul | 34488
"""


def _read(line: str) -> Customer:
    first, last, likes, loyalty, *rest = (cell.strip() for cell in line.split("|"))
    return Customer(first, last, likes, int(loyalty), *rest)


CUSTOMERS: tuple[Customer, ...] = tuple(_read(line) for line in _TABLE.strip().splitlines())
