//! The straw daily (秸秆管控日报): what was found by which eye, how it was handled, by township, and which days have no report.

mod units;

use crate::domain::case::Case;
use crate::domain::directory::PointKind;
use crate::domain::playbook::meaning::straw_fire;
use crate::domain::quantity::Quantity;
use crate::domain::state::ReportKey;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use crate::lang::Lang;
use crate::lang::domain::{actor, quantity};
use crate::lang::order::where_is;
use crate::lang::refusal::stage_of;
use crate::lang::report::Rep;
use crate::report::{Books, Report, ReportDocument, Rhythm, Row, heard, ids, percent};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The row of [`crate::report::REPORTS`].
pub const REPORT: Report = Report {
    key: "daily",
    title: Rep::StrawDaily,
    rhythm: Rhythm::FireDay,
    reads: &[
        Quantity::WindSpeed,
        Quantity::WindFrom,
        Quantity::Humidity,
        Quantity::Pm25,
    ],
    make,
};

/// The loop it is about.
pub const FIRES: &str = straw_fire::LOOP;

fn make(books: &Books, lang: Lang) -> ReportDocument {
    let fires: Vec<&Case> = books.found(FIRES).collect();
    let mut paper = ReportDocument::new(format!("{} {}", books.room.name, Rep::StrawDaily.text(lang)));
    paper.say(format!(
        "{}: {} — {}",
        Rep::Period.text(lang),
        books.stamp(books.period.from),
        books.stamp(books.period.until)
    ));
    let columns = [Rep::What.text(lang), Rep::Value.text(lang)];
    paper.table(
        Rep::Figures.text(lang),
        &columns,
        figures(books, &fires, lang),
        "",
    );
    paper.say(Rep::UnitsTimes.text(lang).to_owned());
    by_township(&mut paper, books, &fires, lang);
    by_camera(&mut paper, books, &fires, lang);
    again(&mut paper, books, &fires, lang);
    open(&mut paper, books, lang);
    weather(&mut paper, books, lang);
    heard(&mut paper, books, lang);
    let missing: Vec<String> = missing_days(books).iter().map(NaiveDate::to_string).collect();
    paper.say(format!(
        "{}: {}",
        Rep::MissingDays.text(lang),
        if missing.is_empty() {
            Rep::None.text(lang).to_owned()
        } else {
            missing.join(" ")
        }
    ));
    if let Some(by) = &books.by {
        paper.say(format!("{}: {}", Rep::Signed.text(lang), actor(lang, by)));
    }
    paper
}

/// What a fire was found by: a camera, a satellite, a person, or the source's own name.
fn channel(books: &Books, case: &Case, lang: Lang) -> (String, String) {
    let Some(alarm) = &case.matter.alarm else {
        return ("hand".to_owned(), Rep::ByHand.text(lang).to_owned());
    };
    let point = case
        .matter
        .point
        .as_ref()
        .and_then(|id| books.room.directory.point(id));
    if point.is_some_and(|point| point.kind == PointKind::Camera) {
        return ("camera".to_owned(), Rep::ByCamera.text(lang).to_owned());
    }
    let source = alarm.as_str().split('/').next().unwrap_or_default();
    match books.kinds.get(source).map(String::as_str) {
        Some("firms") => ("satellite".to_owned(), Rep::BySatellite.text(lang).to_owned()),
        Some(_) | None => (source.to_owned(), source.to_owned()),
    }
}

