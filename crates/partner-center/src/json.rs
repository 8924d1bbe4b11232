//! Reading the service's JSON as it is, not as it is documented.
//!
//! The service sends a byte order mark or none, names in camelCase, PascalCase or all lower case, explicit
//! nulls, numbers as strings, and values of enumerations that nobody has heard of. Hence a body is parsed to a
//! [`Value`] once, and resources pick from it what they know. Derived deserialisers would fail on these oddities
//! or need attributes on every field, and the resources of this crate would cost the browser 27 KB through them,
//! where they cost 6 KB this way (opt-level z, wasm-opt, brotli; parsing to a `Value` not counted).

use json_value::{Map, Value};

/// The longest body that is read, in bytes. The largest page of the service (500 items) stays far below.
pub const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

/// Parses a body, with or without a byte order mark. The error says what is wrong with it.
pub(crate) fn parse(body: &[u8]) -> Result<Value, &'static str> {
    if body.len() > MAX_BODY_BYTES {
        return Err("the body is too long");
    }
    // The reader refuses to nest deeper than 128 levels, which keeps the stack safe.
    json_value::parse(without_bom(body)).map_err(|_| "the body is not JSON")
}

/// The body without a UTF-8 byte order mark.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// A value that is read from JSON, tolerantly.
pub(crate) trait FromJson: Sized {
    /// Reads the value; `None` if nothing can be made of it.
    fn from_json(value: &Value) -> Option<Self>;

    /// What stands for an absent, null or unusable member; `None` if the whole is worthless without it.
    fn absent() -> Option<Self> {
        None
    }
}

/// The member of this name, in any ASCII case. A null counts as absent; of several spellings in one object the
/// exact one wins, if it holds anything.
pub(crate) fn find<'a>(object: &'a Map, name: &str) -> Option<&'a Value> {
    let exact = object.get(name).filter(|value| !value.is_null());
    exact.or_else(|| {
        object
            .iter()
            .find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_null())
            .map(|(_, value)| value)
    })
}

/// Reads a member of an object.
#[inline] // So that the compiler sees which members can never be missing: 0.8 KB less (brotli).
pub(crate) fn member<T: FromJson>(object: &Map, name: &str) -> Option<T> {
    match present(object, name) {
        Some(value) => Some(value),
        None => T::absent(),
    }
}

#[inline(never)]
fn present<T: FromJson>(object: &Map, name: &str) -> Option<T> {
    find(object, name).and_then(T::from_json)
}

impl FromJson for String {
    fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text.clone()),
            // Whole numbers only: printing floats costs the browser more than the field is worth.
            Value::Number(number) => number.as_i64().map(|number| number.to_string()),
            _ => None,
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl FromJson for bool {
    fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    fn absent() -> Option<Self> {
        Some(false)
    }
}

impl FromJson for u32 {
    fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => number.as_u64()?.try_into().ok(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: &Value) -> Option<Self> {
        Some(T::from_json(value))
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

/// Keeps the items that can be read.
impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: &Value) -> Option<Self> {
        Some(value.as_array()?.iter().filter_map(T::from_json).collect())
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// Declares a resource: its fields and, after each, the member it is read from.
macro_rules! resource {
    (
        $(#[$doc:meta])*
        pub struct $name:ident {
            $($(#[$field_doc:meta])* pub $field:ident: $type:ty = $member:literal,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::json::FromJson for $name {
            fn from_json(value: &json_value::Value) -> Option<Self> {
                let object = value.as_object()?;
                Some(Self { $($field: $crate::json::member(object, $member)?,)* })
            }

            fn absent() -> Option<Self> {
                Some(Self { $($field: <$type as $crate::json::FromJson>::absent()?,)* })
            }
        }
    };
}

/// Declares an enumeration of the wire with its values, and other spellings of them behind a bar; anything else is
/// `Unknown`. Case and underscores do not count: the service writes `starts_with` where its documents write
/// `StartsWith`.
macro_rules! wire_enum {
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $($(#[$member_doc:meta])* $member:ident = $value:literal $(| $spelling:literal)*,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$member_doc])* $member,)*
            /// Absent, or a value that this client does not know.
            #[default]
            Unknown,
        }

        impl $name {
            /// The value as it travels; `unknown` for [`Self::Unknown`].
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$member => $value,)*
                    Self::Unknown => "unknown",
                }
            }
        }

        impl $crate::json::FromJson for $name {
            fn from_json(value: &json_value::Value) -> Option<Self> {
                const VALUES: &[(&str, u8)] = &[
                    $(($value, $name::$member as u8), $(($spelling, $name::$member as u8),)*)*
                ];
                let number = $crate::json::number_of(value.as_str()?, VALUES);
                $(if number == Some(Self::$member as u8) {
                    return Some(Self::$member);
                })*
                Some(Self::Unknown)
            }

            fn absent() -> Option<Self> {
                Some(Self::Unknown)
            }
        }
    };
}

pub(crate) use {resource, wire_enum};

/// The number that stands beside a value.
pub(crate) fn number_of(text: &str, values: &[(&str, u8)]) -> Option<u8> {
    values.iter().find(|(value, _)| same_value(text, value)).map(|(_, number)| *number)
}

/// Whether two values of an enumeration are one, apart from ASCII case and underscores.
pub(crate) fn same_value(left: &str, right: &str) -> bool {
    fn folded(text: &str) -> impl Iterator<Item = u8> + '_ {
        text.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase())
    }
    folded(left).eq(folded(right))
}

#[cfg(test)]
mod tests;
