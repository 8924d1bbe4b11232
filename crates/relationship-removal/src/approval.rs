//! A second person's approval: the decision as a file, which that person signs. What is signed is the file as it is; whether
//! the signature fits is the caller's matter, what the file says is this one's.

use std::time::Duration;

use json_value::{Value, object, parse};
use partner_center::{CustomerId, Timestamp};

/// How long an approval holds.
const HOLDS: Duration = Duration::from_secs(24 * 60 * 60);
/// How far the clock of whoever made the file may be ahead.
const AHEAD: Duration = Duration::from_secs(5 * 60);
/// What the file asks for.
const WHAT: &str = "remove-relationship";

/// Why a file approves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disapproved {
    /// It is no request of this application's.
    NotARequest,
    /// It is about other customers, or about more or fewer of them.
    OtherCustomers,
    /// The reason is another one now.
    OtherReason,
    /// It is older than a day, or from a time that has not come.
    OutOfTime,
    /// Who signed is who asked.
    SamePerson,
}

/// The file: the decision of `by`, as far as it is known who that is, at this time of the service's clock.
pub fn approval_request(customers: &[CustomerId], reason: &str, by: &str, at: Timestamp) -> String {
    let at = at.to_string();
    let customers = join(customers);
    object(&[
        ("what", WHAT),
        ("customers", customers.as_str()),
        ("reason", reason.trim()),
        ("requestedBy", by),
        ("at", &at),
    ])
}

/// Whether a file is about this very decision, and the one who signed it is a second person.
///
/// # Errors
/// Why not.
pub fn judge_approval(
    text: &str,
    customers: &[CustomerId],
    reason: &str,
    signed_by: &str,
    asks: &str,
    now: Timestamp,
) -> Result<(), Disapproved> {
    let Ok(Value::Object(request)) = parse(text.as_bytes()) else { return Err(Disapproved::NotARequest) };
    let member = |name: &str| request.get(name).and_then(Value::as_str).unwrap_or_default();
    let at = Timestamp::parse(member("at")).filter(|_| member("what") == WHAT);
    let Some(at) = at else { return Err(Disapproved::NotARequest) };
    if member("customers") != join(customers) {
        Err(Disapproved::OtherCustomers)
    } else if member("reason") != reason.trim() {
        Err(Disapproved::OtherReason)
    } else if now.since(at) > HOLDS || at.since(now) > AHEAD {
        Err(Disapproved::OutOfTime)
    } else if [member("requestedBy"), asks].iter().any(|one| signed_by.eq_ignore_ascii_case(one)) {
        Err(Disapproved::SamePerson)
    } else {
        Ok(())
    }
}

fn join(customers: &[CustomerId]) -> String {
    let ids: Vec<String> = customers.iter().map(|id| id.as_str().to_ascii_lowercase()).collect();
    ids.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids() -> Vec<CustomerId> {
        let ids = ["7C1F3F52-0a5e-4d0b-9c2f-2f4f6a1b9e01", "7c1f3f52-0a5e-4d0b-9c2f-2f4f6a1b9e02"];
        ids.iter().filter_map(|id| CustomerId::parse(id)).collect()
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap_or_default()
    }

    #[test]
    fn only_this_decision_is_approved_by_another_person_within_a_day() {
        let made = at("2026-11-22T10:00:00Z");
        let text = approval_request(&ids(), " Se \"va\" ", "ana@southgate.example", made);
        let judge = |customers: &[CustomerId], reason: &str, by: &str, now: &str| {
            judge_approval(&text, customers, reason, by, "ana@southgate.example", at(now))
        };
        let later = "2026-11-23T09:59:59Z";
        assert_eq!(judge(&ids(), "Se \"va\"", "luz@southgate.example", later), Ok(()));
        for (customers, reason, by, now, why) in [
            (&ids()[..1], "Se \"va\"", "luz", later, Disapproved::OtherCustomers),
            (&ids()[..], "Otro", "luz", later, Disapproved::OtherReason),
            (&ids()[..], "Se \"va\"", "luz", "2026-11-23T10:00:01Z", Disapproved::OutOfTime),
            (&ids()[..], "Se \"va\"", "luz", "2026-11-22T09:54:00Z", Disapproved::OutOfTime),
            (&ids()[..], "Se \"va\"", "ANA@southgate.example", later, Disapproved::SamePerson),
        ] {
            assert_eq!(judge(customers, reason, by, now), Err(why));
        }
        for text in ["", "[]", "{}", r#"{"what":"remove-relationship"}"#, &text.replace("remove", "keep")] {
            let judged = judge_approval(text, &ids(), "Se \"va\"", "luz", "", made);
            assert_eq!(judged, Err(Disapproved::NotARequest), "{text}");
        }
    }

    #[test]
    fn who_asks_may_be_another_than_who_made_the_file_and_neither_signs() {
        let text = approval_request(&ids(), "r", "ana", at("2026-11-22T10:00:00Z"));
        let judge = |by: &str| judge_approval(&text, &ids(), "r", by, "eva", at("2026-11-22T11:00:00Z"));
        assert_eq!(
            (judge("ana"), judge("eva")),
            (Err(Disapproved::SamePerson), Err(Disapproved::SamePerson))
        );
        assert_eq!(judge("luz"), Ok(()));
    }
}
