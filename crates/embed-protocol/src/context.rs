//! What a host says about the place that the application is in: language, look, page, and for whom it works.

use json_value::{Map, Value};

use crate::ramp::{Ramp, RampFault};
use crate::route::is_route;

/// A look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As the person's system has it.
    System,
}

/// Who says how high the frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Height {
    /// The host; what is longer is scrolled inside.
    Fill,
    /// The application; the host scrolls.
    Auto,
}

/// What the application shows around its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chrome {
    /// A row of tabs.
    Tabs,
    /// Its own bar and navigation, as in a tab of its own.
    Full,
    /// Nothing: the host has links of its own.
    None,
}

/// What a host says. What it leaves out stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The language, a tag such as `es-MX`.
    pub locale: Option<String>,
    /// The look.
    pub theme: Option<Theme>,
    /// The colours of the host's brand, or why they cannot be taken.
    pub brand: Option<Result<Ramp, RampFault>>,
    /// `compact`, `normal` or `comfortable`.
    pub density: Option<String>,
    /// The page to begin with, a path with its query.
    pub route: Option<String>,
    /// Who says how high the frame is.
    pub height: Height,
    /// What is shown around the pages.
    pub chrome: Chrome,
    /// Keys that are the host's wherever the focus is, such as `Ctrl+k` or `F6`.
    pub shortcuts: Vec<String>,
    /// `partner`, `agent` and `roles` as the gateway's `/.session` has them, as JSON; what is not said is not in it.
    pub session: String,
}

/// How many keys a host may take, and how long the name of one is.
const SHORTCUTS: (usize, usize) = (32, 32);
const DENSITIES: [&str; 3] = ["compact", "normal", "comfortable"];

impl Context {
    /// Reads a context. Members that are not known here are a later version's, and are left out.
    ///
    /// `None` when a known one is not of its form: nothing of such a context is taken over.
    pub(crate) fn read(params: &Map) -> Option<Self> {
        let text = |name: &str| match params.get(name) {
            None | Some(Value::Null) => Some(None),
            Some(Value::String(text)) => Some(Some(text.clone())),
            Some(_) => None,
        };
        let one_of = |name: &str, allowed: &[&str]| match text(name)? {
            None => Some(None),
            Some(word) => allowed.iter().position(|known| *known == word).map(Some),
        };
        let theme = match one_of("theme", &["light", "dark", "system"])? {
            Some(0) => Some(Theme::Light),
            Some(1) => Some(Theme::Dark),
            Some(_) => Some(Theme::System),
            None => None,
        };
        let height = one_of("height", &["fill", "auto"])?.unwrap_or(0);
        let chrome = one_of("chrome", &["tabs", "full", "none"])?.unwrap_or(0);
        let density = one_of("density", &DENSITIES)?.map(|at| DENSITIES[at].to_owned());
        let route = text("route")?;
        if route.as_ref().is_some_and(|route| !is_route(route)) {
            return None;
        }
        let brand = match params.get("brand") {
            None | Some(Value::Null) => None,
            Some(brand) => Some(Ramp::read(brand)),
        };
        Some(Self {
            locale: text("locale")?.filter(|tag| is_language(tag)),
            theme,
            brand,
            density,
            route,
            height: if height == 0 { Height::Fill } else { Height::Auto },
            chrome: [Chrome::Tabs, Chrome::Full, Chrome::None][chrome],
            shortcuts: shortcuts(params.get("shortcuts"))?,
            session: session(params)?,
        })
    }
}

fn is_language(tag: &str) -> bool {
    let letters = tag.split('-').next().unwrap_or_default();
    (2..=3).contains(&letters.len())
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
        && tag.len() <= 35
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn shortcuts(value: Option<&Value>) -> Option<Vec<String>> {
    let Some(value) = value else { return Some(Vec::new()) };
    let keys = value.as_array().filter(|keys| keys.len() <= SHORTCUTS.0)?;
    keys.iter().map(|key| Some(key.as_str().filter(|key| is_shortcut(key))?.to_owned())).collect()
}

/// Tab and Escape are nobody's to take: the one leads through and out of the frame, the other closes what is open in it.
fn is_shortcut(key: &str) -> bool {
    let last = key.rsplit('+').next().unwrap_or_default();
    !key.is_empty() && key.len() <= SHORTCUTS.1 && !matches!(last, "Tab" | "Escape")
}

fn session(params: &Map) -> Option<String> {
    let mut parts = Vec::new();
    for (name, is_list) in [("partner", false), ("agent", false), ("roles", true)] {
        match (params.get(name), is_list) {
            (None | Some(Value::Null), _) => {}
            (Some(value @ Value::Object(_)), false) | (Some(value @ Value::Array(_)), true) => {
                parts.push(["\"", name, "\":", &value.print()].concat());
            }
            _ => return None,
        }
    }
    Some(["{", &parts.join(","), "}"].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Context> {
        match json_value::parse(text.as_bytes()).unwrap() {
            Value::Object(params) => Context::read(&params),
            _ => None,
        }
    }

    #[test]
    fn an_empty_context_changes_nothing() {
        let context = read("{}").unwrap();
        assert_eq!((context.locale, context.theme, context.brand, context.route), (None, None, None, None));
        assert_eq!((context.height, context.chrome), (Height::Fill, Chrome::Tabs));
        assert_eq!(context.session, "{}");
    }

    #[test]
    fn everything_is_read() {
        let context = read(
            r#"{"locale":"es-MX","theme":"dark","density":"compact","route":"/transfers","height":"auto",
                "chrome":"none","shortcuts":["Ctrl+k","F6"],"roles":["AdminAgent"],"fromLater":{"a":1},
                "partner":{"id":"x","name":"Altamar"},"agent":{"displayName":"Eva"}}"#,
        )
        .unwrap();
        assert_eq!(context.locale.as_deref(), Some("es-MX"));
        assert_eq!((context.theme, context.density.as_deref()), (Some(Theme::Dark), Some("compact")));
        assert_eq!(context.route.as_deref(), Some("/transfers"));
        assert_eq!((context.height, context.chrome), (Height::Auto, Chrome::None));
        assert_eq!(context.shortcuts, ["Ctrl+k", "F6"]);
        assert_eq!(
            context.session,
            r#"{"partner":{"id":"x","name":"Altamar"},"agent":{"displayName":"Eva"},"roles":["AdminAgent"]}"#
        );
    }

    #[test]
    fn a_context_with_a_wrong_part_is_refused_as_a_whole() {
        for text in [
            r#"{"locale":7}"#,
            r#"{"theme":"sepia"}"#,
            r#"{"height":"tall"}"#,
            r#"{"chrome":true}"#,
            r#"{"density":"dense"}"#,
            r#"{"route":"https://evil.example"}"#,
            r#"{"shortcuts":"F6"}"#,
            r#"{"shortcuts":["Tab"]}"#,
            r#"{"shortcuts":["Shift+Tab"]}"#,
            r#"{"shortcuts":["Escape"]}"#,
            r#"{"shortcuts":[""]}"#,
            r#"{"partner":"x"}"#,
            r#"{"roles":{}}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let many = vec!["\"F6\""; 33].join(",");
        assert_eq!(read(&format!("{{\"shortcuts\":[{many}]}}")), None);
        assert_eq!(read(r#"{"locale":"../x"}"#).unwrap().locale, None, "no language at all");
    }
}
