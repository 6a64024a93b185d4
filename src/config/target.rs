//! `[[target]]`: the goals that the room has set itself for the year (目标).

mod points;

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::bench::known::{ClassKey, FigureKey, ItemKey, OriginKey, SenseKey};
use crate::config::playbook::parts::RawWords;
use crate::domain::id::{PointId, TargetId};
use crate::domain::playbook::{ORIGINS, Provenance};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::target::live::Live;
use crate::domain::target::plan::{FIGURES, SENSES, Target, TargetFigure};
use crate::domain::target::score::Table;
use crate::domain::target::{Goal, Sense};
use crate::domain::text::Clean;
use crate::domain::water;
use crate::domain::water::{Body, Class, Item};
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
    /// Computed from the year's days: `good_days`, `heavy_days`, `pm25`, `o3`, `composite`; `points` by the rules of
    /// `table`; `manual` (where absent) is given in `now`, or counted of the `live` data where it is not given.
    #[schemars(with = "Option<FigureKey>")]
    pub figure: Option<String>,
    /// The figure wanted; absent where `class` sets it.
    pub goal: Option<f64>,
    /// Which side of it: `at_least`, `above`, `at_most`, `below`; `at_most` where `class` sets the goal.
    #[schemars(with = "Option<SenseKey>")]
    pub sense: Option<String>,
    /// Its unit, such as `%`.
    #[serde(default)]
    pub unit: String,
    /// What last year came to.
    pub last_year: Option<f64>,
    /// The present figure, given by hand; a computed one comes before it where there are days enough.
    pub now: Option<f64>,
    /// Of how many months `now` is the mean: what the others must bring on average is reckoned back.
    pub months: Option<u32>,
    /// An item of GB 3838 (`codmn`, `nh3n`, `tp` …) whose limit in `class` is the goal, in mg/L.
    #[schemars(with = "Option<ItemKey>")]
    pub item: Option<String>,
    /// The class of water wanted of that item: `I` … `V`.
    #[schemars(with = "Option<ClassKey>")]
    pub class: Option<String>,
    /// Whether it is a lake or reservoir, where phosphorus and nitrogen have other limits.
    #[serde(default)]
    pub lake: bool,
    /// The live data that a typed figure is held against: `sections` (reaching the class wanted of each), `good_sections`
    /// (class III or better), `sources` (of drinking water, class III), the key of a quantity (at `points`), or `none`
    /// where nothing measures it. Where absent a typed figure is shown as not verified.
    pub live: Option<String>,
    /// The points of those live data; every section or source where empty.
    #[serde(default)]
    pub points: Vec<String>,
    /// The table of points: `bishui-example`, or a file beside the configuration.
    pub table: Option<String>,
    /// Who set the goal: `law`, `local` (where absent) or `default`.
    #[schemars(with = "Option<OriginKey>")]
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
    let known: Vec<&str> = rows.iter().map(|(_, row)| row.id.as_str()).collect();
    let targets: Vec<Target> = rows.iter().filter_map(|(at, row)| row.check(check, at)).collect();
    for ((at, row), table) in rows.iter().filter_map(|row| {
        let target = targets.iter().find(|target| target.id.as_str() == row.1.id)?;
        Some((row, target.table.as_ref()?))
    }) {
        let own = |figure: &str| known.contains(&figure) && figure != row.id;
        for line in table.lines.iter().filter(|line| !own(&line.figure)) {
            check.unknown(&at.key("table"), &line.figure, &known);
        }
    }
    targets
}

impl RawTarget {
    fn check(&self, check: &mut Check<'_>, at: &At) -> Option<Target> {
        let id = check.words(&at.key("id"), &self.id);
        let name = self.name.check(check, &at.key("name"));
        let figure = self.figure.as_deref().unwrap_or("manual");
        let figure = keyed(check, &at.key("figure"), figure, FIGURES);
        let origin = self.origin.as_deref().unwrap_or("local");
        let origin = keyed(check, &at.key("origin"), origin, ORIGINS);
        let class = self.class(check, at);
        let goal = self.goal(check, at, class);
        let last_year = self.last_year.and_then(|v| value(check, &at.key("last_year"), v));
        let now = self.now.and_then(|v| value(check, &at.key("now"), v));
        if let Some(months) = self.months.filter(|months| *months > 12) {
            let texts = [months.to_string(), "0".to_owned(), "12".to_owned()];
            let [found, low, high] = texts;
            check.fault(&at.key("months"), FaultKind::Range(found, low, high));
        }
        let table = self.table(check, at, figure);
        Some(Target {
            id: TargetId::new(id.as_str()),
            name,
            figure: figure?,
            goal: goal?,
            unit: Clean::new(&self.unit),
            last_year,
            now,
            months: self.months,
            class,
            live: self.live(check, at)?,
            table,
            provenance: Provenance {
                origin: origin?,
                text: self.says.as_str().into(),
            },
        })
    }

