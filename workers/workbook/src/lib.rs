//! The workbook reader for JavaScript.

use wasm_bindgen::prelude::wasm_bindgen;

/// A workbook that is open.
#[wasm_bindgen]
pub struct Workbook;

#[wasm_bindgen]
impl Workbook {
    /// Opens a file.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self
    }
}
