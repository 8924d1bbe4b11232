//! Every setting, documented once. The schema (`public/config.schema.json`) and the document (`docs/configuration.md`) are
//! made from this table; the parser is held against it. After a change:
//! `CARTERA_WRITE=1 cargo test -p app-config` writes both.

#![allow(clippy::format_push_string)] // a test may copy

use std::path::{Path, PathBuf};

use super::approval::{APPROVALS, KEY};
use super::registration::SHOWN;
use super::*;

/// What a value looks like.
enum Shape {
    /// One of these words.
    Word(&'static [&'static str]),
    /// A text of this pattern.
    Text(&'static str),
    /// `true` or `false`.
    YesOrNo,
    /// A list of texts of this pattern, of at least so many.
    List(&'static str, usize),
    /// Those who may agree.
    Approvers,
}

struct Setting {
    name: &'static str,
    shape: Shape,
    /// What holds without it; `None` where it has to be there.
    without: Option<&'static str>,
    about: &'static str,
}

const GUID: &str = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$";
const ORIGIN: &str = "^(https://[A-Za-z0-9.-]+|http://(localhost|127\\.0\\.0\\.1))(:[1-9][0-9]{0,4})?$";
const ADDRESS: &str = "^(/(?!/)|https://|http://(localhost|127\\.0\\.0\\.1)[:/])[^?# \\\\]*$";
const LOOPBACK: &str = "^https?://(localhost|127\\.0\\.0\\.1)(:[1-9][0-9]{0,4})?$";

const TABLE: &[Setting] = &[
    Setting {
        name: "mode",
        shape: Shape::Word(MODES),
        without: None,
        about: "How Partner Center is reached. `gateway`: through a gateway that holds the tokens, so that nothing secret is in the browser; recommended. \
            `direct`: from the browser, where whoever works signs in; the tokens are in memory only. `host`: in a frame the portal makes the calls or hands over tokens; in a tab of its own they go through the gateway at `api`. \
            `demo`: invented customers in the browser and no server at all; the site has to be built for it (`cargo xtask dist --demo`).",
    },
    Setting {
        name: "api",
        shape: Shape::Text(ADDRESS),
        without: Some(
            "needed with `gateway` and `host`; with `direct` it is the cloud's own, with `demo` it has no meaning",
        ),
        about: "What stands for Partner Center's `/v1`: a path on this origin, or an `https` address. With `direct`, tokens go to the cloud's own API and nowhere else, so leave it out.",
    },
    Setting {
        name: "cloud",
        shape: Shape::Word(CLOUDS),
        without: None,
        about: "The Microsoft cloud that the partner sells in. It decides what can be done here. Nobody can sign in to `germany` any more (closed on 29 October 2021): with `direct` it is refused.",
    },
    Setting {
        name: "tenant",
        shape: Shape::Text(GUID),
        without: Some("needed with `direct`, refused elsewhere"),
        about: "The partner's tenant: its Microsoft ID, a GUID. Nobody of another tenant can sign in.",
    },
    Setting {
        name: "clientId",
        shape: Shape::Text(GUID),
        without: Some("needed with `direct`, refused elsewhere"),
        about: "The id of the application's registration in that tenant, a GUID. Register this site's `auth/callback.html` as a redirect address of the type 'single-page application', and give the delegated permission 'Microsoft Partner Center: user_impersonation' with an administrator's consent. There is no secret.",
    },
    Setting {
        name: "signIn",
        shape: Shape::Word(SHOWN),
        without: Some("`popup`; refused without `direct`"),
        about: "Where the sign-in is shown. `popup`: in a window of its own, and in this one where the browser blocks windows. `redirect`: in this window.",
    },
    Setting {
        name: "authority",
        shape: Shape::Text(LOOPBACK),
        without: Some("the cloud's own; refused without `direct`"),
        about: "Another origin that signs people in. For tests: it has to be on this machine (`http://127.0.0.1:…`), and then `api` may be, too.",
    },
    Setting {
        name: "languages",
        shape: Shape::List("^[a-z]{2}$", 1),
        without: Some("all that there are texts for"),
        about: "Which languages to offer, best first, by their two-letter codes.",
    },
    Setting {
        name: "hosts",
        shape: Shape::List(ORIGIN, 0),
        without: Some("none; needed with `mode: host` and `removalApproval: host`"),
        about: "Origins of portals that may hold the application in a frame, such as `https://portal.example`. No patterns.",
    },
    Setting {
        name: "keepCustomers",
        shape: Shape::YesOrNo,
        without: Some("`false`"),
        about: "Whether the customer list may be kept in a browser whose user agrees to it in the settings.",
    },
    Setting {
        name: "keepDrafts",
        shape: Shape::YesOrNo,
        without: Some("`true`"),
        about: "Whether what was typed into a form outlives a reload, in the tab's own storage, which ends with the tab.",
    },
    Setting {
        name: "removalApproval",
        shape: Shape::Word(APPROVALS),
        without: Some("`none`"),
        about: "Who has to agree before a reseller relationship is removed: nobody else (`none`), a second person who signs a file (`file`), or whoever the portal around the frame asks (`host`, which needs `hosts`).",
    },
    Setting {
        name: "approvers",
        shape: Shape::Approvers,
        without: Some("needed with `removalApproval: file`"),
        about: "Who may agree: a list of `{\"id\", \"key\"}`. The id is the name that the person signs in with; the key the public key, ECDSA on P-256, as the base64 that stands between the first and the last line of what `openssl ec -in key.pem -pubout` prints, in one line.",
    },
];

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn schema() -> String {
    let words = |list: &[&str]| list.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", ");
    let mut out = String::from(
        "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": \"Cartera: config.json\",\n  \
         \"type\": \"object\",\n  \"additionalProperties\": false,\n  \"properties\": {\n    \"$schema\": { \"type\": \"string\" }",
    );
    for Setting { name, shape, about, .. } in TABLE {
        let shape = match shape {
            Shape::Word(list) => format!("\"enum\": [{}]", words(list)),
            Shape::Text(pattern) => format!("\"type\": \"string\", \"pattern\": {}", quoted(pattern)),
            Shape::YesOrNo => "\"type\": \"boolean\"".to_owned(),
            Shape::List(pattern, least) => format!(
                "\"type\": \"array\", \"minItems\": {least}, \"items\": {{ \"type\": \"string\", \"pattern\": {} }}",
                quoted(pattern)
            ),
            Shape::Approvers => format!(
                "\"type\": \"array\", \"items\": {{ \"type\": \"object\", \"required\": [\"id\", \"key\"], \"properties\": {{ \
                 \"id\": {{ \"type\": \"string\", \"minLength\": 1 }}, \"key\": {{ \"type\": \"string\", \"pattern\": \"^{}\", \
                 \"minLength\": {1}, \"maxLength\": {1} }} }} }}",
                KEY.0, KEY.1
            ),
        };
        out += &format!(",\n    {}: {{ {shape}, \"description\": {} }}", quoted(name), quoted(about));
    }
    let needed: Vec<&str> = TABLE.iter().filter(|s| s.without.is_none()).map(|s| s.name).collect();
    let only_direct = ["tenant", "clientId", "signIn", "authority"]
        .map(|name| format!("{}: false", quoted(name)))
        .join(", ");
    out += &format!("\n  }},\n  \"required\": [{}],\n  \"allOf\": [\n", words(&needed));
    out += &format!(
        "    {{ \"if\": {{ \"properties\": {{ \"mode\": {{ \"const\": \"direct\" }} }} }},\n      \
         \"then\": {{ \"required\": [\"tenant\", \"clientId\"], \"properties\": {{ \"cloud\": {{ \"not\": {{ \"const\": \"germany\" }} }} }} }},\n      \
         \"else\": {{ \"required\": [\"api\"], \"properties\": {{ {only_direct} }} }} }},\n"
    );
    out += "    { \"if\": { \"properties\": { \"removalApproval\": { \"const\": \"file\" } }, \"required\": [\"removalApproval\"] },\n      \
            \"then\": { \"required\": [\"approvers\"] } }\n  ]\n}\n";
    out
}

