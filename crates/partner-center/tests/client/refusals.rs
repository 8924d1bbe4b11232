//! Answers that refuse, through the whole client. The table of all refusals stands with their decoder.

use crate::support::*;
use partner_center::{Error, ErrorKind};

fn refused(reply: Reply) -> Error {
    done(World::new([reply]).client.customer(&customer_id())).unwrap_err()
}

#[test]
fn the_three_ways_to_fail_at_signing_in_are_told_apart() {
    let expired = with_header(status(401, ""), "www-authenticate", r#"Bearer error="invalid_token""#);
    assert_eq!(refused(expired.clone()).kind, ErrorKind::SignInAgain);
    assert_eq!(refused(status(401, "\u{feff}{\"code\":\"900421\"}")).kind, ErrorKind::StepUp);
    let by_reason = expired.map(|mut response| {
        response.reason = "MFA required".to_owned();
        response
    });
    assert_eq!(refused(by_reason).kind, ErrorKind::StepUp);
}

#[test]
fn a_customer_that_is_gone_is_not_a_missing_permission() {
    assert_eq!(refused(status(403, r#"{"code":20002,"data":[]}"#)).kind, ErrorKind::NoRelationship);
    assert_eq!(refused(status(403, r#"{"code":1002,"data":[]}"#)).kind, ErrorKind::NotAllowed);
    assert_eq!(refused(status(404, r#"{"code":1000}"#)).kind, ErrorKind::NotFound);
}

#[test]
fn the_services_text_is_shown_and_html_is_not() {
    let error = refused(status(400, "\u{feff}{\"code\":2000,\"description\":\"It isn&#39;t a GUID.\\n\"}"));
    assert_eq!((error.details.code, error.details.message.as_str()), (Some(2000), "It isn't a GUID."));
    let error = refused(status(403, "<html><body>Forbidden</body></html>"));
    assert_eq!(error.details.message, "");
    let error = refused(status(400, "Invalid usage location"));
    assert_eq!(error.details.message, "Invalid usage location");
}

#[test]
fn an_answer_that_is_not_the_resource_is_unreadable() {
    let depth_bomb = format!("{}{}", r#"{"a":"#.repeat(10_000), "}".repeat(10_000));
    for body in ["", "<html>", "[]", "\"x\"", "null", "{}", r#"{"id":""}"#, r#"{"id":"7c1f"#, &depth_bomb] {
        let error = refused(ok(body));
        assert_eq!((error.kind, error.details.status), (ErrorKind::Unreadable, Some(200)), "{body:.20}");
        assert!(!error.details.note.is_empty());
    }
    assert_eq!(refused(status(204, "")).kind, ErrorKind::Unreadable);
    assert_eq!(refused(ok([0xff, 0xfe, b'{', 0])).kind, ErrorKind::Unreadable);
}
