//! The control path `/.sandbox/…`, by which a test sets faults and looks behind the scenes.

use serde_json::{Value, json};

use super::bearer::Bearer;
use super::cloud::Cloud;
use super::colleague::Edits;
use super::config::Config;
use super::faults::Rule;
use super::idempotency::Memory;
use super::interludes::Interludes;
use super::moves::Moves;
use super::query::segments;
use super::routes::{AddressForm, transfers};
use super::sandbox::Sandbox;
use super::seed::COLLEAGUE;
use super::seed::partners::OTHER_AGENT;
use super::wire::{Method, Request, Response};
use super::{colleague, dates, ledger};

/// What can be switched while the sandbox runs.
#[derive(Clone, Debug)]
pub(super) struct Switches {
    /// Whether JSON bodies begin with a byte order mark.
    pub(super) bom: bool,
    /// Milliseconds that every answer waits.
    pub(super) latency_ms: u64,
    /// Milliseconds until reads show a write.
    pub(super) lag_ms: i64,
    /// How long request ids are remembered.
    pub(super) request_ids: Memory,
    /// In which form an address is judged.
    pub(super) address_form: AddressForm,
    /// Which cloud this is.
    pub(super) cloud: Cloud,
    /// Whose tokens are taken; anybody may call where this is not set.
    pub(super) bearer: Option<Bearer>,
    /// What a colleague changes before the next PUTs of a billing profile.
    pub(super) colleague_edits: Edits,
    /// What moves customers.
    pub(super) moves: Moves,
    /// What others do before the next requests.
    pub(super) interludes: Interludes,
}

impl Switches {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            bom: false,
            latency_ms: config.latency_ms,
            lag_ms: 0,
            request_ids: Memory::Honour,
            address_form: AddressForm::Today,
            cloud: config.cloud,
            bearer: None,
            colleague_edits: Edits::default(),
            moves: Moves::default(),
            interludes: Interludes::default(),
        }
    }

    fn to_json(&self) -> Value {
        let mut switches = json!({
            "bom": self.bom, "latency_ms": self.latency_ms, "lag_ms": self.lag_ms,
            "request_ids": self.request_ids.name(), "address_form": self.address_form.name(),
            "colleague_edits": self.colleague_edits.len(), "cloud": self.cloud.name(),
            "interludes": self.interludes.len(), "bearer": self.bearer.as_ref().map(Bearer::to_json),
        });
        if let (Some(all), Value::Object(moves)) = (switches.as_object_mut(), self.moves.to_json()) {
            all.extend(moves);
        }
        switches
    }

    /// These switches, with those changed that `wanted` names.
    fn with(&self, wanted: &Value) -> Result<Self, String> {
        let mut switches = self.clone();
        for (name, value) in wanted.as_object().ok_or("the body is no JSON object")? {
            let wrong = || format!("the value of \"{name}\" cannot be used");
            match name.as_str() {
                "bom" => switches.bom = value.as_bool().ok_or_else(wrong)?,
                "latency_ms" => switches.latency_ms = value.as_u64().ok_or_else(wrong)?,
                "lag_ms" => {
                    let ms = value.as_u64().and_then(|ms| i64::try_from(ms).ok());
                    switches.lag_ms = ms.ok_or_else(wrong)?;
                }
                "request_ids" => {
                    let memory = value.as_str().and_then(Memory::parse);
                    switches.request_ids = memory.ok_or_else(wrong)?;
                }
                "address_form" => {
                    let form = value.as_str().and_then(AddressForm::parse);
                    switches.address_form = form.ok_or_else(wrong)?;
                }
                "cloud" => {
                    let cloud = value.as_str().and_then(Cloud::parse);
                    switches.cloud = cloud.ok_or_else(wrong)?;
                }
                "bearer" if value.is_null() => switches.bearer = None,
                "bearer" => switches.bearer = Some(Bearer::parse(value).ok_or_else(wrong)?),
                "colleague_edits" => switches.colleague_edits = Edits::parse(value).ok_or_else(wrong)?,
                "interludes" => switches.interludes = Interludes::parse(value).ok_or_else(wrong)?,
                _ if switches.moves.set(name, value).ok_or_else(wrong)? => {}
                _ => return Err(format!("there is no switch \"{name}\"")),
            }
        }
        Ok(switches)
    }
}

