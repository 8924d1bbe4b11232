//! Calls through a gateway on a path of this origin, or on another that allows it. The gateway holds the tokens; nothing secret is
//! in the browser. Or to the API itself, with the token of whoever signed in here.

use std::rc::Rc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{Either, LocalBoxFuture, select};
use gloo_net::http::{Headers, Request as HttpRequest};
use leptos::prelude::window;
use partner_center::{Clock, Request, Response, Transport, TransportError};
use wasm_bindgen::JsValue;
use web_sys::{AbortController, RequestCredentials, RequestInit};

use super::time::BrowserClock;

/// How long a read may take. A page of 500 customers takes the service a few seconds.
pub(crate) const READ_LIMIT: Duration = Duration::from_secs(30);
/// How long a write may take. Creating a tenant has been seen to take over a minute.
pub(crate) const WRITE_LIMIT: Duration = Duration::from_secs(100);

/// A gateway.
pub(crate) struct Gateway {
    /// Path or URL in front of every request path, without a slash at the end.
    pub api: String,
    /// What gives each call its token, where the browser holds them.
    pub bearer: Option<Rc<dyn Bearer>>,
    /// Told when a call got no answer (`true`), and when one did.
    pub silent: fn(bool),
}

/// What gives each call its token.
pub(crate) trait Bearer {
    /// The token, and which one it is.
    fn token(&self) -> LocalBoxFuture<'_, Result<(String, u32), NoToken>>;
    /// Takes in what a call with this token was answered; whether it is to be sent once more.
    fn answered(&self, number: u32, response: &Response) -> bool;
}

/// Why there is no token.
#[derive(Clone, Copy)]
pub(crate) enum NoToken {
    /// A person has to sign in.
    SignIn,
    /// A person has to sign in with a second factor.
    StepUp,
    /// It has to be renewed, and nobody answers.
    Offline,
}

impl NoToken {
    /// What stands in for the answer of a call that was not sent: as the service would refuse it.
    fn answer(self) -> Result<Response, TransportError> {
        let body = match self {
            Self::Offline => return Err(TransportError::NotSent),
            Self::SignIn => Vec::new(),
            Self::StepUp => b"{\"code\":900421}".to_vec(),
        };
        Ok(Response { status: 401, body, ..Response::default() })
    }
}

impl Transport for Gateway {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        async move {
            let Some(bearer) = &self.bearer else { return self.send_once(request).await };
            let mut is_second = false;
            loop {
                let (token, number) = match bearer.token().await {
                    Ok(token) => token,
                    Err(no_token) => return no_token.answer(),
                };
                let mut call = request.clone();
                call.headers.push(("Authorization", ["Bearer ", &token].concat()));
                let response = self.send_once(call).await?;
                // It was refused before anything was done, so a write may be sent again, too. Once.
                if !bearer.answered(number, &response) || is_second {
                    return Ok(response);
                }
                is_second = true;
            }
        }
        .boxed_local()
    }

    fn serves_origin(&self, origin: &str) -> bool {
        match self.api.strip_prefix(origin) {
            Some(rest) => rest.is_empty() || rest.starts_with('/'),
            None => self.api.starts_with('/') && window().location().origin().is_ok_and(|own| own == origin),
        }
    }
}

impl Gateway {
    fn send_once(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        async move {
            let is_read = request.method.is_read();
            let limit = if is_read { READ_LIMIT } else { WRITE_LIMIT };
            let abort = AbortController::new().ok();
            let _unwanted = AbortWhenDropped(abort.clone().filter(|_| is_read));
            let exchange = exchange(self, request, abort.as_ref()).boxed_local();
            match select(exchange, BrowserClock.sleep(limit)).await {
                Either::Left((outcome, _)) => {
                    (self.silent)(outcome == Err(TransportError::Lost));
                    outcome
                }
                Either::Right(_) => {
                    if let Some(abort) = &abort {
                        abort.abort();
                    }
                    Err(TransportError::Timeout)
                }
            }
        }
        .boxed_local()
    }
}

/// A read that nobody waits for any more, such as one for a page that was left, takes neither line nor limits away. A write
/// goes on: it may have begun over there, and giving it up would only lose what became of it.
struct AbortWhenDropped(Option<AbortController>);

impl Drop for AbortWhenDropped {
    fn drop(&mut self) {
        // After the answer is here this does nothing.
        if let Some(abort) = &self.0 {
            abort.abort();
        }
    }
}

async fn exchange(
    gateway: &Gateway,
    request: Request,
    abort: Option<&AbortController>,
) -> Result<Response, TransportError> {
    let request = for_browser(gateway, request, abort).map_err(|_| TransportError::NotSent)?;
    let answer = request.send().await.map_err(|_| {
        // A browser does not say whether anything left. Offline it cannot have.
        if window().navigator().on_line() { TransportError::Lost } else { TransportError::NotSent }
    })?;
    let headers =
        answer.headers().entries().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    let (status, reason) = (answer.status(), answer.status_text());
    let body = answer.binary().await.map_err(|_| TransportError::Lost)?;
    Ok(Response { status, reason, headers, body })
}

/// Not by gloo-net's own builder: that one ends every address that has a query with an `&`, and a link that leads in a
/// circle would look like a new one each time.
fn for_browser(
    gateway: &Gateway,
    request: Request,
    abort: Option<&AbortController>,
) -> Result<HttpRequest, JsValue> {
    let headers = Headers::new();
    for (name, value) in &request.headers {
        headers.set(name, value);
    }
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_headers(&headers.into_raw());
    // A gateway knows the agent by its own cookie, on another origin too, where it has to allow that. With a token no cookie goes.
    init.set_credentials(match &gateway.bearer {
        Some(_) => RequestCredentials::Omit,
        None => RequestCredentials::Include,
    });
    if let Some(body) = request.body {
        init.set_body(&JsValue::from_str(&body));
    }
    if let Some(abort) = abort {
        init.set_signal(Some(&abort.signal()));
    }
    let request =
        web_sys::Request::new_with_str_and_init(&[gateway.api.as_str(), &request.path].concat(), &init)?;
    Ok(request.into())
}
