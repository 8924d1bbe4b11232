//! Agreements: the texts, and who has agreed to them.

use serde_json::json;

use super::customers::find;
use super::{Answer, Call};
use crate::core::error::ApiError;
use crate::core::paging::collection;
use crate::core::seed::agreements::{self, CLOUD_AGREEMENT, TEMPLATES, Template};
use crate::core::seed::customers;
use crate::core::wire::Response;

/// `GET /agreements?agreementType={type}`
pub(super) fn templates(call: &mut Call, _: &[String]) -> Answer {
    Ok(Response::json(200, &collection(wanted(call)?.into_iter().map(Template::to_json).collect())))
}

/// `GET /customers/{id}/agreements?agreementType={type}`
pub(super) fn of_customer(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let wanted = wanted(call)?;
    let row = customers::row(call.parameters.seed, customer.ordinal);
    let mut items = agreements::of_customer(call.parameters.seed, call.parameters.made_at, &row);
    items.retain(|agreement| wanted.iter().any(|template| agreement["type"] == template.kind));
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/{id}/directSignedMicrosoftCustomerAgreementStatus`
pub(super) fn signed_directly(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let signed = agreements::signed_directly(call.parameters.seed, customer.ordinal);
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
