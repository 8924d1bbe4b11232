//! Any text as what a browser has kept of an import: it is read as far as it can be, or as nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use user_import::Past;

fuzz_target!(|text: &str| {
    let _ = Past::parse(text);
    let head = format!("cartera-import 1\ti\tf\ts\t.\n{text}");
    let past = Past::parse(&head).expect("its first line is whole");
    assert!(past.sent() <= head.lines().count());
});
