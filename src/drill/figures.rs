//! The year's figures as the yearly report defines them, counted from the ledger, beside what the room's report says.
//!
//! How each is counted stands in `report::year`, once for the report and the drill; here is only what to expect. A part of a
//! year is expected to give its share.

use crate::domain::quantity::Value;
use crate::lang::report::year::YearText;
use crate::report::Books;
use crate::report::year::FIGURES;
use crate::training::year::{YearPlan, volume};

/// A figure, expected and counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrillFigure {
    /// Its id in the yearly report's list.
    pub id: &'static str,
    /// What people read.
    pub words: YearText,
    /// What the report says.
    pub expected: Value,
    /// What the ledger says, rounded alike; `None` where it says nothing.
    pub actual: Option<Value>,
    /// Digits behind the point.
    pub decimals: u32,
}

impl DrillFigure {
    /// Whether both are the same.
    pub fn is_met(&self) -> bool {
        self.actual == Some(self.expected)
    }
}

/// What a year's figure is expected to be.
#[derive(Clone, Copy)]
enum Expected {
    /// So many in a whole year.
    Share(u32),
    /// So many whatever part of a year is played: what stands in the directory.
    Fixed(u32),
    /// Computed from what is played.
    Of(fn(&YearPlan) -> Value),
}

/// One row a figure that a drill can expect.
const EXPECTED: &[(&str, Expected)] = &[
    ("fires", Expected::Share(volume::FIRES)),
    ("fire_reports", Expected::Of(dailies)),
    ("hot_grid_warnings", Expected::Share(volume::GRIDS)),
    ("hot_grid_enterprises", Expected::Share(volume::GRID_FIRMS)),
    ("control_days", Expected::Share(volume::CONTROL_DAYS)),
    ("cruise_days", Expected::Share(volume::CRUISE_DAYS)),
    ("control_problems", Expected::Share(volume::CONTROL_PROBLEMS)),
    ("curtailments", Expected::Share(volume::CURTAILMENTS)),
    ("supervised", Expected::Share(volume::SUPERVISED)),
    ("problems_found", Expected::Share(volume::PROBLEMS)),
    ("problems_closed", Expected::Of(closed)),
    ("problems_open", Expected::Share(volume::PROBLEMS_OPEN)),
    ("green_sword_points", Expected::Share(volume::SWORD_POINTS)),
    ("green_sword_problems", Expected::Share(volume::SWORD_PROBLEMS)),
    ("petitions", Expected::Share(volume::PETITIONS)),
    ("petitions_last_year", Expected::Share(volume::PETITIONS_BEFORE)),
    ("noise_repeats", Expected::Share(volume::NOISE_REPEATS)),
    ("noise_repeat_share", Expected::Of(repeat_share)),
    ("metered", Expected::Fixed(volume::METERED)),
    ("emission_points", Expected::Fixed(volume::EMISSION_POINTS)),
    ("coded", Expected::Fixed(volume::CODED)),
    ("positive_list", Expected::Fixed(volume::POSITIVE_LIST)),
    ("sites", Expected::Fixed(volume::SITES)),
    ("source_water_problems", Expected::Share(volume::SOURCE_WATER)),
    ("mine_problems", Expected::Share(volume::MINES)),
    ("inspection_problems", Expected::Share(volume::INSPECTION)),
    ("satellite_patches", Expected::Share(volume::PATCHES)),
];

/// Every figure of the yearly report that a drill can expect, in the report's order.
pub(super) fn of_year(plan: &YearPlan, books: &Books) -> Vec<DrillFigure> {
    let figure = |figure: &crate::report::year::YearFigure| {
        let expected = EXPECTED.iter().find(|row| row.0 == figure.id)?.1;
        let decimals = u32::try_from(figure.decimals).unwrap_or(0);
        let rounded = |value: f64| Value::from_f64(value).map(|value| value.round(decimals));
        Some(DrillFigure {
            id: figure.id,
            words: figure.words,
            expected: expected.of(plan),
            actual: (figure.count)(books).value.and_then(rounded),
            decimals,
        })
    };
    FIGURES.iter().filter_map(figure).collect()
}

impl Expected {
    fn of(self, plan: &YearPlan) -> Value {
        match self {
            Self::Share(whole) => Value::whole(plan.volume(whole).into()),
            Self::Fixed(count) => Value::whole(count.into()),
            Self::Of(of) => of(plan),
        }
    }
}

/// A daily every day but the few without one.
fn dailies(plan: &YearPlan) -> Value {
    let without = plan.volume(volume::DAYS_WITHOUT_DAILY);
    Value::whole((plan.days - without.min(plan.days)).into())
}

/// What is closed is what is not open, also where shares were rounded.
fn closed(plan: &YearPlan) -> Value {
    let (all, open) = (plan.volume(volume::PROBLEMS), plan.volume(volume::PROBLEMS_OPEN));
    Value::whole(all.saturating_sub(open).into())
}

fn repeat_share(plan: &YearPlan) -> Value {
    let (part, base) = (plan.volume(volume::NOISE_REPEATS), plan.volume(volume::NOISE));
    let share = Value::whole(100).scale(part.into(), i64::from(base.max(1)));
    share.unwrap_or_default().round(1)
}