fn document() -> String {
    let mut out = String::from(
        "# config.json\n\n\
         <!-- Made from the table in crates/app-config/src/table.rs: `CARTERA_WRITE=1 cargo test -p app-config`. -->\n\n\
         The one file that is edited after deployment; it lies beside `index.html` and is read at each visit, so one build serves every partner. A mistake in it is \
         shown on the page, with its place and its remedy. `config.schema.json` beside it lets an editor check it while it is written: \
         `\"$schema\": \"./config.schema.json\"`.\n\n\
         | setting | value | without it | meaning |\n|---|---|---|---|\n",
    );
    for Setting { name, shape, without, about } in TABLE {
        let value = match shape {
            Shape::Word(list) => list.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
            Shape::Text(GUID) => "a GUID".to_owned(),
            Shape::Text(LOOPBACK) => "an origin on this machine".to_owned(),
            Shape::Text(_) => "a path or an address".to_owned(),
            Shape::YesOrNo => "`true`, `false`".to_owned(),
            Shape::List(..) => "a list of texts".to_owned(),
            Shape::Approvers => "a list".to_owned(),
        };
        out += &format!("| `{name}` | {value} | {} | {about} |\n", without.unwrap_or("it has to be there"));
    }
    out += "\nWith a gateway:\n\n```json\n{ \"mode\": \"gateway\", \"api\": \"/v1\", \"cloud\": \"global\" }\n```\n\n\
            From the browser:\n\n```json\n{\n  \"mode\": \"direct\",\n  \"cloud\": \"global\",\n  \
            \"tenant\": \"5e170000-0000-4000-8000-000000000001\",\n  \"clientId\": \"5e170000-0000-4000-8000-000000000002\"\n}\n```\n\n\
            ## Where each cloud is reached\n\n\
            With `direct`, tokens are asked for and sent as this table says. The site's Content-Security-Policy has to name both origins in `connect-src`.\n\n\
            | cloud | signs people in | API | permission |\n|---|---|---|---|\n";
    for cloud in Cloud::ALL {
        out += &match cloud.endpoints() {
            Some(Endpoints { authority, api, scope }) => {
                format!("| `{}` | `{authority}` | `{api}` | `{scope}` |\n", cloud.word())
            }
            None => format!("| `{}` | closed | through a gateway only | |\n", cloud.word()),
        };
    }
    out
}

