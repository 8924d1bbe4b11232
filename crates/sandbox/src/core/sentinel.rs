//! Users whose sign-in name asks for a failure, so that a person can see each one in an import.
//!
//! What stands before the `@` is `fault-KIND`, `fault-KIND-anything` or the same with `fault-always-` in front: `KIND` is a
//! kind of fault with hyphens in place of underscores (`fault-lost-answer-2@…`), or a status in its place (`fault-429@…`).
//! The failure comes the first time the user is written, and each time after `always`. What is written is the creation, or
//! with `licences-`, `roles-` or `password-` before the kind (`fault-licences-no-seats@…`) that of the user who is there.

use std::collections::HashSet;

use rusqlite::Connection;

use super::body::Body;
use super::directory;
use super::faults::Kind;
use super::query::segments;
use super::wire::{Method, Request};

/// Statuses that stand for a kind.
const STATUSES: [(&str, Kind); 8] = [
    ("400", Kind::Refused),
    ("401", Kind::Expired),
    ("403", Kind::Forbidden),
    ("404", Kind::NotFound),
    ("409", Kind::Exists),
    ("429", Kind::Throttle),
    ("500", Kind::ErrorBefore),
    ("502", Kind::Html),
];

/// What is written of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Step {
    Creation,
    Licences,
    Roles,
    Password,
}

/// The failures that names have asked for and got.
#[derive(Debug, Default)]
pub(super) struct Sentinels(HashSet<(Step, String)>);

impl Sentinels {
    /// The failure that a request runs into because of the user that it is about.
    pub(super) fn fault(&mut self, connection: &Connection, request: &Request) -> Option<Kind> {
        let (step, name) = about(connection, request)?;
        let asked = name.split('@').next()?.strip_prefix("fault-")?;
        let (always, asked) = asked.strip_prefix("always-").map_or((false, asked), |rest| (true, rest));
        let (wanted, kind) =
            [("licences-", Step::Licences), ("roles-", Step::Roles), ("password-", Step::Password)]
                .into_iter()
                .find_map(|(prefix, step)| Some((step, asked.strip_prefix(prefix)?)))
                .unwrap_or((Step::Creation, asked));
        if wanted != step {
            return None;
        }
        let kind = kind_of(kind)?;
        (always || self.0.insert((step, name))).then_some(kind)
    }

    /// Forgets what has happened.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// The kind whose name a text begins with, the longest of several.
fn kind_of(text: &str) -> Option<Kind> {
    let begins =
        |name: &str| text.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let by_status = STATUSES.iter().find(|(status, _)| begins(status)).map(|(_, kind)| *kind);
    by_status.or_else(|| {
        let known = Kind::all().filter(|(_, name)| begins(&name.replace('_', "-")));
        known.max_by_key(|(_, name)| name.len()).map(|(kind, _)| kind)
    })
}

/// What is written of which user. The name is in the body of a creation; of others it is looked up.
fn about(connection: &Connection, request: &Request) -> Option<(Step, String)> {
    if !matches!(request.method, Method::Post | Method::Patch) || !request.target.contains("user") {
        return None;
    }
    let path = segments(request.path());
    let part = |at: usize| path.get(at).map(String::as_str).unwrap_or_default();
    let is = |at: usize, name: &str| part(at).eq_ignore_ascii_case(name);
    let named = |id: &str| directory::sign_in_of(connection, &id.to_ascii_lowercase()).ok().flatten();
    let mentions =
        |text: &str| request.body.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text.as_bytes()));
    match (path.len(), request.method) {
        (4, Method::Post) if is(3, "users") && mentions("fault-") => {
            let name = Body::parse(&request.body).ok()?.text("userPrincipalName")?;
            Some((Step::Creation, name.trim().to_ascii_lowercase()))
        }
        (6, Method::Post) if is(5, "usermembers") => {
            let id = Body::parse(&request.body).ok()?.text("id")?;
            Some((Step::Roles, named(&id)?))
        }
        (6, Method::Post) if is(5, "licenseupdates") => Some((Step::Licences, named(part(4))?)),
        (6, Method::Patch) if is(5, "resetpassword") => Some((Step::Password, named(part(4))?)),
        (5, Method::Patch) if is(3, "users") && mentions("passwordProfile") => {
            Some((Step::Password, named(part(4))?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_of_a_kind_wins() {
        for (text, kind) in [
            ("throttle", Some(Kind::Throttle)),
            ("throttle-date-7", Some(Kind::ThrottleDate)),
            ("throttle-ana", Some(Kind::Throttle)),
            ("429", Some(Kind::Throttle)),
            ("4290", None),
            ("lost-answer", Some(Kind::LostAnswer)),
            ("lost", None),
            ("", None),
        ] {
            assert_eq!(kind_of(text), kind, "{text}");
        }
    }
}
