"""Hold what customers say: per kind of article, a rating, a title and a text that fits any such article."""

# (rating, title, text); each is used once at most, so that no two products share a review.
TEXTS: dict[str, tuple[tuple[int, str, str], ...]] = {
    "dress": (
        (
            5,
            "Düğünde çok sordular",
            "Kumaşı fotoğraftakinden güzel, tam beden aldım ve oturdu. Üç kişi nereden diye sordu.",
        ),
        (5, "Kalıbı harika", "1.65 boyum var, boyu tam kararında. Gün boyu giydim, kırışmadı sayılır."),
        (4, "Güzel ama biraz uzun", "Rengi ve dokusu çok iyi. Ben 1.58'im, paçasını 4 cm kısalttırdım."),
        (5, "Second one I bought", "Fits true to size and washes well. I came back for the other colour."),
        (3, "İnce geldi", "Duruşu güzel, ama astarı biraz daha tok olabilirdi. Açık renkte içlik gerekiyor."),
        (4, "Rahat ve şık", "Belini sıkmıyor, hareket ederken de güzel. Kargo iki günde geldi."),
    ),
    "shirt": (
        (5, "Ofisin vazgeçilmezi", "Haftada iki kez giyiyorum, yakası hâlâ ilk günkü gibi."),
        (
            4,
            "Kaliteli kumaş",
            "Düğmeleri sağlam dikilmiş. Kolları bana hafif uzun geldi, kıvırıp kullanıyorum.",
        ),
        (5, "Tam hayal ettiğim gibi", "Bol kesim isteyenler kendi bedenini alsın, büyütmeye gerek yok."),
        (3, "Ütü istiyor", "Duruşu çok güzel ama makineden çıkınca kırış kırış. Buharla açılıyor."),
        (5, "Great shirt", "Crisp, well cut, and the collar sits right without a tie."),
        (4, "Beğendik", "Eşime aldım, yıkamada çekmedi. Bir de siyahı olsa."),
    ),
    "tee": (
        (5, "Üçüncü siparişim", "Yıkandıkça bozulmuyor, içi görünmüyor. Bütün renklerini toplayacağım."),
        (5, "Tok ve yumuşak", "Kumaşı gerçekten tok. Yakası esnemedi, onuncu yıkamadayım."),
        (4, "Fiyatına göre iyi", "Kalıbı hafif geniş. Dar sevenler bir beden küçük alabilir."),
        (
            2,
            "Rengi farklı geldi",
            "Ekrandakinden koyu çıktı, değiştirdim. Değişim kolay oldu, o yüzden iki yıldız.",
        ),
        (5, "Oğlum çıkarmıyor", "Yumuşacık, etiketi kaşındırmıyor. Bir beden büyük aldım, seneye de giyer."),
    ),
    "knit": (
        (5, "Hiç kaşındırmıyor", "Yün giyemem sanırdım. Tene giyiyorum, sıcacık ve incecik."),
        (
            4,
            "Sıcak tutuyor",
            "Örgüsü sıkı ve düzgün. Kollarında bir iki tüylenme oldu, tıraş makinesiyle geçti.",
        ),
        (5, "Kışın favorisi", "Rengi çok asil duruyor. Elde yıkadım, şekli bozulmadı."),
        (3, "Beden büyük", "Kalıbı bol, normalde M giyerim S almalıymışım. Kalitesine sözüm yok."),
        (5, "Soft and light", "Light enough for under a jacket, and it does not itch at all."),
    ),
    "trousers": (
        (
            5,
            "Nihayet boyu uyan pantolon",
            "1.75 boyundayım, paçası topuğa kadar geliyor. Kumaşı dökümlü, iç göstermiyor.",
        ),
        (4, "Rahat", "Bütün gün oturarak çalışıyorum, beli sıkmadı. Cepleri biraz daha derin olabilirdi."),
        (5, "Kalıbı çok iyi", "Bel ve basen tam oturdu, potluk yok. Koyusunu da aldım."),
        (3, "Bel biraz bol", "Basene göre alınca bel bol geldi, kemerle kullanıyorum."),
        (5, "Worth it", "Good weight, straight seams, no bagging at the knees after a week."),
    ),
    "skirt": (
        (5, "Yürürken uçuşuyor", "Hareketi çok güzel, astarı da var. Düz ayakkabıyla bile şık."),
        (4, "Tam boyunda", "Bele tam oturdu, fermuarı sağlam. Ütü istememesi büyük rahatlık."),
        (4, "Güzel kumaş", "Tok bir kumaş, mevsim geçişlerinde ideal. Bir beden küçük de olurmuş."),
    ),
    "coat": (
        (5, "Yatırım parçası", "Omuz duruşu terzi işi gibi. Ağırlık yapmıyor ama rüzgar geçirmiyor."),
        (5, "Yağmurda sınandı", "Trabzon'da bir hafta yağmur yedi, içine damla almadı."),
        (4, "Kaliteli ama ağır", "Çok sıcak tutuyor, astarı özenli. Uzun yürüyüşte biraz ağır geliyor."),
        (
            5,
            "Warm without the bulk",
            "Survived a windy week on the ferry. The pockets are where your hands are.",
        ),
        (3, "Kollar uzun", "Rengi harika, kolları 3 cm kısalttırmam gerekti."),
    ),
    "boot": (
        (5, "Vurmadı", "İlk gün sekiz saat giydim, ayağımı vurmadı. Tabanı ıslakta kaymıyor."),
        (5, "Usta işi", "Dikişleri kusursuz, derisi mis gibi kokuyor. Kendi numaramı aldım, tam oldu."),
        (4, "Güzel ve sağlam", "Arada kalanlar büyük numara alsın; kalın çorapla ancak sığdı."),
        (3, "Tabanı sert", "Görünüşü on numara ama taban birkaç gün alıştırma istiyor."),
    ),
    "sneaker": (
        (5, "Bulut gibi", "Günde on bin adım atıyorum, akşam ayağım ağrımıyor."),
        (4, "Temiz görünüyor", "Silince yeni gibi oluyor. Bağcıkları biraz kısa geldi."),
        (5, "Kızım kendi giyiyor", "Cırtı sağlam, tabanı esnek. Kreşte artık yardım istemiyor."),
        (
            2,
            "Dar kalıp",
            "Tarak kısmı dar, değiştirmek zorunda kaldım. Geniş ayaklılar bir numara büyük alsın.",
        ),
        (5, "My everyday pair", "Clean lines, no logo, and comfortable from the first day."),
        (4, "Hafif", "Gerçekten hafif, yürüyüşte hissedilmiyor. Rengi fotoğraftaki gibi."),
    ),
    "heel": (
        (5, "Düğün boyunca giydim", "Yedi saat ayaktaydım, çıkarmadım. Topuğu dengeli basıyor."),
        (4, "Zarif", "Çok zarif duruyor, taban ince ama rahat. Yarım numara büyük aldım."),
        (3, "Bant gevşek", "Güzel ama arka bandı bana bol geldi, jel yapıştırdım."),
    ),
    "sandal": (
        (5, "Bütün yaz ayağımdaydı", "Derisi yumuşacık, ilk günden vurmadı. Rengi güneşte solmadı."),
        (4, "Yazın kurtarıcısı", "Hafif ve rahat. Tabanı biraz daha kalın olabilirdi."),
        (5, "Lovely work", "You can see that they are woven by hand. Comfortable too."),
    ),
    "loafer": (
        (5, "Çorapsız rahat", "Astarsız olması harika, ayağın şeklini alıyor."),
        (4, "Şık", "Takımın altına çok yakıştı. Kalıbı geniş, bir numara küçük alın."),
    ),
    "bag": (
        (5, "Derisi harika", "Üç aydır her gün kullanıyorum, köşeleri bile aşınmadı."),
        (4, "Küçük ama yeterli", "Telefon, cüzdan, ruj sığıyor. Askısı biraz daha uzun olabilirdi."),
        (5, "Bilgisayarım sığıyor", "15 inç dizüstü rahat giriyor, sapları omzu kesmiyor."),
        (5, "Looks twice the price", "Beautiful leather, clean edges, and a zip that does not catch."),
        (3, "İç cebi az", "Görünüşü çok iyi, içinde bir cep daha olsa tam olacaktı."),
    ),
    "scarf": (
        (5, "Anneme hediye", "Kutusu da kendisi de çok şık. Annem bayıldı, deseni canlı."),
        (4, "Sıcacık", "Ofiste omuza atıyorum, kaşındırmıyor. Biraz tüy bırakıyor."),
        (5, "Real silk", "The hem is rolled by hand as promised, and the colours are deep."),
    ),
    "jewel": (
        (5, "Kararmadı", "İki aydır takıyorum, duşta bile çıkarmadım, rengi aynı."),
        (5, "Çok zarif", "Hafif, kulağı ağrıtmıyor. Hediye kesesi de düşünceli."),
        (4, "İnce iş", "Zinciri ince ama sağlam. Fotoğraftakinden biraz küçük."),
    ),
    "belt": (
        (5, "Babama aldım", "Tokası dönüyor, iki renk bir arada. Derisi gerçek deri kokuyor."),
        (4, "Sağlam", "Uzun geldi, makasla kısaltınca tam oldu."),
    ),
    "wallet": (
        (5, "İncecik", "Ön cepte fark edilmiyor, altı kart rahat sığıyor."),
        (4, "Kaliteli deri", "Kullandıkça rengi güzelleşiyor. Kartlar ilk hafta biraz sıkı."),
        (3, "Bozukluk gözü dar", "Derisi iyi ama bozukluk gözü pek işe yaramıyor."),
    ),
}

# Said by people who never bought the article here; none of them counts as a verified purchase.
UNVERIFIED: tuple[tuple[str, str, int, str, str, str], ...] = (
    (
        "kruvaze-yun-kaban",
        "kaan.ozdemir@example.com",
        5,
        "Mağazada denedim",
        "Nişantaşı'nda denedim, omuzları kusursuz. İndirimi bekliyorum.",
        "PENDING",
    ),
    (
        "retro-kosu-sneaker",
        "kaan.ozdemir@example.com",
        1,
        "En ucuz ayakkabılar burada!!!",
        "Yarı fiyatına aynı ürün için profilimdeki bağlantıya tıklayın.",
        "REJECTED",
    ),
    (
        "deri-tote-canta",
        "melis.toprak@example.com",
        4,
        "Arkadaşımda gördüm",
        "Arkadaşımınki iki yıldır kullanımda, deri gittikçe güzelleşiyor. Sırada ben varım.",
        "APPROVED",
    ),
)
