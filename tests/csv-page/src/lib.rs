//! From a file to checked users alone, in a browser: what the benches `csv.*` hold against parsers in JavaScript. Nothing
//! of it is shipped; decoders and Unicode tables are the browser's, as they are where it is.

use js_sys::JsString;
use user_import::{
    Checked, Decode, Encoding, Known, Learned, Letters, Mapping, Refusal, Sheet, check, decode, recognise,
};
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

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
        let apart: String = JsString::from(text).normalize("NFD").into();
        let is_accent = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
        let bare: String = apart.chars().filter(|letter| !is_accent(letter)).collect();
        JsString::from(bare).to_lower_case().into()
    }
}

/// The rows of a file, and what is to be said about them once they are checked.
#[wasm_bindgen]
pub struct Import {
    sheet: Sheet,
    checked: Option<Checked>,
}

#[wasm_bindgen]
impl Import {
    /// Decodes a file and reads its rows.
    ///
    /// # Errors
    /// The code of the refusal.
    #[wasm_bindgen(constructor)]
    pub fn new(file: &[u8]) -> Result<Self, JsError> {
        let decoded = decode(file, None, &Browser).map_err(|refusal| refused(&refusal))?;
        let sheet = recognise(&decoded.text, &Browser).map_err(|refusal| refused(&refusal))?;
        Ok(Self { sheet, checked: None })
    }

    /// Maps the columns and checks all rows; answers how many users can be created.
    ///
    /// # Errors
    /// The code of the refusal.
    pub fn check(&mut self, domain: &str) -> Result<usize, JsError> {
        let mapping = Mapping::suggest(&self.sheet, &Learned::default(), &Browser);
        let domains = [domain.to_owned()];
        let known =
            Known { domain: Some(domain), domains: Some(&domains), location: Some("ES"), ..Known::default() };
        let checked = check(&self.sheet, &mapping, &known, &Browser).map_err(|refusal| refused(&refusal))?;
        Ok(self.checked.insert(checked).valid())
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.sheet.table.len()
    }

    /// How many cells a row has.
    pub fn cells(&self, row: usize) -> usize {
        self.sheet.table.cells(row)
    }

    /// A cell.
    pub fn cell(&self, row: usize, column: usize) -> String {
        self.sheet.table.cell(row, column).to_owned()
    }

    /// How many issues were found.
    pub fn issues(&self) -> usize {
        self.checked.as_ref().map_or(0, |checked| checked.issues().len())
    }
}

fn refused(refusal: &Refusal) -> JsError {
    JsError::new(refusal.kind.code())
}
