//! `pc-embed/1`, the protocol between the application in a frame and the portal that holds it, from the frame's side:
//! `embed/PROTOCOL.md` in code. Texts go in, decisions and texts come out; windows, ports and clocks are the caller's.
//!
//! Nothing from outside can do more than be refused: each message is checked for its size, its form and its place in the
//! order before anything in it is believed.
#![deny(missing_docs)]

mod answer;
mod context;
mod envelope;
mod handshake;
mod link;
mod ramp;
mod route;

pub use answer::{HttpAnswer, Token, http_answer, token};
pub use context::{Chrome, Context, Height, Theme};
pub use handshake::{Ability, Handshake, NotWelcome, Welcome};
pub use link::{Ask, Busy, Heard, Ignored, Link, Order, Refusal, Tell};
pub use ramp::{Ramp, RampFault};
pub use route::is_route;

/// The version that is spoken here.
pub const VERSION: u32 = 1;
/// How long a message without its body may be, in bytes of UTF-8.
pub const MAX_TEXT: usize = 64 * 1024;
/// How long a body may be, in bytes. A page of 500 customers has 270 KB.
pub const MAX_BODY: usize = 16 * 1024 * 1024;
/// How many questions may wait for their answers at once.
pub const MAX_WAITING: usize = 64;

#[cfg(test)]
mod fuzz;
