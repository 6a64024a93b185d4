//! Any JSON or CSV endpoint, by a field map written in the configuration: how a bureau attaches its own platform.
//!
//! Knows no upstream. What may be written is [`map`] and what it means [`form`]; here the fields are only followed, row by row
//! ([`row`]), into points and readings ([`readings`]), signals ([`signals`]) or a forecast ([`forecast`]).

use crate::bench::secret;
use crate::domain::directory::Directory;
use crate::domain::feed::{FlawKind, Lack, PollError};
use crate::domain::place::Place;
use crate::domain::secret::Secret;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::net::{Ask, Method, Response};
use crate::sources::gather::{Gather, Spot};
use crate::sources::upstream::Upstream;
use crate::sources::{Cursor, Kind, Need, Options, Read, Source, SourceSetting, answer, stamp, upstream};
use form::{Field, Layout, Mapped};
use list::Holds;
use map::MappedRaw;
use pages::{Page, Pages, Turn};
use row::Row;
use serde_json::Value;
use serde_json_path::JsonPath;
use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::RangeInclusive;
use std::sync::Arc;

mod forecast;
mod form;
mod list;
mod map;
mod pages;
mod readings;
mod row;
mod signals;

/// The row of this kind.
pub(super) const KIND: Kind = Kind {
    key: "mapped",
    says: "Any JSON or CSV endpoint, by a field map.",
    needs: &[Need::Url],
    shape: |generator| generator.subschema_for::<MappedRaw>(),
    read: |check, given| given.read(check, |raw: &MappedRaw, check, _| raw.read(check, given)),
};

/// Bytes of memory that a row of a table takes beside its text, about.
const RECORD_WEIGHT: u64 = 160;

struct Platform {
    upstream: Upstream,
    map: Mapped,
    directory: Arc<Directory>,
}

impl Options for Mapped {
    fn source(&self, setting: &SourceSetting, directory: &Arc<Directory>) -> Box<dyn Source> {
        Box::new(Platform {
            upstream: Upstream::new(setting),
            map: self.clone(),
            directory: Arc::clone(directory),
        })
    }

    fn secrets(&self) -> Vec<Secret> {
        let mut all = secret::of_text(self.body.as_deref().unwrap_or(""));
        let headers = self.headers.iter();
        all.extend(headers.flat_map(|(name, value)| secret::of_header(name, value)));
        all
    }
}

impl Source for Platform {
    fn ask(&self, cursor: &Cursor, now: Moment) -> Ask {
        let page = Pages::of(cursor).page;
        let zone = self.map.time.zone;
        let url = self.upstream.url().unwrap_or("");
        let body = self.map.body.as_deref();
        let headers = &self.map.headers;
        let mut texts = headers
            .iter()
            .map(|(_, text)| text.as_str())
            .chain([url])
            .chain(body);
        let shows_key = texts.any(|text| text.contains("{key}"));
        let mut ask = self.upstream.get(self.upstream.fill(url, page, now, zone));
        let filled = |text: &String| self.upstream.fill(text, page, now, zone);
        ask.headers = headers
            .iter()
            .map(|(name, text)| (name.clone(), filled(text)))
            .collect();
        match (&self.map.key_header, self.upstream.key()) {
            (Some(name), Some(key)) => ask.headers.push((name.clone(), key.to_owned())),
            (None, Some(key)) if !shows_key => {
                let bearer = format!("Bearer {key}");
                ask.headers.push(("Authorization".to_owned(), bearer));
            }
            _ => {}
        }
        if let Some(body) = body {
            ask.method = Method::Post;
            let body = self.upstream.fill(body, page, now, zone);
            let named = |(name, _): &(String, String)| name.eq_ignore_ascii_case("content-type");
            if body.starts_with(['{', '[']) && !ask.headers.iter().any(named) {
                let json = "application/json".to_owned();
                ask.headers.push(("Content-Type".to_owned(), json));
            }
            ask.body = Some(body.into_bytes());
        }
        ask
    }

    fn read(&self, cursor: &Cursor, reply: &Response, now: Moment) -> Result<Read, PollError> {
        let mut gather = Gather::new(&self.upstream.id, now).routed(&self.directory);
        let mut pages = Pages::of(cursor);
        let turn = match &self.map.layout {
            Layout::Json(_) => self.read_json(reply, &mut pages, &mut gather)?,
            Layout::Csv(delimiter) => self.read_csv(*delimiter, reply, &mut pages, &mut gather)?,
            Layout::Wide(delimiter, quantity) => {
                self.read_wide(*delimiter, quantity, reply, &mut gather)?;
                Turn::Last
            }
        };
        note_turn(turn, pages.page, &mut gather);
        let form = self.map.signal.as_ref();
        if form.is_some() {
            self.bound(&mut gather, now);
        }
        let mut take = gather.finish(form.is_some_and(|form| form.complete));
        take.speaks = !self.map.readings.is_empty() && !self.map.may_be_empty;
        let more = turn == Turn::More;
        Ok(Read {
            take,
            cursor: if more {
                serde_json::to_value(pages).unwrap_or_default()
            } else {
                Cursor::Null
            },
            more,
        })
    }

