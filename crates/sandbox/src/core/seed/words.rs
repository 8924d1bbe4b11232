//! Words that names of companies, people and streets are put together from, by language.
//!
//! Each list is made of everyday surnames and trades; no existing company is meant.

/// The language that names are made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Spanish.
    Spanish,
    /// German.
    German,
    /// Japanese.
    Japanese,
    /// Arabic.
    Arabic,
    /// English.
    English,
    /// French.
    French,
    /// Portuguese.
    Portuguese,
}

/// A word, and how it is spelled in a domain name.
pub type Word = (&'static str, &'static str);

/// The words of a language.
#[derive(Debug)]
pub struct Words {
    /// Surnames.
    pub surnames: &'static [Word],
    /// First names.
    pub given: &'static [Word],
    /// What companies do.
    pub trades: &'static [Word],
    /// Legal forms; an empty one is left out.
    pub forms: &'static [&'static str],
    /// Streets, without a number.
    pub streets: &'static [&'static str],
    /// How a name is put together: `{t}` trade, `{a}` and `{b}` surnames, `{f}` legal form.
    pub patterns: &'static [&'static str],
}

impl Language {
    /// The words of this language.
    pub fn words(self) -> &'static Words {
        match self {
            Self::Spanish => &SPANISH,
            Self::German => &GERMAN,
            Self::Japanese => &JAPANESE,
            Self::Arabic => &ARABIC,
            Self::English => &ENGLISH,
            Self::French => &FRENCH,
            Self::Portuguese => &PORTUGUESE,
        }
    }
}

#[rustfmt::skip] // a word a line would make this a very long file
const SPANISH: Words = Words {
    surnames: &[
        ("García", "garcia"), ("Martínez", "martinez"), ("López", "lopez"), ("Sánchez", "sanchez"),
        ("Núñez", "nunez"), ("Ibáñez", "ibanez"), ("Muñoz", "munoz"), ("Ortega", "ortega"),
        ("Roca", "roca"), ("Vidal", "vidal"), ("Etxeberria", "etxeberria"), ("Goñi", "goni"),
        ("Peña", "pena"), ("Cánovas", "canovas"), ("Belmonte", "belmonte"), ("Alarcón", "alarcon"),
        ("Gallardo", "gallardo"), ("Iglesias", "iglesias"), ("Otero", "otero"), ("Puig", "puig"),
        ("Ferrer", "ferrer"), ("Soler", "soler"), ("Zapata", "zapata"), ("Quiñones", "quinones"),
        ("Llorente", "llorente"), ("Yáñez", "yanez"), ("Bermúdez", "bermudez"), ("Cortés", "cortes"),
    ],
    given: &[
        ("Inés", "ines"), ("Pau", "pau"), ("Begoña", "begona"), ("Íñigo", "inigo"), ("Rocío", "rocio"),
        ("Andrés", "andres"), ("Nuria", "nuria"), ("Joaquín", "joaquin"), ("Lucía", "lucia"), ("Marcos", "marcos"),
        ("Vicente", "vicente"), ("Ángeles", "angeles"), ("Iker", "iker"), ("Montse", "montse"), ("Ramón", "ramon"),
        ("Carmen", "carmen"), ("Óscar", "oscar"), ("Leire", "leire"), ("Tomás", "tomas"), ("Xoán", "xoan"),
    ],
    trades: &[
        ("Talleres", "talleres"), ("Panadería", "panaderia"), ("Conservas", "conservas"),
        ("Transportes", "transportes"), ("Clínica Dental", "clinica"), ("Asesoría", "asesoria"),
        ("Construcciones", "construcciones"), ("Bodegas", "bodegas"), ("Viveros", "viveros"),
        ("Gestoría", "gestoria"), ("Óptica", "optica"), ("Carpintería", "carpinteria"),
        ("Hotel", "hotel"), ("Farmacia", "farmacia"), ("Áridos y Hormigones", "aridos"),
        ("Academia", "academia"), ("Cítricos", "citricos"), ("Imprenta", "imprenta"),
        ("Logística", "logistica"), ("Instalaciones", "instalaciones"), ("Abogados", "abogados"),
        ("Cerámicas", "ceramicas"), ("Muebles", "muebles"), ("Energía Solar", "solar"),
    ],
    forms: &["SL", "SL", "S.L.", "SLU", "SA", "S. Coop.", ""],
    streets: &["Calle Mayor", "Avenida de la Libertad", "Plaza de España", "Calle del Río", "Camino Viejo", "Paseo de la Estación"],
    patterns: &["{t} {a} {b} {f}", "{t} {a} {f}", "{a} y {b} {t} {f}", "Hermanos {a} {b} {t} {f}", "{t} Hijos de {a} {f}"],
};

