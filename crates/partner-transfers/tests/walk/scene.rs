//! One customer, what it has, and the other partner.

use partner_center::{CustomerId, SubscriptionId, Transfer, TransferContract};
use sandbox::{Method, Request};
use serde_json::{Value, json};

use super::tally::Dice;
use super::weather::control;
use crate::adapter::World;

pub(crate) const OWN: &str = "2f0c0000-0000-4000-8000-00000000000b";
pub(crate) const OTHER: &str = "1f0c0000-0000-4000-8000-00000000000a";

const LEGACY: &str = "A1F2C3D4-0002-4C1E-8A01-0F1E2D3C4B02";
const NEW: &str = "DZH318Z0BXWC:0001:DZH318Z0BMJX";
const PLAN: &str = "DZH318Z0BXWP:0001:DZH318Z0BMK8";

/// Who has the subscriptions, and under which contract they go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// New commerce; the other partner has them.
    Asking,
    /// New commerce; this one has them.
    Asked,
    /// The older contract; this one has them.
    Offering,
    /// The older contract; the other partner has them.
    Offered,
}

pub(crate) struct Scene {
    pub(crate) customer: CustomerId,
    pub(crate) side: Side,
    /// What the customer has here that can go.
    pub(crate) held: Vec<SubscriptionId>,
}

impl Scene {
    pub(crate) fn make(world: &World, number: u64, dice: &mut Dice) -> Self {
        let wanted = json!({ "create_customer": {
            "domain": format!("traspaso{number}.onmicrosoft.com"), "companyName": format!("Traspaso {number}"),
        } });
        let made = control(world, "colleague", &wanted)["customer"].clone();
        let customer = CustomerId::parse(made.as_str().or(made["id"].as_str()).unwrap()).unwrap();
        let side = dice.of(&[Side::Asking, Side::Asked, Side::Offering, Side::Offered]);
        let bought: &[&str] = match side {
            Side::Asking => &[PLAN],
            Side::Asked => &[NEW, NEW],
            Side::Offering => &[LEGACY, LEGACY],
            Side::Offered => &[],
        };
        // Without a plan Azure cannot be asked for.
        let count = if dice.below(5) == 0 { 1 - usize::from(side == Side::Asking) } else { 2 };
        let buy = |offer: &&str| {
            let buy = json!({ "customer": customer.as_str(), "buy": { "offer": offer } });
            let bought = control(world, "colleague", &buy)["buy"].clone();
            SubscriptionId::parse(bought["id"].as_str().unwrap())
        };
        let held = bought.iter().take(count).filter_map(buy).collect();
        Self { customer, side, held }
    }

    /// What the other partner would do next with one of these.
    pub(crate) fn other_wants(&self, dice: &mut Dice, known: &[Transfer]) -> Value {
        let customer = self.customer.as_str();
        if known.is_empty() || dice.below(4) == 0 {
            let contract = if self.side == Side::Offered { "legacy" } else { "new_commerce" };
            return json!({ "action": "create", "contract": contract, "customer": customer });
        }
        let one = &known[usize::try_from(dice.below(known.len() as u64)).unwrap()];
        let action = match (is_sent(one), one.contract) {
            (true, _) => dice.of(&["accept", "accept", "reject"]),
            (false, TransferContract::NewCommerce) => "cancel",
            (false, TransferContract::Legacy) => "withdraw",
        };
        json!({ "action": action, "customer": customer, "transfer": one.id.as_str() })
    }
}

/// What the other partner does; what cannot be done is not done.
pub(crate) fn other_acts(world: &World, wanted: &Value) {
    let request = Request::new(Method::Post, "/.sandbox/partner");
    world.handle(&request.with_body(wanted.to_string()));
}

/// Whether this partner made it: in the older contract the one who has the subscriptions does, in that of new commerce
/// the other.
pub(crate) fn is_sent(one: &Transfer) -> bool {
    let source =
        one.source_partner_tenant_id.as_ref().is_some_and(|id| id.as_str().eq_ignore_ascii_case(OWN));
    source == (one.contract == TransferContract::Legacy)
}
