//! A playbook file: what it says, checked into a [`Playbook`], with every fault at once and its place.
//!
//! [`embedded`] are the loops that come with the program; [`all`] puts a room's own in their place. Whether a loop
//! can be walked from its first stage to a closed one is checked in `walk`. Called by `checked` and by tests.

mod fields;
mod limit;
mod meant;
mod moves;
pub(in crate::config) mod parts;
mod stages;
mod walk;
mod wording;

use crate::bench::check::{Check, Outside, World};
use crate::bench::document::{At, Document};
use crate::bench::fault::{Fault, FaultKind};
use crate::bench::shape;
use crate::config::playbook::fields::{RawField, RawRepeat};
use crate::config::playbook::moves::RawMove;
use crate::config::playbook::parts::{RawNear, RawWords};
use crate::config::playbook::stages::RawStage;
use crate::config::playbook::wording::RawOrder;
use crate::domain::id::PlaybookId;
use crate::domain::playbook::{Playbook, Trigger};
use crate::domain::signal::{SIGNAL_KINDS, SignalKind};
use crate::domain::text::Clean;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// The loops that come with the program: name of the file, text. A new loop is a file and a row here.
pub const PLAYBOOKS: &[(&str, &str)] = &[
    ("straw-fire.toml", include_str!("../playbooks/straw-fire.toml")),
    ("hot-grid.toml", include_str!("../playbooks/hot-grid.toml")),
    ("episode.toml", include_str!("../playbooks/episode.toml")),
    ("measure.toml", include_str!("../playbooks/measure.toml")),
    ("curtailment.toml", include_str!("../playbooks/curtailment.toml")),
    ("cruise.toml", include_str!("../playbooks/cruise.toml")),
    ("problem.toml", include_str!("../playbooks/problem.toml")),
    ("section.toml", include_str!("../playbooks/section.toml")),
    ("emission.toml", include_str!("../playbooks/emission.toml")),
    ("meter.toml", include_str!("../playbooks/meter.toml")),
    (
        "falsification.toml",
        include_str!("../playbooks/falsification.toml"),
    ),
    ("inspection.toml", include_str!("../playbooks/inspection.toml")),
    ("petition.toml", include_str!("../playbooks/petition.toml")),
    ("intrusion.toml", include_str!("../playbooks/intrusion.toml")),
    ("dust.toml", include_str!("../playbooks/dust.toml")),
    ("outlet.toml", include_str!("../playbooks/outlet.toml")),
    ("patch.toml", include_str!("../playbooks/patch.toml")),
    ("find.toml", include_str!("../playbooks/find.toml")),
    ("code-change.toml", include_str!("../playbooks/code-change.toml")),
    ("emergency.toml", include_str!("../playbooks/emergency.toml")),
    ("radiation.toml", include_str!("../playbooks/radiation.toml")),
];

/// What a key of the file holds.
type ShapeOf = fn(&mut SchemaGenerator) -> Schema;

/// One row a key of the file: whether it must be there, and its shape.
const KEYS: &[(&str, bool, ShapeOf)] = &[
    // Its key, such as `straw-fire`.
    ("id", true, shape_of::<String>),
    // Counted up with every change; a case keeps the one it was opened under.
    ("version", true, shape_of::<u32>),
    // The capital letter its case numbers begin with.
    ("letter", true, shape_of::<String>),
    // What people read.
    ("name", true, shape_of::<RawWords>),
    // The kinds of signal that open a case of it.
    ("opens_on", false, shape_of::<Vec<String>>),
    // How near, and how soon after the close of one, a new matter is the old one again.
    ("rekindle", false, shape_of::<RawNear>),
    // How near, in place and time, two open matters are probably one.
    ("duplicate", false, shape_of::<RawNear>),
    // The codes of rules' alarms that open one.
    ("opens_on_alarm", false, shape_of::<Vec<String>>),
    // Who alone may see its cases and the alarms it opens on.
    ("sees", false, shape_of::<Vec<String>>),
    // Whether a person may open one; so where absent.
    ("by_hand", false, shape_of::<bool>),
    // Who may write one down beside the duty room.
    ("registered_by", false, shape_of::<Vec<String>>),
    // The loop its cases belong under.
    ("under", false, shape_of::<String>),
    // When a new matter repeats an earlier one.
    ("repeat", false, shape_of::<RawRepeat>),
    // What is written down about a matter.
    ("field", false, shape_of::<Vec<RawField>>),
    // Stages in order; a case starts in the first.
    ("stage", true, shape_of::<Vec<RawStage>>),
    // What its orders say; the usual text where absent.
    ("order", false, shape_of::<RawOrder>),
    // Moves in the order they are offered.
    ("move", true, shape_of::<Vec<RawMove>>),
];

