//! The end of a relationship, or of its delegated administration alone.

use crate::{
    Client, CustomerId, Error, ErrorKind, Method, RelationshipToPartner, Request, Timestamp,
    client::customer_path,
    json::{FromJson, member},
};
use json_value::Value;

/// By what a call that the service granted is found again, at the service's desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallProof {
    /// `MS-RequestId`.
    pub request_id: String,
    /// `MS-CorrelationId`.
    pub correlation_id: String,
    /// When the answer came, by the caller's clock.
    pub at: Timestamp,
}

impl From<&Error> for CallProof {
    fn from(error: &Error) -> Self {
        let details = &error.details;
        Self {
            request_id: details.request_id.clone(),
            correlation_id: details.correlation_id.clone(),
            at: details.at,
        }
    }
}

/// What the service answers to a change of a customer: null wherever nothing was said.
struct Changed {
    relationship_to_partner: RelationshipToPartner,
    allow_delegated_access: Option<bool>,
}

impl FromJson for Changed {
    fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self {
            relationship_to_partner: member(object, "relationshipToPartner")?,
            allow_delegated_access: member(object, "allowDelegatedAccess")?,
        })
    }
}

const ROUTE: &str = "customers/{id}";

impl Client {
    /// Ends the reseller relationship. There is no way back but another request that the customer accepts. Not with
    /// application credentials.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] if something active stands in the way, or if there is no relationship any more (code 3000
    /// either way: read to find out); [`ErrorKind::NotAllowed`] without the role of an admin agent;
    /// [`ErrorKind::OutcomeUnknown`] if the answer was lost or says nothing: read the customer. See [`ErrorKind`].
    pub async fn remove_relationship(&self, id: &CustomerId) -> Result<CallProof, Error> {
        let body = r#"{"relationshipToPartner":"none","attributes":{"objectType":"Customer"}}"#;
        self.change_customer(id, body, |changed| {
            changed.relationship_to_partner == RelationshipToPartner::None
        })
        .await
    }

    /// Ends delegated administration; the relationship stays. Not with application credentials.
    ///
    /// # Errors
    /// As for [`Self::remove_relationship`].
    pub async fn remove_delegated_access(&self, id: &CustomerId) -> Result<CallProof, Error> {
        let body = r#"{"allowDelegatedAccess":false,"attributes":{"objectType":"Customer"}}"#;
        self.change_customer(id, body, |changed| changed.allow_delegated_access == Some(false)).await
    }

    async fn change_customer(
        &self,
        id: &CustomerId,
        body: &str,
        is_done: fn(&Changed) -> bool,
    ) -> Result<CallProof, Error> {
        let mut request = Request::new(Method::Patch, ROUTE, customer_path(id, ""));
        request.body = Some(body.to_owned());
        let answer = self.send(request).await?;
        // Something between may have made the answer up: only one that says so proves anything.
        if is_done(&answer.read_written::<Changed>()?) {
            Ok(answer.proof())
        } else {
            Err(answer.error(ErrorKind::OutcomeUnknown, "the answer does not say that it was done"))
        }
    }
}