#[rustfmt::skip] // a word a line would make this a very long file
const GERMAN: Words = Words {
    surnames: &[
        ("Müller", "mueller"), ("Schäfer", "schaefer"), ("Krüger", "krueger"), ("Weiß", "weiss"),
        ("Hoffmann", "hoffmann"), ("Bäcker", "baecker"), ("Vogel", "vogel"), ("Jäger", "jaeger"),
        ("Lindner", "lindner"), ("Brandt", "brandt"), ("Groß", "gross"), ("Köhler", "koehler"),
        ("Zöllner", "zoellner"), ("Petersen", "petersen"), ("Ahrens", "ahrens"), ("Steiner", "steiner"),
    ],
    given: &[
        ("Jürgen", "juergen"), ("Anke", "anke"), ("Björn", "bjoern"), ("Katja", "katja"), ("Uwe", "uwe"), ("Heike", "heike"),
        ("Sören", "soeren"), ("Ute", "ute"), ("Günter", "guenter"), ("Lea", "lea"), ("Jörg", "joerg"), ("Nele", "nele"),
    ],
    trades: &[
        ("Metallbau", "metallbau"), ("Bäckerei", "baeckerei"), ("Fördertechnik", "foerdertechnik"),
        ("Spedition", "spedition"), ("Gebäudereinigung", "gebaeude"), ("Ingenieurbüro", "ingenieur"),
        ("Zahnarztpraxis", "zahnarzt"), ("Möbelhaus", "moebel"), ("Steuerberatung", "steuer"),
        ("Gartenbau", "gartenbau"), ("Druckerei", "druckerei"), ("Elektrotechnik", "elektro"),
    ],
    forms: &["GmbH", "GmbH", "GmbH & Co. KG", "AG", "e. K.", "OHG", "UG (haftungsbeschränkt)"],
    streets: &["Hauptstraße", "Bahnhofstraße", "Am Markt", "Lindenallee", "Große Gasse"],
    patterns: &["{t} {a} {f}", "{a} & {b} {t} {f}", "{a} {t} {f}", "{t} Gebrüder {a} {f}"],
};

#[rustfmt::skip] // a word a line would make this a very long file
const JAPANESE: Words = Words {
    surnames: &[
        ("佐藤", "sato"), ("鈴木", "suzuki"), ("高橋", "takahashi"), ("田中", "tanaka"), ("渡辺", "watanabe"),
        ("伊藤", "ito"), ("山本", "yamamoto"), ("中村", "nakamura"), ("小林", "kobayashi"), ("加藤", "kato"),
        ("青木", "aoki"), ("森", "mori"), ("さくら", "sakura"), ("みどり", "midori"), ("北斗", "hokuto"),
    ],
    given: &[
        ("陽子", "yoko"), ("健太", "kenta"), ("美咲", "misaki"), ("翔", "sho"), ("恵", "megumi"),
        ("大輔", "daisuke"), ("由美", "yumi"), ("直樹", "naoki"), ("さやか", "sayaka"), ("誠", "makoto"),
    ],
    trades: &[
        ("製作所", "seisakusho"), ("商事", "shoji"), ("工業", "kogyo"), ("運輸", "unyu"), ("電機", "denki"),
        ("建設", "kensetsu"), ("食品", "shokuhin"), ("ホテル", "hotel"), ("クリニック", "clinic"),
        ("システム", "system"), ("デザイン", "design"), ("印刷", "insatsu"),
    ],
    forms: &["株式会社", "株式会社", "有限会社", "合同会社"],
    streets: &["中央一丁目", "本町二丁目", "北三条西", "駅前通"],
    patterns: &["{f}{a}{t}", "{a}{t}{f}", "{f}{a}{b}{t}", "{f} {a}・{b} {t}"],
};

#[rustfmt::skip] // a word a line would make this a very long file
const ARABIC: Words = Words {
    surnames: &[
        ("النور", "alnoor"), ("الخليج", "alkhaleej"), ("الواحة", "alwaha"), ("الفجر", "alfajr"),
        ("الرمال", "alrimal"), ("الأمل", "alamal"), ("القدس", "alquds"), ("الياسمين", "yasmin"),
        ("الصقر", "alsaqr"), ("اللؤلؤة", "loulou"), ("البستان", "bustan"), ("الهلال", "hilal"),
    ],
    given: &[
        ("ليلى", "layla"), ("عمر", "omar"), ("فاطمة", "fatima"), ("يوسف", "yusuf"), ("هدى", "huda"),
        ("خالد", "khalid"), ("مريم", "maryam"), ("سعيد", "said"), ("نورة", "noura"),
    ],
    trades: &[
        ("للتجارة", "trading"), ("للمقاولات", "contracting"), ("للنقل", "transport"), ("الطبية", "medical"),
        ("للاستشارات", "consulting"), ("للأثاث", "furniture"), ("لتقنية المعلومات", "it"), ("السياحية", "tourism"),
    ],
    forms: &["ذ.م.م", "ش.م.م", ""],
    streets: &["شارع الملك", "شارع البحر", "طريق المطار"],
    patterns: &["شركة {a} {t} {f}", "مؤسسة {a} {t}", "مجموعة {a} و{b} {t} {f}"],
};

