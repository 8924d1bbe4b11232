//! The contract of new commerce: the future partner asks, the current one chooses what goes.

use serde_json::{Value, json};

use super::chosen;
use super::refusals::{self, error};
use super::{Contract, Transfer, due, end, of, partner, save};
use crate::core::body::Body;
use crate::core::checks::{email_fault, given};
use crate::core::error::ApiError;
use crate::core::routes::Call;
use crate::core::routes::customers::{Customer, find_to_write};
use crate::core::routes::holdings;
use crate::core::seed::catalogue::Family;
use crate::core::seed::partners::{OTHER, OTHER_AGENT, OWN, Partner};
use crate::core::seed::resellers::RESELLERS;

/// How long an accepted transfer is on its way at least, in milliseconds.
pub(super) const ON_ITS_WAY: i64 = 15 * 60_000;
/// What can be asked for.
const TYPES: [&str; 6] =
    ["AzureSubscription", "AzureReservation", "AzureSavingsPlan", "OnlineServicesNCE", "Software", "SaaS"];

/// What a request asks for.
pub(super) struct Wanted {
    /// Kinds of products; all of them when empty.
    types: Vec<&'static str>,
    email: String,
    target_email: Option<String>,
    transfer_type: u64,
    partner_on_record: Option<String>,
}

/// This partner asks another one for what a customer has there.
pub(super) fn create(call: &mut Call, customer: &Customer, body: &Body) -> Result<Transfer, ApiError> {
    refusals::roles(call, &refusals::ROLES)?;
    let source = source(body)?;
    let wanted = wanted(customer, body)?;
    if customer.relationship != "reseller" {
        return Err(error(900_400));
    }
    if wanted.types.is_empty() || wanted.types.iter().any(|kind| kind.starts_with("Azure")) {
        azure_plan(call, customer)?;
    }
    ask(call, customer, source, &OWN, &wanted)
}

fn source(body: &Body) -> Result<&'static Partner, ApiError> {
    if let Some(id) = given(body, "targetPartnerTenantId").filter(|id| partner(id) != Some(&OWN)) {
        return Err(ApiError::property(format!("targetPartnerTenantId: {id} is not the partner who asks")));
    }
    let named = match given(body, "sourcePartnerTenantId") {
        Some(id) if crate::core::guid::parse(&id).is_none() => {
            return Err(ApiError::property(format!("sourcePartnerTenantId: {id} is no GUID")));
        }
        Some(id) => partner(&id),
        None => {
            let domain = given(body, "sourcePartnerDomain").ok_or_else(|| error(900_136))?;
            let known =
                [&OWN, &OTHER].into_iter().find(|partner| partner.domain.eq_ignore_ascii_case(&domain));
            Some(known.ok_or_else(|| error(900_147))?)
        }
    };
    match named {
        Some(own) if own == &OWN => Err(error(900_148)),
        Some(other) => Ok(other),
        None => Err(error(900_137)),
    }
}

fn wanted(customer: &Customer, body: &Body) -> Result<Wanted, ApiError> {
    let email = given(body, "customerEmailId")
        .ok_or_else(|| ApiError::missing(vec!["customerEmailId: a value is required".to_owned()]))?;
    if let Some(fault) = email_fault(&email) {
        return Err(ApiError::property(format!("customerEmailId: {fault}")));
    }
    let transfer_type = match body.text("transferType").unwrap_or_default().to_ascii_lowercase().as_str() {
        "3" | "modernazure" => 3,
        "5" | "newcommerce" => 5,
        _ => return Err(ApiError::property("transferType: this is neither 3 nor 5")),
    };
    let partner_on_record = match given(body, "partnerOnRecord") {
        None => customer
            .reseller
            .as_deref()
            .and_then(crate::core::seed::resellers::by_id)
            .map(|one| one.mpn_id.to_owned()),
        Some(mpn) if RESELLERS.iter().any(|reseller| reseller.mpn_id == mpn) => Some(mpn),
        Some(mpn) => {
            return Err(ApiError::property(format!("partnerOnRecord: {mpn} is no reseller of this partner")));
        }
    };
    let kind = |name: &String| {
        let known = TYPES.iter().find(|kind| kind.eq_ignore_ascii_case(name)).copied();
        known.ok_or_else(|| ApiError::property(format!("targetProductTypes: there is no {name}")))
    };
    Ok(Wanted {
        types: body.texts("targetProductTypes").iter().map(kind).collect::<Result<_, _>>()?,
        email,
        target_email: given(body, "targetPartnerEmailId"),
        transfer_type,
        partner_on_record,
    })
}

