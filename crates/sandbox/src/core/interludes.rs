//! What others do right before a request of ours arrives, so that a race can be lost on purpose.

use std::collections::VecDeque;

use serde_json::Value;

use super::query::segments;
use super::routes::transfers::partner_acts;
use super::sandbox::Sandbox;
use super::seed::COLLEAGUE;
use super::seed::partners::OTHER_AGENT;
use super::wire::{Method, Request};
use super::{colleague, routes};

/// One of them: what happens before which request. It happens once.
#[derive(Clone, Debug)]
struct Interlude {
    method: Method,
    path: Option<String>,
    act: Act,
}

/// What others can do, as the control path's requests of the same names say it.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// A colleague acts.
    Colleague(Value),
    /// The other partner acts.
    Partner(Value),
}

/// Those that are still to come.
#[derive(Clone, Debug, Default)]
pub(super) struct Interludes(VecDeque<Interlude>);

impl Interludes {
    /// Reads a switch: a list of `{"method", "path"?, "colleague" or "partner": {…}}`. `None` for anything else.
    pub(super) fn parse(value: &Value) -> Option<Self> {
        let interlude = |item: &Value| {
            let act = match (item.get("colleague"), item.get("partner")) {
                (Some(act), None) => Act::Colleague(act.clone()),
                (None, Some(act)) => Act::Partner(act.clone()),
                _ => return None,
            };
            Some(Interlude {
                method: Method::parse(item["method"].as_str()?).filter(|method| method.writes())?,
                path: item["path"].as_str().map(str::to_ascii_lowercase),
                act,
            })
        };
        value.as_array()?.iter().map(interlude).collect::<Option<_>>().map(Self)
    }

    /// How many are left.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes the first one that comes before this request. Its path is what the request's path ends in, but for slashes.
    pub(super) fn next(&mut self, request: &Request) -> Option<Act> {
        if self.0.is_empty() {
            return None;
        }
        let path = segments(request.path()).join("/").to_ascii_lowercase();
        let fits = |interlude: &Interlude| {
            let ending = interlude.path.as_deref().map(|path| path.trim_matches('/'));
            interlude.method == request.method && ending.is_none_or(|ending| path.ends_with(ending))
        };
        let index = self.0.iter().position(fits)?;
        self.0.remove(index).map(|interlude| interlude.act)
    }
}

impl Sandbox {
    /// Lets others do what the switches say before this request takes effect.
    pub(super) fn let_others_be_first(&mut self, request: &Request, lag_ms: i64) {
        self.let_the_colleague_edit(request, lag_ms);
        self.let_others_act(request, lag_ms);
    }

    /// A PUT of a billing profile finds it changed by a colleague, as often as the switch says.
    fn let_the_colleague_edit(&mut self, request: &Request, lag_ms: i64) {
        let path = segments(request.path());
        let [_, _, id, ..] = path.as_slice() else { return };
        if request.method != Method::Put || !routes::is_billing(request) {
            return;
        }
        if let Some(edit) = self.switches.colleague_edits.next() {
            let edited = self.call(request, lag_ms, &COLLEAGUE, |call| routes::edit_billing(call, id, &edit));
            // An edit that cannot be made is not made; the request itself will say why.
            drop(edited);
        }
    }

    /// Others do first what the switch `interludes` says.
    fn let_others_act(&mut self, request: &Request, lag_ms: i64) {
        while let Some(act) = self.switches.interludes.next(request) {
            let own = Request::get("");
            // What cannot be done is not done, as with a colleague's edits.
            match act {
                Act::Colleague(wanted) => {
                    drop(self.call(&own, lag_ms, &COLLEAGUE, |call| colleague::act(call, &wanted)));
                }
                Act::Partner(wanted) => {
                    drop(self.call(&own, lag_ms, &OTHER_AGENT, |call| partner_acts(call, &wanted)));
                }
            }
        }
    }
}