fn held_against(file: &str, content: &str) {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
    if std::env::var_os("CARTERA_WRITE").is_some() {
        std::fs::write(&path, content).expect("the file can be written");
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == content, "{file} is not what the table says: CARTERA_WRITE=1 cargo test -p app-config");
}

#[test]
fn the_schema_and_the_document_are_made_from_the_table() {
    held_against("public/config.schema.json", &schema());
    held_against("docs/configuration.md", &document());
    json_value::parse(schema().as_bytes()).expect("the schema is JSON");
}

#[test]
fn the_parser_knows_the_settings_of_the_table() {
    let names: Vec<&str> = TABLE.iter().map(|setting| setting.name).collect();
    assert_eq!(names, SETTINGS);
    let faults = parse("{}", &["en"]).expect_err("nothing is there");
    let missing: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
    assert_eq!(missing, ["mode", "api", "cloud"]);
    // Every setting is refused when it is something else than the table says.
    for setting in TABLE {
        let whole = format!("{{\"{}\": 7}}", setting.name);
        let faults = parse(&whole, &["en"]).expect_err("a number is never right");
        assert!(faults.iter().any(|fault| fault.place == setting.name), "{}", setting.name);
    }
}

#[test]
fn the_document_has_each_setting_once_and_nothing_else_documents_them() {
    let document = document();
    for setting in TABLE {
        assert_eq!(document.matches(&format!("\n| `{}` |", setting.name)).count(), 1, "{}", setting.name);
    }
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(readme).expect("the README");
    assert!(TABLE.iter().all(|setting| !readme.contains(&format!("| `{}` |", setting.name))));
}
