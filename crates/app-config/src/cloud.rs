//! Microsoft's clouds, and where each is reached.

/// A Microsoft cloud. What each can do is decided elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cloud {
    /// The worldwide cloud.
    Global,
    /// For United States public bodies.
    UsGovernment,
    /// Operated by 21Vianet.
    China,
    /// Closed since 29 October 2021; kept for what still runs there.
    Germany,
}

/// Where a cloud is reached: who signs people in, where the API is, and what a token for it is asked for with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoints {
    /// The origin that signs people in.
    pub authority: &'static str,
    /// The origin of the API. Tokens of this cloud go nowhere else.
    pub api: &'static str,
    /// The delegated permission of the API.
    pub scope: &'static str,
}

pub(crate) const CLOUDS: &[&str] = &["global", "us-government", "china", "germany"];

const GLOBAL: Endpoints = Endpoints {
    authority: "https://login.microsoftonline.com",
    api: "https://api.partnercenter.microsoft.com",
    scope: "https://api.partnercenter.microsoft.com/user_impersonation",
};
/// The same API as worldwide, with an authority of its own.
const US_GOVERNMENT: Endpoints = Endpoints { authority: "https://login.microsoftonline.us", ..GLOBAL };
const CHINA: Endpoints = Endpoints {
    authority: "https://login.partner.microsoftonline.cn",
    api: "https://partner.partnercenterapi.microsoftonline.cn",
    scope: "https://partner.partnercenterapi.microsoftonline.cn/user_impersonation",
};

impl Cloud {
    /// All, in the order of the setting's words.
    pub const ALL: [Self; 4] = [Self::Global, Self::UsGovernment, Self::China, Self::Germany];

    /// The cloud of this word in `config.json`.
    pub(crate) fn at(index: usize) -> Self {
        Self::ALL.get(index).copied().unwrap_or(Self::Global)
    }

    /// Its word in `config.json`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Global => CLOUDS[0],
            Self::UsGovernment => CLOUDS[1],
            Self::China => CLOUDS[2],
            Self::Germany => CLOUDS[3],
        }
    }

    /// Where it is reached, the one table; `None` where nobody can sign in any more.
    pub fn endpoints(self) -> Option<Endpoints> {
        match self {
            Self::Global => Some(GLOBAL),
            Self::UsGovernment => Some(US_GOVERNMENT),
            Self::China => Some(CHINA),
            Self::Germany => None,
        }
    }
}
