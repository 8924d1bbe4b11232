//! A range of cells as text, as spreadsheets have it on the clipboard: cells by tabs, rows by line breaks.

/// The cells of a text. A cell in quotation marks may hold tabs and line breaks, and doubled marks.
pub(crate) fn parse(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted => {
                if letters.next_if_eq(&'"').is_some() {
                    cell.push('"');
                } else {
                    quoted = false;
                }
            }
            // Only at the beginning of a cell, and only where a mark closes it: others belong to the text.
            '"' if cell.is_empty() && letters.clone().any(|later| later == '"') => quoted = true,
            '\t' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' | '\n' if !quoted => {
                if letter == '\r' {
                    letters.next_if_eq(&'\n');
                }
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    // Spreadsheets end the last row as they end the others.
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// The text of cells.
pub(crate) fn print(rows: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        if text.contains(['\t', '\r', '\n']) || text.starts_with('"') {
            ["\"", &text.replace('"', "\"\""), "\""].concat()
        } else {
            text.clone()
        }
    };
    let lines = rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t"));
    lines.collect::<Vec<_>>().join("\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_spreadsheets_copy_is_read() {
        let read = |text: &str| parse(text).iter().map(|row| row.join("|")).collect::<Vec<_>>().join("/");
        assert_eq!(read("a\tb\r\nc\td\r\n"), "a|b/c|d");
        assert_eq!(read("a"), "a");
        assert_eq!(read("\"a\tb\"\"\nc\"\td"), "a\tb\"\nc|d");
        assert_eq!(read("a\t\r\n\r\nb"), "a|//b");
        assert_eq!(read("5\" disc\t\"x"), "5\" disc|\"x");
        assert_eq!(read(""), "");
    }

    proptest! {
        #[test]
        fn what_is_copied_comes_back(rows in prop::collection::vec(prop::collection::vec("[a-z\"\t\n]{0,5}", 2..4), 1..5)) {
            prop_assert_eq!(parse(&print(&rows)), rows);
        }
    }
}
