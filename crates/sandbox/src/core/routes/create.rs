//! New customers.
//!
//! Of a customer who was created here nothing is invented: what its creator said is kept as one document, and
//! everything else (users but the first, subscriptions, agreements) is not there.

use rusqlite::params;
use serde_json::{Value, json};

use super::billing::{self, fill_address};
use super::customers::{Customer, find_to_write, full};
use super::lookups::is_taken;
use super::{Answer, Call};
use crate::core::body::Body;
use crate::core::checks::{self, given};
use crate::core::clock::{Random, SeededRandom};
use crate::core::documents::{self, Deed};
use crate::core::error::ApiError;
use crate::core::fold::fold_case;
use crate::core::guid;
use crate::core::ledger;
use crate::core::seed::profiles::etag;
use crate::core::seed::resellers::RESELLERS;
use crate::core::seed::roles::ROLES;
use crate::core::seed::users::{Origin, User};
use crate::core::store::FIRST_CREATED;
use crate::core::wire::Response;

const KIND: &str = "customer";

/// `POST /customers`
pub(super) fn create(call: &mut Call, _: &[String]) -> Answer {
    let body = Body::parse(&call.request.body)?;
    let (customer, password) = make(call, &body)?;
    let mut answer = customer;
    // The only place where the password is ever told, but for the same answer to the same request id.
    answer["userCredentials"] = json!({ "userName": "admin", "password": password });
    Ok(Response::json(201, &answer))
}

/// Creates a customer. Returns it as the answer has it, and its administrator's password.
pub(in crate::core) fn make(call: &mut Call, body: &Body) -> Result<(Value, String), ApiError> {
    checks::new_customer(body, call.rules)?;
    let reseller = match given(body, "associatedPartnerId") {
        None => None,
        Some(wanted) => {
            Some(RESELLERS.iter().find(|reseller| reseller.mpn_id == wanted).ok_or_else(|| {
                ApiError::property(format!("associatedPartnerId: {wanted} is no reseller of this partner"))
            })?)
        }
    };
    let gdap = body.text("enableGDAPByDefault").map(|flag| {
        flag.parse::<bool>()
            .map_err(|_| ApiError::property("enableGDAPByDefault: this is neither true nor false"))
    });
    let gdap = gdap.transpose()?;
    let company = body.object("companyProfile");
    let domain = given(&company, "domain").unwrap_or_default().trim().to_ascii_lowercase();
    if is_taken(call.connection, &domain)? {
        return Err(ApiError::new(409, 3000, format!("The domain {domain} is not available: it is taken."))
            .with_data(vec![format!("companyProfile.domain: {domain} is taken")]));
    }

    let id = guid::random(call.random);
    let profile = billing_profile(call, &body.object("billingProfile"));
    let document = document(call, &company, &profile, &domain);
    insert(call, &id, &domain, &profile, &document, reseller.map(|reseller| reseller.id))?;

    let customer = find_to_write(call, &id)?;
    let mut answer = full(call, &customer, i64::MAX)?;
    if let Some(gdap) = gdap {
        answer["enableGDAPByDefault"] = json!(gdap);
    }
    Ok((answer, password(call.random)))
}

fn billing_profile(call: &mut Call, wanted: &Body) -> Value {
    let mut profile = json!({
        "id": guid::random(call.random),
        "attributes": {
            "etag": etag(&mut SeededRandom::new(call.random.next_u64())), "objectType": "CustomerBillingProfile",
        },
    });
    for name in billing::MEMBERS {
        if let Some(text) = given(wanted, name) {
            profile[name] = json!(text);
        }
    }
    profile["defaultAddress"] = json!({});
    fill_address(&mut profile["defaultAddress"], &wanted.object("defaultAddress"));
    profile
}