/// Answers a request to the control path.
pub(super) fn handle(sandbox: &mut Sandbox, request: &Request) -> Response {
    let path = segments(request.path());
    let path: Vec<&str> = path.iter().skip(1).map(String::as_str).collect();
    let (route, answer) = match (request.method, path.as_slice()) {
        (Method::Get, ["faults"]) => (".sandbox/faults", Ok(faults(sandbox))),
        (Method::Put, ["faults"]) => (".sandbox/faults", set_faults(sandbox, &request.body)),
        (Method::Get, ["config"]) => (".sandbox/config", Ok(sandbox.switches.to_json())),
        (Method::Post, ["config"]) => (".sandbox/config", set_switches(sandbox, &request.body)),
        (Method::Post, ["clock"]) => (".sandbox/clock", advance(sandbox, &request.body)),
        (Method::Post, ["colleague"]) => (".sandbox/colleague", act(sandbox, &request.body)),
        (Method::Post, ["cases"]) => {
            (".sandbox/cases", sandbox.make_cases().map_err(|error| error.to_string()))
        }
        (Method::Get, ["partner"]) => (".sandbox/partner", partner(sandbox, None)),
        (Method::Post, ["partner"]) => (".sandbox/partner", partner(sandbox, Some(&request.body))),
        (Method::Post, ["password"]) => (".sandbox/password", is_right(sandbox, &request.body)),
        (Method::Get, ["rules"]) => (".sandbox/rules", Ok(sandbox.rules.to_json())),
        (Method::Put, ["rules"]) => (".sandbox/rules", set_rules(sandbox, &request.body)),
        (Method::Post, ["reset"]) => {
            let done = sandbox.reset().map(|()| json!({})).map_err(|error| error.to_string());
            (".sandbox/reset", done)
        }
        (Method::Get, ["ledger"]) => {
            let read = ledger::read(&sandbox.connection)
                .and_then(|entries| Ok((entries, ledger::attempts(&sandbox.connection)?)));
            let told = |(entries, requests)| json!({ "entries": entries, "requests": requests, "faults": sandbox.faults.fired() });
            (".sandbox/ledger", read.map(told).map_err(|error| error.to_string()))
        }
        _ => {
            let mut response = Response::json(404, &json!({ "error": "the control path has no such thing" }));
            response.route = ".sandbox";
            return response;
        }
    };
    let mut response = match answer {
        Ok(body) => Response::json(200, &body),
        Err(error) => Response::json(400, &json!({ "error": error })),
    };
    response.route = route;
    response
}

fn read(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|_| "the body is no JSON".to_owned())
}

fn faults(sandbox: &Sandbox) -> Value {
    sandbox.faults.rules.iter().map(Rule::to_json).collect()
}

fn set_faults(sandbox: &mut Sandbox, body: &[u8]) -> Result<Value, String> {
    let list = read(body)?;
    let list = list.as_array().ok_or("the body is no JSON list")?;
    sandbox.faults.rules = list.iter().map(Rule::from_json).collect::<Result<_, _>>()?;
    Ok(faults(sandbox))
}

fn set_switches(sandbox: &mut Sandbox, body: &[u8]) -> Result<Value, String> {
    sandbox.switches = sandbox.switches.with(&read(body)?)?;
    Ok(sandbox.switches.to_json())
}

fn set_rules(sandbox: &mut Sandbox, body: &[u8]) -> Result<Value, String> {
    sandbox.rules.change(&read(body)?)?;
    Ok(sandbox.rules.to_json())
}

fn act(sandbox: &mut Sandbox, body: &[u8]) -> Result<Value, String> {
    let wanted = read(body)?;
    // The colleague's writes lag like anybody's.
    let lag = sandbox.switches.lag_ms;
    sandbox.call(&Request::get(""), lag, &COLLEAGUE, |call| colleague::act(call, &wanted))
}

/// What the other partner does or sees.
fn partner(sandbox: &mut Sandbox, body: Option<&[u8]>) -> Result<Value, String> {
    let wanted = body.map(read).transpose()?;
    let lag = sandbox.switches.lag_ms;
    let done = sandbox.call(&Request::get(""), lag, &OTHER_AGENT, |call| match &wanted {
        Some(wanted) => transfers::partner_acts(call, wanted).map(|transfer| json!({ "transfer": transfer })),
        None => transfers::partner_sees(call).map(|all| json!({ "transfers": all })),
    });
    done.map_err(|error| {
        format!("{} {} {}", error.code, error.description, error.data.join(" ")).trim_end().to_owned()
    })
}

/// Whether a password that somebody reports is the user's.
fn is_right(sandbox: &Sandbox, body: &[u8]) -> Result<Value, String> {
    let wanted = read(body)?;
    let text = |name: &str| wanted[name].as_str().ok_or_else(|| format!("the body needs a \"{name}\""));
    let (name, password) = (text("userPrincipalName")?, text("password")?);
    let found = sandbox.is_password(name, password).map_err(|error| error.to_string())?;
    let (right, must_change) = found.unwrap_or_default();
    Ok(json!({ "right": right, "mustChange": right && must_change }))
}

fn advance(sandbox: &mut Sandbox, body: &[u8]) -> Result<Value, String> {
    let ms = read(body)?["advance_ms"].as_u64().and_then(|ms| i64::try_from(ms).ok());
    sandbox.clock_offset = sandbox.clock_offset.saturating_add(ms.ok_or("the body needs an \"advance_ms\"")?);
    sandbox.tick();
    Ok(json!({ "now": dates::fraction(sandbox.now()) }))
}
