//! The clouds that Partner Center runs in.

/// Where the partner and its customers are. What a cloud cannot do is refused by the routes that it concerns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cloud {
    /// The worldwide cloud, which can do everything.
    #[default]
    Global,
    /// That of the US Government.
    UsGovernment,
    /// China, run by 21Vianet.
    China,
    /// Germany, closed since October 2021.
    Germany,
}

const NAMES: [(Cloud, &str); 4] = [
    (Cloud::Global, "global"),
    (Cloud::UsGovernment, "us-government"),
    (Cloud::China, "china"),
    (Cloud::Germany, "germany"),
];

impl Cloud {
    /// The cloud of this name, as `config.json` of the application spells it.
    pub fn parse(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(cloud, _)| *cloud)
    }

    /// The name of this cloud.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(cloud, _)| *cloud == self).map_or("", |(_, name)| name)
    }
}