/// What is kept of a customer beside its row and its billing profile. The company's address is the one that it
/// was created with: the billing profile changes without it.
fn document(call: &mut Call, company: &Body, profile: &Value, domain: &str) -> Value {
    let address = &profile["defaultAddress"];
    let person = |name: &str| {
        [address, profile]
            .into_iter()
            .map(|place| place[name].clone())
            .find(Value::is_string)
            .unwrap_or_default()
    };
    let mut document = json!({
        "detail": {
            "commerceId": guid::random(call.random), "allowDelegatedAccess": true, "customDomains": [domain],
        },
        "company": { "address": address, "email": profile["email"] },
        "administrator": {
            "id": guid::random(call.random), "firstName": person("firstName"), "lastName": person("lastName"),
        },
    });
    if let Some(number) = given(company, "organizationRegistrationNumber") {
        document["company"]["organizationRegistrationNumber"] = json!(number);
    }
    document
}

fn insert(
    call: &mut Call,
    id: &str,
    domain: &str,
    profile: &Value,
    document: &Value,
    reseller: Option<&str>,
) -> rusqlite::Result<()> {
    let (agent, now, visible_at) = (call.agent, call.now, call.visible_at);
    let name = profile["companyName"].as_str().unwrap_or_default();
    let key = |text: &str| fold_case(text).into_bytes();
    let transaction = call.connection.transaction()?;
    transaction.execute(
        "INSERT INTO customer VALUES ((SELECT max(?1, coalesce(max(ordinal), 0) + 1) FROM customer),
         ?2, ?3, ?4, ?5, ?6, 'reseller', ?7, ?8, NULL, NULL)",
        params![FIRST_CREATED, id, name, domain, key(name), key(domain), reseller, visible_at],
    )?;
    documents::write(&transaction, KIND, id, visible_at, document)?;
    documents::write(&transaction, billing::KIND, id, visible_at, profile)?;
    ledger::record(&transaction, now, "created", "customer", id, id)?;
    let deed = Deed {
        agent,
        at: now,
        customer: id,
        resource: "customer",
        operation: "add_customer",
        before: None,
        after: &json!({ "id": id, "companyProfile": { "tenantId": id, "domain": domain }, "billingProfile": profile }),
    };
    documents::audit(&transaction, &deed)?;
    transaction.commit()
}

/// What is kept of a customer who was created here.
pub(super) fn kept(call: &Call, customer: &Customer) -> Result<Value, ApiError> {
    documents::read(call.connection, KIND, &customer.id, i64::MAX)?.ok_or_else(ApiError::unknown_customer)
}

/// The one user of such a customer: the administrator who came with the tenant.
pub(super) fn administrator(call: &Call, customer: &Customer) -> Result<User, ApiError> {
    let kept = kept(call, customer)?;
    let text = |name: &str| kept["administrator"][name].as_str().map(str::to_owned);
    let names = text("firstName").zip(text("lastName"));
    Ok(User {
        id: text("id").unwrap_or_default(),
        principal_name: format!("admin@{}", customer.domain),
        display_name: names.as_ref().map_or("admin".to_owned(), |(first, last)| format!("{first} {last}")),
        names,
        usage_location: None,
        phone: None,
        origin: Origin::Cloud,
        roles: ROLES.first().into_iter().collect(),
        deleted_at: None,
    })
}

/// A password as the service makes them: nine characters of every kind, now and then with `=` in front, which
/// a spreadsheet takes for a formula.
pub(super) fn password(random: &mut dyn Random) -> String {
    const KINDS: [&str; 4] = ["ABCDEFGHKLMNPRSTUVWXYZ", "abcdefghkmnpqrstuvwxyz", "23456789", "=;.*!?+-@"];
    let mut draws = SeededRandom::new(random.next_u64());
    let mut characters: Vec<u8> = (0..9)
        .filter_map(|index: usize| draws.pick(KINDS[index % KINDS.len()].as_bytes()).copied())
        .collect();
    let shift = usize::try_from(draws.below(9)).unwrap_or(0);
    characters.rotate_left(shift);
    String::from_utf8(characters).unwrap_or_default()
}
