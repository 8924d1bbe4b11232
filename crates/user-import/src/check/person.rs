//! Names of persons.

/// First and last name out of one text: `Ruiz Sanz, Ana` and `Ana Ruiz Sanz`. What cannot be known is guessed: the first
/// word is the first name, the first two of four. Answers whether there was a comma, too.
pub(super) fn split(full: &str) -> (String, String, bool) {
    if let Some((last, first)) = full.split_once(',') {
        let (last, first) = (last.trim(), first.trim());
        if !last.is_empty() && !first.is_empty() {
            return (first.to_owned(), last.to_owned(), true);
        }
    }
    let words: Vec<&str> = full.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let first = if words.len() == 4 { 2 } else { 1.min(words.len()) };
    (words[..first].join(" "), words[first..].join(" "), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_are_split() {
        for (full, first, last) in [
            ("Ana Ruiz", "Ana", "Ruiz"),
            ("Ana Ruiz Sanz", "Ana", "Ruiz Sanz"),
            ("Ana María Ruiz Sanz", "Ana María", "Ruiz Sanz"),
            ("Ruiz Sanz, Ana María", "Ana María", "Ruiz Sanz"),
            ("Ana", "Ana", ""),
            ("Ana,", "Ana", ""),
            (",", "", ""),
            ("", "", ""),
        ] {
            let (found_first, found_last, _) = split(full);
            assert_eq!((found_first.as_str(), found_last.as_str()), (first, last), "{full}");
        }
    }
}
