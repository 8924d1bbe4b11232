//! What is found in rows.

use crate::Field;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The row cannot be created.
    Error,
    /// Somebody should look.
    Warning,
    /// It was put right, and is only told.
    Fixed,
}

impl Severity {
    /// Its name, for texts and machines.
    pub fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Fixed => "fixed",
        }
    }
}

/// Something about a row or one of its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The data row, counted from 0.
    pub index: u32,
    /// The row of the file, counted from 1.
    pub row: u32,
    /// The column of the file, counted from 1; `None` if it is the row's, or the field has no column.
    pub column: Option<u32>,
    /// The field, if it is one's.
    pub field: Option<Field>,
    /// What it is.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// The cell as it is used instead ([`Severity::Fixed`]), or as it could be. An empty password means that one is
    /// generated.
    pub fix: Option<Box<str>>,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $key:literal,)+) => {
        /// What was found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its name, for texts and machines.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)+ }
            }
        }
    };
}

codes! {
    /// A sign-in name is missing.
    SignInMissing = "sign_in_missing",
    /// The part before the `@` has more than 64 characters.
    SignInTooLong = "sign_in_too_long",
    /// The part before the `@` has a character that is not allowed, or is empty.
    SignInCharacter = "sign_in_character",
    /// A dot at the beginning, at the end, or two in a row.
    SignInDots = "sign_in_dots",
    /// There is no domain in the row, and none was chosen.
    SignInNoDomain = "sign_in_no_domain",
    /// The chosen domain was added.
    SignInCompleted = "sign_in_completed",
    /// What follows the `@` is no domain.
    SignInDomain = "sign_in_domain",
    /// The domain is none of the customer's.
    SignInForeignDomain = "sign_in_foreign_domain",
    /// The name of a guest (`#EXT#`).
    SignInGuest = "sign_in_guest",
    /// Characters that change the direction of writing: the name is not what it looks like.
    SignInDirection = "sign_in_direction",
    /// Letters beyond ASCII, which may look like others.
    SignInLetters = "sign_in_letters",
    /// A row above has the same name.
    SignInDuplicate = "sign_in_duplicate",
    /// The row's domain column says something else than its sign-in name, which counts.
    DomainDiffers = "domain_differs",
    /// There is no name to show.
    NameMissing = "name_missing",
    /// The name to show was made of first and last name.
    NameComposed = "name_composed",
    /// First and last name were told apart.
    NameSplit = "name_split",
    /// More than 50 characters: Partner Center's own upload would refuse it.
    NameLong = "name_long",
    /// It begins as a formula does.
    NameFormula = "name_formula",
    /// More characters than the field takes.
    TooLong = "too_long",
    /// No country or territory.
    LocationUnknown = "location_unknown",
    /// A place was written in another way than by its code.
    LocationNamed = "location_named",
    /// Characters that nobody sees were taken out.
    Invisible = "invisible_characters",
    /// Blanks at an edge, or other blanks than the usual one.
    Blanks = "blanks",
    /// Letters and accents were put together.
    Composed = "composed",
    /// Line breaks and other control characters became blanks.
    Controls = "control_characters",
    /// Characters that change the direction of writing were taken out.
    Direction = "direction_characters",
    /// A place that could not be read in the file's encoding.
    Damaged = "damaged",
    /// Fewer than 8 or more than 256 characters.
    PasswordLength = "password_length",
    /// Fewer than three of: small letters, capitals, digits, others.
    PasswordClasses = "password_classes",
    /// A blank at an edge, which is part of the password.
    PasswordBlanks = "password_blanks",
    /// Letters beyond ASCII, which not every keyboard has.
    PasswordLetters = "password_letters",
    /// The customer has no such licence.
    LicenceUnknown = "licence_unknown",
    /// There is no such role.
    RoleUnknown = "role_unknown",
    /// The row names a customer that is not the partner's, or that could not be read.
    CustomerUnknown = "customer_unknown",
    /// Users are created able to sign in.
    NotBlocked = "not_blocked",
    /// Cells beyond the last column.
    SurplusCells = "surplus_cells",
}
