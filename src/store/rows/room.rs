//! Facts of the room as stored.

use crate::domain::declared::Declaration;
use crate::domain::declared::Subject;
use crate::domain::draw::Draw;
use crate::domain::emergency::Cause;
use crate::domain::emergency::ForecastDay;
use crate::domain::emergency::forecast::Forecast;
use crate::domain::id::PointId;
use crate::domain::ledger::ReportKey;
use crate::domain::ledger::RoomFact;
use crate::domain::quantity::Value;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::store::rows::Stored;
use crate::store::rows::form::State;
use crate::store::rows::form::Text;
use crate::store::rows::form::read;
use crate::store::rows::form::stored;
use crate::store::rows::form::unknown;
use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Collecting {
    version: Text,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Noted {
    words: Text,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeclarationRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    point: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    enterprise: Option<Text>,
    kind: State,
    from: i64,
    until: i64,
    words: Text,
}

impl DeclarationRow {
    pub(super) fn of(what: &Declaration) -> Self {
        let (point, enterprise) = match &what.of {
            Subject::Point(id) => (Some(Text::of(id)), None),
            Subject::Enterprise(id) => (None, Some(Text::of(id))),
        };
        Self {
            point,
            enterprise,
            kind: State(what.kind),
            from: what.from.ms(),
            until: what.until.ms(),
            words: Text::of(&what.words),
        }
    }

    pub(super) fn back(self) -> Result<Declaration, String> {
        let of = match (self.point, self.enterprise) {
            (Some(id), None) => Subject::Point(id.back()),
            (None, Some(id)) => Subject::Enterprise(id.back()),
            (Some(_), Some(_)) | (None, None) => {
                return Err("declared of one point or of one enterprise".to_owned());
            }
        };
        Ok(Declaration {
            of,
            kind: self.kind.0,
            from: Moment::from_ms(self.from),
            until: Moment::from_ms(self.until),
            words: self.words.back(),
        })
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeclarationEnded {
    id: u32,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DrawRow {
    seed: Text,
    among: Vec<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    excluded: Vec<(Text, Text)>,
    count: u32,
    drawn: Vec<Text>,
}

impl DrawRow {
    fn of(draw: &Draw) -> Self {
        let out = |(id, why): &(PointId, Clean)| (Text::of(id), Text::of(why));
        Self {
            seed: Text::of(&draw.seed),
            among: draw.among.iter().map(Text::of).collect(),
            excluded: draw.excluded.iter().map(out).collect(),
            count: draw.count,
            drawn: draw.drawn.iter().map(Text::of).collect(),
        }
    }

    fn back(self) -> Draw {
        let out = |(id, why): (Text, Text)| (id.back(), why.back());
        Draw {
            seed: self.seed.back(),
            among: self.among.into_iter().map(Text::back).collect(),
            excluded: self.excluded.into_iter().map(out).collect(),
            count: self.count,
            drawn: self.drawn.into_iter().map(Text::back).collect(),
        }
    }
}

/// A forecast: when it was issued, and a row a day.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForecastRow {
    source: Text,
    issued: i64,
    days: Vec<ForecastDayRow>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ForecastDayRow {
    date: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    aqi: Option<u16>,
    /// In millionths of µg/m³.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    o3_8h: Option<i64>,
    /// In millionths of µg/m³.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pm25: Option<i64>,
    cause: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    words: Option<Text>,
}

impl ForecastRow {
    pub(super) fn of(forecast: &Forecast) -> Self {
        let day = |day: &ForecastDay| ForecastDayRow {
            date: Text::of(&Clean::new(&day.date.to_string())),
            aqi: day.aqi,
            o3_8h: day.o3_8h.map(Value::micro),
            pm25: day.pm25.map(Value::micro),
            cause: Text::of(&Clean::new(day.cause.key())),
            words: (!day.words.is_empty()).then(|| Text::of(&day.words)),
        };
        Self {
            source: Text::of(&forecast.source),
            issued: forecast.issued.ms(),
            days: forecast.days.iter().map(day).collect(),
        }
    }

    pub(super) fn back(self) -> Result<Forecast, String> {
        let day = |row: ForecastDayRow| {
            let key: Clean = row.cause.back();
            let cause = Cause::KEYS.iter().find(|known| known.1 == key.as_str());
            let date: Clean = row.date.back();
            let date = date.as_str().parse::<NaiveDate>();
            Ok(ForecastDay {
                date: date.map_err(|error| error.to_string())?,
                aqi: row.aqi,
                o3_8h: row.o3_8h.map(Value::from_micro),
                pm25: row.pm25.map(Value::from_micro),
                cause: cause.ok_or_else(|| format!("no cause: {key}"))?.0,
                words: row.words.map(Text::back).unwrap_or_default(),
            })
        };
        Ok(Forecast {
            source: self.source.back(),
            issued: Moment::from_ms(self.issued),
            days: self.days.into_iter().map(day).collect::<Result<_, String>>()?,
        })
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reported {
    kind: Text,
    from: i64,
    until: i64,
    digest: Text,
}

pub(super) fn encode(fact: &RoomFact) -> Stored {
    match fact {
        RoomFact::Collecting { version } => {
            let version = Text::of(version);
            stored("room.collecting", &Collecting { version })
        }
        RoomFact::Declared(what) => stored("room.declared", &DeclarationRow::of(what)),
        RoomFact::DeclarationEnded { id } => stored("room.declaration_ended", &DeclarationEnded { id: *id }),
        RoomFact::Drawn(draw) => stored("room.drawn", &DrawRow::of(draw)),
        RoomFact::Forecast(forecast) => stored("room.forecast", &ForecastRow::of(forecast)),
        RoomFact::Noted(words) => stored(
            "room.noted",
            &Noted {
                words: Text::of(words),
            },
        ),
        RoomFact::Reported { report, digest } => stored(
            "room.reported",
            &Reported {
                kind: Text::of(&report.kind),
                from: report.from.ms(),
                until: report.until.ms(),
                digest: Text::of(digest),
            },
        ),
    }
}

pub(super) fn decode(kind: (&str, u32), json: &str) -> Result<RoomFact, String> {
    Ok(match kind {
        ("room.collecting", 1) => RoomFact::Collecting {
            version: read::<Collecting>(json)?.version.back(),
        },
        ("room.declared", 1) => RoomFact::Declared(Box::new(read::<DeclarationRow>(json)?.back()?)),
        ("room.declaration_ended", 1) => RoomFact::DeclarationEnded {
            id: read::<DeclarationEnded>(json)?.id,
        },
        ("room.drawn", 1) => RoomFact::Drawn(Box::new(read::<DrawRow>(json)?.back())),
        ("room.forecast", 1) => RoomFact::Forecast(Box::new(read::<ForecastRow>(json)?.back()?)),
        ("room.noted", 1) => RoomFact::Noted(read::<Noted>(json)?.words.back()),
        ("room.reported", 1) => {
            let row: Reported = read(json)?;
            RoomFact::Reported {
                report: ReportKey {
                    kind: row.kind.back(),
                    from: Moment::from_ms(row.from),
                    until: Moment::from_ms(row.until),
                },
                digest: row.digest.back(),
            }
        }
        _ => return Err(unknown(kind)),
    })
}