fn figures(books: &Books, fires: &[&Case], lang: Lang) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut count = |key: &str, words: &str, of: Vec<&Case>| {
        let cells = vec![words.to_owned(), of.len().to_string()];
        rows.push(Row::new(key, cells, ids(of)));
    };
    let pick = |keep: &dyn Fn(&Case) -> bool| -> Vec<&Case> {
        fires.iter().copied().filter(|case| keep(case)).collect()
    };
    count("found", Rep::Found.text(lang), fires.to_vec());
    let mut channels: BTreeMap<(String, String), Vec<&Case>> = BTreeMap::new();
    for case in fires {
        channels.entry(channel(books, case, lang)).or_default().push(case);
    }
    for ((key, words), of) in channels {
        count(&format!("found.{key}"), &format!("  {words}"), of);
    }
    count("verified", Rep::Verified.text(lang), pick(&Case::is_true));
    count("false", Rep::False.text(lang), pick(&Case::is_false));
    count("merged", Rep::Merged.text(lang), pick(&Case::is_merged));
    count(
        "dispatched",
        Rep::Dispatched.text(lang),
        pick(&|case| !case.tasks.is_empty()),
    );
    let wrong = pick(&Case::is_false);
    rows.push(share("false_share", Rep::FalseShare, &wrong, fires.len(), lang));
    rows.extend(units::rows(books, fires, lang));
    let year = handled_this_year(books);
    let cells = vec![Rep::ThisYear.text(lang).to_owned(), year.len().to_string()];
    rows.push(Row::new("year", cells, ids(year)));
    rows
}

fn share(key: &str, words: Rep, part: &[&Case], of: usize, lang: Lang) -> Row {
    let cells = vec![words.text(lang).to_owned(), percent(part.len(), of)];
    Row::new(key, cells, ids(part.iter().copied()))
}

/// Fires of the year up to the period's end that were put out, false ones and those the same as another left out.
fn handled_this_year(books: &Books) -> Vec<&Case> {
    let Some(year) = Rhythm::Year.at(books.period.until - Span::secs(1), &books.room) else {
        return Vec::new();
    };
    books
        .all(FIRES)
        .filter(|case| case.matter.detected >= year.from && case.matter.detected < books.period.until)
        .filter(|case| case.is_real() && case.walk().was_in(straw_fire::OUT))
        .collect()
}

fn by_township(paper: &mut ReportDocument, books: &Books, fires: &[&Case], lang: Lang) {
    let mut towns: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for case in fires {
        let name = case
            .matter
            .township
            .as_ref()
            .map_or_else(|| Rep::Unknown.text(lang).to_owned(), |id| books.township(id));
        towns.entry(name).or_default().push(case);
    }
    let mut towns: Vec<(String, Vec<&Case>)> = towns.into_iter().collect();
    towns.sort_by_key(|(_, of)| std::cmp::Reverse(of.len()));
    let rows = towns.iter().enumerate().map(|(n, (name, of))| {
        let cells = vec![
            (n + 1).to_string(),
            name.clone(),
            of.len().to_string(),
            of.iter().filter(|case| case.is_false()).count().to_string(),
            units::late(books, of).len().to_string(),
            units::minutes(&units::stand(books, of, units::OUT)),
        ];
        Row::new(&format!("township.{name}"), cells, ids(of.iter().copied()))
    });
    let columns = [
        Rep::Rank,
        Rep::Township,
        Rep::Found,
        Rep::False,
        Rep::Late,
        Rep::OutMinutes,
    ];
    let columns = columns.map(|c| c.text(lang));
    paper.table(
        Rep::ByTownship.text(lang),
        &columns,
        rows.collect(),
        Rep::None.text(lang),
    );
}

fn by_camera(paper: &mut ReportDocument, books: &Books, fires: &[&Case], lang: Lang) {
    let mut cameras: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for case in fires {
        if let Some(point) = &case.matter.point {
            let name = books
                .room
                .directory
                .point(point)
                .map_or(point.as_str(), |p| p.name.as_str());
            cameras.entry(name.to_owned()).or_default().push(case);
        }
    }
    let rows = cameras.iter().map(|(name, of)| {
        let wrong = of.iter().filter(|case| case.is_false()).count();
        let cells = vec![
            name.clone(),
            of.len().to_string(),
            wrong.to_string(),
            percent(wrong, of.len()),
        ];
        Row::new(&format!("camera.{name}"), cells, ids(of.iter().copied()))
    });
    let columns = [Rep::Camera, Rep::Found, Rep::False, Rep::FalseShare].map(|c| c.text(lang));
    paper.table(
        Rep::ByCameraTable.text(lang),
        &columns,
        rows.collect(),
        Rep::None.text(lang),
    );
}

