//! `[notices]`: how the people of a role are told what waits for them.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::known::RoleKey;
use crate::domain::id::UnitId;
use crate::domain::notice::Policy;
use crate::domain::person::{Operator, ROLES, Role};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `[notices]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawNotices {
    /// How often a notice that nobody has seen is repeated.
    pub repeat: String,
    /// How often at most, after the first.
    pub most: u32,
    /// How long a red alarm may stay unacknowledged.
    pub red_after: String,
    /// The role that a red alarm is brought to then.
    #[schemars(with = "RoleKey")]
    pub red_to: String,
    /// How long after the operators the leader is told of an order that does not arrive.
    pub undelivered_after: String,
    /// The unit of the directory that stands for a role, by role: a notice goes out by its channel too.
    pub to: BTreeMap<String, String>,
}

impl Default for RawNotices {
    fn default() -> Self {
        Self {
            repeat: "5m".to_owned(),
            most: 6,
            red_after: "3m".to_owned(),
            red_to: Role::Leader.key().to_owned(),
            undelivered_after: "3m".to_owned(),
            to: BTreeMap::new(),
        }
    }
}

/// The section checked, with the units that are there and the people of the configuration.
pub(super) fn check(check: &mut Check<'_>, units: &[&str], people: &[Operator]) -> Policy {
    let raw: RawNotices = check.section("notices");
    let at = At::root().key("notices");
    let known: Vec<&str> = ROLES.iter().map(|row| row.1).collect();
    let standard = Policy::default();
    let mut to = Vec::new();
    for (key, unit) in &raw.to {
        let here = at.key("to").key(key);
        let role = check.one_of(&here, key, &known, Role::by_key);
        if !units.contains(&unit.as_str()) {
            check.nothing(&here, unit, units);
        }
        to.extend(role.map(|role| (role, UnitId::new(unit))));
    }
    let mut seated: Vec<Role> = people.iter().map(|person| person.role).collect();
    if seated.is_empty() {
        seated = standard.seated;
    }
    let [every, red_after, undelivered_after] = [
        ("repeat", &raw.repeat),
        ("red_after", &raw.red_after),
        ("undelivered_after", &raw.undelivered_after),
    ]
    .map(|(key, text)| check.span(&at.key(key), text).unwrap_or_default());
    Policy {
        every,
        most: check.within(&at.key("most"), raw.most, 0, 100),
        red_after,
        red_to: check
            .one_of(&at.key("red_to"), &raw.red_to, &known, Role::by_key)
            .unwrap_or(standard.red_to),
        undelivered_after,
        to,
        seated,
    }
}

#[cfg(test)]
mod tests {
    use crate::bench::check::tests::Given;
    use crate::config::checked;
    use std::path::Path;

    #[test]
    fn a_unit_a_role_or_a_time_that_is_none_is_named_with_its_place() {
        let text = "[notices]\nrepeat = 'often'\nmost = 1000\nred_to = 'mayor'\nto = { leader = 'nobody', king = 'U1' }\n\
                    [[unit]]\nid = 'U1'\nname = 'One'\nchannel = 'none'\n";
        let world = Given {
            variables: Vec::new(),
            files: Vec::new(),
        };
        let faults = checked::read(Path::new("room.toml"), text, &world).expect_err("faults");
        let places: Vec<(u32, &str)> = faults
            .iter()
            .map(|fault| (fault.line, fault.key.as_str()))
            .collect();
        assert_eq!(
            places,
            [
                (2, "notices.repeat"),
                (3, "notices.most"),
                (4, "notices.red_to"),
                (5, "notices.to.leader"),
                (5, "notices.to.king"),
                (9, "unit[1].channel"),
            ]
        );
    }
}
