//! What this project allows itself to depend on.

/// Licences that ask for no more than to be named, by their SPDX identifiers.
pub(super) const ALLOWED: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Allowed besides for tools that are neither linked to nor shipped (axe-core, which the browser tests load).
pub(super) const ALLOWED_FOR_TOOLS: [&str; 1] = ["MPL-2.0"];

/// A crate that was decided against.
pub(super) struct Banned {
    pub(super) name: &'static str,
    pub(super) why: &'static str,
}

/// Banned everywhere.
pub(super) const BANNED: [Banned; 2] = [
    Banned { name: "openssl-sys", why: "needs a C library on every machine; rustls does not" },
    Banned { name: "native-tls", why: "brings the system's TLS library; rustls does not" },
];

/// May not be named by the application or its crates. Leptos brings some of them itself.
pub(super) const BANNED_WHEN_SHIPPED: [Banned; 6] = [
    Banned { name: "chrono", why: "the browser's Intl and Date know dates, zones and their names" },
    Banned {
        name: "encoding_rs",
        why: "100 KB compressed; the browser's TextDecoder reads legacy encodings",
    },
    Banned { name: "regex", why: "187 KB compressed; the browser's RegExp runs the patterns there are" },
    Banned { name: "thaw", why: "138 KB compressed for ten components, and needs 'unsafe-inline' styles" },
    Banned { name: "url", why: "dozens of KB compressed; the browser's URL parses addresses" },
    Banned { name: "uuid", why: "the browser makes them with crypto.randomUUID" },
];
