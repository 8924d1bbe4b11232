//! The portal as the rest of the application sees it.

use std::cell::RefCell;
use std::time::Duration;

use embed_protocol::{Ability, Ask, Tell};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use json_value::{Value, object, quoted};
use partner_center::Response;

use super::connection::Connection;
use super::glue;
use crate::platform::host::Host;

/// A second person decides.
const DECISION: Duration = Duration::from_secs(600);
/// What portals are told of, by the journal's words.
const EVENTS: [(&str, &str); 5] = [
    ("add_customer", "customerCreated"),
    ("update_customer_billing_profile", "customerUpdated"),
    ("remove_partner_customer_relationship", "relationshipRemoved"),
    ("create_transfer", "transferCreated"),
    ("create_customer_user", "importFinished"),
];

thread_local! {
    /// Who works here, as the portal said last.
    static SESSION: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Notes who works here. Answers whether that is somebody else than before.
pub(super) fn set_session(session: &str) -> bool {
    SESSION.replace(session.to_owned()) != session
}

/// Who works here, as a gateway would answer.
pub(super) fn session() -> Response {
    let body = SESSION.with_borrow(|session| session.clone().into_bytes());
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Response { status: 200, reason: String::new(), headers, body }
}

/// The portal at the other end of a connection.
pub(super) struct Portal(pub(super) &'static Connection);

impl Host for Portal {
    fn changed(&self, path: &str, is_step: bool) {
        glue::set_route(path);
        let step = if is_step { "push" } else { "replace" };
        self.0.tell(Tell::Changed, &object(&[("path", path), ("step", step)]));
    }

    fn done(&self, what: &str, customer: Option<&str>, count: usize) {
        let Some((_, name)) = EVENTS.iter().find(|(known, _)| *known == what) else { return };
        if !self.0.can(Ability::Events) {
            return;
        }
        let mut params = ["{\"name\":", &quoted(name)].concat();
        if let Some(customer) = customer {
            params.extend([",\"customer\":", &quoted(customer)]);
        }
        if count > 0 {
            params.extend([",\"count\":", &count.to_string()]);
        }
        params.push('}');
        self.0.tell(Tell::Event, &params);
    }

    fn freed(&self) {
        super::apply::freed();
    }

    fn approve(&self, request: String) -> LocalBoxFuture<'_, Option<String>> {
        async move {
            if !self.0.can(Ability::Approvals) {
                return None;
            }
            let params = object(&[("request", &request)]);
            let (value, _) = self.0.ask(Ask::Approval, &params, None, DECISION).await.ok()?;
            let answer = value.as_object()?;
            let by = answer.get("by")?.as_str()?.trim();
            let agreed = answer.get("approved") == Some(&Value::Bool(true)) && !by.is_empty();
            agreed.then(|| by.to_owned())
        }
        .boxed_local()
    }
}
