//! Accessibility: the rules of axe-core, with nothing found.

use std::fs;
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::environment;
use crate::page::Page;

/// A look of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] })
      .then((result) => done(result.violations.map((rule) => ({
        rule: rule.id, help: rule.help, nodes: rule.nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
      }))))
      .catch((error) => done([{ rule: 'axe itself', help: String(error), nodes: [] }]));";

fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let file = environment::axe();
        fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{}: {error}; `cargo xtask setup` installs it", file.display()))
    })
}

impl Page {
    /// Lets the system prefer this look. Only in Chromium.
    pub async fn prefer(&self, theme: Theme) {
        let value = match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Fails when axe finds anything on the page as it is, in light or in dark; only in the first look where the browser has no
    /// way to ask for the other. `state` names it in the report.
    pub async fn is_accessible(&self, state: &str) {
        let may_choose = Browser::chosen() == Browser::Chromium;
        let themes: &[Theme] = if may_choose { &[Theme::Light, Theme::Dark] } else { &[Theme::Light] };
        for theme in themes.iter().copied() {
            if may_choose {
                self.prefer(theme).await;
            }
            // Colours fade from one look to the other: what is measured has to be the end.
            self.until(
                "no colour is on its way",
                "document.getAnimations().every((a) => a.playState !== 'running' || \
                 a.effect.getComputedTiming().iterations === Infinity)",
            )
            .await;
            let found = self.violations().await;
            let report = serde_json::to_string_pretty(&found).expect("a report");
            assert!(found.is_empty(), "axe, {state}, {theme:?}: {report}");
        }
    }

    /// What axe finds on the page as it is: for each rule that is broken `rule`, `help` and `nodes`.
    pub async fn violations(&self) -> Vec<Value> {
        self.driver.execute(source(), Vec::new()).await.expect("axe");
        let found = self.driver.execute_async(RUN, Vec::new()).await.expect("axe's result");
        found.convert().expect("a list of violations")
    }
}
