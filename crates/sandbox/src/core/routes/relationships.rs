//! Relationships with resellers, and the link by which a customer accepts one with the partner.

use serde_json::{Value, json};

use super::customers::find;
use super::{Answer, Call};
use crate::core::error::ApiError;
use crate::core::guid;
use crate::core::paging::collection;
use crate::core::seed::PARTNER_ID;
use crate::core::seed::resellers::{RESELLERS, Reseller, by_id};
use crate::core::wire::Response;

fn relationship(reseller: &Reseller) -> Value {
    json!({
        "id": reseller.id,
        "name": reseller.name,
        "relationshipType": "is_indirect_cloud_solution_provider_of",
        "state": "Active",
        "mpnId": reseller.mpn_id,
        "location": reseller.location,
        "attributes": { "objectType": "PartnerRelationship" },
    })
}

/// `GET /relationships?relationship_type={type}`: the partner is a provider, nobody's reseller.
pub(super) fn list(call: &mut Call, _: &[String]) -> Answer {
    let wanted =
        call.query.get("relationship_type").unwrap_or_default().replace('_', "").to_ascii_lowercase();
    let items = match wanted.as_str() {
        "isindirectcloudsolutionproviderof" => RESELLERS.iter().map(relationship).collect(),
        "isindirectresellerof" => Vec::new(),
        _ => return Err(ApiError::invalid("The relationship_type is missing or unknown.")),
    };
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/{id}/relationships`: the reseller that the customer is sold through.
pub(super) fn of_customer(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let items = customer.reseller.as_deref().and_then(by_id).map(relationship).into_iter().collect();
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/relationshiprequests`: the link that a customer's administrator opens to accept.
pub(super) fn request(call: &mut Call, _: &[String]) -> Answer {
    let mut parameters = format!("invType=ResellerRelationship&partnerId={PARTNER_ID}&msppId=0&DAP=false");
    for name in ["indirectCloudSolutionProviderId", "indirectResellerId"] {
        if let Some(id) = call.query.get(name) {
            let id = guid::parse(id).ok_or_else(ApiError::bad_id)?;
            parameters.extend(["&", name, "=", &id]);
        }
    }
    Ok(Response::json(
        200,
        &json!({
            "url": format!("https://admin.microsoft.com/Adminportal/Home?{parameters}#/BillingAccounts/partner-invitation"),
            "attributes": { "objectType": "RelationshipRequest" },
        }),
    ))
}