/// Fires at a place that burnt before.
fn again(paper: &mut ReportDocument, books: &Books, fires: &[&Case], lang: Lang) {
    let rekindled = |case: &&&Case| {
        case.matter.rekindles.is_some() || case.walk().times(straw_fire::REKINDLE).first().copied().is_some()
    };
    let rows = fires.iter().filter(rekindled).map(|case| row(books, case, lang));
    let columns = [Rep::Case, Rep::What, Rep::Township, Rep::Place, Rep::Stage].map(|c| c.text(lang));
    paper.table(
        Rep::Again.text(lang),
        &columns,
        rows.collect(),
        Rep::None.text(lang),
    );
}

fn open(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    let until = books.period.until;
    let open = books
        .all(FIRES)
        .filter(|case| case.is_open() && case.matter.detected < until);
    let rows = open.map(|case| row(books, case, lang));
    let columns = [Rep::Case, Rep::What, Rep::Township, Rep::Place, Rep::Stage].map(|c| c.text(lang));
    paper.table(
        Rep::StillOpen.text(lang),
        &columns,
        rows.collect(),
        Rep::None.text(lang),
    );
}

fn row(books: &Books, case: &Case, lang: Lang) -> Row {
    let township = case.matter.township.as_ref().map(|id| books.township(id));
    let cells = vec![
        case.id.to_string(),
        case.matter.title.to_string(),
        township.unwrap_or_default(),
        where_is(&books.room.directory, &case.matter, lang),
        stage_of(lang, case, &books.room.playbooks),
    ];
    Row::new(case.id.as_str(), cells, vec![case.id.to_string()])
}

/// Mean and highest of the hourly readings in the period, over all points.
fn weather(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    let rows = REPORT.reads.iter().filter_map(|of| {
        let own = books.readings.iter().filter(|r| r.quantity == *of);
        let values: Vec<f64> = own.filter_map(|r| Some(r.usable()?.to_f64())).collect();
        let most = values.iter().copied().reduce(f64::max)?;
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let cells = vec![
            quantity(lang, *of).to_owned(),
            format!("{mean:.1}"),
            format!("{most:.1}"),
        ];
        Some(Row::new(of.key(), cells, Vec::new()))
    });
    let columns = [Rep::What, Rep::Mean, Rep::Most].map(|c| c.text(lang));
    paper.table(
        Rep::Weather.text(lang),
        &columns,
        rows.collect(),
        Rep::NoReadings.text(lang),
    );
}

/// The key under which the daily of a day is issued.
fn key_of(books: &Books, day: NaiveDate) -> Option<ReportKey> {
    let period = Rhythm::FireDay.on(day, &books.room)?;
    Some(ReportKey {
        kind: Clean::new(REPORT.key),
        from: period.from,
        until: period.until,
    })
}

/// Days of the year before the report's own for which no daily was issued, from the first that one could have been.
fn missing_days(books: &Books) -> Vec<NaiveDate> {
    let own = books.day(books.period.until - Span::secs(1));
    let first = books.state.reports.keys().map(|key| key.until - Span::secs(1));
    let first = first.map(|at| books.day(at)).min();
    let year = NaiveDate::from_ymd_opt(chrono::Datelike::year(&own), 1, 1);
    let (Some(first), Some(year)) = (first, year) else {
        return Vec::new();
    };
    let days = first.max(year).iter_days().take_while(|day| *day < own);
    days.filter(|day| key_of(books, *day).is_some_and(|key| !books.state.is_issued(&key)))
        .collect()
}

#[cfg(test)]
mod tests;
