//! The checksum of zip archives: CRC-32 as in IEEE 802.3, eight bytes at a time.

/// Remainders for each byte, and for each byte that is followed by 1 to 7 zeros.
pub(crate) struct Crc {
    tables: Box<[[u32; 256]; 8]>,
}

impl Crc {
    /// Makes the tables: 8 KB that need not be fetched.
    pub(crate) fn new() -> Self {
        let mut tables = Box::new([[0_u32; 256]; 8]);
        for (byte, entry) in (0_u32..).zip(&mut tables[0]) {
            *entry = (0..8).fold(byte, |rest, _| (rest >> 1) ^ (0xedb8_8320 & (rest & 1).wrapping_neg()));
        }
        for table in 1..8 {
            for byte in 0..256 {
                let before = tables[table - 1][byte];
                tables[table][byte] = (before >> 8) ^ tables[0][usize::from(low(before))];
            }
        }
        Self { tables }
    }

    /// Goes on with a checksum; the first one is 0.
    pub(crate) fn extend(&self, checksum: u32, bytes: &[u8]) -> u32 {
        let mut rest = !checksum;
        let (eights, last) = bytes.as_chunks::<8>();
        for eight in eights {
            let [a, b, c, d, after @ ..] = *eight;
            let begin = (rest ^ u32::from_le_bytes([a, b, c, d])).to_le_bytes();
            let tables = self.tables.iter().rev();
            let bytes = begin.iter().chain(&after);
            rest = tables.zip(bytes).fold(0, |rest, (table, byte)| rest ^ table[usize::from(*byte)]);
        }
        for byte in last {
            rest = (rest >> 8) ^ self.tables[0][usize::from(low(rest) ^ byte)];
        }
        !rest
    }
}

/// The lowest byte.
fn low(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::Crc;

    #[test]
    fn the_checksum_is_the_known_one_however_it_is_cut() {
        let crc = Crc::new();
        assert_eq!(crc.extend(0, b"123456789"), 0xcbf4_3926);
        assert_eq!(crc.extend(0, b""), 0);
        let bytes: Vec<u8> = (0..=255).cycle().take(1000).collect();
        let whole = crc.extend(0, &bytes);
        for cut in [1, 7, 8, 9, 500, 999] {
            assert_eq!(crc.extend(crc.extend(0, &bytes[..cut]), &bytes[cut..]), whole);
        }
    }
}
