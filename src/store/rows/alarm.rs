//! Alarm facts as stored.

use crate::domain::alarm::AlarmFact;
use crate::domain::alarm::Cause;
use crate::domain::alarm::Hold;
use crate::domain::alarm::Reopened;
use crate::domain::time::Moment;
use crate::store::rows::Stored;
use crate::store::rows::evidence::EvidenceRow;
use crate::store::rows::form::Grade;
use crate::store::rows::form::Nothing;
use crate::store::rows::form::Pool;
use crate::store::rows::form::Position;
use crate::store::rows::form::Text;
use crate::store::rows::form::read;
use crate::store::rows::form::stored;
use crate::store::rows::form::unknown;
use serde::Deserialize;
use serde::Serialize;
use std::sync::Arc;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CauseRow {
    code: Text,
    severity: Grade,
    title: Text,
    detail: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    point: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<Position>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bearing: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    township: Option<Text>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    guessed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    area: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    severity_words: Option<Text>,
    began: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ends: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evidence: Option<EvidenceRow>,
}

impl CauseRow {
    pub(super) fn of(cause: &Cause) -> Self {
        Self {
            code: Text::of(&cause.code),
            severity: Grade(cause.severity),
            title: Text::of(&cause.title),
            detail: Text::of(&cause.detail),
            source: Text::maybe(cause.source.as_ref()),
            point: Text::maybe(cause.point.as_ref()),
            place: cause.place.map(Position),
            bearing: cause.bearing,
            township: Text::maybe(cause.township.as_ref()),
            guessed: cause.township_guessed,
            area: Text::worded(&cause.area),
            severity_words: Text::worded(&cause.severity_words),
            began: cause.began.ms(),
            ends: cause.ends.map(Moment::ms),
            evidence: cause.evidence.as_deref().map(EvidenceRow::of),
        }
    }

    pub(super) fn back(self, pool: &mut Pool) -> Cause {
        Cause {
            code: pool.share(self.code),
            severity: self.severity.0,
            title: self.title.back(),
            detail: pool.share(self.detail),
            source: pool.maybe(self.source),
            point: pool.maybe(self.point),
            place: self.place.map(|place| place.0),
            bearing: self.bearing,
            township: pool.maybe(self.township),
            township_guessed: self.guessed,
            area: self.area.map(Text::back).unwrap_or_default(),
            severity_words: self.severity_words.map(Text::back).unwrap_or_default(),
            began: Moment::from_ms(self.began),
            ends: self.ends.map(Moment::from_ms),
            evidence: self.evidence.map(|row| Arc::new(row.back())),
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Regraded {
    severity: Grade,
    title: Text,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Acknowledged {
    comment: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unacknowledged {
    why: ReopenedRow,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReopenedRow {
    Expired,
    Undone,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum HoldRow {
    Shelved { by: Text, reason: Text, until: i64 },
    Suppressed { why: Text },
    OutOfService { by: Text, reason: Text },
}

impl HoldRow {
    pub(super) fn of(hold: &Hold) -> Self {
        match hold {
            Hold::Shelved { by, reason, until } => Self::Shelved {
                by: Text::of(by),
                reason: Text::of(reason),
                until: until.ms(),
            },
            Hold::Suppressed { why } => Self::Suppressed { why: Text::of(why) },
            Hold::OutOfService { by, reason } => Self::OutOfService {
                by: Text::of(by),
                reason: Text::of(reason),
            },
        }
    }

    pub(super) fn back(self, pool: &mut Pool) -> Hold {
        match self {
            Self::Shelved { by, reason, until } => Hold::Shelved {
                by: pool.share(by).into(),
                reason: pool.share(reason),
                until: Moment::from_ms(until),
            },
            Self::Suppressed { why } => Hold::Suppressed { why: pool.share(why) },
            Self::OutOfService { by, reason } => Hold::OutOfService {
                by: pool.share(by).into(),
                reason: pool.share(reason),
            },
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Joined {
    case: Text,
}

pub(super) fn encode(fact: &AlarmFact) -> Stored {
    match fact {
        AlarmFact::Raised(cause) => stored("alarm.raised", &CauseRow::of(cause)),
        AlarmFact::Regraded { severity, title } => {
            let (severity, title) = (Grade(*severity), Text::of(title));
            stored("alarm.regraded", &Regraded { severity, title })
        }
        AlarmFact::Returned => stored("alarm.returned", &Nothing {}),
        AlarmFact::Acknowledged { comment, until } => {
            let (comment, until) = (Text::of(comment), until.map(Moment::ms));
            stored("alarm.acknowledged", &Acknowledged { comment, until })
        }
        AlarmFact::Unacknowledged(why) => {
            let why = match why {
                Reopened::Expired => ReopenedRow::Expired,
                Reopened::Undone => ReopenedRow::Undone,
            };
            stored("alarm.unacknowledged", &Unacknowledged { why })
        }
        AlarmFact::Held(hold) => stored("alarm.held", &HoldRow::of(hold)),
        AlarmFact::Released => stored("alarm.released", &Nothing {}),
        AlarmFact::Joined(case) => stored("alarm.joined", &Joined { case: Text::of(case) }),
    }
}

pub(super) fn decode(kind: (&str, u32), json: &str, pool: &mut Pool) -> Result<AlarmFact, String> {
    Ok(match kind {
        ("alarm.raised", 1) => AlarmFact::Raised(Box::new(read::<CauseRow>(json)?.back(pool))),
        ("alarm.regraded", 1) => {
            let row: Regraded = read(json)?;
            AlarmFact::Regraded {
                severity: row.severity.0,
                title: row.title.back(),
            }
        }
        ("alarm.returned", 1) => read::<Nothing>(json).map(|_| AlarmFact::Returned)?,
        ("alarm.acknowledged", 1) => {
            let row: Acknowledged = read(json)?;
            AlarmFact::Acknowledged {
                comment: pool.share(row.comment),
                until: row.until.map(Moment::from_ms),
            }
        }
        ("alarm.unacknowledged", 1) => AlarmFact::Unacknowledged(match read::<Unacknowledged>(json)?.why {
            ReopenedRow::Expired => Reopened::Expired,
            ReopenedRow::Undone => Reopened::Undone,
        }),
        ("alarm.held", 1) => AlarmFact::Held(read::<HoldRow>(json)?.back(pool)),
        ("alarm.released", 1) => read::<Nothing>(json).map(|_| AlarmFact::Released)?,
        ("alarm.joined", 1) => AlarmFact::Joined(read::<Joined>(json)?.case.back()),
        _ => return Err(unknown(kind)),
    })
}
