//! The figures of the year: each a stored query with its definition, and the records behind it.
//!
//! A figure is a row of [`FIGURES`]. One that this ledger cannot tell has no value, never a zero.

mod tally;

use crate::domain::directory::PointKind;
use crate::domain::playbook::meaning::{hot_grid, inspection, patch, problem};
use crate::domain::time::Span;
use crate::lang::Lang;
use crate::lang::report::Rep;
use crate::lang::report::year::{FigureUnit, YearText};
use crate::report::year::tally::{
    coded, control_days, control_problems, cruise_days, curtailments, fire_reports, fires,
    hot_grid_enterprises, is_sword_point, metered, noise_repeats, noise_share, petitions, petitions_before,
    points, positive_list, problems, tagged,
};
use crate::report::{Books, Report, ReportDocument, Rhythm, Row};

pub use tally::Tally;

/// The row of [`crate::report::REPORTS`].
pub const REPORT: Report = Report {
    key: "year",
    title: Rep::YearFigures,
    rhythm: Rhythm::Year,
    reads: &[],
    make,
};

/// A figure of the year.
#[derive(Clone, Copy, Debug)]
pub struct YearFigure {
    /// Its id.
    pub id: &'static str,
    /// What people read.
    pub words: YearText,
    /// How it is counted.
    pub definition: YearText,
    /// What it is counted in.
    pub unit: FigureUnit,
    /// Digits behind the point.
    pub decimals: usize,
    /// Counts it.
    pub count: fn(&Books) -> Tally,
}

const fn count(
    id: &'static str,
    (words, definition): (YearText, YearText),
    count: fn(&Books) -> Tally,
) -> YearFigure {
    YearFigure {
        id,
        words,
        definition,
        unit: FigureUnit::Matters,
        decimals: 0,
        count,
    }
}

