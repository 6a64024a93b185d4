//! `lookout drill`: a scripted year in the training city, and the figures that its ledger then tells.

use crate::cli::args::{Drill, DrillName};
use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::progress::Progress;
use crate::cli::{Io, furnish, room};
use crate::clock::Clock;
use crate::domain::quantity::Value;
use crate::domain::time::Moment;
use crate::drill::figures::DrillFigure;
use crate::drill::{DrillError, DrillOutcome};
use crate::lang::cli::CliText;
use crate::lang::drill::DrillText;
use crate::lang::{Lang, fill, ledger};
use crate::store::{OpenMode, Sqlite};
use crate::training::year::YearPlan;
use crate::{drill, training};
use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};
use std::path::PathBuf;
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// Where the drill's ledger is: kept, or gone with the drill.
struct Place {
    file: PathBuf,
    folder: Option<PathBuf>,
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder
            && let Err(error) = std::fs::remove_dir_all(folder)
        {
            tracing::warn!(%error, folder = %folder.display(), "the drill's folder stays");
        }
    }
}

/// Plays it and says what came of it.
///
/// # Errors
/// The ledger cannot be used, the training city cannot be served, or the desk refused a scripted step.
pub(super) fn run(args: &Drill, common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let place = place(args, stage.lang)?;
    let runtime = room::runtime(stage.lang)?;
    let mut progress = Progress::new();
    let outcome = runtime.block_on(play(args, common, stage, (&place, &mut progress)));
    progress.end();
    let outcome = outcome?;
    if args.json {
        writeln!(stage.out, "{}", as_json(&outcome))?;
    } else {
        write(&outcome, &place, stage)?;
    }
    Ok(if outcome.is_good() {
        Exit::Good
    } else {
        Exit::Findings
    })
}

fn place(args: &Drill, lang: Lang) -> Result<Place, Fault> {
    let Some(file) = &args.store else {
        let name = format!(
            "lookout-drill-{}-{:08x}",
            std::process::id(),
            rand::random::<u32>()
        );
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir(&folder).map_err(|why| {
            let words = fill(DrillText::NoTemporary.text(lang), &[("why", &why)]);
            Fault::new(Exit::Store, words)
        })?;
        let file = folder.join("drill.db");
        let folder = Some(folder);
        return Ok(Place { file, folder });
    };
    if file.exists() {
        let words = fill(CliText::FileExists.text(lang), &[("path", &file.display())]);
        return Err(Fault::new(Exit::Usage, words));
    }
    let (file, folder) = (file.clone(), None);
    Ok(Place { file, folder })
}

async fn play(
    args: &Drill,
    common: &Common,
    stage: &Io<'_>,
    (place, progress): (&Place, &mut Progress),
) -> Result<DrillOutcome, Fault> {
    let seed = common.seed.unwrap_or(furnish::SEED);
    let first = match args.name {
        DrillName::Year2023 => NaiveDate::from_ymd_opt(2023, 1, 1),
    };
    let plan = YearPlan {
        seed,
        first: first.unwrap_or_default(),
        days: args.days,
    };
    let clock = Clock::standing(Moment::default());
    let city = training::start(seed, clock.clone()).await;
    let city = city.map_err(|error| Fault::new(Exit::Outside, error.to_string()))?;
    let config = furnish::training_config((&city.config, &city.beside(stage.outside)), common, stage)?;
    let open = |mode| Sqlite::open(&place.file, mode).map_err(|error| Fault::store(&error));
    let store = Box::new(open(OpenMode::ReadWrite)?);
    let mut setup = furnish::setup(&config, true, clock, store, place.file.clone());
    // Everything comes in from the script; nobody else writes, and nothing of the year is dropped.
    (setup.sources, setup.file, setup.retention) = (Vec::new(), None, None);
    let mut audit = open(OpenMode::ReadWrite)?;
    let played = drill::run(plan, setup, &mut audit, &mut |done, all| progress.show(done, all)).await;
    played.map_err(|error| match error {
        DrillError::Store(error) => Fault::store(&error),
        DrillError::Refused { .. }
        | DrillError::NoCase { .. }
        | DrillError::Gone { .. }
        | DrillError::Desk => Fault::new(Exit::Findings, error.to_string()),
    })
}

