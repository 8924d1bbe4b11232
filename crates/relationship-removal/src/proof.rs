//! Proof that a relationship has ended: the customer cannot be read any more, and the list does not have it.

use partner_center::{
    CallProof, Client, Clock, Customer, CustomerFilter, CustomerQuery, Error, RelationshipToPartner,
    Timestamp,
};

use crate::checks::Checked;
use crate::look::is_gone;
use crate::{LOOKS, Stage};

/// A relationship that has ended, as reads confirmed: what the partner keeps of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The customer as it was, what was seen right before, and when.
    pub checked: Checked,
    /// The person's reason.
    pub reason: String,
    /// The second person who agreed, where one had to.
    pub approver: Option<String>,
    /// The call that ended it.
    pub call: CallProof,
    /// Whether its answer came; if not, reads alone told that it was carried out.
    pub answered: bool,
    /// When reads confirmed it, by the service's clock.
    pub confirmed: Timestamp,
}

/// A call to end a relationship of which it is not known what became of it. It is never sent again: what remains is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub(crate) checked: Checked,
    pub(crate) reason: String,
    pub(crate) approver: Option<String>,
    /// The call.
    pub call: CallProof,
    /// How its answer was lost; `None` if the service said that it did it, which reads do not confirm yet.
    pub lost: Option<Error>,
}

impl Open {
    pub(crate) fn receipt(self, confirmed: Timestamp) -> Receipt {
        let Self { checked, reason, approver, call, lost } = self;
        Receipt { checked, reason, approver, call, answered: lost.is_none(), confirmed }
    }
}

/// What reads said in the end.
pub(crate) enum Seen {
    Gone,
    There,
    Unknown,
}

/// Reads until the customer is gone, or until it must be if it ever will.
pub(crate) async fn watch(client: &Client, clock: &dyn Clock, was: &Customer, told: &dyn Fn(Stage)) -> Seen {
    let mut seen = Seen::Unknown;
    for pause in LOOKS {
        if !pause.is_zero() {
            told(Stage::Settling);
            clock.sleep(pause).await;
        }
        told(Stage::Verifying);
        match is_there(client, was).await {
            Ok(false) => return Seen::Gone,
            Ok(true) => seen = Seen::There,
            Err(_) => seen = Seen::Unknown,
        }
    }
    seen
}

/// Whether the partner is still a reseller of the customer. Both ways of asking have to deny it: one alone was seen to err.
pub(crate) async fn is_there(client: &Client, was: &Customer) -> Result<bool, Error> {
    match client.customer(&was.id).await {
        Ok(now) if now.relationship_to_partner == RelationshipToPartner::Reseller => return Ok(true),
        Ok(_) => {}
        Err(error) if is_gone(&error.kind) => {}
        Err(error) => return Err(error),
    }
    let profile = &was.company_profile;
    let by_domain = is_listed(client, was, CustomerFilter::Domain(profile.domain.clone())).await;
    match by_domain {
        // The filter by domain was seen to fail where the one by name did not (500, in 2019).
        Err(_) => is_listed(client, was, CustomerFilter::CompanyName(profile.company_name.clone())).await,
        found => found,
    }
}

/// Whether the list has it. The service searches by beginnings only, so each is looked at.
async fn is_listed(client: &Client, was: &Customer, filter: CustomerFilter) -> Result<bool, Error> {
    let mut pages = client.customers(&CustomerQuery { filter: Some(filter), ..CustomerQuery::default() });
    while let Some(page) = pages.next().await {
        let same = |one: &Customer| {
            one.id == was.id && one.relationship_to_partner == RelationshipToPartner::Reseller
        };
        if page?.items.iter().any(same) {
            return Ok(true);
        }
    }
    Ok(false)
}