fn shape_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// The shape of the whole file.
fn schema() -> Value {
    let mut generator = SchemaGenerator::default();
    let properties = KEYS
        .iter()
        .map(|(key, _, shape)| ((*key).to_owned(), shape(&mut generator).to_value()));
    let properties: Map<String, Value> = properties.collect();
    let required: Vec<&str> = KEYS.iter().filter(|row| row.1).map(|row| row.0).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
        "$defs": generator.take_definitions(true),
    })
}

/// Reads the text of one playbook file.
///
/// # Errors
/// Every fault, in the order of the file.
pub fn read(file: &Path, text: &str, outside: &dyn Outside) -> Result<Playbook, Vec<Fault>> {
    let (document, broken) = Document::parse(file, text);
    let misshapen = shape::check(&document, &schema());
    let mut check = Check::new(&document, outside);
    if broken.is_empty() {
        check.misshape(misshapen);
    }
    for fault in broken {
        check.push(fault);
    }
    finished(check)
}

fn finished(mut check: Check<'_>) -> Result<Playbook, Vec<Fault>> {
    let playbook = playbook(&mut check);
    // A loop with a stage or a move left out would seem broken where it is not.
    if check.is_good() {
        walk::check(&mut check, &playbook);
        meant::check(&mut check, &playbook);
    }
    let faults = check.into_faults();
    if faults.is_empty() {
        Ok(playbook)
    } else {
        Err(faults)
    }
}

fn playbook(check: &mut Check<'_>) -> Playbook {
    let at = |key: &str| At::root().key(key);
    let id: String = check.optional("id").unwrap_or_default();
    check.words(&at("id"), &id);
    let letter: String = check.optional("letter").unwrap_or_default();
    let name: RawWords = check.section("name");
    let opens_on: Vec<String> = check.section("opens_on");
    let [sees, registered_by] = ["sees", "registered_by"].map(|key| {
        let texts: Vec<String> = check.section(key);
        parts::roles(check, &at(key), &texts)
    });
    let [rekindle, duplicate] = ["rekindle", "duplicate"].map(|key| {
        let near: Option<RawNear> = check.optional(key);
        near.and_then(|near| near.check(check, &at(key)))
    });
    let repeat: Option<RawRepeat> = check.optional("repeat");
    let order: Option<RawOrder> = check.optional("order");
    let playbook = Playbook {
        id: PlaybookId::new(&id),
        version: check.section("version"),
        letter: self::letter(check, &at("letter"), &letter),
        words: name.check(check, &at("name")),
        opens_on: kinds(check, &at("opens_on"), &opens_on),
        opens_on_alarm: codes(check),
        sees,
        by_hand: check.optional("by_hand").unwrap_or(true),
        registered_by,
        under: under(check),
        fields: fields::fields(check),
        stages: stages::stages(check),
        moves: moves::moves(check),
        rekindle,
        duplicate,
        repeat: repeat.and_then(|repeat| repeat.check(check, &at("repeat"))),
        ..Playbook::default()
    };
    Playbook {
        order: order.map(|order| order.check(check, &at("order"), &playbook)),
        ..playbook
    }
}

fn codes(check: &mut Check<'_>) -> Vec<Clean> {
    let texts: Vec<String> = check.section("opens_on_alarm");
    let at = At::root().key("opens_on_alarm");
    let texts = texts.iter().enumerate();
    texts.map(|(n, text)| check.words(&at.nth(n), text)).collect()
}

fn under(check: &mut Check<'_>) -> Option<PlaybookId> {
    let text: Option<String> = check.optional("under");
    text.map(|text| PlaybookId::new(check.words(&At::root().key("under"), &text).as_str()))
}

fn letter(check: &mut Check<'_>, at: &At, text: &str) -> char {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(letter), None) if letter.is_ascii_uppercase() => letter,
        _ => {
            check.fault(at, FaultKind::Expression(text.to_owned(), "A…Z".to_owned()));
            '?'
        }
    }
}

fn kinds(check: &mut Check<'_>, at: &At, texts: &[String]) -> Vec<SignalKind> {
    let known: Vec<&str> = SIGNAL_KINDS.iter().map(|row| row.1).collect();
    let kinds = texts.iter().enumerate();
    kinds
        .filter_map(|(n, text)| check.one_of(&at.nth(n), text, &known, SignalKind::by_key))
        .collect()
}

/// The loops that come with the program. Their shape is known to be good, a test sees to it: checking it at each start
/// would cost more than reading them.
pub fn embedded() -> Vec<Playbook> {
    let read = |(name, text): &(&str, &str)| {
        let (document, _) = Document::parse(Path::new(name), text);
        finished(Check::new(&document, &World)).ok()
    };
    PLAYBOOKS.iter().filter_map(read).collect()
}

