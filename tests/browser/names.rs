//! What the tests know of the sandbox's customers and of the words on the page.

/// The label of the search field.
pub(crate) const SEARCH: &str = "Buscar por nombre, dominio o identificador";

/// A customer like any other, by its domain and its name.
pub(crate) const RUIZ: (&str, &str) = ("ruiz-murcia.onmicrosoft.com", "Panadería Hermanos Ruiz SL");

/// A customer whose subscriptions alone fail.
pub(crate) const NO_SUBSCRIPTIONS: (&str, &str) =
    ("5e170000-0000-4000-8000-00000000c500", "Sandbox subscriptions 500");

/// A customer who has left.
pub(crate) const FORMER: &str = "f0e30000-0000-4000-8000-000000000001";

/// Nobody.
pub(crate) const NOBODY: &str = "00000000-0000-4000-8000-00000000dead";
