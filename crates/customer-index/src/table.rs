//! A hash table of numbers that keeps no keys: whoever owns the things behind the numbers hashes and
//! compares them. One compiled copy serves ids and column values, at a word per slot.

/// Numbers by the hash of what they stand for; open addressing with linear probing.
#[derive(Default)]
pub(crate) struct Table {
    /// A number plus one; zero is free. The length is a power of two, or zero.
    slots: Vec<usize>,
    len: usize,
}

const FIRST_SLOTS: usize = 16;

impl Table {
    /// The number with this hash for which `is` holds.
    pub(crate) fn find(&self, hash: u32, is: &dyn Fn(usize) -> bool) -> Option<usize> {
        self.slot_of(hash, is).map(|slot| self.slots[slot] - 1)
    }

    /// Adds a number that is not there yet. `hash_of` gives the hash of a number that is.
    pub(crate) fn insert(&mut self, hash: u32, number: usize, hash_of: &dyn Fn(usize) -> u32) {
        // At most three quarters full: probing stays short.
        if self.len >= self.slots.len() / 4 * 3 {
            let slots = (self.slots.len() * 2).max(FIRST_SLOTS);
            let old = std::mem::replace(&mut self.slots, vec![0; slots]);
            for kept in old.into_iter().filter(|kept| *kept != 0) {
                self.place(hash_of(kept - 1), kept);
            }
        }
        self.place(hash, number + 1);
        self.len += 1;
    }

    /// Takes out the number with this hash for which `is` holds. What stands behind it must still be there.
    pub(crate) fn remove(
        &mut self,
        hash: u32,
        is: &dyn Fn(usize) -> bool,
        hash_of: &dyn Fn(usize) -> u32,
    ) -> Option<usize> {
        let mut free = self.slot_of(hash, is)?;
        let removed = std::mem::take(&mut self.slots[free]) - 1;
        self.len -= 1;
        // Those after it that would have stood in the gap move up, so that no search ends at it.
        let mut slot = self.next(free);
        while self.slots[slot] != 0 {
            let home = self.home(hash_of(self.slots[slot] - 1));
            let mask = self.slots.len() - 1;
            if (slot.wrapping_sub(home) & mask) >= (slot.wrapping_sub(free) & mask) {
                self.slots.swap(free, slot);
                free = slot;
            }
            slot = self.next(slot);
        }
        Some(removed)
    }

    fn slot_of(&self, hash: u32, is: &dyn Fn(usize) -> bool) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let mut slot = self.home(hash);
        while self.slots[slot] != 0 {
            if is(self.slots[slot] - 1) {
                return Some(slot);
            }
            slot = self.next(slot);
        }
        None
    }

    fn place(&mut self, hash: u32, entry: usize) {
        let mut slot = self.home(hash);
        while self.slots[slot] != 0 {
            slot = self.next(slot);
        }
        self.slots[slot] = entry;
    }

    fn home(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    fn next(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }

    /// Bytes reserved.
    pub(crate) fn bytes_held(&self) -> usize {
        self.slots.capacity() * size_of::<usize>()
    }
}

/// FNV-1a over the bytes in lower case. Ids come from one service, not from an adversary, so a keyed hash
/// would only cost bytes.
pub(crate) fn hash(text: &[u8]) -> u32 {
    let hash = text.iter().fold(0x811c_9dc5, |hash: u32, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
    });
    // The upper bits are the better ones; the table looks at the lower.
    hash ^ (hash >> 15)
}
