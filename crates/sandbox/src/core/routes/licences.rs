//! Licences of a customer and of its users.

use serde_json::{Value, json};

use super::customers::{Customer, find, find_to_write};
use super::users::{Done, record, seeded_users};
use super::{Answer, Call};
use crate::core::body::Body;
use crate::core::directory::{self, Licence, Person, unknown, wholly};
use crate::core::error::ApiError;
use crate::core::paging::collection;
use crate::core::seed::licences::{self, DIRECTORY_GROUP, Seats};
use crate::core::wire::Response;

/// `GET /customers/{id}/subscribedskus[?licenseGroupIds=Group1&licenseGroupIds=Group2]`
pub(super) fn skus(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let items = if wants_directory(call) {
        let people = directory::all(call, &customer)?;
        let held = |sku: &str| {
            let holds = |person: &&Person| person.licences.iter().any(|licence| licence.sku == sku);
            people.iter().filter(holds).count() as u64
        };
        let seats = seats(call, &customer)?;
        seats
            .into_iter()
            .map(|(seats, total)| {
                let consumed = held(seats.id());
                seats.with(total, consumed).to_json()
            })
            .collect()
    } else {
        Vec::new()
    };
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/{id}/users/{id}/licenses[?licenseGroupIds=...]`. A deleted user holds none.
pub(super) fn of_user(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let person = directory::shown(call, &customer, &ids[1])?;
    let items = if wants_directory(call) { person.licences.as_slice() } else { &[] };
    let items = items.iter().map(|licence| licences::licence(&licence.sku, &licence.off)).collect();
    Ok(Response::json(200, &collection(items)))
}

/// Whether SKUs that a directory manages are asked for. Without any group they are.
fn wants_directory(call: &Call) -> bool {
    let mut groups = call.query.all("licenseGroupIds").peekable();
    groups.peek().is_none() || groups.any(|group| group.eq_ignore_ascii_case(DIRECTORY_GROUP))
}

/// The SKUs of a customer, each with the number of its seats where that was set here.
fn seats(call: &Call, customer: &Customer) -> Result<Vec<(Seats, Option<u64>)>, ApiError> {
    let mut bought = directory::bought(call.connection, customer)?;
    let seeded = if customer.seeded().is_some() { seeded_users(call, customer)?.1 } else { Vec::new() };
    let mut seats: Vec<(Seats, Option<u64>)> = seeded
        .into_iter()
        .map(|seats| {
            let place = bought.iter().position(|(sku, _)| sku == seats.id());
            let total = place.map(|place| bought.swap_remove(place).1);
            (seats, total)
        })
        .collect();
    bought.sort();
    let new = bought.into_iter().filter_map(|(sku, total)| Some((Seats::bought(&sku, total)?, Some(total))));
    seats.extend(new);
    Ok(seats)
}

/// What a body asks for: licences to give, and ids of those to take away.
fn wanted(body: &Body) -> Result<(Vec<Licence>, Vec<String>), ApiError> {
    let mut give = Vec::new();
    for (number, item) in body.list("licensesToAssign").iter().enumerate() {
        let item = Body::of(item.clone())?;
        let sku = item.text("skuId").filter(|sku| !sku.is_empty()).ok_or_else(|| {
            ApiError::missing(vec![format!("licensesToAssign[{number}].skuId: a value is required")])
        })?;
        let off = item.list("excludedPlans").iter().filter_map(Value::as_str).map(str::to_owned).collect();
        give.push(Licence { sku: sku.to_ascii_lowercase(), off });
    }
    let take = body.list("licensesToRemove").iter().filter_map(Value::as_str);
    let take: Vec<String> = take.map(str::to_ascii_lowercase).collect();
    if give.is_empty() && take.is_empty() {
        return Err(ApiError::invalid("There are no licenses to assign or to remove."));
    }
    Ok((give, take))
}

/// `POST /customers/{id}/users/{id}/licenseupdates`: all of it, or nothing.
pub(super) fn update(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find_to_write(call, &ids[0])?;
    let (give, take) = wanted(&Body::parse(&call.request.body)?)?;
    wholly(call, |call| {
        directory::keep(call, &customer)?;
        let mut person = directory::latest(call, &customer, &ids[1])?;
        if person.deleted_at.is_some() {
            return Err(unknown());
        }
        if !give.is_empty() && person.text("usageLocation").is_empty() {
            return Err(ApiError::invalid(
                "License assignment cannot be done for user with invalid usage location.",
            ));
        }
        for sku in &take {
            if !person.licences.iter().any(|licence| licence.sku == *sku) {
                return Err(ApiError::property(format!(
                    "licensesToRemove: the user does not hold a license of {sku}"
                )));
            }
            directory::give_up(call.connection, &customer, &person, Some(sku))?;
            person.licences.retain(|licence| licence.sku != *sku);
        }
        for licence in &give {
            assign(call, &customer, &mut person, licence)?;
        }
        directory::change(call.connection, &customer, &person, call.visible_at, call.now)?;
        let answer = answer(&give, &take);
        let done = Done {
            action: "changed",
            kind: "licences",
            id: &person.id,
            resource: "license",
            operation: "update_customer_user_licenses",
            before: None,
            after: &answer,
        };
        record(call, &customer, &done)?;
        Ok(Response::json(201, &answer))
    })
}

/// Gives one licence. A SKU that the user holds already needs no other seat.
fn assign(call: &Call, customer: &Customer, person: &mut Person, licence: &Licence) -> Result<(), ApiError> {
    if let Some(held) = person.licences.iter_mut().find(|held| held.sku == licence.sku) {
        held.off.clone_from(&licence.off);
        return Ok(());
    }
    let seats = seats(call, customer)?;
    let total = seats
        .iter()
        .find(|(seats, _)| seats.id() == licence.sku)
        .map(|(seats, total)| total.unwrap_or_else(|| seats.total()));
    let total = total.ok_or_else(|| {
        ApiError::property(format!("licensesToAssign: the customer has no license of {}", licence.sku))
    })?;
    directory::take(call.connection, customer, &person.id, &licence.sku, total)?;
    person.licences.push(licence.clone());
    Ok(())
}

fn answer(give: &[Licence], take: &[String]) -> Value {
    let give: Vec<Value> =
        give.iter().map(|licence| json!({ "skuId": licence.sku, "excludedPlans": licence.off })).collect();
    json!({
        "licensesToAssign": give, "licensesToRemove": take, "licenseWarnings": [],
        "attributes": { "objectType": "LicenseUpdate" },
    })
}
