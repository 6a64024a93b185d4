//! The headless twins of the lists: `lookout alarms`, `cases`, `points`, as a table or as JSON, under the same filter.

use crate::cli::common::Common;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::cli::list::listed::Listed;
use crate::cli::{Io, args, open};
use crate::desk::board::Board;
use crate::domain::age::Age;
use crate::domain::alarm::AlarmState;
use crate::domain::calm::Doubt;
use crate::domain::feed::FeedState;
use crate::domain::id::{PointId, SourceId, TownshipId};
use crate::domain::quantity::{Quantity, Value as Exact};
use crate::domain::query::{FieldValue, Query, QueryFault};
use crate::domain::reading::{Flag, Period};
use crate::domain::signal::Severity;
use crate::domain::time::{Moment, Span};
use crate::domain::water::Class;
use crate::domain::ways::BLOCKED;
use crate::lang;
use crate::lang::calm::CalmText;
use crate::lang::cli::CliText;
use crate::lang::screens::feeds::Feeds;
use crate::lang::screens::points as points_text;
use crate::lang::tui::Tui;
use crate::lang::{Lang, calm, domain, fill, when};
use crate::store::Readings;
use crate::tui::part::fields;
use crate::tui::part::fields::FieldBasis;
use crate::tui::view::RowId;
use serde_json::{Map, Number, Value, json};
use unicode_width::UnicodeWidthStr;

pub mod alarms;
pub mod cases;
pub mod feeds;
mod listed;
pub mod points;

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Alarms that are not normal.
    Alarms,
    /// Cases.
    Cases,
    /// The newest readings.
    Points,
    /// The sources with their health.
    Feeds,
}

/// What a list is made from.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    /// The room as its store tells it, as the person may see it.
    board: &'a Board,
    lang: Lang,
}

impl Told<'_> {
    fn time(self, at: Moment) -> String {
        at.rfc3339(self.board.room.zone)
    }

    /// A township's name; its key where the directory does not know it.
    fn township(self, id: Option<&TownshipId>) -> Option<String> {
        let id = id?;
        let known = self.board.room.directory.township_by_id(id);
        Some(known.map_or_else(|| id.to_string(), |own| own.name.to_string()))
    }

    /// A point's name, the directory's or its upstream's; its code where neither gave one.
    fn point(self, id: Option<&PointId>) -> Option<String> {
        let id = id?;
        let known = self.board.points.get(id).filter(|point| !point.name.is_empty());
        Some(known.map_or_else(|| id.to_string(), |own| own.name.to_string()))
    }
}

/// Reads the ledger and writes the list.
///
/// # Errors
/// The configuration is wrong, the ledger cannot be read, or the filter names a field that there is not.
pub fn run(subject: Subject, args: &args::List, common: &Common, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let mut asked = open::asked(common, stage)?;
    let board = asked.board(stage)?;
    let told = Told {
        board: &board,
        lang: stage.lang,
    };
    let list = match subject {
        Subject::Alarms => alarms::list(told),
        Subject::Cases => cases::list(told),
        Subject::Points => points::list(told, &asked.store.latest().map_err(|error| Fault::store(&error))?),
        Subject::Feeds => feeds::list(told),
    };
    list.write(&args.filter, args.json, (&board, stage))?;
    if subject == Subject::Feeds && !args.json {
        writeln!(stage.out, "{}", collector(&board, stage.lang))?;
    }
    let heard = heard(&board, stage)?;
    match subject {
        Subject::Feeds => feeds::delivers(told, heard, stage),
        Subject::Alarms | Subject::Cases | Subject::Points => Ok(heard),
    }
    .map(|exit| asked.ends(exit))
}

/// Who collects, in words.
fn collector(board: &Board, lang: Lang) -> String {
    if board.collector.is_empty() {
        let judged = board.calm(board.at);
        let is_nobody = |doubt: &&Doubt<'_>| matches!(doubt, Doubt::NobodyCollects(_));
        let nobody = judged.doubts.iter().find(is_nobody);
        return calm::doubt(lang, nobody.unwrap_or(&Doubt::NobodyCollects(None)), board.at);
    }
    fill(Tui::NotCollecting.text(lang), &[("who", &board.collector)])
}

