//! Calls to the API: made by the portal, or made from here with a token of the portal's.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use app_config::Config;
use embed_protocol::{Ask, Tell, Token, http_answer, token};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use json_value::quoted;
use partner_center::{Request, Response, Timestamp, Transport, TransportError};
use sign_in::challenged_claims;

use super::connection::{Connection, Unanswered};
use crate::platform::gateway::{Gateway, READ_LIMIT, WRITE_LIMIT};
use crate::platform::time::now;
use crate::state::{partner_key, root};

/// How long a token may take: by itself, and when a person may be asked.
const SILENT: Duration = Duration::from_secs(30);
const ASKED: Duration = Duration::from_secs(180);
/// A token that holds no longer than this is asked for anew.
const NEARLY: i64 = 60_000;

/// How the API is reached through this portal.
pub(super) fn choose(connection: &'static Connection, config: &Config, calls: bool) -> Rc<dyn Transport> {
    if calls {
        Rc::new(Calls { connection })
    } else {
        let silent = |is_silent| root().troubles.note(is_silent);
        let gateway = Gateway { api: config.api.clone(), bearer: None, silent };
        Rc::new(Tokens {
            connection,
            gateway,
            token: RefCell::new(None),
            tenant: RefCell::new(None),
            refused: Cell::new(false),
        })
    }
}

/// The portal makes the calls.
struct Calls {
    connection: &'static Connection,
}

impl Transport for Calls {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        async move {
            if request.path == "/.session" {
                return Ok(super::portal::session());
            }
            let limit = if request.method.is_read() { READ_LIMIT } else { WRITE_LIMIT };
            let body = request.body.as_ref().map(String::as_bytes);
            let answer = self.connection.ask(Ask::Call, &params(&request), body, limit).await;
            let (value, body) = answer.map_err(|why| error(&why))?;
            let answer = http_answer(&value).ok_or(TransportError::Lost)?;
            Ok(Response { status: answer.status, reason: answer.reason, headers: answer.headers, body })
        }
        .boxed_local()
    }
}

fn params(request: &Request) -> String {
    let headers: Vec<String> = request
        .headers
        .iter()
        .map(|(name, value)| ["[", &quoted(name), ",", &quoted(value), "]"].concat())
        .collect();
    let (method, path) = (quoted(request.method.as_str()), quoted(&request.path));
    ["{\"method\":", &method, ",\"path\":", &path, ",\"headers\":[", &headers.join(","), "]}"].concat()
}

/// A refusal that tells that nothing was sent is one; any other leaves open what became of the call.
fn error(why: &Unanswered) -> TransportError {
    match why {
        Unanswered::NotSent => TransportError::NotSent,
        Unanswered::Closed => TransportError::Lost,
        Unanswered::Late => TransportError::Timeout,
        Unanswered::Refused(refusal) => match refusal.code.as_str() {
            "offline" | "busy" | "denied" | "bad_params" | "unknown_method" => TransportError::NotSent,
            "timeout" => TransportError::Timeout,
            _ => TransportError::Lost,
        },
    }
}

/// The portal hands over tokens. They are in memory, and nowhere else.
struct Tokens {
    connection: &'static Connection,
    gateway: Gateway,
    token: RefCell<Option<(Token, Timestamp)>>,
    /// Whose they have to be.
    tenant: RefCell<Option<String>>,
    /// Whether the last one was another's.
    refused: Cell<bool>,
}

/// How a token is asked for.
enum Wanted {
    /// Nobody may be asked.
    Silent,
    /// The person may be, for a token that has what the service missed.
    Asked(Option<String>),
}

impl Transport for Tokens {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        async move {
            if request.path == "/.session" {
                return Ok(super::portal::session());
            }
            let answer = self.with_token(request.clone(), Wanted::Silent).await?;
            if answer.status != 401 {
                return Ok(answer);
            }
            // It was refused before anything was done. Once more, with another token for which a person may be asked.
            self.token.take();
            let claims = answer.header("www-authenticate").and_then(challenged_claims);
            self.with_token(request, Wanted::Asked(claims)).await
        }
        .boxed_local()
    }

    fn serves_origin(&self, origin: &str) -> bool {
        self.gateway.serves_origin(origin)
    }
}

impl Tokens {
    async fn with_token(&self, mut request: Request, wanted: Wanted) -> Result<Response, TransportError> {
        let Some(token) = self.token(wanted).await else {
            // As the service answers who is not signed in.
            return Ok(Response { status: 401, ..Response::default() });
        };
        request.headers.push(("Authorization", ["Bearer ", &token].concat()));
        self.gateway.send(request).await
    }

    async fn token(&self, wanted: Wanted) -> Option<String> {
        let held = self.token.borrow().clone();
        if let Some((token, until)) = held
            && until.millis() - now().millis() > NEARLY
        {
            return Some(token.token);
        }
        let (params, limit) = match wanted {
            Wanted::Silent => ("{\"silent\":true}".to_owned(), SILENT),
            Wanted::Asked(None) => ("{\"silent\":false}".to_owned(), ASKED),
            Wanted::Asked(Some(claims)) => {
                (["{\"silent\":false,\"claims\":", &quoted(&claims), "}"].concat(), ASKED)
            }
        };
        let (value, _) = self.connection.ask(Ask::Token, &params, None, limit).await.ok()?;
        let token = token(&value)?;
        if !self.is_of_this_partner(&token.tenant) {
            self.token.take();
            // Once: the list begins anew when it is forgotten, and asks again.
            if !self.refused.replace(true) {
                root().forget_partner();
                self.connection.tell(Tell::Notice, "{\"code\":\"tenant\"}");
            }
            return None;
        }
        self.refused.set(false);
        let lasts = i64::try_from(token.seconds).unwrap_or(0) * 1_000;
        let until = Timestamp::from_millis(now().millis() + lasts);
        let text = token.token.clone();
        self.token.replace(Some((token, until)));
        Some(text)
    }

    fn is_of_this_partner(&self, tenant: &str) -> bool {
        let said = root().session.peek(|session| session.as_ref().and_then(partner_key));
        let mut known = self.tenant.borrow_mut();
        if said.is_some() {
            known.clone_from(&said);
        }
        known.get_or_insert_with(|| tenant.to_owned()) == tenant
    }
}
