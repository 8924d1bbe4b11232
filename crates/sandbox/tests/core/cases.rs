//! The customers who show a case of removal or of a transfer.

use sandbox::core::seed::cases::CASES;
use sandbox::{Config, ManualClock, Method, Sandbox, SeededRandom, Store};
use serde_json::{Value, json};

use super::{NOW, control, filtered, get, id_of, items, ledger, names, open, send};

/// The reasons for which a removal is refused; none when it is done.
fn held(sandbox: &mut Sandbox, name: &str) -> Vec<String> {
    let id = id_of(sandbox, name);
    let body = json!({ "relationshipToPartner": "none" });
    let (_, answer) = send(sandbox, Method::Patch, &format!("/v1/customers/{id}"), &body);
    let lines = answer["data"].as_array().cloned().unwrap_or_default();
    let reason = |line: &Value| line.as_str().unwrap().split_once(": ").unwrap().1.to_owned();
    lines.iter().map(reason).collect()
}

#[test]
fn each_is_found_by_name_and_is_what_it_says() {
    let (mut sandbox, _) = open(60);
    let before = get(&mut sandbox, "/v1/customers?size=500").1;
    let answer = control(&mut sandbox, Method::Post, "cases", &json!({}));
    assert_eq!(answer["cases"].as_array().unwrap().len(), CASES.len());
    assert_eq!(control(&mut sandbox, Method::Post, "cases", &json!({})), answer);
    assert!(ledger(&mut sandbox).is_empty());
    let all = get(&mut sandbox, "/v1/customers?size=500").1;
    assert_eq!(items(&all).len(), items(&before).len() + CASES.len());
    for case in CASES {
        assert_eq!(names(&get(&mut sandbox, &filtered("CompanyName", case.name)).1), [case.name]);
    }
    for (name, reasons) in [
        ("free", vec![]),
        ("legacy", vec!["active"; 3]),
        ("window", vec!["active"; 2]),
        ("bound", vec!["active", "suspended"]),
        ("reservation", vec!["reservedInstance"]),
        ("savings", vec!["savingsPlan"]),
        ("software", vec!["software"]),
        ("azure", vec!["active"]),
        ("marketplace", vec!["active"; 2]),
        ("pending", vec!["pending"]),
        ("500", vec!["active"; 450]),
    ] {
        assert_eq!(held(&mut sandbox, &format!("Sandbox removal {name}")), reasons, "{name}");
    }
    assert_eq!(held(&mut sandbox, "Sandbox removal everything").len(), 8);
    control(&mut sandbox, Method::Post, "reset", &json!({}));
    assert_eq!(get(&mut sandbox, "/v1/customers?size=500").1, before);
}

#[test]
fn their_fixes_are_what_their_names_say() {
    let (mut sandbox, _) = open(60);
    control(&mut sandbox, Method::Post, "cases", &json!({}));
    for (name, wanted, codes) in [
        ("legacy", "suspended", vec![Value::Null, Value::Null, Value::Null]),
        ("window", "deleted", vec![Value::Null, Value::Null]),
        ("bound", "deleted", vec![json!(900_117), json!(900_117)]),
        ("azure", "suspended", vec![json!(900_115)]),
        ("marketplace", "deleted", vec![Value::Null, json!(900_213)]),
        ("pending", "deleted", vec![json!(900_278)]),
    ] {
        let id = id_of(&mut sandbox, &format!("Sandbox removal {name}"));
        let (_, held) = get(&mut sandbox, &format!("/v1/customers/{id}/subscriptions"));
        let mut change = |held: &Value| {
            let status = json!({ "status": wanted });
            let (_, answer) =
                super::subscriptions::patch(&mut sandbox, &id, held["id"].as_str().unwrap(), &status);
            answer["code"].clone()
        };
        assert_eq!(items(&held).iter().map(&mut change).collect::<Vec<_>>(), codes, "{name}");
    }
    let id = id_of(&mut sandbox, "Sandbox removal azure");
    let (_, held) = get(&mut sandbox, &format!("/v1/customers/{id}/subscriptions"));
    let plan = items(&held)[0]["id"].as_str().unwrap();
    let (_, azure) = get(&mut sandbox, &format!("/v1/customers/{id}/subscriptions/{plan}/azureEntitlements"));
    assert!(items(&azure).iter().any(|held| held["status"] == "active"));
}

#[test]
fn transfers_are_open_where_they_are_said_to_be_and_from_the_start_where_configured() {
    let config = Config { customers: 20, cases: true, ..Config::default() };
    let clock = Box::new(ManualClock::at(NOW));
    let random = Box::new(SeededRandom::new(1));
    let mut sandbox = Sandbox::open(&Store::Memory, config, clock, random).unwrap();
    for round in 0..2 {
        for (name, source, status) in [
            ("ready", None, ""),
            ("sent", Some("Northbrook Cloud"), "Pending"),
            ("received", Some("Southgate IT"), "Pending"),
            ("legacy", Some("Northbrook Cloud"), "Active"),
        ] {
            let id = id_of(&mut sandbox, &format!("Sandbox transfer {name}"));
            let (_, transfers) = get(&mut sandbox, &format!("/v1/customers/{id}/transfers"));
            let transfers = transfers.as_array().unwrap();
            assert_eq!(transfers.len(), usize::from(source.is_some()), "{name} {round}");
            for transfer in transfers {
                assert_eq!(
                    (transfer["sourcePartnerName"].as_str(), &transfer["status"]),
                    (source, &json!(status))
                );
            }
        }
        assert_eq!(get(&mut sandbox, "/v1/customers?size=500").1["totalCount"], 20 + CASES.len());
        control(&mut sandbox, Method::Post, "reset", &json!({}));
    }
}
