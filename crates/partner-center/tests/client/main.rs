//! The client from outside, against answers written by hand: one for every oddity of the service that is known.

#[cfg(test)]
mod endings;
#[cfg(test)]
mod holdings;
#[cfg(test)]
mod pacing;
#[cfg(test)]
mod paging;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod resources;
#[cfg(test)]
mod sending;
#[cfg(test)]
mod support;
#[cfg(test)]
mod transfers;
#[cfg(test)]
mod users;
#[cfg(test)]
mod virtual_clock;
