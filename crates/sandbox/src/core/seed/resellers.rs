//! The indirect resellers that the partner, an indirect provider, sells through.

/// An indirect reseller.
#[derive(Debug)]
pub struct Reseller {
    /// Its tenant.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its Microsoft partner number.
    pub mpn_id: &'static str,
    /// Its country, ISO 3166 alpha-2.
    pub location: &'static str,
}

/// All of them.
pub const RESELLERS: &[Reseller] = &[
    reseller("3e5e0000-0000-4000-8000-000000000001", "Vega Baja Sistemas SL", "700101", "ES"),
    reseller("3e5e0000-0000-4000-8000-000000000002", "Ribera Cloud SLU", "700102", "ES"),
    reseller("3e5e0000-0000-4000-8000-000000000003", "Nordwind Systemhaus GmbH", "700103", "DE"),
    reseller("3e5e0000-0000-4000-8000-000000000004", "Atelier Numérique du Midi SARL", "700104", "FR"),
    reseller("3e5e0000-0000-4000-8000-000000000005", "あおぞら情報サービス株式会社", "700105", "JP"),
    reseller("3e5e0000-0000-4000-8000-000000000006", "O'Rourke & Daughters Computing Ltd", "700106", "GB"),
];

const fn reseller(
    id: &'static str,
    name: &'static str,
    mpn_id: &'static str,
    location: &'static str,
) -> Reseller {
    Reseller { id, name, mpn_id, location }
}

/// The reseller with this id.
pub fn by_id(id: &str) -> Option<&'static Reseller> {
    RESELLERS.iter().find(|reseller| reseller.id == id)
}
