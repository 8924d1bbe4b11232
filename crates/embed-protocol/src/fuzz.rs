//! Ten thousand messages of every shape, made by a seeded generator: nothing breaks, and nothing is believed that is not
//! as it has to be.

use crate::{Ask, Handshake, Heard, Link, MAX_WAITING, NotWelcome, Order};

/// `xorshift64*`: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap_or(0) % most
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const NAMES: [&str; 16] = [
    "id",
    "m",
    "p",
    "ok",
    "err",
    "t",
    "v",
    "n",
    "caps",
    "code",
    "msg",
    "path",
    "at",
    "__proto__",
    "constructor",
    "é",
];
const METHODS: [&str; 12] = [
    "context",
    "nav.go",
    "nav.mayLeave",
    "ui.viewport",
    "ui.focus",
    "auth.changed",
    "http.request",
    "toString",
    "",
    "__proto__",
    "cancel",
    "context.x",
];
const SCRAPS: [&str; 16] = [
    "null",
    "true",
    "-0",
    "1e999",
    "18446744073709551616",
    "\"\"",
    "\"\\ud800\"",
    "\"/customers\"",
    "\"//evil\"",
    "[]",
    "{}",
    "[[[]]]",
    "\"first\"",
    "0.5",
    "nul",
    "\u{feff}",
];

fn value(random: &mut Random, depth: usize) -> String {
    match random.below(if depth > 4 { 3 } else { 6 }) {
        0 | 1 => random.one_of(&SCRAPS).to_owned(),
        2 => random.below(200).to_string(),
        3 => format!("\"{}\"", random.one_of(&METHODS)),
        4 => {
            let items: Vec<String> = (0..random.below(4)).map(|_| value(random, depth + 1)).collect();
            format!("[{}]", items.join(","))
        }
        _ => object(random, depth + 1),
    }
}

fn object(random: &mut Random, depth: usize) -> String {
    let members: Vec<String> = (0..random.below(5))
        .map(|_| {
            let name = random.one_of(&NAMES);
            format!("\"{name}\":{}", value(random, depth))
        })
        .collect();
    format!("{{{}}}", members.join(","))
}

fn message(random: &mut Random, number: usize) -> String {
    match random.below(8) {
        0 => value(random, 0),
        1 => format!("{{\"id\":{},\"ok\":{}}}", random.below(90), value(random, 0)),
        2 => format!("{{\"id\":{},\"err\":{}}}", random.below(90), value(random, 0)),
        3 | 4 => {
            format!("{{\"id\":{number},\"m\":\"{}\",\"p\":{}}}", random.one_of(&METHODS), object(random, 0))
        }
        5 => format!("{{\"id\":{number},\"m\":\"nav.go\",\"p\":{{\"path\":{}}}}}", value(random, 3)),
        6 => {
            // A good one with a byte knocked out.
            let mut text = format!("{{\"id\":{number},\"m\":\"nav.mayLeave\"}}");
            text.remove(random.below(text.len()));
            text
        }
        _ => ["{\"id\":1,\"m\":\"", &"x".repeat(random.below(80_000)), "\"}"].concat(),
    }
}

#[test]
fn ten_thousand_messages_break_nothing() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut link, mut last, mut kinds) = (Link::new(), 0, [0_u32; 4]);
    for number in 1..=10_000 {
        if random.below(3) == 0 {
            let _ = link.ask(Ask::Call, "{}");
        }
        let body = (random.below(5) == 0).then(|| random.below(40_000_000));
        match link.hear(&message(&mut random, number), body) {
            Heard::Order(order) => {
                kinds[0] += 1;
                if let Order::Go { id, route } = order {
                    assert!(id > last && route.starts_with('/') && !route.starts_with("//"), "{route}");
                    last = id;
                }
            }
            Heard::Answer { .. } => kinds[1] += 1,
            Heard::Reply(text) => {
                kinds[2] += 1;
                assert!(text.contains("\"err\"") && json_value::parse(text.as_bytes()).is_ok());
            }
            Heard::Ignored(_) => kinds[3] += 1,
        }
        assert!(link.waiting() <= MAX_WAITING);
    }
    // All ways were gone, or this test would prove little.
    assert!(kinds.iter().all(|count| *count > 50), "{kinds:?}");
    // It still works.
    let heard = link.hear("{\"id\":20000,\"m\":\"auth.changed\"}", None);
    assert_eq!(heard, Heard::Order(Order::AuthChanged));
}

#[test]
fn ten_thousand_welcomes_let_nobody_in() {
    let mut random = Random(7);
    let mut attempt = Handshake::new([3, 4]);
    for number in 0..10_000 {
        let text = match random.below(3) {
            0 => message(&mut random, number),
            1 => format!("{{\"t\":\"pc.welcome\",\"v\":1,\"n\":{},\"caps\":[]}}", value(&mut random, 0)),
            _ => object(&mut random, 0),
        };
        let ports = random.below(3);
        let refused = attempt.welcome(&text, ports);
        assert!(refused.is_err() && refused != Err(NotWelcome::Again), "{text}");
    }
}
