use super::*;

fn heard(text: &str) -> Heard {
    Link::new().hear(text, None)
}

#[test]
fn questions_have_numbers_and_each_one_answer() {
    let mut link = Link::new();
    let (first, text) = link.ask(Ask::Call, r#"{"path":"/customers"}"#).unwrap();
    assert_eq!(text, r#"{"id":1,"m":"http.request","p":{"path":"/customers"}}"#);
    assert_eq!(link.tell(Tell::Ready, ""), r#"{"id":2,"m":"app.ready","p":{}}"#);
    let (second, _) = link.ask(Ask::Token, "").unwrap();
    assert_eq!((first, second, link.waiting()), (1, 3, 2));
    assert_eq!(link.hear(r#"{"id":2,"ok":1}"#, None), Heard::Ignored(Ignored::NotAsked));
    let outcome = Err(Refusal { code: "denied".to_owned(), words: String::new() });
    assert_eq!(link.hear(r#"{"id":3,"err":{"code":"denied"}}"#, None), Heard::Answer { id: 3, outcome });
    assert_eq!(link.hear(r#"{"id":3,"ok":1}"#, None), Heard::Ignored(Ignored::NotAsked));
    assert_eq!(link.give_up(1).as_deref(), Some(r#"{"id":4,"m":"cancel","p":{"of":1}}"#));
    assert_eq!(link.give_up(1), None);
    assert_eq!(link.hear(r#"{"id":1,"ok":1}"#, None), Heard::Ignored(Ignored::NotAsked));
    assert_eq!(link.waiting(), 0);
}

#[test]
fn no_more_than_so_many_wait() {
    let mut link = Link::new();
    for _ in 0..MAX_WAITING {
        assert!(link.ask(Ask::Call, "").is_ok());
    }
    assert_eq!(link.ask(Ask::Call, ""), Err(Busy));
    assert!(link.give_up(7).is_some());
    assert!(link.ask(Ask::Call, "").is_ok());
}

#[test]
fn numbers_that_do_not_rise_are_ignored() {
    let mut link = Link::new();
    let may_leave = |id: u64| format!(r#"{{"id":{id},"m":"nav.mayLeave"}}"#);
    assert_eq!(link.hear(&may_leave(5), None), Heard::Order(Order::MayLeave { id: 5 }));
    for id in [5, 4, 1] {
        assert_eq!(link.hear(&may_leave(id), None), Heard::Ignored(Ignored::Order));
    }
    assert_eq!(link.hear(&may_leave(9), None), Heard::Order(Order::MayLeave { id: 9 }));
}

#[test]
fn what_the_host_wants_is_checked() {
    let go = Order::Go { id: 1, route: "/customers?q=a".to_owned() };
    assert_eq!(heard(r#"{"id":1,"m":"nav.go","p":{"path":"/customers?q=a"}}"#), Heard::Order(go));
    let view = Order::Viewport { top: 10, height: 600 };
    assert_eq!(heard(r#"{"id":1,"m":"ui.viewport","p":{"top":10,"height":600}}"#), Heard::Order(view));
    assert_eq!(
        heard(r#"{"id":1,"m":"ui.focus","p":{"at":"last"}}"#),
        Heard::Order(Order::Focus { last: true })
    );
    assert_eq!(heard(r#"{"id":1,"m":"auth.changed"}"#), Heard::Order(Order::AuthChanged));
    for text in [
        r#"{"id":1,"m":"nav.go"}"#,
        r#"{"id":1,"m":"nav.go","p":{"path":"//evil.example"}}"#,
        r#"{"id":1,"m":"nav.go","p":{"path":7}}"#,
        r#"{"id":1,"m":"ui.viewport","p":{"top":-1,"height":5}}"#,
        r#"{"id":1,"m":"ui.viewport","p":{"top":1.5,"height":5}}"#,
        r#"{"id":1,"m":"ui.viewport","p":{"top":99999999999,"height":5}}"#,
        r#"{"id":1,"m":"ui.focus","p":{"at":"middle"}}"#,
        r#"{"id":1,"m":"context","p":{"theme":"hologram"}}"#,
    ] {
        assert!(matches!(heard(text), Heard::Reply(text) if text.contains("bad_params")), "{text}");
    }
    for method in ["", "toString", "http.request", "nav.Go", "x".repeat(9_000).as_str()] {
        let reply = heard(&format!(r#"{{"id":1,"m":"{method}"}}"#));
        assert!(matches!(reply, Heard::Reply(text) if text.contains("unknown_method")), "{method}");
    }
}

#[test]
fn a_body_that_is_too_long_ends_its_question() {
    let mut link = Link::new();
    link.ask(Ask::Call, "").unwrap();
    link.ask(Ask::Call, "").unwrap();
    let whole = link.hear(r#"{"id":1,"ok":{"status":200}}"#, Some(MAX_BODY));
    assert!(matches!(whole, Heard::Answer { id: 1, outcome: Ok(_) }));
    let outcome = Err(Refusal { code: "too_large".to_owned(), words: String::new() });
    let long = link.hear(r#"{"id":2,"ok":{"status":200}}"#, Some(MAX_BODY + 1));
    assert_eq!(long, Heard::Answer { id: 2, outcome });
    let other = link.hear(r#"{"id":1,"m":"auth.changed"}"#, Some(MAX_BODY + 1));
    assert_eq!(other, Heard::Ignored(Ignored::NotAMessage));
}
