//! Transfers of subscriptions between partners: two contracts on one path. In the older one the partner who has the
//! subscriptions creates a transfer, in that of new commerce the one who wants them.

mod chosen;
mod items;
mod legacy;
mod new_commerce;
mod partner;
mod refusals;
mod settle;
mod transfer;

use rusqlite::params;
use serde_json::{Value, json};

use super::customers::{Customer, find, find_to_write};
use super::{Answer, Call};
use crate::core::body::Body;
use crate::core::dates;
use crate::core::documents::{self, Deed};
use crate::core::error::ApiError;
use crate::core::guid;
use crate::core::ledger::{self, Entry};
use crate::core::seed::partners::{OTHER, OTHER_AGENT, OWN, Partner};
use crate::core::wire::Response;

use transfer::{Contract, Transfer};

pub(super) use legacy::{accept, eligibility};
pub(in crate::core) use new_commerce::asks;
pub(in crate::core) use partner::{act as partner_acts, all as partner_sees};
pub(in crate::core) use refusals::refusal;
pub(in crate::core) use settle::settle;

/// Transfers are documents.
const KIND: &str = "transfer";
/// The most lines of one.
const MOST_LINES: usize = 25;

/// Every transfer of a customer that is visible at `at`.
fn of(call: &Call, customer: &Customer, at: i64) -> Result<Vec<Transfer>, ApiError> {
    let stored = documents::below(call.connection, KIND, &customer.id, at)?;
    let read = |stored: &Value| Transfer::read(stored, call.now);
    let mut all: Vec<Transfer> =
        stored.iter().filter(|stored| stored["withdrawn"] != true).filter_map(read).collect();
    all.sort_by_key(Transfer::created);
    Ok(all)
}

fn one(call: &Call, customer: &Customer, id: &str, at: i64) -> Result<Transfer, ApiError> {
    let id = guid::parse(id).ok_or_else(ApiError::bad_id)?;
    let found = of(call, customer, at)?.into_iter().find(|transfer| transfer.id() == id);
    found.ok_or_else(|| refusals::error(900_100))
}

/// Keeps a transfer, and writes down who changed it.
fn save(
    call: &mut Call,
    customer: &Customer,
    before: Option<&Transfer>,
    after: &mut Transfer,
) -> Result<(), ApiError> {
    let (agent, at, visible_at, request_id) = (call.agent, call.now, call.visible_at, call.request_id());
    after.changed = (at, agent.id.to_owned());
    after.entity["lastModifiedTime"] = json!(dates::fraction(at));
    after.entity["lastModifiedUser"] = json!(agent.id);
    let key = format!("{}/{}", customer.id, after.id());
    let mut stored = after.to_json();
    let withdrawn = after.status() == "Withdrawn";
    if withdrawn {
        stored["withdrawn"] = json!(true);
    }
    let transaction = call.connection.transaction()?;
    documents::replace(&transaction, KIND, &key, (at, visible_at), &stored)?;
    let action = match before {
        None => "created",
        Some(_) if withdrawn => "removed",
        Some(_) => "changed",
    };
    let entry = Entry { action, kind: KIND, customer: &customer.id, id: after.id() };
    ledger::record_by(&transaction, at, &entry, agent, request_id.as_deref())?;
    let view = after.view();
    let deed = Deed {
        agent,
        at,
        customer: &customer.id,
        resource: KIND,
        operation: if before.is_some() { "update_transfer" } else { "create_transfer" },
        before: before.map(|before| &before.entity),
        after: &view,
    };
    documents::audit(&transaction, &deed)?;
    Ok(transaction.commit()?)
}

/// Has the service look at a transfer again at a time.
fn due(call: &Call, customer: &Customer, id: &str, at: i64) -> rusqlite::Result<()> {
    call.connection
        .prepare_cached("INSERT OR REPLACE INTO due (transfer, customer, at) VALUES (?1, ?2, ?3)")?
        .execute(params![id, customer.id, at])
        .map(drop)
}

/// `GET /customers/{id}/transfers`: a bare list.
pub(super) fn list(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let all: Value = of(call, &customer, call.now)?.iter().map(Transfer::view).collect();
    Ok(Response::json(200, &all))
}

/// `GET /customers/{id}/transfers/{id}`
pub(super) fn read(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    Ok(Response::json(200, &one(call, &customer, &ids[1], call.now)?.view()))
}

/// `POST /customers/{id}/transfers`: by the older contract when it has lines, by that of new commerce otherwise.
pub(super) fn create(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find_to_write(call, &ids[0])?;
    refusals::cloud(call)?;
    let body = Body::parse(&call.request.body)?;
    let transfer = if body.objects("lineItems").is_empty() {
        new_commerce::create(call, &customer, &body)?
    } else {
        legacy::create(call, &customer, &body)?
    };
    Ok(Response::json(201, &transfer.view()))
}

/// `PATCH /customers/{id}/transfers/{id}`: what the `status` of the body asks for.
pub(super) fn change(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find_to_write(call, &ids[0])?;
    let body = Body::parse(&call.request.body)?;
    let before = one(call, &customer, &ids[1], i64::MAX)?;
    if let Some(id) = body.text("id").filter(|id| !id.eq_ignore_ascii_case(before.id())) {
        return Err(ApiError::property(format!("id: {id} is not the transfer of the address")));
    }
    let word = body.text("status").unwrap_or_default().to_ascii_lowercase();
    let after = match before.contract {
        Contract::Legacy => legacy::change(call, &customer, &before, &word)?,
        Contract::NewCommerce => new_commerce::change(call, &customer, &before, &word, &body)?,
    };
    Ok(Response::json(200, &after.view()))
}

/// `DELETE /customers/{id}/transfers/{id}`: the source withdraws a transfer of the older contract.
pub(super) fn withdraw(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find_to_write(call, &ids[0])?;
    let before = one(call, &customer, &ids[1], i64::MAX)?;
    refusals::roles(call, &refusals::LEGACY_ROLES)?;
    let mine = if call.agent == &OTHER_AGENT { !before.own_is_source() } else { before.own_is_source() };
    if before.contract != Contract::Legacy || !mine {
        return Err(refusals::error(900_102));
    }
    end(call, &customer, &before, "Withdrawn")?;
    Ok(Response::empty(204))
}

/// Ends an open transfer without moving anything.
fn end(call: &mut Call, customer: &Customer, before: &Transfer, status: &str) -> Result<Transfer, ApiError> {
    if !before.is_open() {
        return Err(before.closed(call));
    }
    let mut after = before.clone();
    after.entity["status"] = json!(status);
    save(call, customer, Some(before), &mut after)?;
    Ok(after)
}

/// The partner that a request names by its tenant.
fn partner(id: &str) -> Option<&'static Partner> {
    [&OWN, &OTHER].into_iter().find(|partner| partner.id.eq_ignore_ascii_case(id))
}
