//! One subscription: read, and changed so that it can end.

use crate::{
    Answer, AzureEntitlement, CallProof, Client, CustomerId, Error, ErrorKind, Method, Pages, Request,
    SubscriptionDocument, SubscriptionId,
    client::customer_path,
    uri::{encode, join},
};
use std::time::Duration;

/// After what times a change is asked for that the service carries out later (202). Two minutes altogether: what takes
/// longer is found when the subscription is next read.
const LOOKS: [u64; 7] = [1, 2, 4, 8, 16, 30, 60];

const ROUTE: &str = "customers/{id}/subscriptions/{id}";

impl Client {
    /// One subscription as it can be sent back.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if the customer has no such subscription; others see [`ErrorKind`].
    pub async fn subscription_document(
        &self,
        id: &CustomerId,
        subscription: &SubscriptionId,
    ) -> Result<SubscriptionDocument, Error> {
        self.read(ROUTE, subscription_path(id, subscription, "")).await
    }

    /// Replaces a subscription; `document` has been read before and holds the version that it changes. Where the service
    /// takes its time (202 and a place to ask) this asks there until it is done.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] if somebody changed it meanwhile or an earlier change is under way; [`ErrorKind::Invalid`]
    /// and [`ErrorKind::NotAllowed`] if its state or the time does not allow it; [`ErrorKind::OutcomeUnknown`] if the
    /// answer was lost, or did not come within two minutes: read the subscription. See [`ErrorKind`].
    pub async fn change_subscription(
        &self,
        id: &CustomerId,
        subscription: &SubscriptionId,
        document: &SubscriptionDocument,
    ) -> Result<CallProof, Error> {
        let mut request = Request::new(Method::Patch, ROUTE, subscription_path(id, subscription, ""));
        request.body = Some(document.print());
        // Older documents ask for the header, newer ones for the body. Both agree here; some subscriptions have no version.
        if !document.etag().is_empty() {
            request.headers.push(("If-Match", ["\"", document.etag(), "\""].concat()));
        }
        let answer = self.send(request).await?;
        if answer.response.status == 202 {
            return self.until_done(&answer).await;
        }
        answer.read_written::<SubscriptionDocument>()?;
        Ok(answer.proof())
    }

    /// Asks for a change that is under way until it is done.
    async fn until_done(&self, answer: &Answer) -> Result<CallProof, Error> {
        let unknown = |note| answer.error(ErrorKind::OutcomeUnknown, note);
        let serves = |origin: &str| self.shared.transport.serves_origin(origin);
        let place = answer.response.header("location").and_then(|link| join(link, serves));
        let Some(place) = place else { return Err(unknown("202 without a place to ask")) };
        for pause in LOOKS {
            self.shared.clock.sleep(Duration::from_secs(pause)).await;
            match self.send(Request::get("operations/{id}", place.clone())).await {
                Ok(now) if now.response.status == 202 => {}
                Ok(_) => return Ok(answer.proof()),
                Err(_) => return Err(unknown("how far it is could not be read")),
            }
        }
        Err(unknown("it takes longer than two minutes"))
    }

    /// The Azure subscriptions under an Azure plan.
    pub fn azure_entitlements(
        &self,
        id: &CustomerId,
        subscription: &SubscriptionId,
    ) -> Pages<AzureEntitlement> {
        let path = subscription_path(id, subscription, "/azureEntitlements");
        Pages::new(self, "customers/{id}/subscriptions/{id}/azureEntitlements", path)
    }

    /// Cancels an Azure subscription under an Azure plan: what runs in it stops.
    ///
    /// # Errors
    /// [`ErrorKind::OutcomeUnknown`] if the answer was lost: list them again. See [`ErrorKind`].
    pub async fn cancel_azure_entitlement(
        &self,
        id: &CustomerId,
        subscription: &SubscriptionId,
        entitlement: &str,
    ) -> Result<CallProof, Error> {
        let rest = ["/azureEntitlements/", &encode(entitlement), "/cancel"].concat();
        let mut request = Request::new(
            Method::Post,
            "customers/{id}/subscriptions/{id}/azureEntitlements/{id}/cancel",
            subscription_path(id, subscription, &rest),
        );
        // The one reason that the documents name.
        request.body = Some(r#"{"cancellationReason":"compromise"}"#.to_owned());
        Ok(self.send(request).await?.proof())
    }
}

fn subscription_path(id: &CustomerId, subscription: &SubscriptionId, rest: &str) -> String {
    customer_path(id, &["/subscriptions/", &encode(subscription.as_str()), rest].concat())
}
