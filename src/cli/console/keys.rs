//! `[keys]`: keys bound to actions, instead of the actions' own.

use super::{Kind, put};
use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::config::Config;
use crate::lang::Lang;
use crate::tui::action::ACTIONS;
use crate::tui::keys::{KeyFault, Keymap};
use serde_json::{Map, Value, json};

/// The row of the keys.
pub(super) const KIND: Kind = Kind {
    key: "keys",
    shape,
    read,
};

/// What every key means under a configuration.
///
/// # Errors
/// Everything that is wrong with its bindings.
pub fn keymap(config: &Config) -> Result<Keymap, Vec<KeyFault>> {
    let bindings: Vec<(String, Vec<String>)> = config.keys.clone().into_iter().collect();
    Keymap::new(&bindings)
}

fn ids() -> Vec<&'static str> {
    ACTIONS.iter().map(|row| row.id).collect()
}

fn shape(schema: &mut Value) {
    let keys = |says: &str| json!({ "type": "array", "items": { "type": "string" }, "description": says });
    let actions = ACTIONS.iter();
    let actions: Map<String, Value> = actions
        .map(|row| (row.id.to_owned(), keys(row.text.text(Lang::En))))
        .collect();
    let more = json!({
        "propertyNames": { "enum": ids() },
        "properties": actions,
        "additionalProperties": false,
    });
    put(schema, "/properties/keys", more);
}

fn read(config: &Config, at: &At, check: &mut Check<'_>) {
    let of = |action: &str| at.key(action);
    // The key itself where it stands in a list, else the list.
    let nth = |action: &str, key: &str| {
        let keys = config.keys.get(action).into_iter().flatten();
        let nth = keys.enumerate().find(|(_, own)| *own == key);
        nth.map_or_else(|| of(action), |(nth, _)| of(action).nth(nth))
    };
    for fault in keymap(config).err().unwrap_or_default() {
        match fault {
            KeyFault::UnknownAction { action } => check.unknown_key(&of(&action), &action, &ids()),
            KeyFault::NotAKey { action, key } => {
                let at = nth(&action, &key);
                check.fault(&at, FaultKind::NotAKey(key));
            }
            KeyFault::Unreachable { action, key, owner } => {
                let at = nth(&action, &key);
                check.fault(&at, FaultKind::Unreachable(key, owner.to_owned()));
            }
            KeyFault::Conflict { action, key, other } => {
                check.fault(&nth(&action, &key), FaultKind::Clash(format!("keys.{other}")));
            }
            KeyFault::NoKey { action } => check.fault(&of(&action), FaultKind::Empty),
        }
    }
}
