//! The series an alarm was judged by, as stored with its cause.

use crate::domain::declared::Mark;
use crate::domain::evidence::Evidence;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value;
use crate::domain::time::Moment;
use crate::store::rows::form::State;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use serde::de::Error;

/// Values in millionths, times in milliseconds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceRow {
    of: QuantityKey,
    values: Vec<(i64, i64)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<(State, i64, i64)>,
}

impl EvidenceRow {
    pub(super) fn of(evidence: &Evidence) -> Self {
        let value = |(at, value): &(Moment, Value)| (at.ms(), value.micro());
        let mark = |mark: &Mark| (State(mark.kind), mark.from.ms(), mark.until.ms());
        Self {
            of: QuantityKey(evidence.quantity),
            values: evidence.values.iter().map(value).collect(),
            limit: evidence.limit.map(Value::micro),
            marks: evidence.marks.iter().map(mark).collect(),
        }
    }

    pub(super) fn back(self) -> Evidence {
        let value = |(at, micro)| (Moment::from_ms(at), Value::from_micro(micro));
        let mark = |(kind, from, until): (State, i64, i64)| Mark {
            kind: kind.0,
            from: Moment::from_ms(from),
            until: Moment::from_ms(until),
        };
        Evidence {
            quantity: self.of.0,
            values: self.values.into_iter().map(value).collect(),
            limit: self.limit.map(Value::from_micro),
            marks: self.marks.into_iter().map(mark).collect(),
        }
    }
}

/// A quantity by its key.
#[derive(Clone, Copy, Debug)]
struct QuantityKey(Quantity);

impl Serialize for QuantityKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.key())
    }
}

impl<'de> Deserialize<'de> for QuantityKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let key = String::deserialize(from)?;
        Quantity::by_key(&key)
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("no quantity: {key}")))
    }
}
