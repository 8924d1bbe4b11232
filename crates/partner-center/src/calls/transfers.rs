//! Transfers of subscriptions to another partner, below `customers/{id}/transfers`.

use crate::{
    Client, CustomerId, Error, Method, PartnerId, Request, SubscriptionId, Transfer, TransferAnswer,
    TransferEligibility, TransferId, TransferRequest, TransferSubmitResult,
    client::customer_path,
    resources::{list_of, print_offer},
    uri::encode,
};

const ALL: &str = "customers/{id}/transfers";
const ONE: &str = "customers/{id}/transfers/{id}";
const ACCEPT: &str = "customers/{id}/transfers/{id}/accept";
const ELIGIBILITY: &str = "customers/{id}/transferseligibility";

impl Client {
    /// The transfers of a customer that this partner takes part in, sent and received, ended ones included.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn transfers(&self, id: &CustomerId) -> Result<Vec<Transfer>, Error> {
        let answer = self.send(Request::get(ALL, customer_path(id, "/transfers"))).await?;
        list_of(&answer.json_or_null()?).ok_or_else(|| answer.unreadable("the body is not a list"))
    }

    /// One transfer.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind) if there is none of this id; others see there.
    pub async fn transfer(&self, id: &CustomerId, transfer: &TransferId) -> Result<Transfer, Error> {
        self.read(ONE, one(id, transfer, "")).await
    }

    /// Which subscriptions of a customer its partner can offer to another one under the older contract.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn transfer_eligibility(&self, id: &CustomerId) -> Result<Vec<TransferEligibility>, Error> {
        let path = customer_path(id, "/transferseligibility?transferType=directtoindirect");
        let answer = self.send(Request::get(ELIGIBILITY, path)).await?;
        list_of(&answer.json_or_null()?).ok_or_else(|| answer.unreadable("the body is not a list"))
    }

    /// Asks the customer's current partner for its subscriptions (new commerce). `earlier` is the request id of the same
    /// call whose answer was lost.
    ///
    /// # Errors
    /// [`ErrorKind::OutcomeUnknown`](crate::ErrorKind) if the answer was lost: look for the transfer. Others see there.
    pub async fn request_transfer(
        &self,
        id: &CustomerId,
        wanted: &TransferRequest,
        earlier: Option<String>,
    ) -> Result<Transfer, Error> {
        let mut request = Request::new(Method::Post, ALL, customer_path(id, "/transfers"));
        request.body = Some(wanted.print());
        self.send_as(request, earlier).await?.read_written()
    }

    /// Offers subscriptions to another partner (the older contract). `earlier` is the request id of the same call whose
    /// answer was lost.
    ///
    /// # Errors
    /// As [`Client::request_transfer`].
    pub async fn offer_transfer(
        &self,
        id: &CustomerId,
        (source, target): (&PartnerId, &PartnerId),
        lines: &[SubscriptionId],
        earlier: Option<String>,
    ) -> Result<Transfer, Error> {
        let mut request = Request::new(Method::Post, ALL, customer_path(id, "/transfers"));
        request.body = Some(print_offer(source, target, lines));
        self.send_as(request, earlier).await?.read_written()
    }

    /// Answers a request of new commerce, or takes it back. Answers the transfer as it is now.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`](crate::ErrorKind) if another call is at work on it; `Invalid` if it cannot be answered so
    /// any more; `OutcomeUnknown` if the answer was lost: read it.
    pub async fn answer_transfer(
        &self,
        id: &CustomerId,
        transfer: &Transfer,
        answer: &TransferAnswer,
    ) -> Result<Transfer, Error> {
        let mut request = Request::new(Method::Patch, ONE, one(id, &transfer.id, ""));
        request.body = Some(answer.print(transfer));
        self.send(request).await?.read_written()
    }

    /// Accepts an offer of the older contract. Some lines may fail while others are moved.
    ///
    /// # Errors
    /// As [`Client::answer_transfer`].
    pub async fn accept_offer(
        &self,
        id: &CustomerId,
        transfer: &TransferId,
    ) -> Result<TransferSubmitResult, Error> {
        self.send(Request::new(Method::Post, ACCEPT, one(id, transfer, "/accept"))).await?.read_written()
    }

    /// Refuses an offer of the older contract.
    ///
    /// # Errors
    /// As [`Client::answer_transfer`].
    pub async fn reject_offer(&self, id: &CustomerId, transfer: &TransferId) -> Result<Transfer, Error> {
        let mut request = Request::new(Method::Patch, ONE, one(id, transfer, ""));
        request.body = Some(json_value::object(&[("id", transfer.as_str()), ("status", "reject")]));
        self.send(request).await?.read_written()
    }

    /// Takes back an offer of the older contract.
    ///
    /// # Errors
    /// As [`Client::answer_transfer`].
    pub async fn withdraw_offer(&self, id: &CustomerId, transfer: &TransferId) -> Result<(), Error> {
        self.send(Request::new(Method::Delete, ONE, one(id, transfer, ""))).await.map(drop)
    }
}

fn one(id: &CustomerId, transfer: &TransferId, rest: &str) -> String {
    customer_path(id, &["/transfers/", &encode(transfer.as_str()), rest].concat())
}
