//! Facts of the room as stored.

use crate::domain::ledger::RoomFact;
use crate::store::rows::Stored;
use crate::store::rows::form::Text;
use crate::store::rows::form::read;
use crate::store::rows::form::stored;
use crate::store::rows::form::unknown;
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

pub(super) fn encode(fact: &RoomFact) -> Stored {
    match fact {
        RoomFact::Collecting { version } => {
            let version = Text::of(version);
            stored("room.collecting", &Collecting { version })
        }
        RoomFact::Noted(words) => stored(
            "room.noted",
            &Noted {
                words: Text::of(words),
            },
        ),
    }
}

pub(super) fn decode(kind: (&str, u32), json: &str) -> Result<RoomFact, String> {
    Ok(match kind {
        ("room.collecting", 1) => RoomFact::Collecting {
            version: read::<Collecting>(json)?.version.back(),
        },
        ("room.noted", 1) => RoomFact::Noted(read::<Noted>(json)?.words.back()),
        _ => return Err(unknown(kind)),
    })
}