/// The loops in force: those of `folder` (every `*.toml` in it), then the program's own whose key is not among them.
///
/// Faults are reported to `check`; then nothing of the folder that is wrong is in force, and what it would have
/// replaced is.
pub(super) fn all(check: &mut Check<'_>, at: &At, folder: Option<&Path>) -> Vec<Playbook> {
    let embedded = embedded();
    let mut own: Vec<(PathBuf, Playbook)> = Vec::new();
    for file in folder.map(|folder| files(check, at, folder)).unwrap_or_default() {
        let text = check.text(at, &file);
        match text.map(|text| read(&file, &text, check.outside())) {
            None => {}
            Some(Ok(playbook)) => join(check, &embedded, &mut own, (file, playbook)),
            Some(Err(faults)) => faults.into_iter().for_each(|fault| check.push(fault)),
        }
    }
    let mut all: Vec<Playbook> = own.into_iter().map(|(_, playbook)| playbook).collect();
    for playbook in embedded {
        if all.iter().all(|own| own.id != playbook.id) {
            all.push(playbook);
        }
    }
    refer(check, at, &all);
    all
}

/// What a loop names (`under`, `opens`) is one of the loops in force, one that it opens may belong under it, and the stages
/// of the loop above that its steps wait for are there.
fn refer(check: &mut Check<'_>, at: &At, all: &[Playbook]) {
    let there: Vec<&str> = all.iter().map(|playbook| playbook.id.as_str()).collect();
    for playbook in all {
        let here = at.key(playbook.id.as_str());
        let opens = playbook.moves.iter().filter_map(|step| step.opens.as_ref());
        let named = opens.map(|named| ("opens", named));
        for (key, named) in named.chain(playbook.under.iter().map(|named| ("under", named))) {
            let Some(found) = all.iter().find(|other| other.id == *named) else {
                check.nothing(&here.key(key), named.as_str(), &there);
                continue;
            };
            let elsewhere = found.under.as_ref().filter(|under| **under != playbook.id);
            if let Some(under) = elsewhere.filter(|_| key == "opens") {
                check.fault(
                    &here.key(key),
                    FaultKind::Clash(format!("{named}: under = \"{under}\"")),
                );
            }
        }
        above(check, &here, playbook, all);
    }
}

/// A step that a case makes with the one above names a stage of a loop that its cases stand under: the one that it
/// belongs under, or else those that open it.
fn above(check: &mut Check<'_>, here: &At, playbook: &Playbook, all: &[Playbook]) {
    let opens = |other: &Playbook| {
        other
            .moves
            .iter()
            .any(|step| step.opens.as_ref() == Some(&playbook.id))
    };
    let is_above = |other: &&Playbook| match &playbook.under {
        Some(under) => other.id == *under,
        None => opens(other),
    };
    let stages = all.iter().filter(is_above).flat_map(|other| &other.stages);
    let there: Vec<&str> = stages.map(|stage| stage.meaning().as_str()).collect();
    for (n, step) in playbook.moves.iter().enumerate() {
        let at = here.key("move").nth(n).key("on_parent");
        let named = step.by_itself.iter().filter_map(Trigger::parent);
        for (m, stage) in named.enumerate() {
            if !there.contains(&stage.as_str()) {
                check.nothing(&at.nth(m), stage.as_str(), &there);
            }
        }
    }
}

fn files(check: &mut Check<'_>, at: &At, folder: &Path) -> Vec<PathBuf> {
    match check.outside().files(folder) {
        Ok(mut files) => {
            files.retain(|file| file.extension().is_some_and(|end| end == "toml"));
            files.sort();
            files
        }
        Err(why) => {
            check.fault(at, FaultKind::Unreadable(format!("{}: {why}", folder.display())));
            Vec::new()
        }
    }
}

/// Adds a room's own loop, unless its key or its letter is taken by another of them: numbers would collide.
fn join(
    check: &mut Check<'_>,
    embedded: &[Playbook],
    own: &mut Vec<(PathBuf, Playbook)>,
    (file, playbook): (PathBuf, Playbook),
) {
    let same = |other: &Playbook| {
        (other.id == playbook.id)
            .then(|| ("id", playbook.id.to_string()))
            .or_else(|| (other.letter == playbook.letter).then(|| ("letter", playbook.letter.to_string())))
    };
    let others = embedded.iter().filter(|other| other.id != playbook.id);
    let clash = own.iter().map(|(_, other)| other).chain(others).find_map(same);
    match clash {
        Some((key, found)) => check.push(Fault {
            file,
            line: 0,
            column: 0,
            key: key.to_owned(),
            kind: FaultKind::Clash(found),
            near: None,
        }),
        None => own.push((file, playbook)),
    }
}

#[cfg(test)]
mod tests;
