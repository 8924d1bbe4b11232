//! Evaluates SPDX licence expressions such as `(MIT OR Apache-2.0) AND Unicode-3.0`.

/// Whether the expression can be met with licences that `allowed` accepts. An identifier with an exception is
/// asked for as a whole (`Apache-2.0 WITH LLVM-exception`). What is no expression is not allowed.
/// Old crates write `/` for OR.
pub(super) fn allows(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut parser = Parser { words: &words, allowed };
    parser.any() == Some(true) && parser.words.is_empty()
}

/// Recursive descent: AND binds more tightly than OR. Each method returns `None` on a syntax error.
struct Parser<'a> {
    words: &'a [&'a str],
    allowed: &'a dyn Fn(&str) -> bool,
}

impl<'a> Parser<'a> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.words.first().is_some_and(|first| first.eq_ignore_ascii_case(word));
        if found {
            self.words = &self.words[1..];
        }
        found
    }

    fn next(&mut self) -> Option<&'a str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn any(&mut self) -> Option<bool> {
        let mut met = self.all()?;
        while self.take("OR") {
            met |= self.all()?;
        }
        Some(met)
    }

    fn all(&mut self) -> Option<bool> {
        let mut met = self.one()?;
        while self.take("AND") {
            met &= self.one()?;
        }
        Some(met)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let met = self.any()?;
            return self.take(")").then_some(met);
        }
        let id = self.next().filter(|word| !["AND", "OR", "WITH", ")"].contains(word))?;
        if self.take("WITH") {
            return Some((self.allowed)(&format!("{id} WITH {}", self.next()?)));
        }
        Some((self.allowed)(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(expression: &str) -> bool {
        allows(expression, &|id| {
            ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].contains(&id)
        })
    }

    #[test]
    fn one_side_of_or_and_both_of_and_must_be_allowed() {
        for fine in [
            "MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0 OR MIT",
            "MIT/GPL-3.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "MPL-2.0 AND GPL-3.0 OR MIT",
            "MIT OR Apache-2.0 AND GPL-3.0",
            "Apache-2.0 WITH LLVM-exception",
            "((MIT))",
        ] {
            assert!(allowed(fine), "{fine}");
        }
        for wrong in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT OR Apache-2.0) AND GPL-3.0",
            "MIT AND (GPL-3.0 OR MPL-2.0)",
            "MIT WITH some-exception",
        ] {
            assert!(!allowed(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_is_no_expression_is_not_allowed() {
        for broken in ["", "OR", "MIT OR", "MIT Apache-2.0", "(MIT", "MIT)", "MIT WITH", "AND MIT", "()"] {
            assert!(!allowed(broken), "{broken}");
        }
    }
}
