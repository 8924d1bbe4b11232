//! The application in a real browser, by topic. Each test has a sandbox and a session of its own.

// All of this is test code, also where it is no test function: it reports by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod accessibility;
mod account;
mod activity;
mod adding;
mod bad_input;
mod base_path;
mod choosing;
mod clouds;
mod customer;
mod demo;
mod exports;
mod faults;
mod frames;
mod frames_done;
mod frames_look;
mod gateway_apart;
mod importing;
mod keeping;
mod keyboard;
mod languages;
mod list;
mod list_faults;
mod names;
mod palette;
mod pictures;
mod probe;
mod releases;
mod removal;
mod roles;
mod scan;
mod security;
mod settings;
mod sign_in;
mod sign_in_lines;
mod smoke;
mod start;
mod together;
mod transfers;
mod users;
mod views;
mod workbook;
