//! What goes over the port, once there is one: questions with their numbers, and what is told without an answer.

use json_value::{Map, Value, quoted};

use crate::context::Context;
use crate::envelope::Envelope;
use crate::route::is_route;
use crate::{MAX_BODY, MAX_WAITING};

/// What the frame asks its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// To make a call to the API.
    Call,
    /// For a token.
    Token,
    /// Whether a second person agrees to a removal.
    Approval,
}

impl Ask {
    fn name(self) -> &'static str {
        match self {
            Self::Call => "http.request",
            Self::Token => "auth.getToken",
            Self::Approval => "approval.ask",
        }
    }
}

/// What the frame tells its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell {
    /// The first page is there.
    Ready,
    /// The application cannot go on.
    Failed,
    /// Something in the context was not taken over.
    Notice,
    /// Another page is shown.
    Changed,
    /// The document's title.
    Title,
    /// Whether leaving now would lose something.
    Dirty,
    /// How high the application would like to be.
    Height,
    /// Whether a dialog is open.
    Modal,
    /// A key that the host asked for was pressed.
    Shortcut,
    /// Something was done.
    Event,
    /// An answer is not waited for any more.
    Cancel,
}

impl Tell {
    fn name(self) -> &'static str {
        match self {
            Self::Ready => "app.ready",
            Self::Failed => "app.failed",
            Self::Notice => "app.notice",
            Self::Changed => "nav.changed",
            Self::Title => "ui.title",
            Self::Dirty => "ui.dirty",
            Self::Height => "ui.height",
            Self::Modal => "ui.modal",
            Self::Shortcut => "ui.shortcut",
            Self::Event => "event",
            Self::Cancel => "cancel",
        }
    }
}

/// What the host wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Where the application is to be, and for whom it works.
    Context(Box<Context>),
    /// Another page; is answered.
    Go {
        /// The number to answer.
        id: u64,
        /// The path, checked, with its query.
        route: String,
    },
    /// Whether the host may go elsewhere; is answered.
    MayLeave {
        /// The number to answer.
        id: u64,
    },
    /// Which part of the frame can be seen, in CSS pixels from its top.
    Viewport {
        /// Where it begins.
        top: u32,
        /// How high it is.
        height: u32,
    },
    /// The focus comes in: at the first place, or at the last.
    Focus {
        /// At the last.
        last: bool,
    },
    /// Somebody else works here now.
    AuthChanged,
}

/// Why a message was ignored. They are counted, no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// It has not the form of one, or is too long.
    NotAMessage,
    /// Its number does not come after the one before.
    Order,
    /// It answers what was not asked, or not any more.
    NotAsked,
}

/// Why something was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// A word that programs know.
    pub code: String,
    /// Words for a log.
    pub words: String,
}

/// What a message turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The answer to a question of this number.
    Answer {
        /// The number.
        id: u64,
        /// What was answered.
        outcome: Result<Value, Refusal>,
    },
    /// The host wants something.
    Order(Order),
    /// Nothing that can be done: this text goes back.
    Reply(String),
    /// Nothing.
    Ignored(Ignored),
}

/// There are too many questions without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

/// One port's conversation.
#[derive(Debug, Default)]
pub struct Link {
    /// The last number given here.
    given: u64,
    /// The last number that came from there.
    heard: u64,
    waiting: Vec<u64>,
}

impl Link {
    /// A new one.
    pub fn new() -> Self {
        Self::default()
    }

    fn next(&mut self, method: &str, params: &str) -> (u64, String) {
        self.given += 1;
        let params = if params.is_empty() { "{}" } else { params };
        let id = self.given.to_string();
        (self.given, ["{\"id\":", &id, ",\"m\":", &quoted(method), ",\"p\":", params, "}"].concat())
    }

    /// A question, with its parameters as the JSON of an object: its number, and the text that goes out.
    ///
    /// # Errors
    /// [`MAX_WAITING`] others have no answer yet.
    pub fn ask(&mut self, what: Ask, params: &str) -> Result<(u64, String), Busy> {
        if self.waiting.len() >= MAX_WAITING {
            return Err(Busy);
        }
        let (id, text) = self.next(what.name(), params);
        self.waiting.push(id);
        Ok((id, text))
    }