    fn every(&self) -> Span {
        Span::mins(5)
    }

    /// What a platform sends is hourly unless the configuration says otherwise; signals come when they come.
    fn late_after(&self) -> Option<Span> {
        (!self.map.readings.is_empty()).then_some(Span::hours(2))
    }
}

impl Platform {
    /// Reads JSON; what the page is within its list.
    fn read_json(
        &self,
        reply: &Response,
        pages: &mut Pages,
        gather: &mut Gather<'_>,
    ) -> Result<Turn, PollError> {
        let body = answer::json(reply, gather)?;
        self.is_ok(&body)?;
        self.beats(&body, gather);
        let Layout::Json(path) = &self.map.layout else {
            return Ok(Turn::Last);
        };
        let rows = path.query(&body).all();
        self.holds(&body, path, &rows, gather)?;
        let total = self.map.total.as_ref();
        let turn = pages.turn(&Page {
            rows: rows.len(),
            digest: if self.map.page_size.is_some() {
                digest(&texts(&rows))
            } else {
                0
            },
            total: total.and_then(|field| Row::Json(&body).text(field)?.parse().ok()),
            size: self.map.page_size,
        });
        if turn == Turn::Repeated {
            return Ok(turn);
        }
        self.note_absent(1..=rows.len(), gather, |field| {
            rows.is_empty() || rows.iter().any(|row| Row::Json(row).has(field))
        });
        for (n, row) in rows.iter().enumerate() {
            if row.is_object() || row.is_array() {
                self.read_row(n + 1, Row::Json(row), gather);
            } else {
                gather.lose(Spot(n + 1, ""), &row.to_string(), FlawKind::Shape);
            }
        }
        Ok(turn)
    }

    /// The rows must stand in a list. Where some do and others do not, what is no list is a row that is lost.
    fn holds(
        &self,
        body: &Value,
        path: &JsonPath,
        rows: &[&Value],
        gather: &mut Gather<'_>,
    ) -> Result<(), PollError> {
        match list::holds(body, path, self.map.null_is_empty) {
            Holds::List | Holds::Nothing => Ok(()),
            Holds::Mixed(words) => {
                gather.lose(Spot(0, "rows"), &words, FlawKind::Shape);
                Ok(())
            }
            Holds::Other(_) if !rows.is_empty() && list::is_plain(path) => Ok(()),
            Holds::Other(words) => Err(PollError::Foreign(Clean::new(&words))),
        }
    }

    /// The platform's own heartbeat, where the map names one.
    fn beats(&self, body: &Value, gather: &mut Gather<'_>) {
        let Some(form) = &self.map.heartbeat else { return };
        let path = Clean::new(form.from.label());
        let text = Row::Json(body).text(&form.from).unwrap_or_default();
        // One that is ahead is none: who stood still before a clock was set back were fresh for as long.
        match stamp::read(&form.stamp, &text, form.zone) {
            None => gather.lack(Lack::NoHeartbeat(path)),
            Some(at) if gather.now().apart(at) <= form.within => {}
            Some(at) => gather.lack(Lack::WrongHeartbeat(path, at)),
        }
    }

    /// A list that is asked for by time covers what began since the earliest time that is asked for, and nothing before:
    /// at midnight yesterday's fire is not on today's list and burns on.
    fn bound(&self, gather: &mut Gather<'_>, now: Moment) {
        let url = self.upstream.url().unwrap_or("");
        let texts = [url, self.map.body.as_deref().unwrap_or("")];
        let zone = self.map.time.zone;
        if let Some(since) = texts
            .iter()
            .filter_map(|text| upstream::asked_since(text, now, zone))
            .min()
        {
            gather.only_since(since);
        }
    }

    /// A field that no row has is a mistake of the map or a change of the platform: something of every row is lost.
    fn note_absent(
        &self,
        rows: RangeInclusive<usize>,
        gather: &mut Gather<'_>,
        is_there: impl Fn(&Field) -> bool,
    ) {
        let readings = self.map.readings.iter().map(|form| &form.from);
        for field in readings.filter(|field| !is_there(field)) {
            gather.absent(field.label(), rows.clone());
        }
    }

    /// Where the platform says in its own way that something is wrong.
    fn is_ok(&self, body: &Value) -> Result<(), PollError> {
        let Some(ok) = &self.map.ok else { return Ok(()) };
        let row = Row::Json(body);
        let found = row.text(&ok.from).unwrap_or_default();
        if ok.is.iter().any(|good| *good == found) {
            return Ok(());
        }
        let says = ok.says.as_ref().and_then(|field| row.text(field));
        let says = says.filter(|says| !says.is_empty());
        let words = says.unwrap_or_else(|| format!("{} = {found}", ok.from.label()).into());
        Err(PollError::Said(Clean::new(&words)))
    }

