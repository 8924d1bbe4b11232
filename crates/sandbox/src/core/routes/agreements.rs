//! Agreements: the texts, who has agreed to them, and how a partner confirms that somebody did.

use rusqlite::params;
use serde_json::{Value, json};

use super::customers::{Customer, find, find_to_write};
use super::{Answer, Call};
use crate::core::body::Body;
use crate::core::checks::{email_fault, given, required};
use crate::core::dates;
use crate::core::documents::{self, Deed};
use crate::core::error::ApiError;
use crate::core::ledger;
use crate::core::paging::collection;
use crate::core::seed::agreements::{self, CLOUD_AGREEMENT, TEMPLATES, Template};
use crate::core::seed::customers;
use crate::core::wire::Response;

/// `GET /agreements?agreementType={type}`
pub(super) fn templates(call: &mut Call, _: &[String]) -> Answer {
    Ok(Response::json(200, &collection(wanted(call)?.into_iter().map(Template::to_json).collect())))
}

/// `GET /agreementtemplates/{id}/document?language={language}&country={country}`: where the text can be read.
pub(super) fn document(call: &mut Call, ids: &[String]) -> Answer {
    let template = TEMPLATES.iter().find(|template| template.id.eq_ignore_ascii_case(&ids[0]));
    let template = template.ok_or_else(|| ApiError::not_found("The agreement template does not exist."))?;
    let asked = |name: &str, usual: &str| {
        let value = call.query.get(name).filter(|value| !value.is_empty()).unwrap_or(usual).to_owned();
        let plain = value.len() <= 10 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if plain { Ok(value) } else { Err(ApiError::property(format!("{name}: the value is not supported"))) }
    };
    let (language, country) = (asked("language", "en-US")?, asked("country", "US")?);
    let uri = |kind: &str| {
        format!(
            "https://agreements.example/{}/{country}/{language}/{kind}",
            template.kind.to_ascii_lowercase()
        )
    };
    Ok(Response::json(
        200,
        &json!({
            "displayUri": uri("display"), "downloadUri": uri("download.pdf"),
            "language": language, "country": country,
        }),
    ))
}

/// `GET /customers/{id}/agreements?agreementType={type}`, the newest first.
pub(super) fn of_customer(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let wanted = wanted(call)?;
    let mut items = confirmed(call, &customer, call.now)?;
    items.retain(|agreement| wanted.iter().any(|template| agreement["type"] == template.kind));
    Ok(Response::json(200, &collection(items)))
}

