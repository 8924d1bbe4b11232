//! customer-index