/// Every figure, in the order of the room's yearly report.
pub const FIGURES: &[YearFigure] = &[
    count("fires", (YearText::Fires, YearText::FiresDef), fires),
    count(
        "fire_reports",
        (YearText::FireReports, YearText::FireReportsDef),
        fire_reports,
    ),
    count(
        "hot_grid_warnings",
        (YearText::HotGrid, YearText::HotGridDef),
        |b| Tally::of(b.found(hot_grid::LOOP)),
    ),
    YearFigure {
        unit: FigureUnit::Enterprises,
        ..count(
            "hot_grid_enterprises",
            (YearText::HotGridFirms, YearText::HotGridFirmsDef),
            hot_grid_enterprises,
        )
    },
    YearFigure {
        unit: FigureUnit::Days,
        ..count(
            "control_days",
            (YearText::ControlDays, YearText::ControlDaysDef),
            control_days,
        )
    },
    YearFigure {
        unit: FigureUnit::Days,
        ..count(
            "cruise_days",
            (YearText::CruiseDays, YearText::CruiseDaysDef),
            cruise_days,
        )
    },
    count(
        "control_problems",
        (YearText::ControlProblems, YearText::ControlProblemsDef),
        control_problems,
    ),
    YearFigure {
        unit: FigureUnit::EnterpriseTimes,
        ..count(
            "curtailments",
            (YearText::Curtailments, YearText::CurtailmentsDef),
            curtailments,
        )
    },
    count("supervised", (YearText::Supervised, YearText::SourceDef), |b| {
        tagged(b, problem::AREA_SOURCE)
    }),
    count(
        "problems_found",
        (YearText::ProblemsFound, YearText::ProblemsFoundDef),
        |b| Tally::of(problems(b)),
    ),
    count(
        "problems_closed",
        (YearText::ProblemsClosed, YearText::ProblemsClosedDef),
        |b| Tally::of(problems(b).filter(|case| case.is_settled())),
    ),
    count(
        "problems_open",
        (YearText::ProblemsOpen, YearText::ProblemsOpenDef),
        |b| Tally::of(problems(b).filter(|case| case.is_unsettled())),
    ),
    YearFigure {
        unit: FigureUnit::Points,
        ..count(
            "green_sword_points",
            (YearText::SwordPoints, YearText::SwordPointsDef),
            |b| Tally::of(b.found(inspection::LOOP).filter(|case| is_sword_point(case))),
        )
    },
    count(
        "green_sword_problems",
        (YearText::GreenSword, YearText::SourceDef),
        |b| tagged(b, problem::GREEN_SWORD),
    ),
    count("petitions", (YearText::Petitions, YearText::PetitionsDef), |b| {
        Tally::of(petitions(b))
    }),
    count(
        "petitions_last_year",
        (YearText::PetitionsBefore, YearText::PetitionsDef),
        petitions_before,
    ),
    count(
        "noise_repeats",
        (YearText::NoiseRepeats, YearText::NoiseRepeatsDef),
        noise_repeats,
    ),
    YearFigure {
        unit: FigureUnit::Percent,
        decimals: 1,
        ..count(
            "noise_repeat_share",
            (YearText::NoiseShare, YearText::NoiseShareDef),
            noise_share,
        )
    },
    YearFigure {
        unit: FigureUnit::Enterprises,
        ..count("metered", (YearText::Metered, YearText::MeteredDef), metered)
    },
    YearFigure {
        unit: FigureUnit::Points,
        ..count(
            "emission_points",
            (YearText::EmissionPoints, YearText::PointsDef),
            |b| points(b, PointKind::Emission),
        )
    },
    YearFigure {
        unit: FigureUnit::Enterprises,
        ..count("coded", (YearText::Coded, YearText::CodedDef), coded)
    },
    YearFigure {
        unit: FigureUnit::Enterprises,
        ..count(
            "positive_list",
            (YearText::PositiveList, YearText::PositiveListDef),
            positive_list,
        )
    },
    YearFigure {
        unit: FigureUnit::Points,
        ..count("sites", (YearText::Sites, YearText::PointsDef), |b| {
            points(b, PointKind::Site)
        })
    },
    count(
        "source_water_problems",
        (YearText::WaterSource, YearText::SourceDef),
        |b| tagged(b, problem::WATER_SOURCE),
    ),
    count("mine_problems", (YearText::Mines, YearText::SourceDef), |b| {
        tagged(b, problem::MINE)
    }),
    count(
        "inspection_problems",
        (YearText::Inspections, YearText::SourceDef),
        |b| tagged(b, problem::INSPECTION),
    ),
    count(
        "satellite_patches",
        (YearText::Patches, YearText::PatchesDef),
        |b| {
            Tally::of(
                b.found(patch::LOOP)
                    .filter(|case| case.walk().was_in(patch::CHECKED)),
            )
        },
    ),
];

fn make(books: &Books, lang: Lang) -> ReportDocument {
    let mut paper = ReportDocument::new(format!("{} {}", books.room.name, Rep::YearFigures.text(lang)));
    let last = books.day(books.period.until - Span::secs(1));
    paper.say(format!(
        "{}: {} — {last}",
        Rep::Period.text(lang),
        books.day(books.period.from)
    ));
    let rows = FIGURES.iter().map(|figure| {
        let tally = (figure.count)(books);
        let value = tally
            .value
            .map_or_else(|| "—".to_owned(), |v| format!("{v:.*}", figure.decimals));
        let cells = vec![
            figure.id.to_owned(),
            figure.words.text(lang).to_owned(),
            value,
            figure.unit.text(lang).to_owned(),
            figure.definition.text(lang).to_owned(),
        ];
        Row::new(figure.id, cells, tally.records)
    });
    let columns = [Rep::Figure, Rep::What, Rep::Value, Rep::Unit, Rep::Definition].map(|c| c.text(lang));
    paper.table(Rep::Figures.text(lang), &columns, rows.collect(), "");
    paper
}

#[cfg(test)]
mod tests;