    /// The figure wanted: the limit of a class, or a number and its side.
    fn goal(&self, check: &mut Check<'_>, at: &At, class: Option<(Body, Item, Class)>) -> Option<Goal> {
        if let (None, Some((body, item, class))) = (self.goal, class) {
            let limit = water::limit(body, item, class);
            if limit.is_none() {
                check.fault(&at.key("goal"), FaultKind::Missing);
            }
            let sense = Sense::AtMost;
            return limit.map(|value| Goal { value, sense });
        }
        if self.goal.is_none() {
            check.fault(&at.key("goal"), FaultKind::Missing);
        }
        if self.sense.is_none() {
            check.fault(&at.key("sense"), FaultKind::Missing);
        }
        let sense = keyed(check, &at.key("sense"), self.sense.as_deref()?, SENSES);
        let value = value(check, &at.key("goal"), self.goal?);
        Some(Goal {
            value: value?,
            sense: sense?,
        })
    }

    /// The class of water and its item; both or none.
    fn class(&self, check: &mut Check<'_>, at: &At) -> Option<(Body, Item, Class)> {
        let (item, class) = match (&self.item, &self.class) {
            (Some(item), Some(class)) => (item, class),
            (None, None) => return None,
            (Some(_), None) => {
                check.fault(&at.key("class"), FaultKind::Missing);
                return None;
            }
            (None, Some(_)) => {
                check.fault(&at.key("item"), FaultKind::Missing);
                return None;
            }
        };
        let items: Vec<&str> = Item::keys().collect();
        let classes: Vec<&str> = Class::ALL.iter().map(|class| class.key()).collect();
        let item = check.one_of(&at.key("item"), item, &items, Item::by_key);
        let class = check.one_of(&at.key("class"), class, &classes, Class::by_key);
        let body = if self.lake { Body::Lake } else { Body::River };
        Some((body, item?, class?))
    }

    fn live(&self, check: &mut Check<'_>, at: &At) -> Option<Live> {
        let points = || self.points.iter().map(|id| PointId::new(id)).collect::<Vec<_>>();
        let Some(text) = self.live.as_deref() else {
            return Some(Live::Unsaid);
        };
        let live = match text {
            "none" => Live::Nothing,
            "sections" => Live::Sections(points()),
            "good_sections" => Live::Good(points()),
            "sources" => Live::Sources(points()),
            key => {
                let Some(quantity) = Quantity::by_key(key) else {
                    let known = ["sections", "good_sections", "sources", "total_nitrogen", "none"];
                    check.unknown(&at.key("live"), key, &known);
                    return None;
                };
                if self.points.is_empty() {
                    check.fault(&at.key("points"), FaultKind::Missing);
                }
                Live::Value(points(), quantity)
            }
        };
        Some(live)
    }

    fn table(&self, check: &mut Check<'_>, at: &At, figure: Option<TargetFigure>) -> Option<Table> {
        match (&self.table, figure) {
            (Some(name), _) => points::table(check, &at.key("table"), name),
            (None, Some(TargetFigure::Points)) => {
                check.fault(&at.key("table"), FaultKind::Missing);
                None
            }
            (None, _) => None,
        }
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
    use crate::bench::check::tests::Given;
    use crate::config::checked::read;
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
            (TargetFigure::GoodDays, Sense::Above)
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

    #[test]
    fn a_goal_by_class_takes_its_limit_and_reckons_the_rest_of_the_year() {
        let text = "[[target]]\nid = \"tp\"\nname = { zh = \"总磷\", en = \"TP\" }\nitem = \"tp\"\nclass = \"III\"\n\
                    months = 10\nnow = 0.19\n";
        let config = read(Path::new("lookout.toml"), text, &Given::default()).expect("a good file");
        assert_eq!(
            config.targets[0].goal.value,
            Value::parse("0.2").expect("a number")
        );
        assert!(!faults(&text.replace("class", "clas")).is_empty());
    }

    #[test]
    fn points_take_their_rules_from_a_table_whose_figures_are_goals() {
        let points = "[[target]]\nid = \"p\"\nname = { zh = \"分\", en = \"points\" }\nfigure = \"points\"\n\
                      table = \"own.toml\"\ngoal = 90\nsense = \"at_least\"\n";
        let table = "key = \"own\"\nzh = \"甲\"\nen = \"a\"\norigin = \"local\"\nprovenance = \"x\"\n[[line]]\nfigure = \"good\"\n\
                     from = 80\nbase = 50\nslope = 1\nlowest = 0\nhighest = 100\n";
        let given = |table: &'static str| Given {
            variables: Vec::new(),
            files: vec![("own.toml", table)],
        };
        let text = format!("{RATIO}{points}");
        let config = read(Path::new("lookout.toml"), &text, &given(table)).expect("a good file");
        assert_eq!(
            config.targets[1].table.as_ref().map(|table| table.lines.len()),
            Some(1)
        );
        assert!(
            read(Path::new("lookout.toml"), points, &given(table)).is_err(),
            "no goal of that name"
        );
        assert!(read(Path::new("lookout.toml"), &text, &given("key = 3")).is_err());
        assert_eq!(faults(&text.replace("table = \"own.toml\"\n", "")).len(), 1);
    }
}
