//! What the source of a transfer of new commerce chooses to let go.

use serde_json::{Value, json};

use super::items::{self, Item};
use super::refusals::error;
use super::{MOST_LINES, Transfer, new_commerce};
use crate::core::body::Body;
use crate::core::checks::given;
use crate::core::error::ApiError;
use crate::core::routes::Call;
use crate::core::routes::customers::Customer;

/// The lines that the source chose, each of them something that can go.
pub(super) fn lines(
    call: &Call,
    customer: &Customer,
    before: &Transfer,
    body: &Body,
) -> Result<Vec<Value>, ApiError> {
    let wanted = body.objects("lineItems");
    if wanted.is_empty() {
        return Err(ApiError::missing(vec!["lineItems: a value is required".to_owned()]));
    }
    if wanted.len() > MOST_LINES {
        return Err(ApiError::property(format!("lineItems: a transfer has {MOST_LINES} at most")));
    }
    let items = items::own(call, customer)?;
    let moving = items::in_transfer(call, customer)?;
    let asked = new_commerce::set(&before.entity["targetProductTypes"]);
    let (mut lines, mut wrong, mut busy): (Vec<Value>, Vec<String>, Vec<String>) = Default::default();
    for wanted in &wanted {
        let id = given(wanted, "subscriptionId").ok_or_else(|| {
            ApiError::missing(vec!["lineItems.subscriptionId: a value is required".to_owned()])
        })?;
        let kind = given(wanted, "productType").ok_or_else(|| {
            ApiError::missing(vec!["lineItems.productType: a value is required".to_owned()])
        })?;
        let fits = |item: &&Item| {
            let own = item.product_type.is_some_and(|own| {
                (own.eq_ignore_ascii_case(&kind)
                    || (own == "AzureSubscription" && kind.eq_ignore_ascii_case("Azure")))
                    && (asked.is_empty() || asked.contains(&own))
            });
            own && item.status == "active" && !item.is_add_on
        };
        let item = items.iter().find(|item| item.id.eq_ignore_ascii_case(&id)).filter(fits);
        let twice = item.is_some_and(|item| lines.iter().any(|line| line["subscriptionId"] == *item.id));
        match item {
            Some(item) if moving.contains(&item.id.to_ascii_lowercase()) => busy.push(item.id.clone()),
            Some(item) if !twice => {
                let mut line = item.line.clone();
                line["productType"] = json!(item.product_type);
                lines.push(line);
            }
            _ => wrong.push(id),
        }
    }
    if !wrong.is_empty() {
        return Err(error(800_078).with_data(wrong));
    }
    if busy.is_empty() { Ok(lines) } else { Err(error(900_101).with_data(busy)) }
}
