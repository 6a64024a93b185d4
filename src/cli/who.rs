//! Who sits at the terminal.

use crate::bench::check::Outside;
use crate::config::Config;
use crate::domain::id::OperatorId;
use crate::domain::person::{Operator, Role};

/// Who sits there: the configured operator of the log-in name; a duty operator where none is configured, and someone
/// who may only look where others are.
pub(super) fn who(config: &Config, outside: &dyn Outside) -> Operator {
    let name = ["LOOKOUT_OPERATOR", "USER", "LOGNAME"]
        .iter()
        .find_map(|v| outside.variable(v));
    let id = OperatorId::new(&name.unwrap_or_else(|| "operator".to_owned()));
    let known = config
        .operators
        .iter()
        .find(|operator| operator.id == id)
        .cloned();
    let role = if config.operators.is_empty() {
        Role::Operator
    } else {
        Role::Viewer
    };
    known.unwrap_or(Operator { id, role })
}
