//! Any JSON or CSV endpoint, by a field map written in the configuration: how a bureau attaches its own platform.
//!
//! Knows no upstream. What the fields mean is `config::source::mapped`; here they are only followed, row by row
//! ([`row`]), into points and readings ([`readings`]), signals ([`signals`]) or a forecast ([`forecast`]).

use crate::config::source::SourceOptions;
use crate::config::source::SourceSetting;
use crate::config::source::mapped::Mapped;
use crate::config::source::mapped::form::Field;
use crate::config::source::mapped::form::Layout;
use crate::domain::directory::Directory;
use crate::domain::feed::FlawKind;
use crate::domain::feed::Trouble;
use crate::domain::place::Place;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::net::Ask;
use crate::net::Method;
use crate::net::Reply;
use crate::sources::Cursor;
use crate::sources::Kind;
use crate::sources::Read;
use crate::sources::Source;
use crate::sources::answer;
use crate::sources::gather::Gather;
use crate::sources::gather::Spot;
use crate::sources::upstream::Upstream;
use row::Row;
use serde_json::Value;
use std::sync::Arc;

mod forecast;
mod readings;
mod row;
mod signals;

/// The row of this kind.
pub(super) const KIND: Kind = Kind { key: "mapped", build };

struct Platform {
    upstream: Upstream,
    map: Mapped,
    directory: Arc<Directory>,
}

fn build(setting: &SourceSetting, directory: &Arc<Directory>) -> Option<Box<dyn Source>> {
    let SourceOptions::Mapped(map) = &setting.options else {
        return None;
    };
    Some(Box::new(Platform {
        upstream: Upstream::new(setting),
        map: Mapped::clone(map),
        directory: Arc::clone(directory),
    }))
}

impl Source for Platform {
    fn ask(&self, cursor: &Cursor, now: Moment) -> Ask {
        let page = cursor.as_u64().unwrap_or(1);
        let zone = self.map.time.zone;
        let url = self.upstream.url().unwrap_or("");
        let body = self.map.body.as_deref();
        let shows_key = url.contains("{key}") || body.is_some_and(|body| body.contains("{key}"));
        let mut ask = self.upstream.get(self.upstream.fill(url, page, now, zone));
        ask.headers.clone_from(&self.map.headers);
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

    fn read(&self, cursor: &Cursor, reply: &Reply, now: Moment) -> Result<Read, Trouble> {
        let mut gather = Gather::new(&self.upstream.id, now);
        let rows = match &self.map.layout {
            Layout::Json(_) => self.read_json(reply, &mut gather)?,
            Layout::Csv(delimiter) => self.read_csv(*delimiter, reply, &mut gather)?,
            Layout::Wide(delimiter, quantity) => self.read_wide(*delimiter, quantity, reply, &mut gather)?,
        };
        let page = cursor.as_u64().unwrap_or(1);
        let more = self.map.page_size.is_some_and(|size| rows >= size as usize);
        let complete = self.map.signal.as_ref().is_some_and(|form| form.complete);
        Ok(Read {
            take: gather.finish(complete),
            cursor: if more {
                Cursor::from(page + 1)
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
    /// Reads JSON; how many rows there were.
    fn read_json(&self, reply: &Reply, gather: &mut Gather<'_>) -> Result<usize, Trouble> {
        let body = answer::json(reply)?;
        self.is_ok(&body)?;
        let Layout::Json(path) = &self.map.layout else {
            return Ok(0);
        };
        let rows = path.query(&body).all();
        if rows.is_empty() && !is_there(&body, path) {
            return Err(Trouble::Foreign(answer::head(&body.to_string())));
        }
        self.note_absent(gather, |field| {
            rows.is_empty() || rows.iter().any(|row| Row::Json(row).has(field))
        });
        for (n, row) in rows.iter().enumerate() {
            if row.is_object() || row.is_array() {
                self.read_row(n + 1, Row::Json(row), gather);
            } else {
                gather.lose(Spot(n + 1, ""), &row.to_string(), FlawKind::Shape);
            }
        }
        Ok(rows.len())
    }

    /// A field that no row has is a mistake of the map or a change of the platform; one that some rows leave out is not.
    fn note_absent(&self, gather: &mut Gather<'_>, is_there: impl Fn(&Field) -> bool) {
        let readings = self.map.readings.iter().map(|form| &form.from);
        for field in readings.filter(|field| !is_there(field)) {
            gather.flaw(Spot(0, field.label()), "", FlawKind::Missing);
        }
    }

    /// Where the platform says in its own way that something is wrong.
    fn is_ok(&self, body: &Value) -> Result<(), Trouble> {
        let Some(ok) = &self.map.ok else {
            return Ok(());
        };
        let row = Row::Json(body);
        let found = row.text(&ok.from).unwrap_or_default();
        if ok.is.iter().any(|good| *good == found) {
            return Ok(());
        }
        let says = ok.says.as_ref().and_then(|field| row.text(field));
        let says = says.filter(|says| !says.is_empty());
        let words = says.unwrap_or_else(|| format!("{} = {found}", ok.from.label()).into());
        Err(Trouble::Said(Clean::new(&words)))
    }

    fn read_csv(&self, delimiter: u8, reply: &Reply, gather: &mut Gather<'_>) -> Result<usize, Trouble> {
        let text = answer::table(reply)?;
        let (head, mut table) = row::table(&text, delimiter);
        let missing = self.map.time.from.iter();
        let missing = missing.filter(|(field, _)| head.column(field.label()).is_none());
        if !text.trim().is_empty() && missing.count() > 0 {
            return Err(Trouble::Foreign(answer::head(&text)));
        }
        self.note_absent(gather, |field| {
            head.names.is_empty() || head.column(field.label()).is_some()
        });
        let mut rows = 0;
        for (n, record) in table.records().enumerate() {
            rows += 1;
            match record {
                Ok(record) => self.read_row(n + 2, Row::Csv(&head, &record), gather),
                Err(error) => gather.lose(Spot(n + 2, ""), &error.to_string(), FlawKind::Shape),
            }
        }
        Ok(rows)
    }

    fn read_wide(
        &self,
        delimiter: u8,
        quantity: &str,
        reply: &Reply,
        gather: &mut Gather<'_>,
    ) -> Result<usize, Trouble> {
        let text = answer::table(reply)?;
        let (head, mut table) = row::table(&text, delimiter);
        let Some(quantity) = head.column(quantity) else {
            return Err(Trouble::Foreign(answer::head(&text)));
        };
        let points = self.wide_points(&head, quantity);
        let mut rows = 0;
        for (n, record) in table.records().enumerate() {
            rows += 1;
            match record {
                Ok(record) => {
                    let row = Row::Csv(&head, &record);
                    self.read_wide_row(n + 2, row, record.get(quantity).unwrap_or(""), &points, gather);
                }
                Err(error) => gather.lose(Spot(n + 2, ""), &error.to_string(), FlawKind::Shape),
            }
        }
        Ok(rows)
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

/// Whether the list that a path's rows stand in is there, so that no rows are an empty answer and not a foreign one.
///
/// A path that ends in `[*]` or a filter is cut there; its last step must exist.
fn is_there(body: &Value, path: &serde_json_path::JsonPath) -> bool {
    let text = path.to_string();
    let Some((list, _)) = text.rsplit_once('[') else {
        return false;
    };
    if list == "$" {
        return body.is_array();
    }
    serde_json_path::JsonPath::parse(list).is_ok_and(|list| !list.query(body).is_empty())
}