/// Every agreement that is visible at a moment: those that were confirmed here, then the seed's.
fn confirmed(call: &Call, customer: &Customer, at: i64) -> Result<Vec<Value>, ApiError> {
    let stored: Vec<String> = call
        .connection
        .prepare_cached(
            "SELECT body FROM agreement WHERE customer = ?1 AND visible_at <= ?2 ORDER BY seq DESC",
        )?
        .query_map(params![customer.id, at], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut items = stored.iter().map(|body| documents::parse(body)).collect::<Result<Vec<_>, _>>()?;
    if let Some(ordinal) = customer.seeded() {
        let row = customers::row(call.parameters.seed, ordinal);
        items.extend(agreements::of_customer(call.parameters.seed, call.parameters.made_at, &row));
    }
    Ok(items)
}

/// `POST /customers/{id}/agreements`: the partner says that somebody at the customer has agreed.
pub(super) fn confirm(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find_to_write(call, &ids[0])?;
    let body = Body::parse(&call.request.body)?;
    let template = checked(&body, call.now)?;
    let contact = body.object("primaryContact");
    let mut agreement = json!({
        "userId": call.agent.id,
        "primaryContact": {},
        "templateId": template.id,
        "dateAgreed": given(&body, "dateAgreed"),
        "type": template.kind,
        "agreementLink": template.link,
    });
    for name in ["firstName", "lastName", "email", "phoneNumber"] {
        if let Some(text) = given(&contact, name) {
            agreement["primaryContact"][name] = json!(text);
        }
    }
    if confirmed(call, &customer, i64::MAX)?.iter().any(|known| is_same(known, &agreement)) {
        let text = "The same agreement has already been confirmed for this contact.";
        return Err(ApiError::new(400, 600_061, text));
    }
    save(call, &customer, &agreement)?;
    Ok(Response::json(201, &agreement))
}

/// The template that is agreed to, when everything that has to be said is there and can be.
fn checked(body: &Body, now: i64) -> Result<&'static Template, ApiError> {
    let contact = body.object("primaryContact");
    let mut missing: Vec<String> = ["firstName", "lastName", "email"]
        .iter()
        .filter(|name| given(&contact, name).is_none())
        .map(|name| required(&format!("primaryContact.{name}")))
        .collect();
    missing.extend(
        ["templateId", "dateAgreed", "type"]
            .iter()
            .filter(|name| given(body, name).is_none())
            .map(|name| required(name)),
    );
    if !missing.is_empty() {
        return Err(ApiError::missing(missing));
    }
    let text = |name: &str| body.text(name).unwrap_or_default();
    let template =
        TEMPLATES.iter().find(|template| template.id.eq_ignore_ascii_case(text("templateId").trim()));
    let template = template.ok_or_else(|| ApiError::property("templateId: there is no such template"))?;
    let mut wrong = Vec::new();
    if !template.kind.eq_ignore_ascii_case(&text("type")) {
        wrong.push(format!("type: the template is one of {}", template.kind));
    }
    if let Some(fault) = email_fault(&contact.text("email").unwrap_or_default()) {
        wrong.push(format!("primaryContact.email: {fault}"));
    }
    match dates::parse(&text("dateAgreed")) {
        None => wrong.push("dateAgreed: this is no date".to_owned()),
        Some(at) if at > now => wrong.push("dateAgreed: the date is in the future".to_owned()),
        Some(_) => {}
    }
    if wrong.is_empty() {
        Ok(template)
    } else {
        Err(ApiError::invalid("A property is not valid.").with_data(wrong))
    }
}

/// The same text and the same person. When they agreed does not count.
fn is_same(known: &Value, wanted: &Value) -> bool {
    let text = |agreement: &Value, name: &str| {
        agreement["primaryContact"][name].as_str().unwrap_or_default().trim().to_lowercase()
    };
    known["templateId"] == wanted["templateId"]
        && ["firstName", "lastName", "email"].iter().all(|name| text(known, name) == text(wanted, name))
}

fn save(call: &mut Call, customer: &Customer, agreement: &Value) -> Result<(), ApiError> {
    let (agent, at, visible_at) = (call.agent, call.now, call.visible_at);
    let transaction = call.connection.transaction()?;
    transaction.execute(
        "INSERT INTO agreement (customer, visible_at, body) VALUES (?1, ?2, ?3)",
        params![customer.id, visible_at, agreement.to_string()],
    )?;
    let template = agreement["templateId"].as_str().unwrap_or_default();
    ledger::record(&transaction, at, "created", "agreement", &customer.id, template)?;
    let deed = Deed {
        agent,
        at,
        customer: &customer.id,
        resource: "agreement",
        operation: "create_agreement",
        before: None,
        after: agreement,
    };
    documents::audit(&transaction, &deed)?;
    transaction.commit()?;
    Ok(())
}

/// `GET /customers/{id}/directSignedMicrosoftCustomerAgreementStatus`
pub(super) fn signed_directly(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let seed = call.parameters.seed;
    let signed = customer.seeded().is_some_and(|ordinal| agreements::signed_directly(seed, ordinal));
    Ok(Response::json(200, &json!({ "isSigned": signed })))
}

/// The texts of the type that is asked for: `*` is all of them, and no type the former agreement, as it was
/// before there was another.
fn wanted(call: &Call) -> Result<Vec<&'static Template>, ApiError> {
    let kind =
        call.query.get("agreementType").filter(|kind| !kind.is_empty()).unwrap_or(CLOUD_AGREEMENT.kind);
    let fits = |template: &&Template| kind == "*" || template.kind.eq_ignore_ascii_case(kind);
    let templates: Vec<_> = TEMPLATES.iter().filter(fits).collect();
    if templates.is_empty() {
        return Err(ApiError::invalid("The agreementType is not supported."));
    }
    Ok(templates)
}
