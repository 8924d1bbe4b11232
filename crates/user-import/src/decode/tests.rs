use super::*;
use crate::native::Native;

fn check(bytes: &[u8], encoding: Encoding, text: &str) {
    let decoded = decode(bytes, None, &Native).unwrap();
    assert_eq!((decoded.encoding, decoded.text.as_ref()), (encoding, text), "{bytes:x?}");
}

fn refused(bytes: &[u8], kind: &RefusalKind) {
    assert_eq!(&decode(bytes, None, &Native).unwrap_err().kind, kind, "{bytes:x?}");
}

const NAMES: &str =
    "Nombre,Apellidos\r\nJosé,Muñoz Pérez\r\nÁngela,Núñez\r\nJoão,Gonçalves\r\nJürgen,Weiß\r\n";

fn written(label: &str) -> Vec<u8> {
    encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(NAMES).0.into_owned()
}

#[test]
fn each_encoding_is_told_by_its_bytes() {
    check(NAMES.as_bytes(), Encoding::Utf8, NAMES);
    check(&[b"\xef\xbb\xbf", NAMES.as_bytes()].concat(), Encoding::Utf8, NAMES);
    check(&written("windows-1252"), Encoding::Windows1252, NAMES);
    check(&written("macintosh"), Encoding::Macintosh, NAMES);
    let le: Vec<u8> = NAMES.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = NAMES.encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(&le, Encoding::Utf16Le, NAMES);
    check(&be, Encoding::Utf16Be, NAMES);
    check(&[&b"\xff\xfe"[..], &le].concat(), Encoding::Utf16Le, NAMES);
    check(&[&b"\xfe\xff"[..], &be].concat(), Encoding::Utf16Be, NAMES);
    check(b"Jos\x82 Mu\xa4oz\nN\xa3\xa4ez\n", Encoding::Ibm850, "José Muñoz\nNúñez\n");
    check(b"Jos\xe9\n", Encoding::Windows1252, "José\n");
    check(b"\xc1lvaro,10 \x80\n", Encoding::Windows1252, "Álvaro,10 €\n");
    for (label, text) in [
        ("windows-1250", "Kowalski Łukasz, Wiśniewska Bożena, Dąbrowski, Dvořák"),
        ("windows-1251", "Иван,Петров\n"),
    ] {
        let bytes = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text).0;
        let decoded = decode(&bytes, None, &Native).unwrap();
        assert_eq!((decoded.encoding.label(), decoded.text.as_ref()), (label, text));
    }
}

#[test]
fn a_person_may_choose_another_encoding() {
    let decoded = decode(b"Jos\x8e\n", Some(Encoding::Macintosh), &Native).unwrap();
    assert_eq!(decoded.text, "José\n");
}

#[test]
fn damage_is_counted_and_does_not_change_the_encoding() {
    let mut bytes = NAMES.as_bytes().to_vec();
    bytes.extend_from_slice(b"Jos\xc3");
    let decoded = decode(&bytes, None, &Native).unwrap();
    assert_eq!((decoded.encoding, decoded.damaged), (Encoding::Utf8, 1));
    assert!(decoded.text.ends_with("Jos\u{fffd}"));
}

#[test]
fn what_is_no_list_is_named() {
    refused(b"", &RefusalKind::Empty);
    refused(b"\xef\xbb\xbf \r\n", &RefusalKind::Empty);
    refused(b"PK\x03\x04\x14\0\x06\0", &RefusalKind::NotText(Content::Workbook));
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", &RefusalKind::NotText(Content::Workbook));
    refused(b"%PDF-1.7", &RefusalKind::NotText(Content::Pdf));
    for page in ["<!DOCTYPE html><html>", "  <html>", "<?xml version=\"1.0\"?>", "<table><tr>"] {
        refused(page.as_bytes(), &RefusalKind::NotText(Content::Html));
    }
    for json in ["{\"users\":[]}", "[{\"a\":1}]", "\n[ ]", "{}"] {
        refused(json.as_bytes(), &RefusalKind::NotText(Content::Json));
    }
    refused(b"\x89PNG\r\n\x1a\n", &RefusalKind::NotText(Content::Binary));
    refused(&vec![b'a'; MAX_BYTES + 1], &RefusalKind::TooLarge);
    assert!(decode(b"[Name],x\n", None, &Native).is_ok());
}

#[test]
fn a_nul_is_refused_with_its_row() {
    let refusal = decode(b"a,b\r\nc,d\re\0,f\n", None, &Native).unwrap_err();
    assert_eq!((refusal.kind, refusal.row), (RefusalKind::Nul, Some(3)));
}

proptest::proptest! {
    #![proptest_config(crate::seeded())]

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes: Vec<u8>) {
        let _ = decode(&bytes, None, &Native);
    }

    #[test]
    fn text_of_this_form_stays_what_it_is(text in "[a-z][\\PC\r\n]{0,80}") {
        let decoded = decode(text.as_bytes(), None, &Native).unwrap();
        proptest::prop_assert_eq!(decoded.text, text.as_str());
    }

    #[test]
    fn marks_decide(text in "[a-z][\\PC\r\n]{0,80}", form in 0..3) {
        // It stands for a letter that could not be read.
        proptest::prop_assume!(!text.contains('\u{fffd}'));
        let wide = |bytes: fn(u16) -> [u8; 2]| {
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
        };
        let (bytes, encoding) = match form {
            0 => (["\u{feff}", &text].concat().into_bytes(), Encoding::Utf8),
            1 => (wide(u16::to_le_bytes), Encoding::Utf16Le),
            _ => (wide(u16::to_be_bytes), Encoding::Utf16Be),
        };
        let decoded = decode(&bytes, None, &Native).unwrap();
        proptest::prop_assert_eq!((decoded.encoding, &*decoded.text, decoded.damaged), (encoding, text.as_str(), 0));
    }

    #[test]
    fn what_a_person_chooses_is_used(text in "[a-z ,áéíóúñÁÉÍÓÚÑüç\r\n]{1,80}") {
        let bytes: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
        proptest::prop_assume!(!text.trim().is_empty());
        let decoded = decode(&bytes, Some(Encoding::Windows1252), &Native).unwrap();
        proptest::prop_assert_eq!(&*decoded.text, text.as_str());
    }
}
