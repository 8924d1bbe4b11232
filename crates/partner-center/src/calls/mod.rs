//! Calls of the client by what they are about.

mod transfers;