fn as_json(outcome: &DrillOutcome) -> Json {
    let row = |figure: &DrillFigure| {
        let number = |value: Option<Value>| value.map_or(Json::Null, |v| number(&v.fixed(figure.decimals)));
        let both = json!({ "expected": number(Some(figure.expected)), "actual": number(figure.actual) });
        (figure.id.to_owned(), both)
    };
    let figures: Map<String, Json> = outcome.figures.iter().map(row).collect();
    let chain = match &outcome.chain {
        Ok(_) => "ok".to_owned(),
        Err((seq, why)) => format!("entry {seq}: {why}"),
    };
    let seconds = |spent: Duration| (spent.as_secs_f64() * 100.0).round() / 100.0;
    let spent = &outcome.spent;
    json!({
        "figures": figures,
        "chain": chain,
        "entries": outcome.chain.as_ref().ok(),
        "fold": if outcome.folds { "ok" } else { "differs" },
        "seconds": seconds(spent.whole),
        "spent": {
            "generate": seconds(spent.generate),
            "decide": seconds(spent.decide),
            "store": seconds(spent.store),
            "outbox": seconds(spent.outbox),
            "figures": seconds(spent.figures),
        },
        "commits": spent.commits,
        "peak_mb": outcome.peak_mb,
    })
}

/// As written, so that 7.0 stays 7.0.
fn number(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or(Json::Null)
}

fn write(outcome: &DrillOutcome, place: &Place, stage: &mut Io<'_>) -> Result<(), Fault> {
    let lang = stage.lang;
    let words = |text: DrillText| text.text(lang).to_owned();
    let mut rows = vec![[
        words(DrillText::Figure),
        words(DrillText::Expected),
        words(DrillText::Counted),
        String::new(),
    ]];
    rows.extend(outcome.figures.iter().map(|row| {
        let met = if row.is_met() {
            DrillText::Met
        } else {
            DrillText::Missed
        };
        let actual = row.actual.map(|actual| actual.fixed(row.decimals));
        [
            row.words.text(lang).to_owned(),
            row.expected.fixed(row.decimals),
            actual.unwrap_or_else(|| "NA".to_owned()),
            words(met),
        ]
    }));
    let widest = rows.iter().map(|row| row[0].width()).max().unwrap_or(0);
    for [name, expected, actual, met] in rows {
        let gap = " ".repeat(widest.saturating_sub(name.width()));
        writeln!(stage.out, "{name}{gap} {expected:>9} {actual:>9}  {met}")?;
    }
    for line in ends(outcome, place, lang) {
        writeln!(stage.out, "{line}")?;
    }
    Ok(())
}

fn ends(outcome: &DrillOutcome, place: &Place, lang: Lang) -> Vec<String> {
    let chain = match &outcome.chain {
        Ok(count) => fill(DrillText::ChainGood.text(lang), &[("count", count)]),
        Err((seq, why)) => fill(
            DrillText::ChainBroken.text(lang),
            &[("seq", seq), ("why", &ledger::misfit(lang, why))],
        ),
    };
    let fold = if outcome.folds {
        DrillText::FoldGood
    } else {
        DrillText::FoldBad
    };
    let seconds = |spent: Duration| format!("{:.1}", spent.as_secs_f64());
    let of = &outcome.spent;
    let values: [(&str, &dyn std::fmt::Display); 7] = [
        ("whole", &seconds(of.whole)),
        ("generate", &seconds(of.generate)),
        ("decide", &seconds(of.decide)),
        ("store", &seconds(of.store)),
        ("outbox", &seconds(of.outbox)),
        ("figures", &seconds(of.figures)),
        ("commits", &of.commits),
    ];
    let mut lines = vec![
        chain,
        fold.text(lang).to_owned(),
        fill(DrillText::Spent.text(lang), &values),
    ];
    lines.extend(
        outcome
            .peak_mb
            .map(|mb| fill(DrillText::Peak.text(lang), &[("mb", &mb)])),
    );
    if place.folder.is_none() {
        lines.push(fill(
            DrillText::Kept.text(lang),
            &[("path", &place.file.display())],
        ));
    }
    lines
}
