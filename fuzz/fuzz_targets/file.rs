//! Any bytes as a file of users: decoder choice, recognition, headers, checks. None of it may panic, and what is counted
//! has to add up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use user_import::native::Native;
use user_import::{Encoding, Known, Learned, Mapping, check, decode, recognise};

fuzz_target!(|input: (u8, &[u8])| {
    let (choice, bytes) = input;
    // Half of the time as a person would leave it.
    let chosen = Encoding::ALL.get(usize::from(choice)).copied();
    let Ok(decoded) = decode(bytes, chosen, &Native) else { return };
    let Ok(sheet) = recognise(&decoded.text, &Native) else { return };
    let mapping = Mapping::suggest(&sheet, &Learned::default(), &Native);
    let _ = (mapping.problem(), mapping.ignored());
    let known = Known { domain: Some("contoso.example"), ..Known::default() };
    let Ok(checked) = check(&sheet, &mapping, &known, &Native) else { return };
    assert!(checked.valid() <= sheet.table.len());
    for user in checked.users().filter(|user| user.is_valid) {
        assert!(user.sign_in.is_ascii() && user.sign_in.contains('@') && !user.display_name.is_empty());
    }
});