/// Azure comes under a plan of the customer's, which has to be there and active, and not beside what is older.
fn azure_plan(call: &Call, customer: &Customer) -> Result<(), ApiError> {
    let held = holdings::subscriptions(call, customer, i64::MAX)?;
    let of = |family| held.iter().filter(move |held| held.product.family == family);
    if of(Family::LegacyAzure).any(|held| held.status == "active") {
        return Err(error(900_131));
    }
    if of(Family::AzurePlan).any(|held| held.status == "active") {
        return Ok(());
    }
    let there = of(Family::AzurePlan).any(|held| held.status != "deleted");
    Err(error(if there { 900_132 } else { 900_133 }))
}

/// This partner has asked for everything that a customer has at the other one.
pub(in crate::core) fn asks(call: &mut Call, customer: &str) -> Result<(), ApiError> {
    let customer = find_to_write(call, customer)?;
    let wanted = Wanted {
        types: Vec::new(),
        email: format!("compras@{}", customer.domain),
        target_email: None,
        transfer_type: 5,
        partner_on_record: None,
    };
    ask(call, &customer, &OTHER, &OWN, &wanted).map(drop)
}

/// The other partner asks for what the customer has here.
pub(super) fn asked(call: &mut Call, customer: &Customer, types: &[String]) -> Result<Transfer, ApiError> {
    let kind = |name: &String| TYPES.iter().find(|kind| kind.eq_ignore_ascii_case(name)).copied();
    let wanted = Wanted {
        types: types.iter().filter_map(kind).collect(),
        email: format!("compras@{}", customer.domain),
        target_email: Some(OTHER_AGENT.principal_name.to_owned()),
        transfer_type: 5,
        partner_on_record: None,
    };
    ask(call, customer, &OWN, &OTHER, &wanted)
}

fn ask(
    call: &mut Call,
    customer: &Customer,
    source: &Partner,
    target: &Partner,
    wanted: &Wanted,
) -> Result<Transfer, ApiError> {
    let types = if wanted.types.is_empty() { Value::Null } else { json!(wanted.types) };
    // Where the switch says so, one request at a time for the same: the parties and what is asked for name it. What is too
    // much for one request needs several, so that the service allows them is likely; nobody has written it down.
    let same = |other: &Transfer| {
        other.contract == Contract::NewCommerce
            && other.is_under_way()
            && other.entity["sourcePartnerTenantId"] == source.id
            && set(&other.entity["targetProductTypes"]) == set(&types)
    };
    if call.moves.single_requests
        && let Some(other) = of(call, customer, i64::MAX)?.into_iter().find(same)
    {
        return Err(error(900_101).with_data(vec![other.id().to_owned()]));
    }
    let mut transfer = Transfer::new(call, customer, Contract::NewCommerce, source, target);
    for (name, value) in [
        ("transferType", json!(wanted.transfer_type)),
        ("customerEmailId", json!(wanted.email)),
        ("targetPartnerEmailId", json!(wanted.target_email)),
        ("targetProductTypes", types),
        ("partnerOnRecord", json!(wanted.partner_on_record)),
    ] {
        if !value.is_null() {
            transfer.entity[name] = value;
        }
    }
    save(call, customer, None, &mut transfer)?;
    Ok(transfer)
}

pub(super) fn set(types: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = types.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The target cancels; the source rejects, or accepts with lines.
pub(super) fn change(
    call: &mut Call,
    customer: &Customer,
    before: &Transfer,
    word: &str,
    body: &Body,
) -> Result<Transfer, ApiError> {
    refusals::roles(call, &refusals::ROLES)?;
    let source = before.own_is_source();
    match word {
        "cancel" | "cancelled" if !source => end(call, customer, before, "Cancelled"),
        "reject" | "rejected" if source => end(call, customer, before, "Rejected"),
        "accept" | "inprogress" if source => {
            if !before.is_open() {
                return Err(before.closed(call));
            }
            let lines = chosen::lines(call, customer, before, body)?;
            start(call, customer, before, lines)
        }
        "cancel" | "cancelled" | "reject" | "rejected" | "accept" | "inprogress" => Err(error(900_102)),
        _ => Err(ApiError::property(format!("status: {word} cannot be set"))),
    }
}

/// The transfer is accepted with these lines, and on its way.
pub(super) fn start(
    call: &mut Call,
    customer: &Customer,
    before: &Transfer,
    lines: Vec<Value>,
) -> Result<Transfer, ApiError> {
    if !before.is_open() {
        return Err(before.closed(call));
    }
    let mut after = before.clone();
    after.lines = lines;
    for (index, line) in after.lines.iter_mut().enumerate() {
        line["id"] = json!((index + 1).to_string());
        line["status"] = json!("InProgress");
    }
    after.entity["status"] = json!("InProgress");
    after.accepted_at = Some(call.now);
    save(call, customer, Some(before), &mut after)?;
    due(call, customer, after.id(), call.now + ON_ITS_WAY)?;
    Ok(after)
}
