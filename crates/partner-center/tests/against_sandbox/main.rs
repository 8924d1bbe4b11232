//! The client against the sandbox's core, in process: both were written from the same documents, so here they have to
//! agree, with and without faults.

// Other crates prove themselves through it too, and use other parts of it.
#[allow(dead_code)]
#[cfg(test)]
mod adapter;
#[cfg(test)]
mod endings;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod reads;
#[cfg(test)]
mod transfers;
#[cfg(test)]
mod users;