    /// Something without an answer, with its parameters as the JSON of an object.
    pub fn tell(&mut self, what: Tell, params: &str) -> String {
        self.next(what.name(), params).1
    }

    /// Nobody waits for this answer any more; the text tells the host. `None` where it is here already.
    pub fn give_up(&mut self, id: u64) -> Option<String> {
        let before = self.waiting.len();
        self.waiting.retain(|waiting| *waiting != id);
        let was_waited_for = self.waiting.len() < before;
        was_waited_for.then(|| self.tell(Tell::Cancel, &["{\"of\":", &id.to_string(), "}"].concat()))
    }

    /// How many questions have no answer yet.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// The answer to an order: `value` is JSON.
    pub fn answer(id: u64, value: &str) -> String {
        ["{\"id\":", &id.to_string(), ",\"ok\":", value, "}"].concat()
    }

    fn refuse(id: u64, code: &str) -> Heard {
        let id = id.to_string();
        let words = "pc-embed/1";
        Heard::Reply(
            ["{\"id\":", &id, ",\"err\":{\"code\":\"", code, "\",\"msg\":\"", words, "\"}}"].concat(),
        )
    }

    /// Takes in what came over the port: its text, and how many bytes came beside it.
    pub fn hear(&mut self, text: &str, body: Option<usize>) -> Heard {
        if body.is_some_and(|length| length > MAX_BODY) {
            // The question that it answers is told so, where it is one.
            return match Envelope::parse(text) {
                Some(Envelope::Answer { id, .. }) if self.settle(id) => {
                    Heard::Answer { id, outcome: Err(refusal("too_large", "")) }
                }
                _ => Heard::Ignored(Ignored::NotAMessage),
            };
        }
        match Envelope::parse(text) {
            None => Heard::Ignored(Ignored::NotAMessage),
            Some(Envelope::Answer { id, outcome }) if self.settle(id) => {
                let outcome = outcome.map_err(|(code, words)| refusal(&code, &words));
                Heard::Answer { id, outcome }
            }
            Some(Envelope::Answer { .. }) => Heard::Ignored(Ignored::NotAsked),
            Some(Envelope::Call { id, .. }) if id <= self.heard => Heard::Ignored(Ignored::Order),
            Some(Envelope::Call { id, method, params }) => {
                self.heard = id;
                match order(id, &method, &params) {
                    Ok(order) => Heard::Order(order),
                    Err(code) => Self::refuse(id, code),
                }
            }
        }
    }

    fn settle(&mut self, id: u64) -> bool {
        let place = self.waiting.iter().position(|waiting| *waiting == id);
        place.map(|place| self.waiting.remove(place)).is_some()
    }
}

fn refusal(code: &str, words: &str) -> Refusal {
    let cut = |text: &str, most: usize| text.chars().take(most).collect();
    Refusal { code: cut(code, 64), words: cut(words, 500) }
}

fn order(id: u64, method: &str, params: &Map) -> Result<Order, &'static str> {
    const BAD: &str = "bad_params";
    let pixels = |name: &str| match params.get(name) {
        Some(Value::Number(number)) => {
            number.as_u64().and_then(|number| u32::try_from(number).ok()).ok_or(BAD)
        }
        _ => Err(BAD),
    };
    match method {
        "context" => Context::read(params).map(|context| Order::Context(Box::new(context))).ok_or(BAD),
        "nav.go" => match params.get("path").and_then(Value::as_str).filter(|route| is_route(route)) {
            Some(route) => Ok(Order::Go { id, route: route.to_owned() }),
            None => Err(BAD),
        },
        "nav.mayLeave" => Ok(Order::MayLeave { id }),
        "ui.viewport" => Ok(Order::Viewport { top: pixels("top")?, height: pixels("height")? }),
        "ui.focus" => match params.get("at").and_then(Value::as_str) {
            Some("first") => Ok(Order::Focus { last: false }),
            Some("last") => Ok(Order::Focus { last: true }),
            _ => Err(BAD),
        },
        "auth.changed" => Ok(Order::AuthChanged),
        _ => Err("unknown_method"),
    }
}

#[cfg(test)]
mod tests;
