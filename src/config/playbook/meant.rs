//! Whether a loop says all that is asked of it: what its stages and moves mean to reports, to the view of an episode and
//! to the year, and the fields that are read there.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::domain::id::{FieldId, MoveId};
use crate::domain::playbook::meaning::Vocabulary;
use crate::domain::playbook::{FieldKind, Playbook};

/// Reports a word that is none, and what is asked for and not there. The playbook's entries stand in the order of the file.
pub(super) fn check(check: &mut Check<'_>, playbook: &Playbook) {
    let asked = Vocabulary::of(playbook.id.as_str());
    words(check, playbook, asked);
    let Some(asked) = asked else { return };
    let missing = |check: &mut Check<'_>, list: &str, what: String| {
        check.fault(&At::root().key(list), FaultKind::Asked(what));
    };
    for stage in asked.stages {
        if playbook.meaning(*stage).is_none() {
            missing(check, "stage", format!("means = \"{}\"", stage.word()));
        }
    }
    for what in asked.moves {
        if !playbook.moves.iter().any(|step| what.is(step.meaning())) {
            missing(check, "move", format!("means = \"{}\"", what.word()));
        }
    }
    for field in asked.fields {
        if playbook.field(&FieldId::new(field)).is_none() {
            missing(check, "field", format!("id = \"{field}\""));
        }
    }
    for (field, code) in asked.codes {
        let kind = playbook.field(&FieldId::new(field)).map(|field| &field.kind);
        let has = |kind: &FieldKind| match kind {
            FieldKind::Choice(all) => all.iter().any(|choice| choice.code.as_str() == *code),
            FieldKind::Text | FieldKind::Number | FieldKind::Day => false,
        };
        if kind.is_some_and(|kind| !has(kind)) {
            missing(check, "field", format!("{field}: code = \"{code}\""));
        }
    }
}

/// What is given as a meaning is one; where matters are counted by the stage they are in, every stage has one.
fn words(check: &mut Check<'_>, playbook: &Playbook, asked: Option<&Vocabulary>) {
    let stages = asked.map(Vocabulary::words).unwrap_or_default();
    let all = asked.is_some_and(|asked| !asked.further.is_empty());
    for (n, stage) in playbook.stages.iter().enumerate() {
        let (is_given, word) = (stage.means.is_some(), stage.meaning().as_str());
        if (is_given || all) && !stages.contains(&word) {
            let key = if is_given { "means" } else { "id" };
            none_of(check, &At::root().key("stage").nth(n).key(key), word, &stages);
        }
    }
    let moves = asked.map_or(&[][..], |asked| asked.moves);
    let moves: Vec<&str> = moves.iter().map(|what| what.word()).collect();
    for (n, step) in playbook.moves.iter().enumerate() {
        let given = step.means.as_ref().map(MoveId::as_str);
        if let Some(word) = given.filter(|word| !moves.contains(word)) {
            none_of(check, &At::root().key("move").nth(n).key("means"), word, &moves);
        }
    }
}

/// Reports a word that is none of `words`; where there are none, nobody asks what it means.
fn none_of(check: &mut Check<'_>, at: &At, word: &str, words: &[&str]) {
    if words.is_empty() {
        check.fault(at, FaultKind::UnknownKey);
    } else {
        check.unknown(at, word, words);
    }
}
