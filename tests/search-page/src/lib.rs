//! The search of the customer index alone, in a browser: what the bench `list.search.1m` holds against plain JavaScript.
//! Nothing of it is shipped.

use customer_index::{Customer, CustomerIndex, Fold, Query};
use wasm_bindgen::prelude::wasm_bindgen;

/// An index of customers.
#[wasm_bindgen]
#[derive(Default)]
pub struct Index {
    customers: CustomerIndex,
    hits: Vec<usize>,
}

/// The texts of the bench are lower-cased by the page already, for both sides.
struct AsItIs;

impl Fold for AsItIs {
    fn fold(&self, text: &str) -> String {
        text.to_owned()
    }
}

#[wasm_bindgen]
impl Index {
    /// An index without customers.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a customer.
    pub fn push(&mut self, id: &str, name: &str, domain: &str) -> bool {
        self.customers.push(Customer { id, name, domain, relationship: 1 }, &AsItIs)
    }

    /// How many customers have the text in name, domain or id.
    pub fn search(&mut self, text: &str) -> usize {
        self.hits.clear();
        self.customers.search(&Query::new(text, &AsItIs), 0, &mut self.hits);
        self.hits.len()
    }
}
