//! The binary's sentences. The application has its own, in its languages.

use user_import::{Code, Content, MAX_BYTES, MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS, RefusalKind};

pub(crate) fn issue(code: Code) -> &'static str {
    match code {
        Code::SignInMissing => "The sign-in name is missing.",
        Code::SignInTooLong => "The part before the @ has more than 64 characters.",
        Code::SignInCharacter => "Before the @ only letters, digits and ' . - _ ! ^ ~ can stand.",
        Code::SignInDots => "A dot cannot be first, last or doubled.",
        Code::SignInNoDomain => "There is no domain, and none was chosen.",
        Code::SignInCompleted => "The chosen domain was added.",
        Code::SignInDomain => "What follows the @ is no domain.",
        Code::SignInForeignDomain => "The domain is none of the customer's.",
        Code::SignInGuest => "Names of guests cannot be created.",
        Code::SignInDirection => "Hidden characters change the direction of writing.",
        Code::SignInLetters => "Letters with accents or of other scripts cannot stand in a sign-in name.",
        Code::SignInDuplicate => "A row above has the same sign-in name.",
        Code::DomainDiffers => "The domain's column says something else than the sign-in name, which counts.",
        Code::NameMissing => "The display name is missing.",
        Code::NameComposed => "The display name was made of first and last name.",
        Code::NameSplit => "First and last name were told apart.",
        Code::NameLong => "More than 50 characters: Partner Center's own upload would refuse it.",
        Code::NameFormula => "A spreadsheet would take this name for a formula.",
        Code::TooLong => "More characters than the field takes.",
        Code::LocationUnknown => "No country or territory of this name or code is known.",
        Code::LocationNamed => "The location was written in another way than by its code.",
        Code::Invisible => "Invisible characters were taken out.",
        Code::Blanks => "Blanks were put right.",
        Code::Composed => "Letters and accents were put together.",
        Code::Controls => "Line breaks or control characters became blanks.",
        Code::Direction => "Characters that change the direction of writing were taken out.",
        Code::Damaged => "A character could not be read in the file's encoding.",
        Code::PasswordLength => "A password has 8 to 256 characters. Leave it empty to have one generated.",
        Code::PasswordClasses => {
            "A password needs three of: small letters, capitals, digits, symbols. Leave it empty to have one generated."
        }
        Code::PasswordBlanks => "The password begins or ends with a blank, which is part of it.",
        Code::PasswordLetters => "The password has letters that not every keyboard has.",
        Code::LicenceUnknown => "The customer has no such licence.",
        Code::RoleUnknown => "There is no such role.",
        Code::NotBlocked => "Users are created able to sign in; block this one afterwards.",
        Code::SurplusCells => "The row has more cells than the header.",
        Code::CustomerUnknown => "The row names a customer that is not yours, or could not be read.",
    }
}

pub(crate) fn refusal(kind: &RefusalKind) -> String {
    match kind {
        RefusalKind::Empty => "There is nothing in the file.".to_owned(),
        RefusalKind::TooLarge => format!("The file has more than {} MB.", MAX_BYTES / 1_000_000),
        RefusalKind::TooManyRows => format!("The file has more than {MAX_ROWS} rows."),
        RefusalKind::TooManyColumns => format!("A row has more than {MAX_COLUMNS} cells."),
        RefusalKind::CellTooLong => format!("A cell has more than {MAX_CELL_BYTES} bytes."),
        RefusalKind::Nul => "There is a NUL character in the file.".to_owned(),
        RefusalKind::UnclosedQuote => "A quotation mark opens here and is not closed.".to_owned(),
        RefusalKind::NotText(content) => match content {
            Content::Workbook => "This is a workbook.".to_owned(),
            Content::Pdf => "This is a PDF document.".to_owned(),
            Content::Html => "This is a web page or XML.".to_owned(),
            Content::Json => "This is JSON.".to_owned(),
            Content::Binary => "This is no text.".to_owned(),
        },
        RefusalKind::NoDecoder(label) => format!("The encoding {label} is not known."),
        RefusalKind::NoHeader => "Nothing tells what the columns are.".to_owned(),
        RefusalKind::MissingColumns(fields) => {
            let names: Vec<&str> = fields.iter().map(|field| field.key()).collect();
            format!("There is no column for: {}.", names.join(", "))
        }
        RefusalKind::TwoColumns(field, first, second) => {
            format!("Columns {first} and {second} both seem to be {}.", field.key())
        }
    }
}

pub(crate) fn way_out(kind: &RefusalKind) -> &'static str {
    match kind {
        RefusalKind::Empty => "Choose the file that has the users.",
        RefusalKind::TooLarge | RefusalKind::TooManyRows => "Split the file.",
        RefusalKind::TooManyColumns | RefusalKind::CellTooLong => {
            "Save the columns that matter as a file of their own."
        }
        RefusalKind::Nul => "Open the file in a spreadsheet and save it as CSV (UTF-8).",
        RefusalKind::UnclosedQuote => "Close the quotation mark, or take it away.",
        RefusalKind::NotText(Content::Workbook) => "Save it as CSV.",
        RefusalKind::NotText(_) => "Export the list of users as CSV.",
        RefusalKind::NoDecoder(_) => "Save the file as CSV (UTF-8).",
        RefusalKind::NoHeader => "Put a row with the names of the columns above the users.",
        RefusalKind::MissingColumns(_) => "Add the column, or say which of the others it is.",
        RefusalKind::TwoColumns(..) => "Say which of them it is, or delete one.",
    }
}