/// How the command ends: with an exit of its own, and the doubts said, where the list proves nothing by what it lacks.
fn heard(board: &Board, stage: &mut Io<'_>) -> Result<Exit, Fault> {
    let (lang, judged) = (stage.lang, board.calm(board.at));
    let Some(why) = calm::doubts(lang, &judged.doubts, board.at) else {
        return Ok(Exit::Good);
    };
    writeln!(
        stage.err,
        "{}",
        fill(CalmText::Silence.text(lang), &[("why", &why)])
    )?;
    for doubt in judged.doubts.iter().filter(|doubt| doubt.source().is_some()) {
        writeln!(stage.err, "  {}", calm::doubt(lang, doubt, board.at))?;
    }
    Ok(Exit::Outside)
}

/// Rows in their envelope: what was heard, by whom it is collected, what is not fresh.
fn envelope(board: &Board, rows: &[Value]) -> Value {
    let judged = board.calm(board.at);
    let gap = |doubt: &Doubt<'_>| {
        json!({
            "source": doubt.source().map(SourceId::as_str),
            "state": doubt.key(),
            "since": doubt.since().map(|at| at.rfc3339(board.room.zone)),
            "trouble": doubt.trouble(),
        })
    };
    let gaps: Vec<Value> = judged.doubts.iter().map(gap).collect();
    let collector = Some(board.collector.as_str()).filter(|name| !name.is_empty());
    json!({"fresh": judged.hears_all(), "collector": collector, "gaps": gaps, "rows": rows})
}

/// A list ready to be written: the names of its fields, what people read above each, and its rows.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The names of the fields, for JSON and for filters.
    pub fields: &'static [&'static str],
    /// The fields of the screens' filters that its rows have too.
    pub asks: &'static [&'static str],
    /// The headings of the columns that the table shows: a field and its words.
    pub columns: Vec<(&'static str, &'static str)>,
    /// The rows.
    pub rows: Vec<ListRow>,
}

/// A row of a list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// What it is about.
    pub of: RowId,
    /// The moment that its age counts from, where that is its own.
    pub since: Option<Moment>,
    /// A value for each field.
    pub values: Vec<Value>,
}

impl List {
    /// Keeps the rows that `typed` finds, and writes them.
    ///
    /// # Errors
    /// The filter names a field that there is not, or the output cannot be written.
    fn write(mut self, typed: &str, json: bool, (board, stage): (&Board, &mut Io<'_>)) -> Result<(), Fault> {
        let known = self.known();
        let reach = |key: &str| self.reach(board, key);
        let query = Query::of_fields(typed, &known, reach).map_err(|fault| misread(&known, &fault, stage))?;
        let (fields, asks) = (self.fields, self.asks);
        let seen = FieldBasis {
            board,
            lang: stage.lang,
            now: board.at,
        };
        let found = |line: &ListRow| {
            query.holds(&Listed {
                fields,
                asks,
                seen,
                line,
            })
        };
        self.rows.retain(found);
        if json {
            let rows: Vec<Value> = self
                .rows
                .into_iter()
                .map(|row| object(fields, row.values))
                .collect();
            writeln!(stage.out, "{:#}", envelope(board, &rows))?;
        } else {
            write!(stage.out, "{}", self.table(stage.lang))?;
        }
        Ok(())
    }

    /// The fields that a filter may ask for, each once.
    fn known(&self) -> Vec<&'static str> {
        let more = self.asks.iter().filter(|field| !self.fields.contains(field));
        self.fields.iter().chain(more).copied().collect()
    }

