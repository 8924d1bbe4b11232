//! Customers that come with every seed: sentinels, odd names, and customers who have left.

use crate::core::faults::Kind;

/// A customer whose detail fails in one certain way, so that a person can see that failure in the browser.
/// Its row in the list is like any other.
#[derive(Debug)]
pub struct Sentinel {
    /// Its id.
    pub id: &'static str,
    /// Its name, to be searched for.
    pub name: &'static str,
    /// How it fails.
    pub fault: Kind,
    /// What fails: everything below the customer, or only what contains this in its path.
    pub only: Option<&'static str>,
}

/// All of them, at the first ordinals. The last digits of an id tell the failure's status where it has one.
pub const SENTINELS: &[Sentinel] = &[
    sentinel("5e170000-0000-4000-8000-000000000404", "Sandbox 404", Kind::NotFound, None),
    sentinel("5e170000-0000-4000-8000-000000000403", "Sandbox 403", Kind::Forbidden, None),
    sentinel("5e170000-0000-4000-8000-000000000429", "Sandbox 429", Kind::Throttle, None),
    sentinel("5e170000-0000-4000-8000-000000000500", "Sandbox 500", Kind::ErrorBefore, None),
    sentinel("5e170000-0000-4000-8000-000000000502", "Sandbox HTML", Kind::Html, None),
    sentinel("5e170000-0000-4000-8000-00000000c001", "Sandbox truncated", Kind::Truncated, None),
    sentinel("5e170000-0000-4000-8000-00000000c002", "Sandbox slow", Kind::SlowBody, None),
    sentinel("5e170000-0000-4000-8000-000000000401", "Sandbox MFA", Kind::Mfa, None),
    sentinel("5e170000-0000-4000-8000-00000000c003", "Sandbox lost", Kind::LostAnswer, None),
    sentinel(
        "5e170000-0000-4000-8000-00000000c500",
        "Sandbox subscriptions 500",
        Kind::ErrorBefore,
        Some("/subscriptions"),
    ),
    sentinel("5e170000-0000-4000-8000-00000000c308", "Sandbox users 403", Kind::RoleMissing, Some("/users")),
    sentinel(
        "5e170000-0000-4000-8000-00000000c309",
        "Sandbox licences 403",
        Kind::ConditionalAccess,
        Some("/licenses"),
    ),
    sentinel("5e170000-0000-4000-8000-00000000c329", "Sandbox users app-only", Kind::AppOnly, Some("/users")),
];

/// What the id of each begins with.
const START: &str = "5e170000";

const fn sentinel(id: &'static str, name: &'static str, fault: Kind, only: Option<&'static str>) -> Sentinel {
    Sentinel { id, name, fault, only }
}

/// The failure that a path below `/v1` runs into, if it belongs to a sentinel.
pub fn sentinel_fault(path: &str) -> Option<Kind> {
    let begins = |part: &&str| part.get(..START.len()).is_some_and(|start| start.eq_ignore_ascii_case(START));
    let id = path.split('/').find(begins)?;
    let sentinel = SENTINELS.iter().find(|sentinel| sentinel.id.eq_ignore_ascii_case(id))?;
    let path = path.to_ascii_lowercase();
    sentinel.only.is_none_or(|part| path.contains(part)).then_some(sentinel.fault)
}

/// A customer with a name that clients have stumbled over.
#[derive(Debug)]
pub struct Odd {
    /// The name; for a long one, the text that is repeated up to `LONG` characters.
    pub name: &'static str,
    /// The domain.
    pub domain: &'static str,
    /// Whether the name is repeated.
    pub long: bool,
}

/// Length of the long names, in characters.
pub const LONG: usize = 400;

