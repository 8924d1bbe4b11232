//! Two persons have changed one profile: what becomes of each field.

/// What becomes of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged {
    /// Nobody changed it, or both to the same.
    Same,
    /// Only this person changed it.
    Mine,
    /// Only the other one changed it: it stays as that one left it.
    Theirs,
    /// Both changed it, to different values: a person has to decide.
    Conflict,
}

/// Judges a field: as it was when the form was opened, as it was typed, and as the service has it now. Blanks around a
/// value do not count.
pub fn merge(before: &str, mine: &str, theirs: &str) -> Merged {
    let [before, mine, theirs] = [before, mine, theirs].map(str::trim);
    match (before == mine, before == theirs) {
        (true, true) => Merged::Same,
        (false, true) => Merged::Mine,
        (true, false) => Merged::Theirs,
        (false, false) if mine == theirs => Merged::Same,
        (false, false) => Merged::Conflict,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_case_is_told_apart() {
        assert_eq!(merge("a", "a", "a"), Merged::Same);
        assert_eq!(merge("a", "b", "a"), Merged::Mine);
        assert_eq!(merge("a", "a", "b"), Merged::Theirs);
        assert_eq!(merge("a", "b", "b"), Merged::Same);
        assert_eq!(merge("a", "b", "c"), Merged::Conflict);
        assert_eq!(merge("a", " a ", "a"), Merged::Same, "blanks are no change");
    }

    proptest! {
        #[test]
        fn nobodys_change_is_lost(before in "[ab]?", mine in "[ab]?", theirs in "[ab]?") {
            let result = match merge(&before, &mine, &theirs) {
                Merged::Mine => &mine,
                Merged::Theirs | Merged::Same => &theirs,
                Merged::Conflict => return Ok(()),
            };
            // Whoever changed the field finds the own value.
            prop_assert!(mine == before || *result == mine);
            prop_assert!(theirs == before || *result == theirs);
        }
    }
}