    fn read_csv(
        &self,
        delimiter: u8,
        reply: &Response,
        pages: &mut Pages,
        gather: &mut Gather<'_>,
    ) -> Result<Turn, PollError> {
        let text = self.table(reply, gather)?;
        let (head, mut table) = row::table(&text, delimiter);
        let missing = self.map.time.from.iter();
        let missing = missing.filter(|(field, _)| head.column(field.label()).is_none());
        if !text.trim().is_empty() && missing.count() > 0 {
            return Err(PollError::Foreign(answer::head(&text)));
        }
        let mut records = Vec::new();
        for record in table.records() {
            let bytes = record
                .as_ref()
                .map_or(0, |record| record.as_slice().len() + 8 * record.len());
            if !gather.pays(records.len() + 2, RECORD_WEIGHT + bytes as u64) {
                break;
            }
            records.push(record);
        }
        let turn = pages.turn(&Page {
            rows: records.len(),
            digest: if self.map.page_size.is_some() {
                digest(&text)
            } else {
                0
            },
            total: None,
            size: self.map.page_size,
        });
        if turn == Turn::Repeated {
            return Ok(turn);
        }
        self.note_absent(2..=records.len() + 1, gather, |field| {
            head.names.is_empty() || head.column(field.label()).is_some()
        });
        for (n, record) in records.into_iter().enumerate() {
            match record {
                Ok(record) => self.read_row(n + 2, Row::Csv(&head, &record), gather),
                Err(error) => gather.lose(Spot(n + 2, ""), &error.to_string(), FlawKind::Shape),
            }
        }
        Ok(turn)
    }

    fn read_wide(
        &self,
        delimiter: u8,
        quantity: &str,
        reply: &Response,
        gather: &mut Gather<'_>,
    ) -> Result<(), PollError> {
        let text = self.table(reply, gather)?;
        let (head, mut table) = row::table(&text, delimiter);
        let Some(quantity) = head.column(quantity) else {
            return Err(PollError::Foreign(answer::head(&text)));
        };
        let points = self.wide_points(&head, quantity);
        for (n, record) in table.records().enumerate() {
            match record {
                Ok(record) => {
                    let row = Row::Csv(&head, &record);
                    self.read_wide_row(n + 2, row, record.get(quantity).unwrap_or(""), &points, gather);
                }
                Err(error) => gather.lose(Spot(n + 2, ""), &error.to_string(), FlawKind::Shape),
            }
        }
        Ok(())
    }

    /// The text of a table; without even a heading only where the map says that nothing means none.
    fn table<'r>(&self, reply: &'r Response, gather: &mut Gather<'_>) -> Result<Cow<'r, str>, PollError> {
        match answer::table(reply, gather) {
            Err(PollError::Nothing) if self.map.null_is_empty => Ok(Cow::default()),
            read => read,
        }
    }

    /// One row: its time and place, then its readings and its signal.
    fn read_row(&self, n: usize, row: Row<'_>, gather: &mut Gather<'_>) {
        let (written, at) = self.time(row);
        let Some(at) = at else {
            return gather.lose(Spot(n, &self.time_label()), &written, FlawKind::NotATime);
        };
        let place = self.place(n, row, gather);
        if !self.map.readings.is_empty() {
            self.read_point(n, row, at, place, gather);
        }
        if let Some(form) = &self.map.forecast {
            self.read_forecast(n, row, form, at, gather);
        }
        if let Some(form) = &self.map.signal {
            self.read_signal(n, row, form, (at, place), gather);
        }
    }

    fn place(&self, n: usize, row: Row<'_>, gather: &mut Gather<'_>) -> Option<Place> {
        let form = self.map.place.as_ref()?;
        let (lat, lon) = (
            self.text(row, &form.lat).unwrap_or_default(),
            self.text(row, &form.lon).unwrap_or_default(),
        );
        gather.place(Spot(n, form.lat.label()), &lat, &lon, form.datum)
    }
}

/// What is wrong with the page within its list, if anything.
fn note_turn(turn: Turn, page: u64, gather: &mut Gather<'_>) {
    let place = format!("page {page}");
    match turn {
        Turn::More | Turn::Last => {}
        Turn::Repeated => gather.cut(&place, "an earlier page came again"),
        Turn::Moved => gather.cut(&place, "the total changed while the list was read"),
        Turn::Short => gather.cut(&place, "fewer rows than the upstream declares"),
    }
}

fn texts(rows: &[&Value]) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}

/// The same for the same rows, other for others.
fn digest(of: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
