use super::*;
use proptest::prelude::*;

fn refusal(body: &str) -> Refusal {
    Refusal::read(body.as_bytes())
}

fn kind_of(method: Method, status: u16, body: &str) -> ErrorKind {
    let response = Response { status, body: body.as_bytes().to_vec(), ..Response::default() };
    Refusal::read(&response.body).kind(method, &response, None)
}

fn field(field: &str, reason: &str) -> FieldError {
    FieldError { field: field.to_owned(), reason: reason.to_owned() }
}

#[test]
fn every_refusal_that_was_seen_has_its_kind() {
    let state = r#"{"code":27002,"description":"A property has invalid data.",
        "data":["property_name:  StateInvalid - Details","details:  \n"],"source":"PartnerFD"}"#;
    let table = [
        (400, state, ErrorKind::Invalid(vec![field("State", "StateInvalid - Details")])),
        (400, r#"{"code":20000,"description":"Country not supported."}"#, ErrorKind::Invalid(vec![])),
        (403, r#"{"code":600006,"description":"Not allowed."}"#, ErrorKind::NotAllowed),
        (403, r#"{"code":1002,"description":"Authorization failed.","data":[]}"#, ErrorKind::NotAllowed),
        (403, r#"{"code":20002,"description":"No relationship."}"#, ErrorKind::NoRelationship),
        (400, r#"{"code":20002,"description":"No relationship."}"#, ErrorKind::NoRelationship),
        (403, "This resource can't be accessed with application credentials.", ErrorKind::NotAllowed),
        (400, r#"{"code":60012,"description":"No licences left."}"#, ErrorKind::Invalid(vec![])),
        (400, r#"{"code":900316,"description":"Wrong token type."}"#, ErrorKind::Invalid(vec![])),
        (403, r#"{"code":900309,"description":"Blocked by Conditional Access."}"#, ErrorKind::NotAllowed),
        (404, r#"{"code":3000,"description":"No such organisation."}"#, ErrorKind::NotFound),
        (400, r#"{"code":2000,"description":"The id must be a GUID."}"#, ErrorKind::Invalid(vec![])),
        (401, r#"{"code":900421,"description":"No MFA claim."}"#, ErrorKind::StepUp),
        (401, r#"{"code":900420,"description":"Wrong audience."}"#, ErrorKind::SignInAgain),
        (401, "", ErrorKind::SignInAgain),
        (401, "<html>sign in</html>", ErrorKind::SignInAgain),
        (429, r#"{"statusCode":429,"message":"Rate limit is exceeded."}"#, ErrorKind::Wait(MAX_DELAY)),
        (400, r#"{"code":2055,"description":"Etag is no longer valid.","data":[]}"#, ErrorKind::Conflict),
        (412, "", ErrorKind::Conflict),
        (409, r#"{"code":900278,"description":"Pending operation."}"#, ErrorKind::Conflict),
        (422, "", ErrorKind::Invalid(vec![])),
        (410, "", ErrorKind::NotFound),
        (404, "", ErrorKind::NotFound),
        (405, "", ErrorKind::Rejected),
        (406, "", ErrorKind::Rejected),
        (417, "", ErrorKind::Rejected),
    ];
    for (status, body, expected) in table {
        // A certain refusal is the same for reads and writes.
        assert_eq!(kind_of(Method::Get, status, body), expected, "{status} {body}");
        assert_eq!(kind_of(Method::Post, status, body), expected, "{status} {body}");
    }
    for (status, of_a_read) in [
        (408, ErrorKind::Unavailable),
        (500, ErrorKind::Unavailable),
        (502, ErrorKind::Unavailable),
        (304, ErrorKind::Unreadable),
        (302, ErrorKind::Unreadable),
        (0, ErrorKind::Unreadable),
    ] {
        assert_eq!(kind_of(Method::Get, status, ""), of_a_read, "{status}");
        assert_eq!(kind_of(Method::Patch, status, ""), ErrorKind::OutcomeUnknown, "{status}");
    }
}

#[test]
fn texts_never_decide() {
    for text in ["MFA required", "Etag is no longer valid", "no relationship", "Try again in 5 seconds"] {
        assert_eq!(kind_of(Method::Get, 403, text), ErrorKind::NotAllowed);
        assert_eq!(kind_of(Method::Get, 401, text), ErrorKind::SignInAgain);
    }
}

#[test]
fn a_missing_second_factor_may_be_told_outside_of_the_body() {
    let answer = |reason: &str, challenge: &str| Response {
        status: 401,
        reason: reason.to_owned(),
        headers: vec![("www-authenticate".to_owned(), challenge.to_owned())],
        body: Vec::new(),
    };
    let kind = |response: Response| Refusal::default().kind(Method::Get, &response, None);
    assert_eq!(kind(answer("MFA required", r#"Bearer error="invalid_token""#)), ErrorKind::StepUp);
    assert_eq!(kind(answer("", r#"Bearer error="insufficient_claims", claims="e30=""#)), ErrorKind::StepUp);
    assert_eq!(
        kind(answer("", r#"Bearer error="invalid_token", error_description="MFA""#)),
        ErrorKind::StepUp
    );
    assert_eq!(kind(answer("Unauthorized", r#"Bearer error="invalid_token""#)), ErrorKind::SignInAgain);
}

#[test]
fn all_three_shapes_are_read() {
    let first = refusal(r#"{"code":"2055","description":"Old.\nVery old.","data":[],"source":"PartnerFD"}"#);
    assert_eq!((first.code, first.message.as_str(), first.retryable), (Some(2055), "Old.\nVery old.", None));

    let second = refusal(
        r#"{"code":600061,"message":"M","description":"D","errorName":"E","isRetryable":false,
            "parameters":{"phoneNumber":"too short","city":["a","b"],"n":1},"errorMessageExtended":"x"}"#,
    );
    assert_eq!((second.code, second.message.as_str(), second.retryable), (Some(600_061), "D", Some(false)));
    assert_eq!(second.fields, [field("phoneNumber", "too short"), field("city", "a; b"), field("n", "")]);

    let third = refusal(r#"{ "statusCode": 429, "message": "Slow down." }"#);
    assert_eq!((third.code, third.message.as_str()), (None, "Slow down."));

    let only_name = refusal(r#"{"code":1,"description":null,"message":" ","errorName":"QuotaExceeded"}"#);
    assert_eq!(only_name.message, "QuotaExceeded");
}

#[test]
fn byte_order_mark_and_spelling_of_names_make_no_difference() {
    let expected =
        refusal(r#"{"code":27002,"description":"D","data":["City: missing"],"isRetryable":false}"#);
    assert_eq!(expected.fields, [field("City", "missing")]);
    for body in [
        "\u{feff}{\"code\":27002,\"description\":\"D\",\"data\":[\"City: missing\"],\"isRetryable\":false}",
        r#"{"Code":27002,"Description":"D","Data":["City: missing"],"IsRetryable":false}"#,
        r#"{"CODE":"27002","DESCRIPTION":"D","data":"City: missing","isretryable":"false"}"#,
    ] {
        assert_eq!(refusal(body), expected, "{body}");
    }
}

#[test]
fn bodies_without_a_shape_give_at_most_a_text() {
    for body in [
        "",
        "\u{feff}",
        "  \n",
        "<!DOCTYPE html><html>502</html>",
        "\u{feff}<html>",
        r#"{"code":2000,"descr"#,
        r#"["cut"#,
        "[]",
        "{}",
        "null",
        "12",
        "binary\0",
    ] {
        assert_eq!(refusal(body), Refusal::default(), "{body}");
    }
    assert_eq!(Refusal::read(&[0xff, 0xfe, 0x00]), Refusal::default());
    assert_eq!(refusal("  Invalid usage location \n").message, "Invalid usage location");
    assert_eq!(refusal(r#""A text""#).message, "A text");
    assert_eq!(refusal("It isn&#39;t &quot;so&quot; &amp; never was").message, "It isn't \"so\" & never was");
    assert_eq!(refusal(&"é".repeat(3000)).message.chars().count(), crate::MAX_MESSAGE_CHARS);
}

#[test]
fn odd_members_are_left_out() {
    let odd = refusal(
        r#"{"code":{"a":1},"description":["x"],"data":[1,null,{}],"isRetryable":"?","parameters":7}"#,
    );
    assert_eq!(odd, Refusal::default());
    for code in ["-1", "1.5", "99999999999", "\"E17\"", "null"] {
        assert_eq!(refusal(&format!(r#"{{"code":{code}}}"#)).code, None, "{code}");
    }
}

#[test]
fn entries_of_data_name_fields() {
    for (entry, expected) in [
        ("property_name:  StateInvalid - Details", Some(field("State", "StateInvalid - Details"))),
        ("property_name: PostalCode", Some(field("PostalCode", "PostalCode"))),
        ("Property_Name: CityRequired\n", Some(field("City", "CityRequired"))),
        ("defaultAddress.postalCode: wrong", Some(field("defaultAddress.postalCode", "wrong"))),
        ("details:  \n", None),
        ("details: something", None),
        ("a sentence with a colon: here", None),
        ("no colon", None),
        (": nothing", None),
        ("", None),
    ] {
        assert_eq!(field_of_entry(entry), expected, "{entry}");
    }
}

proptest! {
    #![proptest_config(crate::seeded())]

    #[test]
    fn no_body_panics(body: Vec<u8>, status: u16) {
        let response = Response { status, body, ..Response::default() };
        let refusal = Refusal::read(&response.body);
        prop_assert!(refusal.message.chars().count() <= crate::MAX_MESSAGE_CHARS);
        let _ = refusal.kind(Method::Get, &response, None);
    }

    #[test]
    fn no_text_panics(text: String) {
        let _ = field_of_entry(&text);
        let message = refusal(&format!(r#"{{"description":{}}}"#, json_value::quoted(&text))).message;
        prop_assert!(message.chars().count() <= crate::MAX_MESSAGE_CHARS);
    }
}
