"""Hold what customers say. Each text is used once at most, so that no two products share a review."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewText:
    """Hold a text that fits what `about` names: an article's slug, a category's slug or a kind."""

    about: str
    rating: int
    title: str
    content: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """Hold what somebody says who never bought the article here; it is no verified purchase."""

    article: str
    email: str
    rating: int
    title: str
    content: str
    status: str


_TABLE = """
ece-saten-davet-elbisesi | 5 | Düğünde çok sordular | Kumaşı fotoğraftakinden güzel, tam beden oturdu. Üç kişi sordu.
women-dresses | 5 | Kalıbı harika | 1.65 boyum var, boyu tam kararında. Gün boyu giydim, rahat ettim.
women-dresses | 4 | Güzel ama biraz uzun | Rengi ve dokusu çok iyi. Ben 1.58'im, 4 cm kısalttırdım.
women-dresses | 5 | Second one I bought | Fits true to size and washes well. I came back for the other colour.
women-dresses | 3 | İnce geldi | Duruşu güzel, ama kumaş biraz daha tok olabilirdi. Açık renkte içlik gerekiyor.
women-dresses | 4 | Rahat ve şık | Belimi sıkmıyor, hareket ederken de güzel. Kargo iki günde geldi.
nil-gomlek-elbise | 5 | Kurtarıcı | Sabah ofise, akşam yemeğe aynı elbiseyle gittim. Cebi olması harika.
shirt | 5 | Vazgeçilmezim | Haftada iki kez giyiyorum, yakası hâlâ ilk günkü gibi.
shirt | 4 | Kaliteli kumaş | Düğmeleri sağlam dikilmiş. Kolları hafif uzun geldi, kıvırıp kullanıyorum.
mavi-cizgili-poplin-gomlek | 5 | Tam hayal ettiğim gibi | Bol kesim, kendi bedeninizi alın, büyütmeye gerek yok.
shirt | 3 | Ütü istiyor | Duruşu çok güzel ama makineden kırışık çıkıyor. Buharla açılıyor.
men-shirts | 5 | Great shirt | Crisp, well cut, and the collar sits right without a tie.
men-shirts | 4 | Beğendik | Eşime aldım, yıkamada çekmedi. Bir de siyahı olsa.
utu-istemeyen-is-gomlegi | 5 | Sözünü tutuyor | Askıda kuruttum, ütülemeden toplantıya girdim.
tee | 5 | Üçüncü siparişim | Yıkandıkça bozulmuyor, içi görünmüyor. Bütün renklerini toplayacağım.
tee | 5 | Tok ve yumuşak | Kumaşı gerçekten iyi. Yakası esnemedi, beşinci yıkamadayım.
tee | 4 | Fiyatına göre iyi | Kalıbı hafif geniş. Dar sevenler bir beden küçük alabilir.
tee | 2 | Rengi farklı geldi | Ekrandakinden koyu çıktı, değiştirdim. Değişim kolay oldu, o yüzden iki yıldız.
pike-polo-yaka-tisort | 5 | Softest polo I own | Holds its shape, and the collar does not curl.
kids-tops | 5 | Oğlum çıkarmıyor | Yumuşacık, ensesi kaşındırmıyor. Bir beden büyük aldım, seneye de giyer.
kids-tops | 4 | Dayanıklı | Her gün parkta; dizler dağıldı, bu hâlâ sapasağlam.
okul-sweatshirt | 5 | Kaybolmuyor | İsim şeridi ne iyi fikir, kayıp eşya kutusundan iki kez geri geldi.
kids-dresses | 5 | Prensesim bayıldı | Kumaşı terletmiyor, ütü de istemedi. Doğum gününde giydi.
kids-outerwear | 5 | Su geçirmedi | Yağmurda okula yürüdük, içi kupkuru. Reflektörü de içimi rahatlattı.
kids-sneakers | 5 | Kızım kendi giyiyor | Tabanı esnek, giymesi kolay. Kreşte artık yardım istemiyor.
kids-sneakers | 4 | Yıkanıyor | Çamurdan geldi, sildik yenilendi. Kalıbı normal.
yumos-merinos-kazak | 5 | Hiç kaşındırmıyor | Yün giyemem sanırdım. Tene giyiyorum, sıcacık ve incecik.
knit | 4 | Sıcak tutuyor | Örgüsü sıkı ve düzgün. Kollarında bir iki tüylenme oldu, tıraş makinesiyle geçti.
knit | 5 | Favorim oldu | Rengi çok asil duruyor. Elde yıkadım, şekli bozulmadı.
orgulu-oversize-hirka | 3 | Beden büyük | Kalıbı bol, normalde M giyerim S almalıymışım. Kalitesine sözüm yok.
merinos-balikci-yaka-kazak | 5 | Light under a jacket | Thin enough for under a blazer, and it does not itch at all.
yuksek-bel-bol-paca-pantolon | 5 | Boyu uyan pantolon | 1.75 boyundayım, paçası topuğa geliyor. Dökümlü, iç göstermiyor.
trousers | 4 | Rahat | Bütün gün oturarak çalışıyorum, beli sıkmadı. Cepleri biraz daha derin olabilirdi.
trousers | 5 | Kalıbı çok iyi | Bel ve basen tam oturdu, potluk yok. Diğer rengini de aldım.
women-trousers | 3 | Bel biraz bol | Basene göre alınca bel bol geldi, kemerle kullanıyorum.
men-trousers | 5 | Worth it | Good weight, straight seams, no bagging at the knees after a week.
selvedge-duz-kesim-jean | 5 | Gerçek denim | İlk gün tahta gibi, ikinci haftada ikinci deri. Sabredin.
plise-midi-etek | 5 | Yürürken uçuşuyor | Hareketi çok güzel, astarı da var. Düz ayakkabıyla bile şık.
skirt | 4 | Tam boyunda | Bele tam oturdu, dikişi sağlam. Bir beden küçük de olurmuş.
women-outerwear | 5 | Yatırım parçası | Omuz duruşu terzi işi gibi. Ağırlık yapmıyor ama rüzgar geçirmiyor.
women-outerwear | 4 | Çok beğendim | Astarı özenli, cepleri derin. Kolları bana 2 cm uzun geldi.
kapusonlu-parka | 5 | Yağmurda sınandı | Trabzon'da bir hafta yağmur yedi, içine damla almadı.
klasik-pamuk-trenckot | 5 | Timeless | Kept me dry on a windy ferry, and looks right with everything.
men-outerwear | 3 | Kollar uzun | Rengi harika, kolları 3 cm kısalttırmam gerekti.
boot | 5 | Vurmadı | İlk gün sekiz saat giydim, ayağımı vurmadı. Tabanı ıslakta kaymıyor.
boot | 5 | Usta işi | Dikişleri kusursuz, mis gibi kokuyor. Kendi numaramı aldım, tam oldu.
boot | 4 | Güzel ve sağlam | Arada kalanlar büyük numara alsın; kalın çorapla ancak sığdı.
boot | 3 | Tabanı sert | Görünüşü on numara ama taban birkaç gün alıştırma istiyor.
women-sneakers | 5 | Bulut gibi | Günde on bin adım atıyorum, akşam ayağım ağrımıyor.
sneaker | 4 | Temiz görünüyor | Silince yeni gibi oluyor. Bağcıkları biraz kısa geldi.
retro-kosu-sneaker | 2 | Dar kalıp | Tarak kısmı dar, değiştirmek zorunda kaldım. Geniş ayaklılar büyük alsın.
men-sneakers | 5 | My everyday pair | Clean lines, no logo, and comfortable from the first day.
suet-kosucu-sneaker-erkek | 4 | Hafif | Gerçekten hafif, yürüyüşte hissedilmiyor. Rengi fotoğraftaki gibi.
heel | 5 | Düğün boyunca giydim | Yedi saat ayaktaydım, çıkarmadım. Topuğu dengeli basıyor.
heel | 4 | Zarif | Çok zarif duruyor, tabanı rahat. Yarım numara büyük aldım.
arkasi-acik-stiletto | 3 | Bant gevşek | Güzel ama arka bandı bana bol geldi, jel yapıştırdım.
sandal | 5 | Ayağımdan çıkarmıyorum | İlk günden vurmadı, her gün giyiyorum.
sandal | 4 | Yazın kurtarıcısı | Hafif ve rahat. Tabanı biraz daha kalın olabilirdi.
orgu-deri-sandalet | 5 | Lovely work | You can see that they are woven by hand. Comfortable too.
platform-plaj-terligi | 4 | Gerçekten yüzüyor | Dalga aldı götürdü, batmadı, geri getirdi. Kumda da ısınmıyor.
puskullu-suet-loafer | 5 | Çorapsız rahat | Astarsız olması harika, ayağın şeklini alıyor.
men-loafers | 4 | Şık | Takımın altına çok yakıştı. Kalıbı geniş, bir numara küçük alın.
women-shoulder-bags | 5 | Sapasağlam | Her gün yanımda, köşeleri bile çizilmedi. Askısı ayarlı kalıyor.
women-shoulder-bags | 4 | Küçük ama yeterli | Telefon, cüzdan, ruj sığıyor. Askısı biraz daha uzun olabilirdi.
deri-tote-canta | 5 | Bilgisayarım sığıyor | 15 inç dizüstü rahat giriyor, sapları omzu kesmiyor.
deri-tote-canta | 5 | Looks twice the price | Beautiful leather, clean edges, and it smells wonderful.
kanvas-pazar-cantasi | 5 | Pazar testi geçti | Karpuz dahil on iki kilo taşıdı. Makinede yıkadım, çekmedi.
capraz-askili-kamera-cantasi | 3 | Fermuarı sert | Askısı çok rahat ama iç fermuar ilk hafta zorladı.
ipek-esarp-lale | 5 | Anneme hediye | Kutusu da kendisi de çok şık. Annem bayıldı, deseni canlı.
ipek-esarp-lale | 5 | Real silk | The hem is rolled by hand as promised, and the colours are deep.
yun-ekose-sal | 4 | Sıcacık | Ofiste omuza atıyorum, kaşındırmıyor. Biraz tüy bırakıyor.
jewel | 5 | Kararmadı | Hiç çıkarmadım, rengi ilk günkü gibi.
damla-altin-kaplama-kupe | 5 | Çok zarif | Hafif, kulağı ağrıtmıyor. Hediye kesesi de düşünceli.
ince-zincir-kolye | 4 | İnce iş | Zinciri ince ama sağlam. Fotoğraftakinden biraz küçük.
belt | 5 | Babama aldım | Tokası dönüyor, iki renk bir arada. Gerçek deri kokuyor.
belt | 4 | Sağlam | Uzun geldi, makasla kısaltınca tam oldu.
ince-deri-kartlik | 5 | İncecik | Ön cepte fark edilmiyor, altı kart rahat sığıyor.
ince-deri-kartlik | 4 | Kaliteli deri | Kullandıkça rengi güzelleşiyor. Kartlar ilk hafta biraz sıkı.
klasik-bozukluk-gozlu-cuzdan | 3 | Bozukluk gözü dar | Derisi iyi ama bozukluk gözü pek işe yaramıyor.
"""


def _read(line: str) -> ReviewText:
    about, rating, title, content = (cell.strip() for cell in line.split("|"))
    return ReviewText(about, int(rating), title, content)


TEXTS: tuple[ReviewText, ...] = tuple(_read(line) for line in _TABLE.strip().splitlines())

OPINIONS: tuple[Opinion, ...] = (
    Opinion(
        "kruvaze-yun-kaban",
        "kaan.ozdemir@example.com",
        5,
        "Mağazada denedim",
        "Nişantaşı'nda denedim, omuzları kusursuz. İndirimi bekliyorum.",
        "PENDING",
    ),
    Opinion(
        "minimal-deri-sneaker-kadin",
        "kaan.ozdemir@example.com",
        1,
        "En ucuz ayakkabılar burada!!!",
        "Yarı fiyatına aynı ürün için profilimdeki bağlantıya tıklayın.",
        "REJECTED",
    ),
    Opinion(
        "deri-tote-canta",
        "melis.toprak@example.com",
        4,
        "Arkadaşımda gördüm",
        "Arkadaşımınki iki yıldır kullanımda, deri gittikçe güzelleşiyor. Sırada ben varım.",
        "APPROVED",
    ),
)
