//! `[[target]]`: the goals that the room has set itself for the year (目标).

use crate::config::check::Check;
use crate::config::document::At;
use crate::config::fault::FaultKind;
use crate::config::playbook::parts::RawWords;
use crate::domain::id::TargetId;
use crate::domain::playbook::ORIGINS;
use crate::domain::playbook::Provenance;
use crate::domain::quantity::Value;
use crate::domain::target::Goal;
use crate::domain::target::plan::FIGURES;
use crate::domain::target::plan::SENSES;
use crate::domain::target::plan::Target;
use crate::domain::text::Clean;
use schemars::JsonSchema;
use serde::Deserialize;

/// `[[target]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTarget {
    /// Its key, such as `pm25`.
    pub id: String,
    /// What people read.
    pub name: RawWords,
    /// Computed from the year's days: `good_days`, `heavy_days`, `pm25`, `o3`, `composite`; `manual` (where absent) is
    /// given in `now`.
    pub figure: Option<String>,
    /// The figure wanted.
    pub goal: f64,
    /// Which side of it: `at_least`, `above`, `at_most`, `below`.
    pub sense: String,
    /// Its unit, such as `%`.
    #[serde(default)]
    pub unit: String,
    /// What last year came to.
    pub last_year: Option<f64>,
    /// The present figure, given by hand; a computed one comes before it where there are days enough.
    pub now: Option<f64>,
    /// Who set the goal: `law`, `local` (where absent) or `default`.
    pub origin: Option<String>,
    /// The document it stands in.
    #[serde(default)]
    pub says: String,
}

/// Every goal, in the order of the file.
pub(super) fn targets(check: &mut Check<'_>) -> Vec<Target> {
    let rows: Vec<(At, RawTarget)> = check.list("target");
    let ids = rows.iter().map(|(at, row)| (at.clone(), row.id.as_str()));
    check.unique("id", ids);
    rows.iter().filter_map(|(at, row)| row.check(check, at)).collect()
}

impl RawTarget {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Target> {
        let id = check.words(&at.key("id"), &self.id);
        let name = self.name.check(check, &at.key("name"));
        let figure = self.figure.as_deref().unwrap_or("manual");
        let figure = keyed(check, &at.key("figure"), figure, FIGURES);
        let sense = keyed(check, &at.key("sense"), &self.sense, SENSES);
        let origin = self.origin.as_deref().unwrap_or("local");
        let origin = keyed(check, &at.key("origin"), origin, ORIGINS);
        let goal = value(check, &at.key("goal"), self.goal);
        let last_year = self.last_year.and_then(|v| value(check, &at.key("last_year"), v));
        let now = self.now.and_then(|v| value(check, &at.key("now"), v));
        Some(Target {
            id: TargetId::from(id),
            name,
            figure: figure?,
            goal: Goal {
                value: goal?,
                sense: sense?,
            },
            unit: Clean::new(&self.unit),
            last_year,
            now,
            provenance: Provenance {
                origin: origin?,
                text: self.says.as_str().into(),
            },
        })
    }
}

fn keyed<T: Copy>(check: &mut Check<'_>, at: &At, text: &str, rows: &[(T, &str)]) -> Option<T> {
    let known: Vec<&str> = rows.iter().map(|row| row.1).collect();
    check.one_of(at, text, &known, |key| {
        rows.iter().find(|row| row.1 == key).map(|row| row.0)
    })
}

fn value(check: &mut Check<'_>, at: &At, number: f64) -> Option<Value> {
    let value = Value::from_f64(number);
    if value.is_none() {
        let text = number.to_string();
        check.fault(at, FaultKind::Range(text, "-9e12".to_owned(), "9e12".to_owned()));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::check::tests::Given;
    use crate::config::checked::read;
    use crate::domain::target::Sense;
    use crate::domain::target::plan::Figure;
    use std::path::Path;

    const RATIO: &str = "[[target]]\nid = \"good\"\nname = { zh = \"优良率\", en = \"good days\" }\nfigure = \"good_days\"\ngoal = 87.7\nsense = \"above\"\nunit = \"%\"\nlast_year = 91.2\n";

    fn faults(text: &str) -> Vec<(u32, String)> {
        let config = read(Path::new("lookout.toml"), text, &Given::default());
        let faults = config.expect_err("something is wrong");
        faults.iter().map(|f| (f.line, f.key.clone())).collect()
    }

    #[test]
    fn a_goal_has_its_figure_its_side_and_last_year() {
        let config = read(Path::new("lookout.toml"), RATIO, &Given::default()).expect("a good file");
        let [target] = config.targets.as_slice() else {
            panic!("one goal")
        };
        assert_eq!(
            (target.figure, target.goal.sense),
            (Figure::GoodDays, Sense::Above)
        );
        assert_eq!(target.last_year, Value::parse("91.2"));
    }

    #[test]
    fn a_wrong_word_is_named_with_its_line_and_an_id_stands_once() {
        let text = RATIO.replace("good_days", "good_day").replace("above", "over");
        assert_eq!(
            faults(&text),
            [
                (4, "target[1].figure".to_owned()),
                (6, "target[1].sense".to_owned())
            ]
        );
        assert_eq!(faults(&format!("{RATIO}{RATIO}")).len(), 1);
    }
}
