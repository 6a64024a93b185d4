//! Case facts as stored.

use crate::domain::case::CaseFact;
use crate::domain::case::Given;
use crate::domain::case::Matter;
use crate::domain::id::FieldId;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::domain::time::Span;
use crate::store::rows::Stored;
use crate::store::rows::form::Pool;
use crate::store::rows::form::Position;
use crate::store::rows::form::Text;
use crate::store::rows::form::back;
use crate::store::rows::form::read;
use crate::store::rows::form::stored;
use crate::store::rows::form::unknown;
use serde::Deserialize;
use serde::Serialize;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MatterRow {
    playbook: Text,
    playbook_version: u32,
    stage: Text,
    title: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<Position>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    township: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    area: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alarm: Option<Text>,
    detected: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rekindles: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    point: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    enterprise: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fields: Vec<(Text, Text)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    likeness: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    repeats: Option<Text>,
}

impl MatterRow {
    fn of(matter: &Matter) -> Self {
        Self {
            playbook: Text::of(&matter.playbook),
            playbook_version: matter.playbook_version,
            stage: Text::of(&matter.stage),
            title: Text::of(&matter.title),
            place: matter.place.map(Position),
            township: Text::maybe(matter.township.as_ref()),
            area: Text::worded(&matter.area),
            alarm: Text::maybe(matter.alarm.as_ref()),
            detected: matter.detected.ms(),
            rekindles: Text::maybe(matter.rekindles.as_ref()),
            parent: Text::maybe(matter.parent.as_ref()),
            point: Text::maybe(matter.point.as_ref()),
            enterprise: Text::maybe(matter.enterprise.as_ref()),
            unit: Text::maybe(matter.unit.as_ref()),
            fields: texts(&matter.fields),
            likeness: Text::maybe(matter.likeness.as_ref()),
            repeats: Text::maybe(matter.repeats.as_ref()),
        }
    }

    fn back(self, pool: &mut Pool) -> Matter {
        Matter {
            playbook: pool.share(self.playbook).into(),
            playbook_version: self.playbook_version,
            stage: pool.share(self.stage).into(),
            title: self.title.back(),
            place: self.place.map(|place| place.0),
            township: pool.maybe(self.township),
            area: self.area.map(Text::back).unwrap_or_default(),
            alarm: back(self.alarm),
            detected: Moment::from_ms(self.detected),
            rekindles: back(self.rekindles),
            parent: pool.maybe(self.parent),
            point: pool.maybe(self.point),
            enterprise: back(self.enterprise),
            unit: pool.maybe(self.unit),
            fields: fields(self.fields, pool),
            likeness: back(self.likeness),
            repeats: back(self.repeats),
        }
    }
}

fn texts(fields: &[(FieldId, Clean)]) -> Vec<(Text, Text)> {
    let row = |(field, value): &(FieldId, Clean)| (Text::of(field), Text::of(value));
    fields.iter().map(row).collect()
}

fn fields(rows: Vec<(Text, Text)>, pool: &mut Pool) -> Vec<(FieldId, Clean)> {
    let row = |(field, value)| (pool.share(field).into(), pool.share(value));
    rows.into_iter().map(row).collect()
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    step: Text,
    from: Text,
    to: Text,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    closes: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    verdict: Option<Text>,
    given: GivenRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    again: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extends: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Text>,
    comment: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    case: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    photo: Option<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fields: Vec<(Text, Text)>,
}

impl GivenRow {
    fn of(given: &Given) -> Self {
        Self {
            reason: Text::maybe(given.reason.as_ref()),
            comment: Text::of(&given.comment),
            unit: Text::maybe(given.unit.as_ref()),
            case: Text::maybe(given.case.as_ref()),
            photo: Text::maybe(given.photo.as_ref()),
            fields: texts(&given.fields),
        }
    }

    fn back(self, pool: &mut Pool) -> Given {
        Given {
            reason: pool.maybe(self.reason),
            comment: pool.share(self.comment),
            unit: pool.maybe(self.unit),
            case: back(self.case),
            photo: back(self.photo),
            fields: fields(self.fields, pool),
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reverted {
    from: Text,
    to: Text,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Late {
    stage: Text,
    due: i64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Joined {
    alarm: Text,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ordered {
    task: Text,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Noted {
    words: Text,
}

pub(super) fn encode(fact: &CaseFact) -> Stored {
    match fact {
        CaseFact::Opened(matter) => stored("case.opened", &MatterRow::of(matter)),
        CaseFact::Moved {
            step,
            from,
            to,
            closes,
            verdict,
            given,
            again,
            extends,
        } => {
            let moved = Moved {
                step: Text::of(step),
                from: Text::of(from),
                to: Text::of(to),
                closes: *closes,
                verdict: Text::maybe(verdict.as_ref()),
                given: GivenRow::of(given),
                again: again.map(Span::ms),
                extends: extends.map(Span::ms),
            };
            stored("case.moved", &moved)
        }
        CaseFact::Reverted { from, to } => {
            let (from, to) = (Text::of(from), Text::of(to));
            stored("case.reverted", &Reverted { from, to })
        }
        CaseFact::Late { stage, due } => {
            let (stage, due) = (Text::of(stage), due.ms());
            stored("case.late", &Late { stage, due })
        }
        CaseFact::Joined(alarm) => stored(
            "case.joined",
            &Joined {
                alarm: Text::of(alarm),
            },
        ),
        CaseFact::Ordered(task) => stored("case.ordered", &Ordered { task: Text::of(task) }),
        CaseFact::Noted(words) => stored(
            "case.noted",
            &Noted {
                words: Text::of(words),
            },
        ),
    }
}

pub(super) fn decode(kind: (&str, u32), json: &str, pool: &mut Pool) -> Result<CaseFact, String> {
    Ok(match kind {
        ("case.opened", 1) => CaseFact::Opened(Box::new(read::<MatterRow>(json)?.back(pool))),
        ("case.moved", 1) => {
            let row: Moved = read(json)?;
            CaseFact::Moved {
                step: pool.share(row.step).into(),
                from: pool.share(row.from).into(),
                to: pool.share(row.to).into(),
                closes: row.closes,
                verdict: pool.maybe(row.verdict),
                given: Box::new(row.given.back(pool)),
                again: row.again.map(Span::from_ms),
                extends: row.extends.map(Span::from_ms),
            }
        }
        ("case.reverted", 1) => {
            let row: Reverted = read(json)?;
            CaseFact::Reverted {
                from: pool.share(row.from).into(),
                to: pool.share(row.to).into(),
            }
        }
        ("case.late", 1) => {
            let row: Late = read(json)?;
            CaseFact::Late {
                stage: pool.share(row.stage).into(),
                due: Moment::from_ms(row.due),
            }
        }
        ("case.joined", 1) => CaseFact::Joined(read::<Joined>(json)?.alarm.back()),
        ("case.ordered", 1) => CaseFact::Ordered(read::<Ordered>(json)?.task.back()),
        ("case.noted", 1) => CaseFact::Noted(read::<Noted>(json)?.words.back()),
        _ => return Err(unknown(kind)),
    })
}
