"""Names that Arabic has its own word for and CLDR lacks: old and Arab cities, seas, planets, peoples, religions, prophets, saints."""

from __future__ import annotations

from typing import Final

TRANSLATED_NAMES: Final = """
    Jerusalem | القدس أورشليم
    Beijing Peking | بكين بيجين بيجينغ
    Mumbai Bombay | مومباي بومباي
    England | إنجلترا انكلترا إنكلترا
    Scotland Scottish | اسكتلند سكوتلند
    Wales Welsh | ويلز
    Dutch Holland | هولندا
    Denmark Danish Danes | دنمارك دانمارك
    Poles | بولند
    Belarus | بيلاروس روسيا
    Catalan Catalonia | كتالون
    Basque | الباسك
    Seville Sevilla | إشبيلية
    Cordoba | قرطبة
    Granada | غرناطة
    Toledo | طليطلة
    Andalusia Andalusian | الأندلس
    Iberian Iberia | إيبيريا
    Sicily Sicilian | صقلية
    Crete Cretan | كريت إقريطش
    Aleppo | حلب
    Homs | حمص
    Latakia | اللاذقية
    Deir | دير
    Tripoli | طرابلس
    Sidon | صيدا
    Tyre | صور
    Baalbek | بعلبك
    Hebron | الخليل
    Nazareth | الناصرة
    Jaffa | يافا
    Acre | عكا
    Bethlehem | بيت لحم
    Jericho | أريحا
    Nablus | نابلس
    Galilee | الجليل
    Golan | الجولان
    Mosul | الموصل
    Basra | البصرة
    Najaf | النجف
    Nineveh | نينوى
    Babylon Babylonian | بابل
    Euphrates | الفرات
    Tigris | دجلة
    Mesopotamia Mesopotamian | ما بين النهرين الرافدين
    Alexandria | الإسكندرية
    Suez | السويس
    Luxor | الأقصر
    Mecca Makkah | مكة
    Medina | المدينة
    Kaaba | الكعبة
    Maghreb Morocco Moroccan | المغرب
    Marrakesh Marrakech | مراكش
    Fez | فاس
    Casablanca | الدار البيضاء
    Barbary Berber | بربر أمازيغ
    Amazigh | أمازيغ بربر
    Gibraltar | جبل طارق
    Mediterranean | المتوسط متوسطي
    Atlantic Transatlantic | أطلس أطلنط
    Adriatic | الأدرياتيكي
    Aegean | إيجه
    Caspian | قزوين
    Bosphorus | البوسفور مضيق
    Alps Alpine | الألب
    Danube | الدانوب
    Indus Sindh | السند
    Balkans Balkan | البلقان
    Caucasus | القوقاز
    Anatolia | الأناضول
    Ottoman Ottomans | عثمان
    Byzantine | بيزنط
    Janissary Janissaries | إنكشارية
    Persia Persian Persians | فارس فرس
    Phoenician | فينيقي
    Pharaoh Pharaohs | فرعون فراعنة
    Venus | الزهرة
    Saturn | زحل
    Jupiter | المشتري
    Mars Martian | المريخ
    Mercury | عطارد
    Neptune | نبتون
    Milky | درب التبانة
    God | الله إله
    Christ Christian Christians Christianity Christmas | مسيح نصار ميلاد
    Jesus | يسوع عيسى المسيح
    Easter | الفصح
    Jew Jews Jewish Judaism | يهود
    Hebrew | عبري
    Israeli Israelis | إسرائيل
    Muslim Muslims Islam Islamic Moslem | مسلم إسلام
    Koran Quran Qur | القرآن
    Bible Biblical | الكتاب المقدس التوراة الإنجيل
    Gospel | إنجيل
    Torah | توراة
    Buddhist Buddha | بوذ
    Hindu Hinduism | هندوس
    Shia Shiite Shiites | شيع
    Sunni Sunnis | سن
    Brotherhood | الإخوان
    Moses | موسى
    Abraham | إبراهيم
    Isaac | إسحاق
    Jacob | يعقوب
    Joseph | يوسف جوزيف
    Joshua | يشوع يوشع
    Job | أيوب
    Solomon | سليمان سولومون
    David | داود ديفيد
    Noah | نوح
    Jonah | يونس يونان
    Ezekiel | حزقيال
    Isaiah | أشعياء إشعياء
    Jeremiah | إرميا
    Adam | آدم
    Eve | حواء
    Mary | مريم ماري
    John | يوحنا جون يحيى
    Matthew | متى ماثيو
    Paul | بولس بول
    Peter | بطرس بيتر
    James | يعقوب جيمس
    George | جورج جرجس
    Gabriel | جبريل جبرائيل
    Michael | ميخائيل مايكل
    Aristotle | أرسطو
    Plato | أفلاطون
    Socrates | سقراط
    Ptolemy | بطليموس
    Avicenna | ابن سينا
    Averroes | ابن رشد
    Saladin | صلاح الدين
    Caesar | قيصر
    Tsar Czar | قيصر
    Prix | جائزة
    Renaissance | نهضة
    Euro | يورو أورو
    Olympic Olympics Olympiad | أولمب
    Antarctica Antarctic | القطب القارة
    Arctic | القطب الشمالي
    Assyria Assyrian | أشور آشور
    Thrace Thracian | تراقيا
    Judea Judean Judah | يهود
    Aryan | آري
    India Indian Indians | هند هنود
    Turk Turks Turkish | ترك أتراك
    Kurd Kurds Kurdish | كرد أكراد
    Arab Arabs Arabic Arabian Arabia | عرب سعود
    Azerbaijan Azeri Azeris | أذر
    Serie | الدوري الدرجة
    Swiss | سويسر
    Filipino Filipina Filipinos | فلبين
    Burma Burmese | ميانمار بورما
    Cypriot Cypriots | قبرص
    British Britain | المملكة
    Cologne | كولونيا كولون
    Florence Florentine | فلورنس
    Venice Venetian Venetians | البندقية بندقي فينيس
    Genoa Genoese | جنو
    Naples Neapolitan | نابولي
    Lisbon | لشبونة
    Cadiz | قادس
    Zaragoza | سرقسطة
    Valencia | بلنسية فالنسي
    Murcia | مرسية
    Marseille Marseilles | مرسيليا مارسيليا
    Constantinople | القسطنطينية
    Antioch | أنطاكية
    Ephesus Ephesian Ephesians | أفسس
    Carthage Carthaginian | قرطاج
    Thebes Theban | طيبة
    Nubia Nubian | نوبة نوبي
    Ethiopia Abyssinia | إثيوبيا أثيوبيا الحبشة حبشي
    Gaul Gauls | الغال
    Sinai | سيناء
    Sahara Saharan | الصحراء صحراوي
    Levant Levantine | الشام المشرق
    Hejaz | الحجاز
    Pyrenees | البرانس البيرينيه
    Amazon Amazonian | أمازون
    Seine | السين
    Rhine | الراين
    Ganges | الغانج
    Scandinavia Scandinavian | إسكندناف
    Nordic Norse | شمال نورد نورس
    Spaniard Spaniards | إسبان
    Finn Finns Finnish | فنلند
    Swede Swedes | سويد
    Scot Scots | اسكتلند
    Londoner Londoners | لندن
    Parisian Parisians | باريس
    Roman Romans | رومان روما
    Greco Hellenic Hellenistic | يونان إغريق هيلين هلن
    Anglo | إنجليز إنكليز
    Sino | صين
    Afro | أفريق
    Crusade Crusader Crusaders Crusades | صليب
    Bedouin Bedouins | بدو
    Tuareg | طوارق
    Copt Copts Coptic | قبط أقباط
    Alawite Alawites | علوي
    Yazidi Yazidis | يزيد إيزيد
    Pope Papal | البابا
    Ramadan | رمضان
    Eid | عيد
    Hajj | حج
    Thanksgiving | الشكر
    Holocaust | المحرقة الهولوكوست
    Alexander | الإسكندر ألكسندر
    Euclid Euclidean | إقليدس
    Galen | جالينوس
    Hippocrates Hippocratic | أبقراط
    Augustus | أغسطس
    Confucius Confucian | كونفوش
    Zeus | زيوس زوس
"""
"""English names | beginnings of their Arabic words, a row for those that belong together. Written for this project."""
