//! What is asked, and what is taken for an answer.

use sha2::Digest;

use crate::sample::*;
use crate::*;

/// Takes an answer with this fragment; `{}` stands for the state.
fn taken(fragment: &str, later: i64) -> Result<String, Fault> {
    let (_, pending) = begun(&Purpose::Work);
    let fragment = fragment.replace("{}", pending.state());
    pending
        .accept(&registration(), &fragment, NOW + later)
        .map(|exchange| exchange.form)
        .map_err(|failure| failure.fault)
}

#[test]
fn the_verifier_has_43_characters_and_only_its_digest_is_sent() {
    let (address, pending) = begun(&Purpose::Work);
    let state = pending.state().to_owned();
    let form = pending.accept(&registration(), &format!("#code=c&state={state}"), NOW).unwrap().form;
    let verifier = parameter(&form, "code_verifier").unwrap();
    assert_eq!(verifier.len(), 43);
    assert!(!address.contains(&verifier));
    assert_eq!(asked(&address, "code_challenge_method").as_deref(), Some("S256"));
    assert_eq!(asked(&address, "code_challenge").unwrap().len(), 43);
    // The pair of RFC 7636, appendix B.
    let digest = sha2::Sha256::digest(b"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert_eq!(base64url::encode(&digest), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

/// A source that is dry.
struct Empty;

impl Entropy for Empty {
    fn fill(&self, _: &mut [u8]) -> bool {
        false
    }
}

#[test]
fn state_nonce_and_verifier_are_256_random_bits_each_and_without_them_nothing_begins() {
    let (address, pending) = begun(&Purpose::Work);
    let (state, nonce) = (asked(&address, "state").unwrap(), asked(&address, "nonce").unwrap());
    assert_eq!((state.len(), nonce.len()), (43, 43));
    assert_ne!(state, nonce);
    assert_eq!(state, pending.state());
    assert!(Pending::begin(&registration(), BACK, "/", &Purpose::Work, &Empty, NOW).is_none());
}

#[test]
fn what_is_asked_is_what_entra_wants_of_a_single_page_application() {
    let (address, _) = begun(&Purpose::Work);
    let start = format!("https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/authorize?");
    assert!(address.starts_with(&start), "{address}");
    for (name, value) in [
        ("client_id", CLIENT),
        ("response_type", "code"),
        ("response_mode", "fragment"),
        ("redirect_uri", BACK),
        ("scope", "openid profile offline_access https://api.partnercenter.microsoft.com/user_impersonation"),
    ] {
        assert_eq!(asked(&address, name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(asked(&address, "prompt"), None);
    assert!(!address.contains("secret") && !address.contains("password"));
    for (purpose, prompt) in
        [(Purpose::Account, "select_account"), (Purpose::Silent, "none"), (Purpose::StepUp(None), "login")]
    {
        assert_eq!(asked(&begun(&purpose).0, "prompt").as_deref(), Some(prompt));
    }
    let (address, _) = begun(&Purpose::StepUp(Some("{\"access_token\":{}}".to_owned())));
    assert_eq!(asked(&address, "claims").as_deref(), Some("{\"access_token\":{}}"));
}

#[test]
fn a_wrong_or_missing_or_used_state_is_refused_before_anything_is_sent() {
    assert!(taken("#code=c&state={}", 0).is_ok());
    for wrong in ["#code=c&state=x", "#code=c", "", "#state=&code=c", "#code=c&state={}x"] {
        assert_eq!(taken(wrong, 0), Err(Fault::State), "{wrong}");
    }
    // An error does not get past it, either.
    assert_eq!(taken("#error=access_denied&state=x", 0), Err(Fault::State));
    // What is accepted is gone: `accept` takes it. And one that was read back is the same, once.
    let (_, pending) = begun(&Purpose::Work);
    assert_eq!(Pending::read(&pending.print()), Some(pending));
    for broken in ["", "{}", "[]", "{\"state\":\"\"}", "nonsense"] {
        assert_eq!(Pending::read(broken), None, "{broken}");
    }
}

#[test]
fn an_answer_after_ten_minutes_is_late_and_a_clock_that_was_set_back_makes_none_late() {
    assert!(taken("#code=c&state={}", LIFE).is_ok());
    assert_eq!(taken("#code=c&state={}", LIFE + 1), Err(Fault::Late));
    assert!(taken("#code=c&state={}", -7_200_000).is_ok());
}

#[test]
fn one_authority_may_answer() {
    let own = "https%3A%2F%2Flogin.microsoftonline.com%2F5e170000-0000-4000-8000-000000000001%2Fv2.0";
    assert!(taken(&format!("#code=c&state={{}}&iss={own}"), 0).is_ok());
    assert_eq!(taken("#code=c&state={}&iss=https%3A%2F%2Fevil.example", 0), Err(Fault::Issuer));
    let (_, pending) = begun(&Purpose::Work);
    let answer = format!("#code=c&state={}", pending.state());
    let mut other = registration();
    other.authority = "https://login.microsoftonline.us".to_owned();
    assert_eq!(pending.accept(&other, &answer, NOW).unwrap_err().fault, Fault::Issuer);
}

#[test]
fn what_the_authority_refuses_is_told_as_text() {
    let (_, pending) = begun(&Purpose::Work);
    let answer = format!(
        "?error=access_denied&error_description=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&state={}",
        pending.state()
    );
    let failure = pending.accept(&registration(), &answer, NOW).unwrap_err();
    assert_eq!((failure.fault, failure.code.as_str()), (Fault::Denied, "access_denied"));
    assert_eq!(failure.said, "<img src=x onerror=alert(1)>");
    assert_eq!(taken("#state={}", 0), Err(Fault::Unreadable));
    assert_eq!(taken("#state={}&code=", 0), Err(Fault::Unreadable));
}

#[test]
fn an_id_token_of_anything_else_is_refused_each_with_its_own_fault() {
    assert_eq!(judged(&[], NOW).unwrap().person, PERSON);
    let minutes = |minutes: i64| (NOW / 1000 + minutes * 60).to_string();
    let foreign = "\"5e170000-0000-4000-8000-0000000000ff\"";
    for (change, fault) in [
        (("tid", foreign), Fault::Tenant),
        (("tid", ""), Fault::Unreadable),
        (("iss", "\"https://login.microsoftonline.com/common/v2.0\""), Fault::Issuer),
        (("aud", foreign), Fault::Audience),
        (("aud", ""), Fault::Audience),
        (("nonce", "\"other\""), Fault::Nonce),
        (("nonce", ""), Fault::Nonce),
        (("exp", &*minutes(-10)), Fault::Expired),
        (("exp", ""), Fault::Unreadable),
        (("iat", &*minutes(10)), Fault::Expired),
    ] {
        assert_eq!(judged(&[change], NOW).unwrap_err(), fault, "{change:?}");
    }
    assert!(judged(&[("exp", &*minutes(-4))], NOW).is_ok(), "five minutes are given");
    assert!(judged(&[("aud", &*format!("[\"{CLIENT}\"]"))], NOW).is_ok());
    assert_eq!(judged(&[("aud", &*format!("[\"{CLIENT}\",{foreign}]"))], NOW), Err(Fault::Audience));
    for broken in ["", "a.b", "a.!.c", "e30.e30.x", "e30.W10.x"] {
        let expected = Expected { issuer: "i", client: CLIENT, tenant: TENANT, nonce: None };
        assert_eq!(Claims::check(broken, &expected, NOW), Err(Fault::Unreadable), "{broken}");
    }
}

#[test]
fn a_clock_two_hours_off_refuses_no_good_token() {
    let hours = 2 * 60 * MINUTE;
    for local in [NOW + hours, NOW - hours] {
        assert_eq!(judged(&[], local), Err(Fault::Expired), "uncorrected");
        let (claims, _) = Claims::read(&id_token(&[])).unwrap();
        for skew in [Skew::measure(local, Some(NOW), None), Skew::measure(local, None, claims.issued)] {
            assert!(judged(&[], skew.correct(local)).is_ok());
            assert_eq!(skew.minutes_ahead(), Some((local - NOW) / MINUTE));
        }
    }
}

#[test]
fn roles_and_names_are_what_the_token_tells() {
    let claims = judged(&[("wids", "[\"62E90394-69F5-4237-9190-012177145E10\",7]")], NOW).unwrap();
    assert_eq!(
        claims.directory_roles.as_deref(),
        Some(&["62e90394-69f5-4237-9190-012177145e10".to_owned()][..])
    );
    assert_eq!((claims.name.as_str(), claims.user_name.as_str()), ("Luz Prado", ""));
    assert_eq!(judged(&[], NOW).unwrap().directory_roles, None);
    assert_eq!(judged(&[("oid", "")], NOW).unwrap().person, "pairwise");
}

#[test]
fn the_claims_that_the_api_asks_for_are_read() {
    let header = r#"Bearer realm="", error="insufficient_claims", claims="eyJhIjp7fX0=""#;
    assert_eq!(challenged_claims(header).as_deref(), Some("{\"a\":{}}"));
    for nothing in ["Bearer", "claims=\"\"", "claims=\"!!\"", "claims=\"W10=\""] {
        assert_eq!(challenged_claims(nothing), None, "{nothing}");
    }
}

#[test]
fn signing_out_leads_to_the_authority_and_back_and_names_nobody() {
    let address = sign_out_address(&registration(), "https://cartera.example/");
    assert_eq!(
        address,
        format!(
            "https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/logout?client_id={CLIENT}&post_logout_redirect_uri=https%3A%2F%2Fcartera.example%2F"
        )
    );
}

#[test]
fn what_is_secret_is_in_no_debug_text() {
    let (_, pending) = begun(&Purpose::Work);
    let mut tokens = Tokens::new(registration());
    tokens.signed_in(grant("SECRET", Some("SECRET"), 1000), false, 0, NOW);
    let texts = [
        format!("{pending:?}"),
        format!("{:?}", grant("SECRET", Some("SECRET"), 1)),
        format!("{tokens:?} {:?}", tokens.next(NOW)),
    ];
    let state = pending.state();
    assert!(texts.iter().all(|text| !text.contains("SECRET") && !text.contains(state)), "{texts:?}");
}
