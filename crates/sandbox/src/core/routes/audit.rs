//! Audit records: what agents did, of the last 90 days.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::core::body::Body;
use crate::core::dates::{self, DAY};
use crate::core::error::ApiError;
use crate::core::fold::fold_case;
use crate::core::listing::Listing;
use crate::core::query::Query;
use crate::core::seed::{self, AGENT, PARTNER_ID, customers};
use crate::core::wire::Response;

/// How many days are kept. An earlier start is refused.
const KEPT_DAYS: i64 = 90;
/// How many days are shown when no start is given.
const DEFAULT_DAYS: i64 = 30;
/// The application that the seeded agent used.
const APPLICATION_ID: &str = "2f0c0000-0000-4000-8000-0000000000f1";

struct Record {
    at: i64,
    customer_id: String,
    customer_name: String,
    domain: String,
    resource: String,
    operation: String,
    status: String,
    agent: String,
    old_value: Option<String>,
    new_value: Option<String>,
}

/// `GET /auditrecords?startDate={day}&endDate={day}&size={n}&filter={json}`, newest first.
pub(super) fn list(call: &mut Call, _: &[String]) -> Answer {
    let listing = Listing::read(call.request)?;
    let asked = listing.asked();
    let today = call.now.div_euclid(DAY);
    let end = day(&asked, "endDate")?.unwrap_or(today);
    let start = day(&asked, "startDate")?.unwrap_or(end.min(today) - DEFAULT_DAYS);
    if start < today - KEPT_DAYS {
        return Err(ApiError::invalid("The startDate is too early: records are kept for 90 days."));
    }
    if end < start {
        return Err(ApiError::invalid("The endDate is before the startDate."));
    }
    let filter = Filter::read(asked.get("filter"))?;
    let records = records(call, start, end.min(today), &filter)?;
    Ok(Response::json(200, &listing.cut("/auditrecords", &records, to_json)))
}

fn day(query: &Query, name: &str) -> Result<Option<i64>, ApiError> {
    let Some(text) = query.get(name).filter(|text| !text.is_empty()) else { return Ok(None) };
    let start = dates::parse_day(text).ok_or_else(|| ApiError::invalid(format!("The {name} is no date.")))?;
    Ok(Some(start.div_euclid(DAY)))
}

/// Every record from one day to another, newest first: those of the seed, and what happened here.
fn records(call: &Call, start: i64, end: i64, filter: &Filter) -> Result<Vec<Record>, ApiError> {
    let parameters = call.parameters;
    let mut records: Vec<Record> = call
        .connection
        .prepare_cached(
            "SELECT at, customer, name, domain, resource, operation, agent, old_value, new_value
             FROM audit JOIN customer ON customer.id = customer
             WHERE at >= ?1 AND at < ?2 ORDER BY seq DESC",
        )?
        .query_map([start * DAY, (end + 1) * DAY], |row| {
            Ok(Record {
                at: row.get(0)?,
                customer_id: row.get(1)?,
                customer_name: row.get(2)?,
                domain: row.get(3)?,
                resource: row.get(4)?,
                operation: row.get(5)?,
                status: "succeeded".to_owned(),
                agent: row.get(6)?,
                old_value: row.get(7)?,
                new_value: row.get(8)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    for day in start..=end {
        for event in seed::audit::day(parameters.seed, parameters.customers, day) {
            let row = customers::row(parameters.seed, event.customer);
            records.push(Record {
                at: event.at,
                customer_id: row.id,
                customer_name: row.name,
                domain: row.domain,
                resource: event.resource.to_owned(),
                operation: event.operation.to_owned(),
                status: event.status.to_owned(),
                agent: AGENT.principal_name.to_owned(),
                old_value: None,
                new_value: None,
            });
        }
    }
    records.retain(|record| record.at <= call.now && filter.keeps(record));
    records.sort_by_key(|record| std::cmp::Reverse(record.at));
    Ok(records)
}

fn to_json(record: &Record) -> Value {
    let mut body = json!({
        "id": format!("{PARTNER_ID}_{}_{}_{}", record.customer_id, record.operation.replace('_', ""), record.at),
        "partnerId": PARTNER_ID,
        "customerId": record.customer_id,
        "customerName": record.customer_name,
        "userPrincipalName": record.agent,
        "applicationId": APPLICATION_ID,
        "resourceType": record.resource,
        "operationType": record.operation,
        "operationDate": dates::fraction(record.at),
        "operationStatus": record.status,
        "customizedData": [{ "key": "PrimaryDomainName", "value": record.domain }],
        "attributes": { "objectType": "AuditRecord" },
    });
    for (name, value) in [("resourceOldValue", &record.old_value), ("resourceNewValue", &record.new_value)] {
        if let Some(value) = value {
            body[name] = json!(value);
        }
    }
    body
}

/// What a filter of this list can ask for: a part of the company's name, or a whole customer id or type.
enum Filter {
    Everything,
    CompanyName(String),
    CustomerId(String),
    ResourceType(String),
}

impl Filter {
    fn read(text: Option<&str>) -> Result<Self, ApiError> {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(Self::Everything) };
        let body = Body::parse(text.as_bytes()).map_err(|_| ApiError::invalid("The filter is not JSON."))?;
        let value = body.text("value").ok_or_else(|| ApiError::invalid("The filter has no value."))?;
        let lower = |name: &str| body.text(name).unwrap_or_default().to_ascii_lowercase();
        match (lower("field").as_str(), lower("operator").as_str()) {
            ("companyname", "substring") => Ok(Self::CompanyName(fold_case(&value))),
            ("customerid", "equals") => Ok(Self::CustomerId(value.to_ascii_lowercase())),
            ("resourcetype", "equals") => Ok(Self::ResourceType(value.to_ascii_lowercase().replace('_', ""))),
            _ => Err(ApiError::invalid("The filter's field or operator is not supported.")),
        }
    }

    fn keeps(&self, record: &Record) -> bool {
        match self {
            Self::Everything => true,
            Self::CompanyName(part) => fold_case(&record.customer_name).contains(part),
            Self::CustomerId(id) => record.customer_id == *id,
            Self::ResourceType(kind) => record.resource.replace('_', "") == *kind,
        }
    }
}
