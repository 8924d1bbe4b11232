//! Values as bytes and back, between a page and its worker. Both are of one build, so there are no versions; what cannot be
//! read is nothing, and never a panic.

use user_import::{Aside, Code, Confidence, Encoding, Field, Separator, Severity, Template};

/// A value that can be a message, or a part of one.
pub trait Pack: Sized {
    /// Appends the value.
    fn pack(&self, out: &mut Vec<u8>);
    /// Takes a value from the front; `None` if there is none of this kind.
    fn unpack(input: &mut &[u8]) -> Option<Self>;
}

/// A value as a message.
pub fn to_bytes<T: Pack>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    value.pack(&mut out);
    out
}

/// The value of a message; `None` if it is none, or has something behind it.
pub fn from_bytes<T: Pack>(mut input: &[u8]) -> Option<T> {
    let value = T::unpack(&mut input)?;
    input.is_empty().then_some(value)
}

fn take<'a>(input: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (front, rest) = input.split_at_checked(count)?;
    *input = rest;
    Some(front)
}

impl Pack for u8 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        take(input, 1)?.first().copied()
    }
}

impl Pack for u32 {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(Self::from_le_bytes(take(input, 4)?.try_into().ok()?))
    }
}

impl Pack for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(u8::unpack(input)? == 1)
    }
}

impl Pack for String {
    fn pack(&self, out: &mut Vec<u8>) {
        u32::try_from(self.len()).unwrap_or(u32::MAX).pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let length = u32::unpack(input)? as usize;
        Some(std::str::from_utf8(take(input, length)?).ok()?.to_owned())
    }
}

/// Bytes as they are, such as a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

/// Without the bytes.
impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Pack for Bytes {
    fn pack(&self, out: &mut Vec<u8>) {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX).pack(out);
        out.extend_from_slice(&self.0);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let length = u32::unpack(input)? as usize;
        Some(Self(take(input, length)?.to_vec()))
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(value) = self {
            value.pack(out);
        }
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(if bool::unpack(input)? { Some(T::unpack(input)?) } else { None })
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        u32::try_from(self.len()).unwrap_or(u32::MAX).pack(out);
        for value in self {
            value.pack(out);
        }
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let count = u32::unpack(input)?;
        // Nothing is made room for on the word of a message alone.
        let mut values = Self::new();
        for _ in 0..count {
            values.push(T::unpack(input)?);
        }
        Some(values)
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some((A::unpack(input)?, B::unpack(input)?))
    }
}

impl<A: Pack, B: Pack, C: Pack> Pack for (A, B, C) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
        self.2.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some((A::unpack(input)?, B::unpack(input)?, C::unpack(input)?))
    }
}

/// A value out of a list, by its place there.
macro_rules! listed {
    ($($of:ty = $all:expr;)+) => {$(
        impl Pack for $of {
            fn pack(&self, out: &mut Vec<u8>) {
                let at = $all.iter().position(|known| known == self);
                at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX).pack(out);
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                $all.get(usize::from(u8::unpack(input)?)).copied()
            }
        }
    )+};
}

listed! {
    Field = Field::ALL;
    Code = Code::ALL;
    Encoding = Encoding::ALL;
    Separator = Separator::ALL;
    Aside = [
        Aside::SeparatorLine,
        Aside::TypeLine,
        Aside::VersionLine,
        Aside::AboveHeader,
        Aside::Example,
        Aside::HeaderAgain,
    ];
    Severity = [Severity::Error, Severity::Warning, Severity::Fixed];
    Confidence = [
        Confidence::Chosen,
        Confidence::Learned,
        Confidence::Exact,
        Confidence::Known,
        Confidence::Place,
        Confidence::Content,
        Confidence::None,
    ];
    Template = [
        Template::PartnerCenter,
        Template::Microsoft365Old,
        Template::Microsoft365,
        Template::Entra,
        Template::Cipp,
        Template::Google,
        Template::PowerShell,
        Template::Plain,
    ];
}

/// A record whose members are messages.
macro_rules! record {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$doc:meta])* pub $member:ident: $of:ty,)+ })+) => {$(
        $(#[$meta])*
        pub struct $name { $($(#[$doc])* pub $member: $of,)+ }

        impl $crate::pack::Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                $($crate::pack::Pack::pack(&self.$member, out);)+
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                Some(Self { $($member: $crate::pack::Pack::unpack(input)?,)+ })
            }
        }
    )+};
}

/// One of several, each with at most one value.
macro_rules! choice {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident $(($of:ty))? = $tag:literal,)+ }) => {
        $(#[$meta])*
        pub enum $name { $($(#[$doc])* $variant $(($of))?,)+ }

        impl $crate::pack::Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                match self {
                    $(choice!(@pattern value $variant $($of)?) => {
                        out.push($tag);
                        choice!(@pack value out $($of)?);
                    })+
                }
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                Some(match <u8 as $crate::pack::Pack>::unpack(input)? {
                    $($tag => choice!(@unpack input $variant $($of)?),)+
                    _ => return None,
                })
            }
        }
    };
    (@pattern $value:ident $variant:ident $of:ty) => { Self::$variant($value) };
    (@pattern $value:ident $variant:ident) => { Self::$variant };
    (@pack $value:ident $out:ident $of:ty) => { $crate::pack::Pack::pack($value, $out) };
    (@pack $value:ident $out:ident) => {};
    (@unpack $input:ident $variant:ident $of:ty) => { Self::$variant($crate::pack::Pack::unpack($input)?) };
    (@unpack $input:ident $variant:ident) => { Self::$variant };
}

pub(crate) use {choice, record};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_value_comes_back() {
        for code in Code::ALL {
            assert_eq!(from_bytes::<Code>(&to_bytes(code)), Some(*code));
        }
        for field in Field::ALL {
            assert_eq!(from_bytes::<Option<Field>>(&to_bytes(&Some(field))), Some(Some(field)));
        }
        let value = (vec![(7_u32, "ñ".to_owned())], Some(true), Bytes(vec![0, 255]));
        let bytes = to_bytes(&value);
        assert_eq!(from_bytes(&bytes), Some(value));
        assert_eq!(from_bytes::<(Vec<(u32, String)>, Option<bool>, Bytes)>(&bytes[..bytes.len() - 1]), None);
    }
}