    /// What a field may be asked for: on screens, or of what is yes or no in its rows.
    fn reach<'a>(&self, board: &'a Board, key: &str) -> Option<FieldValue<'a>> {
        if self.asks.contains(&key) {
            return fields::reach(&board.room, key);
        }
        let place = self.fields.iter().position(|field| *field == key)?;
        let is_flag = |row: &ListRow| matches!(row.values.get(place), Some(Value::Bool(_)));
        let is_flag = self.rows.iter().any(is_flag);
        is_flag.then_some(FieldValue::Flag(true, Vec::new()))
    }

    /// Columns two spaces apart, as wide as their widest cell; Chinese characters count two.
    fn table(&self, lang: Lang) -> String {
        let at = |name: &str| {
            self.fields
                .iter()
                .position(|field| *field == name)
                .unwrap_or(usize::MAX)
        };
        let columns: Vec<usize> = self.columns.iter().map(|(name, _)| at(name)).collect();
        let heads: Vec<String> = self
            .columns
            .iter()
            .map(|(_, words)| (*words).to_owned())
            .collect();
        let cell = |row: &ListRow, n: usize| {
            let (field, value) = (self.fields.get(n)?, row.values.get(n)?);
            Some(shown(field, value, lang))
        };
        let cells = self.rows.iter();
        let cells = cells.map(|row| {
            columns
                .iter()
                .map(|n| cell(row, *n).unwrap_or_default())
                .collect()
        });
        let lines: Vec<Vec<String>> = std::iter::once(heads).chain(cells).collect();
        aligned(&lines).concat()
    }
}

/// A value as a JSON number with the digits it has: nothing rounded, no noise of a float.
pub(super) fn exact(value: Exact) -> Value {
    let text = value.to_string();
    serde_json::from_str::<Number>(&text).map_or(Value::String(text), Value::Number)
}

/// Lines of cells, two spaces apart, each column as wide as its widest cell; Chinese characters count two.
pub(super) fn aligned(lines: &[Vec<String>]) -> Vec<String> {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |n: usize| {
        let cells = lines.iter().filter_map(|line| line.get(n));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    lines.iter().map(|line| padded(line, &widths)).collect()
}

fn padded(cells: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
    }
    format!("{}\n", line.trim_end())
}

/// What of a filter cannot be understood, with the fields that the list has.
fn misread(known: &[&str], fault: &QueryFault, stage: &Io<'_>) -> Fault {
    let list = known.join(", ");
    let mut words = Fault::new(Exit::Usage, lang::query::words(stage.lang, fault));
    words
        .hints
        .push(fill(CliText::KnownAre.text(stage.lang), &[("list", &list)]));
    words
}

fn object(fields: &[&str], row: Vec<Value>) -> Value {
    let pairs = fields.iter().map(|field| (*field).to_owned()).zip(row);
    Value::Object(pairs.collect::<Map<_, _>>())
}

/// A value as people read it: keys of the domain in words, ages in days and hours.
fn shown(field: &str, value: &Value, lang: Lang) -> String {
    if let ("age_s", Some(secs)) = (field, value.as_i64()) {
        let sign = if secs < 0 { "-" } else { "" };
        return format!("{sign}{}", when::age(lang, Span::secs(secs.saturating_abs())));
    }
    let key = &text(value);
    let words = match field {
        "severity" => Severity::by_key(key).map(|it| domain::severity(lang, it)),
        "state" => AlarmState::by_key(key).map(|it| domain::alarm_state(lang, it)),
        "quantity" => Quantity::by_key(key).map(|it| domain::quantity(lang, it)),
        "period" => Period::by_key(key).map(|it| domain::period(lang, it)),
        "flag" => Flag::by_key(key).map(|it| domain::flag(lang, it)),
        "timeliness" => Age::by_key(key).map(|it| domain::age(lang, it)),
        "class" => Class::by_key(key).map(|it| points_text::class(lang, it)),
        "standing" if key == BLOCKED => Some(Feeds::Blocked.text(lang)),
        "standing" => FeedState::by_key(key).map(|it| domain::feed_state(lang, it)),
        _ => None,
    };
    words.unwrap_or(key).to_owned()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests;
