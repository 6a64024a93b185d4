//! The training townships' end of the `webhook` channel: takes signed orders, each id once, and answers them as a
//! township would, received, on scene, done, after plausible times.

use crate::domain::signature;
use crate::domain::signature::{Forged, Signed, SigningKey};
use crate::domain::time::{CHINA, Moment, Span};
use crate::training::chance::Chance;
use crate::training::world::World;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The orders of a city, and how often something came in.
#[derive(Debug)]
pub(super) struct Receiver {
    key: SigningKey,
    orders: BTreeMap<String, Order>,
    counts: Counts,
}

/// How often something came in at the receiver.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Orders that were taken: each id once.
    pub taken: u32,
    /// Attempts that repeated an id already taken.
    pub repeated: u32,
    /// Attempts whose signature or time was wrong.
    pub forged: u32,
    /// Attempts that were signed but were no order.
    pub foreign: u32,
}

/// An order that was taken.
#[derive(Debug)]
struct Order {
    at: Moment,
    unit: String,
    text: String,
}

/// One attempt as it came in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt<'a> {
    /// What was signed.
    pub(super) signed: Signed<'a>,
    /// The header with the signatures.
    pub(super) signature: &'a str,
}

/// Why an attempt was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rejected {
    /// Its signature or time is wrong.
    Forged(Forged),
    /// It is signed but no order.
    Foreign,
}

/// What an order is on the wire, as far as a township reads it.
#[derive(Deserialize)]
struct Wire {
    data: WireOrder,
}

#[derive(Deserialize)]
struct WireOrder {
    task: String,
    #[serde(default)]
    unit: String,
    text: String,
}

/// One answer in order: its kind, the shortest and the longest time until it comes.
const STEPS: [(&str, Span, Span); 3] = [
    ("received", Span::secs(40), Span::mins(4)),
    ("on_scene", Span::mins(6), Span::mins(13)),
    ("done", Span::mins(8), Span::mins(22)),
];

impl Receiver {
    pub(super) fn new(key: SigningKey) -> Self {
        Self {
            key,
            orders: BTreeMap::new(),
            counts: Counts::default(),
        }
    }

    /// How often something came in.
    pub(super) fn counts(&self) -> Counts {
        self.counts
    }

    /// Takes one attempt; a repeated id is good and changes nothing.
    pub(super) fn take(&mut self, attempt: &Attempt<'_>, now: Moment) -> Result<(), Rejected> {
        let keys = std::slice::from_ref(&self.key);
        if let Err(forged) = signature::verify(keys, &attempt.signed, attempt.signature, now) {
            self.counts.forged += 1;
            return Err(Rejected::Forged(forged));
        }
        let wire = serde_json::from_slice::<Wire>(attempt.signed.body).ok();
        let Some(Wire { data }) = wire.filter(|wire| wire.data.task == attempt.signed.id) else {
            self.counts.foreign += 1;
            return Err(Rejected::Foreign);
        };
        if self.orders.contains_key(&data.task) {
            self.counts.repeated += 1;
        } else {
            self.counts.taken += 1;
            self.orders.insert(
                data.task,
                Order {
                    at: now,
                    unit: data.unit,
                    text: data.text,
                },
            );
        }
        Ok(())
    }

    /// Everything the townships have answered up to `now`, oldest first, as JSON.
    pub(super) fn answers(&self, world: &World, now: Moment) -> String {
        let orders = self.orders.iter();
        let mut answers: Vec<(Moment, Value)> = orders
            .flat_map(|(task, order)| order.answers(world, task))
            .filter(|(at, _)| *at <= now)
            .collect();
        answers.sort_by_key(|(at, _)| *at);
        let rows: Vec<Value> = answers.into_iter().map(|(_, row)| row).collect();
        json!(rows).to_string()
    }
}

