//! Customers: the list, one of them, its company profile.

use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Row as SqlRow, params, params_from_iter};
use serde_json::{Value, json};

use super::{Answer, Call, billing, create, removal};
use crate::core::clock::SeededRandom;
use crate::core::error::ApiError;
use crate::core::filter::{Field, Filter};
use crate::core::fold::{after_prefix, fold_case};
use crate::core::guid;
use crate::core::paging::PageRequest;
use crate::core::seed::{self, PARTNER_ID, profiles};
use crate::core::store::FIRST_CREATED;
use crate::core::wire::Response;
use crate::country_rules;

/// A customer as the database has it.
pub(in crate::core) struct Customer {
    pub(in crate::core) ordinal: i64,
    pub(in crate::core) id: String,
    pub(super) name: String,
    pub(in crate::core) domain: String,
    pub(super) relationship: String,
    pub(super) reseller: Option<String>,
    /// Since when it is none any more, and what its relationship is since then.
    gone: Option<(i64, String)>,
}

const COLUMNS: &str = "ordinal, id, name, domain, relationship, reseller, gone_at, gone_to";

impl Customer {
    fn from_row(row: &SqlRow) -> rusqlite::Result<Self> {
        Ok(Self {
            ordinal: row.get(0)?,
            id: row.get(1)?,
            name: row.get(2)?,
            domain: row.get(3)?,
            relationship: row.get(4)?,
            reseller: row.get(5)?,
            gone: row.get::<_, Option<i64>>(6)?.zip(row.get(7)?),
        })
    }

    /// The ordinal that everything else about a customer of the seed is drawn from. `None` for one who was
    /// created here, about whom nothing is invented.
    pub(super) fn seeded(&self) -> Option<u64> {
        (self.ordinal < FIRST_CREATED).then(|| self.ordinal.cast_unsigned())
    }

    fn company_profile(&self) -> Value {
        json!({
            "tenantId": self.id,
            "domain": self.domain,
            "companyName": self.name,
            "links": { "self": link(&format!("/customers/{}/profiles/company", self.id)) },
            "attributes": { "objectType": "CustomerCompanyProfile" },
        })
    }

    /// What the list shows. Everything else comes by id only.
    fn summary(&self) -> Value {
        json!({
            "id": self.id,
            "companyProfile": self.company_profile(),
            "relationshipToPartner": self.relationship,
            "links": { "self": link(&format!("/customers/{}", self.id)) },
            "attributes": { "objectType": "Customer" },
        })
    }
}

fn link(uri: &str) -> Value {
    json!({ "uri": uri, "method": "GET", "headers": [] })
}

/// The customer that a path names, as reads see it by now.
///
/// # Errors
/// 400/2000 for an id that is no GUID, 404/3000 for an unknown one, 403/20002 for a former customer.
pub(super) fn find(call: &Call, id: &str) -> Result<Customer, ApiError> {
    find_at(call, id, call.now)
}

/// The same for writes, which see every write before them, also those that reads do not show yet: an agreement
/// is confirmed right after its customer was created.
pub(in crate::core) fn find_to_write(call: &Call, id: &str) -> Result<Customer, ApiError> {
    find_at(call, id, i64::MAX)
}

fn find_at(call: &Call, id: &str, at: i64) -> Result<Customer, ApiError> {
    let id = guid::parse(id).ok_or_else(ApiError::bad_id)?;
    let customer = call
        .connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM customer WHERE id = ?1 AND visible_at <= ?2"))?
        .query_row(params![id, at], Customer::from_row)
        .optional()?;
    let customer = customer.ok_or_else(ApiError::unknown_customer)?;
    match customer.gone.as_ref().filter(|(gone_at, _)| *gone_at <= at) {
        Some((_, relationship)) if relationship == "purged" => Err(ApiError::unknown_customer()),
        Some(_) => Err(ApiError::no_relationship()),
        None if customer.relationship == "none" => Err(ApiError::no_relationship()),
        None => Ok(customer),
    }
}

/// `GET /customers?size={n}&filter={json}`: ordered by name, then id.
pub(super) fn list(call: &mut Call, _: &[String]) -> Answer {
    let page = PageRequest::read(call.request, &call.query)?;
    let mut customers = select(call, &page)?;
    let more = customers.len() > page.size;
    customers.truncate(page.size);
    let next = customers.last().filter(|_| more).map(|last| json!([fold_case(&last.name), last.id]));
    let items = customers.iter().map(Customer::summary).collect();
    Ok(Response::json(200, &page.collection("/customers", items, next.as_ref())))
}

