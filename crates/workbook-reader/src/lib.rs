//! From an Excel workbook (`.xlsx`) to rows as text.
#![deny(missing_docs)]