/// All of them, at the ordinals after the sentinels'.
pub const ODD: &[Odd] = &[
    odd("=HYPERLINK(\"https://oferta.example\";\"Ofertas\") SL", "oferta-hoy.onmicrosoft.com"),
    odd("+34 Telefonía y Redes SL", "mas34.onmicrosoft.com"),
    odd("@rroba Diseño SL", "arroba.onmicrosoft.com"),
    odd("<b>Negrita</b> & Hijos \"La Buena\" SL", "negrita.onmicrosoft.com"),
    odd("</script><img src=x onerror=alert(1)>", "etiqueta.onmicrosoft.com"),
    odd("O'Shea; DROP TABLE customer;-- Ltd", "oshea.onmicrosoft.com"),
    odd("100% Natural_Fruit S.L.", "cienporcien.onmicrosoft.com"),
    odd("1000 Naranjas S.L.", "milnaranjas.onmicrosoft.com"),
    odd("🦀 Cangrejo Azul 👩‍💻 SL", "cangrejo.onmicrosoft.com"),
    // The accents of the next name are combining characters, those of the one after it are not.
    odd("Cafe\u{301}s Pen\u{303}alara SA", "cafes-nfd.onmicrosoft.com"),
    odd("Cafés Peñalara SA", "cafes-nfc.onmicrosoft.com"),
    odd("Panadería Hermanos Ruiz SL", "ruiz-murcia.onmicrosoft.com"),
    odd("Panadería Hermanos Ruiz SL", "ruiz-lorca.onmicrosoft.com"),
    odd("\u{202B}شركة النخيل للتجارة\u{202C} (Nakheel Trading)", "nakheel.onmicrosoft.com"),
    odd("Evil\u{202E}gpj.exe Holding", "evil-rlo.onmicrosoft.com"),
    odd("İstanbul Çınar Işık A.Ş.", "istanbul.onmicrosoft.com"),
    odd("ΟΔΥΣΣΕΥΣ Ναυτιλιακή", "odysseus.onmicrosoft.com"),
    odd("Straße & Söhne GmbH", "strasse.onmicrosoft.com"),
    odd("株式会社山田製作所（東京）", "yamada-tokyo.onmicrosoft.com"),
    odd("ﾔﾏﾀﾞ 電気", "yamada-denki.onmicrosoft.com"),
    odd("Zero\u{200B}Width\u{200D}Labs", "zerowidth.onmicrosoft.com"),
    odd("a", "a.onmicrosoft.com"),
    odd("Two  Spaces \t Tab\nLine SL", "dos-espacios.onmicrosoft.com"),
    odd("Zażółć Gęślą Jaźń Sp. z o.o.", "zazolc.onmicrosoft.com"),
    Odd {
        name: "Cooperativa Agrícola y Ganadera de la Comarca de las Vegas Altas y Bajas ",
        domain: "cooperativa-vegas.onmicrosoft.com",
        long: true,
    },
    Odd { name: "Donaudampfschifffahrtsgesellschaft", domain: "donaudampf.onmicrosoft.com", long: true },
];

const fn odd(name: &'static str, domain: &'static str) -> Odd {
    Odd { name, domain, long: false }
}

/// A customer who is what few others are, so that a person can find one.
#[derive(Debug)]
pub struct Showcase {
    /// Its id.
    pub id: &'static str,
    /// Its name, to be searched for.
    pub name: &'static str,
    /// How many users it has.
    pub users: u64,
    /// Whether it may have an agreement.
    pub agreement: bool,
}

/// All of them, at the ordinals after those of [`ODD`].
pub const SHOWCASES: &[Showcase] = &[
    Showcase {
        id: "5e170000-0000-4000-8000-00000000d000",
        name: "Sandbox no users",
        users: 0,
        agreement: true,
    },
    Showcase {
        id: "5e170000-0000-4000-8000-00000000d200",
        name: "Sandbox 200 users",
        users: 200,
        agreement: true,
    },
    Showcase {
        id: "5e170000-0000-4000-8000-00000000d001",
        name: "Sandbox no agreement",
        users: 12,
        agreement: false,
    },
];

/// The showcase at an ordinal, if there is one.
pub fn showcase(ordinal: u64) -> Option<&'static Showcase> {
    usize::try_from(ordinal)
        .ok()
        .and_then(|ordinal| ordinal.checked_sub(SENTINELS.len() + ODD.len()))
        .and_then(|index| SHOWCASES.get(index))
}

/// Users with a display name that clients stumble over, and without first and last name: what stands before
/// the `@` of the sign-in name, and the display name.
pub const ODD_USERS: &[(&str, &str)] = &[
    ("formula", "=1+1"),
    ("mas", "+34 Centralita"),
    ("recepcion", "Recepción; \"Planta 2\", turno\nde noche"),
    ("bold", "<b>Buchhaltung</b> & Lohn"),
    ("crab", "🦀 Equipo 👩‍💻"),
    ("rlo", "Evil\u{202E}gpj.exe"),
    ("long", "Departamento de Administración, Finanzas, Compras y Servicios Generales de la Zona Centro"),
    ("nfd", "Sen\u{303}alizacio\u{301}n"),
];

/// Customers whose relationship was removed: in no list, and every call about them is 403/20002.
pub const FORMER: &[(&str, &str)] = &[
    ("f0e30000-0000-4000-8000-000000000001", "Antigua Clienta SL"),
    ("f0e30000-0000-4000-8000-000000000002", "Weggezogen GmbH"),
];

/// Where the ordinals of [`FORMER`] begin: far above those of any seed.
pub const FIRST_FORMER: u64 = 1 << 40;

/// The ordinals of [`FORMER`].
pub fn former_ordinals() -> impl Iterator<Item = u64> {
    (0..FORMER.len() as u64).map(|index| FIRST_FORMER + index)
}