/// The customers of a page, and one more when there is a next page.
fn select(call: &Call, page: &PageRequest) -> Result<Vec<Customer>, ApiError> {
    let mut conditions =
        vec!["relationship <> 'none' AND visible_at <= ? AND coalesce(gone_at > ?, TRUE)".to_owned()];
    let mut values = vec![Sql::Integer(call.now), Sql::Integer(call.now)];
    if let Some(filter) = &page.filter {
        condition(filter, &mut conditions, &mut values);
    }
    if let Some(position) = &page.after {
        let part = |index: usize| position[index].as_str().unwrap_or_default();
        conditions.push("(name_key, id) > (?, ?)".to_owned());
        values.push(Sql::Blob(part(0).as_bytes().to_vec()));
        values.push(Sql::Text(part(1).to_owned()));
    }
    values.push(Sql::Integer(i64::try_from(page.size + 1).unwrap_or(i64::MAX)));
    let sql = format!(
        "SELECT {COLUMNS} FROM customer WHERE {} ORDER BY name_key, id LIMIT ?",
        conditions.join(" AND ")
    );
    let mut statement = call.connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), Customer::from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds what a filter asks for. A text that begins with a prefix lies between the prefix and the first text
/// after all that begin with it, so no character of the value has a meaning of its own.
fn condition(filter: &Filter, conditions: &mut Vec<String>, values: &mut Vec<Sql>) {
    let prefix = fold_case(&filter.value);
    let mut between = |column: &str| {
        if let Some(end) = after_prefix(&prefix) {
            conditions.push(format!("{column} >= ? AND {column} < ?"));
            values.extend([Sql::Blob(prefix.clone().into_bytes()), Sql::Blob(end)]);
        }
    };
    match filter.field {
        Field::CompanyName => between("name_key"),
        Field::Domain => between("domain_key"),
        // An empty prefix excludes nothing by itself, and only what has a reseller is sold through one.
        Field::IndirectReseller if prefix.is_empty() => conditions.push("reseller IS NOT NULL".to_owned()),
        Field::IndirectReseller => between("CAST(reseller AS BLOB)"),
        // This partner is the provider: its own id finds what it sells through resellers, another finds nothing.
        Field::IndirectCloudSolutionProvider => {
            let own = PARTNER_ID.starts_with(&prefix);
            conditions.push(if own { "reseller IS NOT NULL" } else { "FALSE" }.to_owned());
        }
    }
}

/// `GET /customers/{id}`
pub(super) fn read(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    Ok(Response::json(200, &full(call, &customer, call.now)?))
}

/// The whole customer as it is at a moment.
pub(super) fn full(call: &Call, customer: &Customer, at: i64) -> Result<Value, ApiError> {
    let mut body = customer.summary();
    body["companyProfile"] = full_company_profile(call, customer)?;
    body["billingProfile"] = billing::version(call, customer, at)?;
    let detail = match customer.seeded() {
        Some(ordinal) => seeded_detail(call.parameters.seed, ordinal, &customer.domain),
        None => create::kept(call, customer)?["detail"].take(),
    };
    extend(&mut body, detail);
    if removal::without_delegated_access(call, customer, at)? {
        body["allowDelegatedAccess"] = json!(false);
    }
    if let Some(partner) = customer.reseller.as_deref().and_then(seed::resellers::by_id) {
        body["associatedPartnerId"] = json!(partner.mpn_id);
    }
    Ok(body)
}

fn seeded_detail(seed: u64, ordinal: u64, domain: &str) -> Value {
    let mut random = SeededRandom::for_purpose(seed, ordinal, "detail");
    let commerce_id = guid::from_numbers(random.draw(), random.draw());
    let mut domains = vec![domain.to_owned(), seed::customers::own_domain(domain)];
    domains.dedup();
    json!({
        "commerceId": commerce_id, "allowDelegatedAccess": random.percent(70), "customDomains": domains,
    })
}

fn extend(body: &mut Value, members: Value) {
    if let (Some(body), Value::Object(members)) = (body.as_object_mut(), members) {
        body.extend(members);
    }
}

/// `GET /customers/{id}/profiles/company`: there is no way to change it.
pub(super) fn company_profile(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    Ok(Response::json(200, &full_company_profile(call, &customer)?))
}

fn full_company_profile(call: &Call, customer: &Customer) -> Result<Value, ApiError> {
    let mut profile = customer.company_profile();
    let company = match customer.seeded() {
        Some(ordinal) => seeded_company(call.parameters.seed, ordinal, &customer.domain),
        None => create::kept(call, customer)?["company"].take(),
    };
    extend(&mut profile, company);
    Ok(profile)
}

fn seeded_company(seed: u64, ordinal: u64, domain: &str) -> Value {
    let mut company = json!({
        "address": profiles::address(seed, ordinal), "email": format!("info@{domain}"),
    });
    let country = seed::customers::country(seed, ordinal).code;
    if let Some(rules) = country_rules::rules(country)
        && rules["customerOrganizationRegistrationNumberRequired"] == true
    {
        company["organizationRegistrationNumber"] =
            rules["customerOrganizationRegistrationNumberSample"].clone();
    }
    company
}
