//! What the orders of a playbook say: its texts, with their parts checked.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::config::playbook::parts::RawWords;
use crate::domain::playbook::Playbook;
use crate::domain::template::{OrderTemplate, Wording};
use crate::lang::order::parts;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[order]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOrder {
    /// What an order says, each line a sentence; parts such as `{place}` stand in braces, what goes with a part in `<…>`.
    pub text: RawWords,
}

impl RawOrder {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At, playbook: &Playbook) -> Wording {
        let (at, known) = (at.key("text"), parts::known(playbook));
        self.text.check(check, &at);
        Wording {
            zh: template(check, &at.key("zh"), &self.text.zh, &known),
            en: template(check, &at.key("en"), &self.text.en, &known),
        }
    }
}

/// The text, with every part of it known.
fn template(check: &mut Check<'_>, at: &At, text: &str, known: &[String]) -> OrderTemplate {
    let template = OrderTemplate::parse(text).unwrap_or_else(|mark| {
        let wrong = text.lines().find(|line| OrderTemplate::parse(line).is_err());
        let wrong = wrong.unwrap_or_default().trim().to_owned();
        check.fault(at, FaultKind::Expression(wrong, mark.to_string()));
        OrderTemplate::default()
    });
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for part in template.parts() {
        if !known.contains(&part) {
            check.unknown(at, part, &known);
        }
    }
    template
}
