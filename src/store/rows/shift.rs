//! Shift facts as stored.

use crate::domain::shift::Blocker;
use crate::domain::shift::Duty;
use crate::domain::shift::NoteKind;
use crate::domain::shift::ShiftFact;
use crate::domain::shift::Side;
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::store::rows::Stored;
use crate::store::rows::form::Nothing;
use crate::store::rows::form::Pool;
use crate::store::rows::form::Text;
use crate::store::rows::form::read;
use crate::store::rows::form::stored;
use crate::store::rows::form::unknown;
use serde::Deserialize;
use serde::Serialize;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DutyRow {
    turn: Text,
    operators: Vec<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    leader: Option<Text>,
    from: i64,
    until: i64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Noted {
    kind: String,
    words: Text,
}

/// Kind and name of what stands in the way.
type BlockerRow = (String, Text);

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Overridden {
    blockers: Vec<BlockerRow>,
    reason: Text,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signed {
    side: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    despite: Vec<BlockerRow>,
}

pub(super) fn encode(fact: &ShiftFact) -> Stored {
    match fact {
        ShiftFact::Opened(duty) => {
            let row = DutyRow {
                turn: Text::of(&duty.turn),
                operators: duty.operators.iter().map(Text::of).collect(),
                leader: Text::maybe(duty.leader.as_ref()),
                from: duty.from.ms(),
                until: duty.until.ms(),
            };
            stored("shift.opened", &row)
        }
        ShiftFact::Noted { kind, words } => {
            let (kind, words) = (kind.key().to_owned(), Text::of(words));
            stored("shift.noted", &Noted { kind, words })
        }
        ShiftFact::Prepared => stored("shift.prepared", &Nothing {}),
        ShiftFact::Read => stored("shift.read", &Nothing {}),
        ShiftFact::Overridden { blockers, reason } => {
            let (blockers, reason) = (rows_of(blockers), Text::of(reason));
            stored("shift.overridden", &Overridden { blockers, reason })
        }
        ShiftFact::Signed { side, despite } => {
            let (side, despite) = (side.key().to_owned(), rows_of(despite));
            stored("shift.signed", &Signed { side, despite })
        }
        ShiftFact::Closed => stored("shift.closed", &Nothing {}),
    }
}

pub(super) fn decode(kind: (&str, u32), json: &str, pool: &mut Pool) -> Result<ShiftFact, String> {
    Ok(match kind {
        ("shift.opened", 1) => {
            let row: DutyRow = read(json)?;
            ShiftFact::Opened(Box::new(Duty {
                turn: pool.share(row.turn),
                operators: row
                    .operators
                    .into_iter()
                    .map(|id| pool.share(id).into())
                    .collect(),
                leader: pool.maybe(row.leader),
                from: Moment::from_ms(row.from),
                until: Moment::from_ms(row.until),
            }))
        }
        ("shift.noted", 1) => {
            let row: Noted = read(json)?;
            ShiftFact::Noted {
                kind: NoteKind::by_key(&row.kind).ok_or_else(|| format!("no kind of note: {}", row.kind))?,
                words: row.words.back(),
            }
        }
        ("shift.prepared", 1) => read::<Nothing>(json).map(|_| ShiftFact::Prepared)?,
        ("shift.read", 1) => read::<Nothing>(json).map(|_| ShiftFact::Read)?,
        ("shift.overridden", 1) => {
            let row: Overridden = read(json)?;
            ShiftFact::Overridden {
                blockers: blockers(row.blockers)?,
                reason: row.reason.back(),
            }
        }
        ("shift.signed", 1) => {
            let row: Signed = read(json)?;
            ShiftFact::Signed {
                side: Side::by_key(&row.side).ok_or_else(|| format!("no side: {}", row.side))?,
                despite: blockers(row.despite)?,
            }
        }
        ("shift.closed", 1) => read::<Nothing>(json).map(|_| ShiftFact::Closed)?,
        _ => return Err(unknown(kind)),
    })
}

fn rows_of(blockers: &[Blocker]) -> Vec<BlockerRow> {
    let row = |b: &Blocker| (b.kind().to_owned(), Text::of(&Clean::new(b.name())));
    blockers.iter().map(row).collect()
}

fn blockers(rows: Vec<BlockerRow>) -> Result<Vec<Blocker>, String> {
    let back = |(kind, name): BlockerRow| {
        let name: Clean = name.back();
        Blocker::of(&kind, name.as_str()).ok_or_else(|| format!("no kind of blocker: {kind}"))
    };
    rows.into_iter().map(back).collect()
}