impl Order {
    /// All answers this order will have, each with its time.
    fn answers(&self, world: &World, task: &str) -> Vec<(Moment, Value)> {
        let chance = world.chance.of("answers").of(task);
        let words = &world.script.answers;
        let answer = |at: Moment, kind: &str, text: String| {
            let photo = (kind == "done").then(|| format!("http://photo.training.example/{task}.jpg"));
            let row = json!({
                "task": task,
                "unit": self.unit,
                "kind": kind,
                "text": text,
                "at": at.rfc3339(CHINA),
                "photo": photo,
            });
            (at, row)
        };
        let say = |kind: &str, list: &[String]| {
            chance
                .of(kind)
                .of("words")
                .pick(list)
                .cloned()
                .unwrap_or_default()
        };
        let mut at = self.at;
        let mut later = |kind: &str, (low, high): (Span, Span)| {
            at = at + chance.of(kind).span(low, high);
            at
        };
        if chance.of("returned").happens(0.04) {
            let at = later("returned", (Span::mins(2), Span::mins(6)));
            return vec![answer(at, "returned", say("returned", &words.returned))];
        }
        let mistake = self.mistake(world, chance);
        let steps = STEPS.iter().map(|&(kind, low, high)| {
            let text = match (kind, &mistake) {
                ("received", _) => say(kind, &words.received),
                ("on_scene", _) => say(kind, &words.on_scene),
                (_, Some(cause)) => say(kind, &words.mistaken).replace("{cause}", cause),
                (_, None) => say(kind, &words.done),
            };
            answer(later(kind, (low, high)), kind, text)
        });
        steps.collect()
    }

    /// What was there instead of a fire: known where the order names the fire, else sometimes something.
    fn mistake(&self, world: &World, chance: Chance) -> Option<String> {
        let recent = world.fires(self.at - Span::days(1), self.at);
        if let Some(fire) = recent.iter().find(|fire| self.text.contains(&fire.id)) {
            return fire.mistake.clone();
        }
        let cause = chance.of("cause").pick(&world.script.mistake)?;
        chance.of("mistaken").happens(0.1).then(|| cause.cause.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_ms(1_795_400_000_000);

    fn key() -> SigningKey {
        SigningKey::from_bytes([5; 32])
    }

    /// Sends `task` at `at`, signed by `key`.
    fn send(receiver: &mut Receiver, key: &SigningKey, task: &str, at: Moment) -> Result<(), Rejected> {
        let body = json!({ "type": "order", "data": { "task": task, "text": "go and look" } }).to_string();
        let signed = Signed {
            id: task,
            at,
            body: body.as_bytes(),
        };
        let signature = key.sign(&signed);
        receiver.take(
            &Attempt {
                signed,
                signature: &signature,
            },
            at,
        )
    }

    #[test]
    fn a_wrong_signature_is_refused_and_a_repeated_id_is_counted_once() {
        let mut receiver = Receiver::new(key());
        let other = SigningKey::from_bytes([6; 32]);
        let forged = Rejected::Forged(Forged::Signature);
        assert_eq!(send(&mut receiver, &other, "F1.1", NOW), Err(forged));
        for late in [0, 1, 5] {
            assert_eq!(
                send(&mut receiver, &key(), "F1.1", NOW + Span::mins(late)),
                Ok(())
            );
        }
        assert_eq!(send(&mut receiver, &key(), "F1.2", NOW), Ok(()));
        let counts = Counts {
            taken: 2,
            repeated: 2,
            forged: 1,
            foreign: 0,
        };
        assert_eq!(receiver.counts(), counts);
    }

    #[test]
    fn a_signed_body_that_is_no_order_is_refused() {
        let mut receiver = Receiver::new(key());
        let signed = Signed {
            id: "F1.1",
            at: NOW,
            body: b"{}",
        };
        let signature = key().sign(&signed);
        let attempt = Attempt {
            signed,
            signature: &signature,
        };
        assert_eq!(receiver.take(&attempt, NOW), Err(Rejected::Foreign));
    }

    #[test]
    fn an_order_is_answered_step_by_step_within_forty_minutes() {
        let world = World::new(1);
        let mut receiver = Receiver::new(key());
        for n in 0..40 {
            send(&mut receiver, &key(), &format!("F1.{n}"), NOW).expect("a good order");
        }
        let answers = |minutes| -> Vec<Value> {
            let body = receiver.answers(&world, NOW + Span::mins(minutes));
            serde_json::from_str(&body).expect("JSON")
        };
        let count = |minutes, kind: &str| answers(minutes).iter().filter(|row| row["kind"] == kind).count();
        assert_eq!(answers(0), Vec::<Value>::new());
        let returned = count(40, "returned");
        assert_eq!(count(7, "received") + returned, 40);
        assert_eq!((count(5, "on_scene"), count(40, "on_scene") + returned), (0, 40));
        assert_eq!((count(12, "done"), count(40, "done") + returned), (0, 40));
        assert!(
            answers(40)
                .windows(2)
                .all(|two| two[0]["at"].as_str() <= two[1]["at"].as_str())
        );
    }
}