#[rustfmt::skip] // a word a line would make this a very long file
const ENGLISH: Words = Words {
    surnames: &[
        ("Harlow", "harlow"), ("Whitfield", "whitfield"), ("O'Brien", "obrien"), ("MacLeod", "macleod"),
        ("Pemberton", "pemberton"), ("Okafor", "okafor"), ("Siân Rees", "rees"), ("Delacroix", "delacroix"),
        ("Nguyen", "nguyen"), ("St John", "stjohn"), ("Abernathy", "abernathy"), ("Quill", "quill"),
        ("Thorne", "thorne"), ("Marlowe", "marlowe"), ("Fitzgerald", "fitzgerald"), ("Ó Súilleabháin", "osuilleabhain"),
    ],
    given: &[
        ("Aoife", "aoife"), ("Tom", "tom"), ("Priya", "priya"), ("Zoë", "zoe"), ("Dean", "dean"), ("Maya", "maya"),
        ("Siobhán", "siobhan"), ("Kwame", "kwame"), ("Grace", "grace"), ("Rhys", "rhys"), ("Imogen", "imogen"), ("Ravi", "ravi"),
    ],
    trades: &[
        ("Bakery", "bakery"), ("Marine", "marine"), ("Joinery", "joinery"), ("Dental Care", "dental"),
        ("Freight", "freight"), ("Architects", "architects"), ("Brewing", "brewing"), ("Orchards", "orchards"),
        ("Legal", "legal"), ("Veterinary", "vets"), ("Interiors", "interiors"), ("Robotics", "robotics"),
    ],
    forms: &["Ltd", "Ltd.", "LLC", "Inc.", "PLC", "LLP", ""],
    streets: &["High Street", "Mill Lane", "Station Road", "Harbour Way", "Second Avenue"],
    patterns: &["{a} {t} {f}", "{a} & {b} {t} {f}", "{a} and Sons {t} {f}", "The {a} {t} Company {f}"],
};

#[rustfmt::skip] // a word a line would make this a very long file
const FRENCH: Words = Words {
    surnames: &[
        ("Lefèvre", "lefevre"), ("Bœuf", "boeuf"), ("Géraud", "geraud"), ("d'Aubigné", "daubigne"),
        ("Moreau", "moreau"), ("Crépin", "crepin"), ("Noël", "noel"), ("Delaunay", "delaunay"),
        ("L'Hôpital", "lhopital"), ("Faÿ", "fay"), ("Chénier", "chenier"), ("Garçon", "garcon"),
    ],
    given: &[
        ("Élodie", "elodie"), ("Benoît", "benoit"), ("Chloé", "chloe"), ("Rémi", "remi"), ("Maëlle", "maelle"),
        ("François", "francois"), ("Agnès", "agnes"), ("Loïc", "loic"), ("Hélène", "helene"),
    ],
    trades: &[
        ("Boulangerie", "boulangerie"), ("Menuiserie", "menuiserie"), ("Cabinet", "cabinet"),
        ("Transports", "transports"), ("Pharmacie", "pharmacie"), ("Chaudronnerie", "chaudronnerie"),
        ("Vignobles", "vignobles"), ("Électricité", "electricite"), ("Ateliers", "ateliers"),
    ],
    forms: &["SARL", "SAS", "SA", "EURL", ""],
    streets: &["rue de l'Église", "avenue de la Gare", "place du Marché", "chemin des Vignes"],
    patterns: &["{t} {a} {f}", "{t} {a} et {b} {f}", "{t} {a} Frères {f}"],
};

#[rustfmt::skip] // a word a line would make this a very long file
const PORTUGUESE: Words = Words {
    surnames: &[
        ("Conceição", "conceicao"), ("Magalhães", "magalhaes"), ("Simões", "simoes"), ("Araújo", "araujo"),
        ("Falcão", "falcao"), ("Brandão", "brandao"), ("Sá", "sa"), ("Guimarães", "guimaraes"),
        ("Tavares", "tavares"), ("Pinho", "pinho"), ("Lourenço", "lourenco"), ("Assunção", "assuncao"),
    ],
    given: &[
        ("João", "joao"), ("Inês", "ines"), ("Gonçalo", "goncalo"), ("Mafalda", "mafalda"), ("Antônia", "antonia"),
        ("Simão", "simao"), ("Beatriz", "beatriz"), ("Nuno", "nuno"), ("Conceição", "conceicao"),
    ],
    trades: &[
        ("Padaria", "padaria"), ("Construções", "construcoes"), ("Têxteis", "texteis"), ("Cortiças", "corticas"),
        ("Farmácia", "farmacia"), ("Transportes", "transportes"), ("Vinhos", "vinhos"), ("Móveis", "moveis"),
    ],
    forms: &["Lda", "Lda.", "SA", "Ltda", ""],
    streets: &["Rua Direita", "Avenida da Liberdade", "Largo da Sé", "Rua das Flores"],
    patterns: &["{t} {a} {f}", "{t} {a} & {b} {f}", "{a} Irmãos {t} {f}"],
};
