//! Customers who each show a case of removal or of a transfer. They are in the list only where they are asked for (the
//! option `--cases`, or `POST /.sandbox/cases`), so that no other customer moves because of them.
//!
//! | search for | what holds it, or what it is for |
//! |---|---|
//! | Sandbox removal free | nothing: legacy suspended, new commerce deleted |
//! | Sandbox removal legacy | two active legacy licences, one with an add-on: suspending is enough |
//! | Sandbox removal window | two licences of new commerce from yesterday: they can be cancelled |
//! | Sandbox removal bound | one that was bought 40 days ago for a year, and a suspended one: their windows are closed |
//! | Sandbox removal reservation | a reservation; its Azure plan is suspended |
//! | Sandbox removal savings | a savings plan; its Azure plan is suspended |
//! | Sandbox removal software | software |
//! | Sandbox removal azure | an Azure plan with active Azure subscriptions |
//! | Sandbox removal marketplace | software as a service: one from yesterday, one from ten days ago |
//! | Sandbox removal pending | a licence of new commerce that is still being set up |
//! | Sandbox removal everything | one of each |
//! | Sandbox removal 500 | 500 subscriptions: 250 active legacy ones, 200 of new commerce from yesterday, 50 deleted |
//! | Sandbox transfer ready | an active Azure plan: a transfer can be asked for |
//! | Sandbox transfer sent | the same, and one has been asked for |
//! | Sandbox transfer received | Azure subscriptions, a reservation and licences that the other partner has asked for |
//! | Sandbox transfer no plan | no Azure plan: 900133 |
//! | Sandbox transfer legacy | legacy licences and Azure from before the plan: 900131; the other partner offers two licences |

use super::customers::Row;
use super::made::{Measure, made, product};
use super::subscriptions::Subscription;
use crate::core::clock::SeededRandom;
use crate::core::dates::DAY;

/// Something that such a customer holds.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Its offer.
    offer: &'static str,
    /// Its state.
    status: &'static str,
    /// How many days ago it was bought.
    days: i64,
    /// How many subscriptions of this kind.
    count: u64,
    /// Whether it is an add-on of the first thing that the customer holds.
    add_on: bool,
}

/// A transfer that such a customer comes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// None.
    Nothing,
    /// This partner asked.
    Sent,
    /// The other partner asked.
    Received,
    /// The other partner offers two licences by the older contract.
    Offered,
}

/// Such a customer.
#[derive(Debug)]
pub struct Case {
    /// Its id.
    pub id: &'static str,
    /// Its name, to be searched for.
    pub name: &'static str,
    /// What it holds.
    pub holds: &'static [Held],
    /// The transfer that it comes with.
    pub open: Open,
}

const LEGACY: &str = "A1F2C3D4-0002-4C1E-8A01-0F1E2D3C4B02";
const LEGACY_ADD_ON: &str = "A1F2C3D4-0004-4C1E-8A01-0F1E2D3C4B04";
const LEGACY_AZURE: &str = "MS-AZR-0145P";
const NCE: &str = "DZH318Z0BXWC:0001:DZH318Z0BMJX";
const PLAN: &str = "DZH318Z0BXWP:0001:DZH318Z0BMK8";
const RESERVATION: &str = "DZH318Z0BXWR:00VQ:DZH318Z0BMKA";
const SOFTWARE: &str = "DG7GMGF0BXWS:0004:DG7GMGF0BMKB";
const SAVINGS: &str = "DZH318Z0BXWV:0001:DZH318Z0BMKD";
const SAAS: &str = "DZH318Z0BXWM:0002:DZH318Z0BMKE";

const fn held(offer: &'static str, status: &'static str, days: i64) -> Held {
    many(offer, status, days, 1)
}

const fn many(offer: &'static str, status: &'static str, days: i64, count: u64) -> Held {
    Held { offer, status, days, count, add_on: false }
}

const fn case(id: &'static str, name: &'static str, holds: &'static [Held]) -> Case {
    Case { id, name, holds, open: Open::Nothing }
}

