//! The workbook reader for the script of its worker, `worker.js`. Refusals are thrown as their codes.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use workbook_reader::{MAX_FILE_BYTES, Note, Refusal, Sheet};

/// A workbook that is open.
#[wasm_bindgen]
pub struct Workbook {
    book: workbook_reader::Workbook,
}

#[wasm_bindgen]
impl Workbook {
    /// Opens a file.
    ///
    /// # Errors
    /// The code of the refusal.
    #[wasm_bindgen(constructor)]
    pub fn new(file: Vec<u8>) -> Result<Self, JsValue> {
        workbook_reader::Workbook::open(file).map(|book| Self { book }).map_err(refused)
    }

    /// The largest file, in bytes.
    pub fn most_bytes() -> usize {
        MAX_FILE_BYTES
    }

    /// How many sheets there are.
    pub fn sheets(&self) -> usize {
        self.book.sheets().len()
    }

    /// The name of a sheet.
    pub fn name(&self, sheet: usize) -> String {
        self.sheet(sheet).map(|sheet| sheet.name.clone()).unwrap_or_default()
    }

    /// How many rows a sheet says to have.
    pub fn height(&self, sheet: usize) -> u32 {
        self.sheet(sheet).map_or(0, |sheet| sheet.rows)
    }

    /// How many columns a sheet says to have.
    pub fn width(&self, sheet: usize) -> u32 {
        self.sheet(sheet).map_or(0, |sheet| sheet.columns)
    }

    /// Whether the workbook hides a sheet.
    pub fn is_hidden(&self, sheet: usize) -> bool {
        self.sheet(sheet).is_some_and(|sheet| sheet.is_hidden)
    }

    /// Reads the rows of a sheet.
    ///
    /// # Errors
    /// The code of the refusal.
    pub fn rows(&mut self, sheet: usize) -> Result<Rows, JsValue> {
        self.book.rows(sheet).map(|rows| Rows { rows }).map_err(refused)
    }

    fn sheet(&self, sheet: usize) -> Option<&Sheet> {
        self.book.sheets().get(sheet)
    }
}

/// The rows of a sheet.
#[wasm_bindgen]
pub struct Rows {
    rows: workbook_reader::Rows,
}

#[wasm_bindgen]
impl Rows {
    /// The rows as tab-separated text in UTF-8. They can be taken once.
    pub fn text(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.rows.text).into_bytes()
    }

    /// The number of the last row with something in it.
    pub fn last(&self) -> u32 {
        self.rows.last
    }

    /// How many rows have something in them.
    pub fn filled(&self) -> u32 {
        self.rows.filled
    }

    /// The number of the last column with something in it.
    pub fn columns(&self) -> u32 {
        self.rows.columns
    }

    /// A line for each note: its kind and its place, with a tab between.
    pub fn notes(&self) -> String {
        let lines = self.rows.notes.list.iter();
        lines.map(|Note { kind, place }| [kind.code(), "\t", place, "\n"].concat()).collect()
    }

    /// A line for each kind of notes: its kind and how many cells have it, with a tab between.
    pub fn counts(&self) -> String {
        let lines = self.rows.notes.counts.iter();
        lines.map(|(kind, count)| [kind.code(), "\t", &count.to_string(), "\n"].concat()).collect()
    }
}

fn refused(refusal: Refusal) -> JsValue {
    JsValue::from_str(refusal.code())
}
