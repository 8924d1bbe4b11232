//! GUIDs as text: lower case, with hyphens.

use super::clock::Random;

/// A version 4 GUID from two random numbers.
pub fn from_numbers(high: u64, low: u64) -> String {
    let high = (high & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000;
    let low = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xFFFF,
        high & 0xFFFF,
        low >> 48,
        low & 0xFFFF_FFFF_FFFF
    )
}

/// A version 4 GUID from a random source.
pub fn random(random: &mut dyn Random) -> String {
    from_numbers(random.next_u64(), random.next_u64())
}

/// The text as a lower-case GUID, or `None` when it is not 8-4-4-4-12 hexadecimal digits.
pub fn parse(text: &str) -> Option<String> {
    let well_formed = text.len() == 36
        && text.bytes().enumerate().all(|(i, byte)| match i {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    well_formed.then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_guids_parse_and_carry_their_version() {
        let guid = from_numbers(u64::MAX, u64::MAX);
        assert_eq!(guid, "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(parse(&guid.to_uppercase()), Some(guid));
    }

    #[test]
    fn other_shapes_are_refused() {
        for text in ["", "1", "ffffffffffff4fffbfffffffffffffff", "gfffffff-ffff-4fff-bfff-ffffffffffff", "ñ"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