/// All of them.
pub const CASES: &[Case] = &[
    case(
        "ca5e0000-0000-4000-8000-000000000001",
        "Sandbox removal free",
        &[held(LEGACY, "suspended", 200), held(NCE, "deleted", 100)],
    ),
    case(
        "ca5e0000-0000-4000-8000-000000000002",
        "Sandbox removal legacy",
        &[
            many(LEGACY, "active", 200, 2),
            Held { offer: LEGACY_ADD_ON, status: "active", days: 150, count: 1, add_on: true },
        ],
    ),
    case("ca5e0000-0000-4000-8000-000000000003", "Sandbox removal window", &[many(NCE, "active", 1, 2)]),
    case(
        "ca5e0000-0000-4000-8000-000000000004",
        "Sandbox removal bound",
        &[held(NCE, "active", 40), held(NCE, "suspended", 60)],
    ),
    case(
        "ca5e0000-0000-4000-8000-000000000005",
        "Sandbox removal reservation",
        &[held(PLAN, "suspended", 300), held(RESERVATION, "active", 100)],
    ),
    case(
        "ca5e0000-0000-4000-8000-000000000006",
        "Sandbox removal savings",
        &[held(PLAN, "suspended", 300), held(SAVINGS, "active", 100)],
    ),
    case("ca5e0000-0000-4000-8000-000000000007", "Sandbox removal software", &[held(SOFTWARE, "active", 90)]),
    case("ca5e0000-0000-4000-8000-000000000008", "Sandbox removal azure", &[held(PLAN, "active", 300)]),
    case(
        "ca5e0000-0000-4000-8000-000000000009",
        "Sandbox removal marketplace",
        &[held(SAAS, "active", 1), held(SAAS, "active", 10)],
    ),
    case("ca5e0000-0000-4000-8000-00000000000a", "Sandbox removal pending", &[held(NCE, "pending", 0)]),
    case(
        "ca5e0000-0000-4000-8000-00000000000b",
        "Sandbox removal everything",
        &[
            held(LEGACY, "active", 200),
            held(NCE, "active", 1),
            held(NCE, "active", 40),
            held(PLAN, "active", 300),
            held(RESERVATION, "active", 100),
            held(SAVINGS, "active", 100),
            held(SOFTWARE, "active", 90),
            held(SAAS, "active", 1),
        ],
    ),
    case(
        "ca5e0000-0000-4000-8000-000000000500",
        "Sandbox removal 500",
        &[many(LEGACY, "active", 200, 250), many(NCE, "active", 1, 200), many(NCE, "deleted", 100, 50)],
    ),
    case("ca5e0000-0000-4000-8000-0000000000a1", "Sandbox transfer ready", &[held(PLAN, "active", 300)]),
    Case {
        id: "ca5e0000-0000-4000-8000-0000000000a2",
        name: "Sandbox transfer sent",
        holds: &[held(PLAN, "active", 300)],
        open: Open::Sent,
    },
    Case {
        id: "ca5e0000-0000-4000-8000-0000000000a3",
        name: "Sandbox transfer received",
        holds: &[
            held(PLAN, "active", 300),
            held(RESERVATION, "active", 100),
            many(NCE, "active", 40, 2),
            held(NCE, "suspended", 60),
        ],
        open: Open::Received,
    },
    case("ca5e0000-0000-4000-8000-0000000000a4", "Sandbox transfer no plan", &[held(NCE, "active", 40)]),
    Case {
        id: "ca5e0000-0000-4000-8000-0000000000a5",
        name: "Sandbox transfer legacy",
        holds: &[
            many(LEGACY, "active", 200, 3),
            held(LEGACY_AZURE, "active", 400),
            held(PLAN, "active", 300),
        ],
        open: Open::Offered,
    },
];

/// Where their ordinals begin: above those of any seed and of former customers, below those of created ones.
pub const FIRST_CASE: u64 = (1 << 40) + (1 << 20);

/// Their ordinals.
pub fn ordinals() -> impl Iterator<Item = u64> {
    (0..CASES.len() as u64).map(|index| FIRST_CASE + index)
}

/// The one at an ordinal.
pub fn case_at(ordinal: u64) -> Option<&'static Case> {
    ordinal.checked_sub(FIRST_CASE).and_then(|index| CASES.get(usize::try_from(index).ok()?))
}

impl Case {
    /// Its row in the list.
    pub(super) fn row(&self, ordinal: u64) -> Row {
        let slug = self.name.to_lowercase().replace("sandbox ", "").replace(' ', "-");
        Row {
            ordinal,
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            domain: format!("{slug}.onmicrosoft.com"),
            relationship: "reseller",
            reseller: None,
        }
    }

    /// What it holds at the moment when the data was made.
    pub(super) fn subscriptions(&self, seed: u64, made_at: i64) -> Vec<Subscription> {
        let mut random = SeededRandom::for_purpose(seed, 0, self.id);
        let mut all: Vec<Subscription> = Vec::new();
        for held in self.holds.iter().flat_map(|held| (0..held.count).map(move |_| held)) {
            let Some(product) = product(held.offer) else { continue };
            let bought_at = made_at - held.days * DAY - 290;
            let (quantity, renews) = (12, held.status == "active");
            let measure = Measure { product, quantity, status: held.status, bought_at, term: "P1Y", renews };
            let mut made = made(&mut random, made_at, self.id, &measure);
            if let Some(parent) = all.first().filter(|_| held.add_on) {
                made.body["parentSubscriptionId"] = serde_json::json!(parent.id);
            }
            all.push(made);
        }
        all
    }
}
