//! The desk of an import in a worker, where reading and checking a file holds up no page. Bytes in, bytes out: what they
//! mean is `import-desk`'s; decoders and Unicode tables are the browser's.

use std::cell::RefCell;

use import_desk::{Answer, Ask, Bytes, Desk, Open, from_bytes, to_bytes};
use js_sys::JsString;
use user_import::{Decode, Encoding, Letters};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    type TextDecoder;

    #[wasm_bindgen(constructor, catch)]
    fn new(label: &str) -> Result<TextDecoder, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn decode(this: &TextDecoder, bytes: &[u8]) -> Result<String, JsValue>;
}

/// What a browser has.
struct Browser;

impl Decode for Browser {
    fn decode(&self, encoding: Encoding, bytes: &[u8]) -> Option<String> {
        TextDecoder::new(encoding.label()).ok()?.decode(bytes).ok()
    }
}

impl Letters for Browser {
    fn compose(&self, text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }

    fn fold(&self, text: &str) -> String {
        if text.is_ascii() {
            return text.to_ascii_lowercase();
        }
        let apart: String = JsString::from(text).normalize("NFD").into();
        let is_accent = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
        let bare: String = apart.chars().filter(|letter| !is_accent(letter)).collect();
        JsString::from(bare).to_lower_case().into()
    }
}

thread_local! {
    static DESK: RefCell<Desk<Browser>> = RefCell::new(Desk::new(Browser));
}

/// Answers a question. One that cannot be read is answered with [`Answer::Nothing`].
#[wasm_bindgen]
pub fn answer(ask: Vec<u8>) -> Vec<u8> {
    let asked = from_bytes(&ask);
    drop(ask);
    tell(asked)
}

/// The same for a file: `ask` is [`Ask::Open`] without its bytes.
#[wasm_bindgen]
pub fn open(file: Vec<u8>, ask: &[u8]) -> Vec<u8> {
    let asked = from_bytes(ask).map(|asked| match asked {
        Ask::Open(open) => Ask::Open(Open { bytes: Bytes(file), ..open }),
        other => other,
    });
    tell(asked)
}

fn tell(asked: Option<Ask>) -> Vec<u8> {
    let answer = asked.map_or(Answer::Nothing, |asked| DESK.with_borrow_mut(|desk| desk.ask(asked)));
    to_bytes(&answer)
}
