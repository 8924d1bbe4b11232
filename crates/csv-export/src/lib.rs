//! csv-export
