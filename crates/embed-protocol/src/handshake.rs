//! How frame and host find each other: the frame says hello with a number that nobody can guess, the host welcomes it with
//! the same number and hands over one port. After that no window is listened to.

use json_value::Value;

use crate::VERSION;
use crate::envelope::read;

/// What a host offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ability {
    /// It makes the calls to the API.
    Calls,
    /// It hands over tokens.
    Tokens,
    /// It asks a second person before a relationship is removed.
    Approvals,
    /// It does something with events.
    Events,
}

const ABILITIES: [(&str, Ability); 4] = [
    ("http.request", Ability::Calls),
    ("auth.getToken", Ability::Tokens),
    ("approval.ask", Ability::Approvals),
    ("event", Ability::Events),
];

/// A host's answer to the hello.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// What the host offers; what is not known here is left out.
    pub abilities: Vec<Ability>,
}

/// Why somebody is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotWelcome {
    /// It is no welcome at all, or has more or fewer members than one.
    NotOne,
    /// Another number than that of this hello.
    Nonce,
    /// A version that is not spoken here.
    Version,
    /// None or several ports came with it.
    Ports,
    /// There was a welcome before.
    Again,
}

/// One attempt. Its number is used once.
#[derive(Debug, Clone)]
pub struct Handshake {
    nonce: String,
    is_over: bool,
}

impl Handshake {
    /// A new attempt, with 128 bits from a source that cannot be guessed.
    pub fn new(random: [u64; 2]) -> Self {
        let bytes = random.into_iter().flat_map(u64::to_be_bytes);
        let digits = bytes.flat_map(|byte| [byte >> 4, byte & 15]);
        let nonce = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        Self { nonce, is_over: false }
    }

    /// The hello, as JSON of the object that is posted.
    pub fn hello(&self) -> String {
        ["{\"t\":\"pc.hello\",\"v\":[1],\"n\":\"", &self.nonce, "\"}"].concat()
    }

    /// Judges a message of a window that is the parent and whose origin is allowed: `text` is its data as JSON, `ports` how
    /// many ports came with it.
    ///
    /// # Errors
    /// Why it is not the welcome. The attempt goes on: nobody ends it by sending nonsense.
    pub fn welcome(&mut self, text: &str, ports: usize) -> Result<Welcome, NotWelcome> {
        if self.is_over {
            return Err(NotWelcome::Again);
        }
        let members = read(text).ok_or(NotWelcome::NotOne)?;
        let mut names: Vec<&str> = members.keys().collect();
        names.sort_unstable();
        let is_one = names == ["caps", "n", "t", "v"]
            && members.get("t").and_then(Value::as_str) == Some("pc.welcome");
        let caps = members.get("caps").and_then(Value::as_array).filter(|_| is_one);
        let caps = caps.ok_or(NotWelcome::NotOne)?;
        if members.get("n").and_then(Value::as_str) != Some(&self.nonce) {
            return Err(NotWelcome::Nonce);
        }
        if members.get("v") != Some(&Value::from(VERSION)) {
            return Err(NotWelcome::Version);
        }
        if ports != 1 {
            return Err(NotWelcome::Ports);
        }
        self.is_over = true;
        let mut abilities = Vec::new();
        for cap in caps.iter().filter_map(Value::as_str) {
            let known = ABILITIES.iter().find(|(name, _)| *name == cap);
            abilities.extend(known.map(|(_, ability)| *ability));
        }
        Ok(Welcome { abilities })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RANDOM: [u64; 2] = [0x0123_4567_89ab_cdef, 1];
    const NONCE: &str = "0123456789abcdef0000000000000001";

    fn welcome(nonce: &str, version: u32, caps: &str) -> String {
        format!(r#"{{"t":"pc.welcome","v":{version},"n":"{nonce}","caps":{caps}}}"#)
    }

    #[test]
    fn the_hello_has_the_number_and_the_versions() {
        let hello = Handshake::new(RANDOM).hello();
        assert_eq!(hello, format!(r#"{{"t":"pc.hello","v":[1],"n":"{NONCE}"}}"#));
        assert!(json_value::parse(hello.as_bytes()).is_ok());
    }

    #[test]
    fn one_welcome_is_accepted_once() {
        let mut attempt = Handshake::new(RANDOM);
        let text = welcome(NONCE, 1, r#"["http.request","auth.getToken","from.later",7]"#);
        let abilities = vec![Ability::Calls, Ability::Tokens];
        assert_eq!(attempt.welcome(&text, 1), Ok(Welcome { abilities }));
        assert_eq!(attempt.welcome(&text, 1), Err(NotWelcome::Again));
    }

    #[test]
    fn what_does_not_fit_is_refused_and_ends_nothing() {
        let mut attempt = Handshake::new(RANDOM);
        let more = welcome(NONCE, 1, "[]").replace("\"v\"", "\"__proto__\":1,\"v\"");
        let other = welcome(NONCE, 1, "[]").replace("welcome", "hello");
        for (text, ports, why) in [
            (String::new(), 1, NotWelcome::NotOne),
            ("{}".to_owned(), 1, NotWelcome::NotOne),
            (more, 1, NotWelcome::NotOne),
            (other, 1, NotWelcome::NotOne),
            (welcome(NONCE, 1, "{}"), 1, NotWelcome::NotOne),
            (welcome(&NONCE.replace('1', "2"), 1, "[]"), 1, NotWelcome::Nonce),
            (welcome("", 1, "[]"), 1, NotWelcome::Nonce),
            (welcome(NONCE, 2, "[]"), 1, NotWelcome::Version),
            (welcome(NONCE, 1, "[]"), 0, NotWelcome::Ports),
            (welcome(NONCE, 1, "[]"), 2, NotWelcome::Ports),
        ] {
            assert_eq!(attempt.welcome(&text, ports), Err(why), "{text}");
        }
        assert!(attempt.welcome(&welcome(NONCE, 1, "[]"), 1).is_ok());
    }
}
