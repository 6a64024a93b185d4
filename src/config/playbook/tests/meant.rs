//! A room's own loop may call its stages and moves as it likes, as long as it says what they mean; one that lacks what is
//! asked of it is refused with its place.

use super::*;
use crate::domain::playbook::meaning::{VOCABULARIES, Vocabulary};

fn text_of(vocabulary: &Vocabulary) -> &'static str {
    let head = format!("id = \"{}\"", vocabulary.of);
    let of = |(_, text): &&(&str, &str)| text.lines().find(|line| line.starts_with("id = ")) == Some(&head);
    let own = PLAYBOOKS.iter().find(of);
    own.expect("a loop of the program").1
}

/// The text with every mention of that key as another one; what means something is said to mean it, or not.
fn renamed(text: &str, list: &str, key: &str, means: &str) -> String {
    let is_answer = |line: &str| line.starts_with("answer = ");
    let lines = text.lines().map(|line| match line {
        line if is_answer(line) => line.to_owned(),
        line => line.replace(&format!("\"{key}\""), "\"own\""),
    });
    let text = lines.collect::<Vec<_>>().join("\n") + "\n";
    let (id, head) = ("\nid = \"own\"\n", format!("{list}]]\n"));
    let mut sections: Vec<String> = text.split("\n[[").map(str::to_owned).collect();
    let is_it = |section: &&mut String| section.starts_with(&head) && section.contains(id);
    let own = sections.iter_mut().find(is_it).expect("an entry of that key");
    *own = own.replacen(id, &format!("{id}{means}"), 1);
    sections.join("\n[[")
}

fn asked(text: &str) -> Vec<(u32, FaultKind)> {
    let faults = read(Path::new("own.toml"), text, &World)
        .err()
        .unwrap_or_default();
    faults.into_iter().map(|fault| (fault.line, fault.kind)).collect()
}

#[test]
fn whatever_is_asked_for_is_missed_where_a_loop_calls_it_otherwise_and_found_where_it_says_so() {
    for vocabulary in VOCABULARIES {
        let text = text_of(vocabulary);
        assert_eq!(asked(text), [], "{}", vocabulary.of);
        let stages = vocabulary.stages.iter().map(|stage| ("stage", stage.word()));
        let moves = vocabulary.moves.iter().map(|what| ("move", what.word()));
        for (list, word) in stages.chain(moves) {
            let what = format!("means = \"{word}\"");
            let found = asked(&renamed(text, list, word, ""));
            let missed =
                |(line, kind): &(u32, FaultKind)| *line > 0 && *kind == FaultKind::Asked(what.clone());
            assert!(found.iter().any(missed), "{} {word}: {found:?}", vocabulary.of);
            let says = renamed(text, list, word, &format!("{what}\n"));
            assert_eq!(asked(&says), [], "{} {word}", vocabulary.of);
        }
        for field in vocabulary.fields {
            let found = asked(&renamed(text, "field", field, ""));
            let missed = FaultKind::Asked(format!("id = \"{field}\""));
            assert!(
                found.iter().any(|(_, kind)| *kind == missed),
                "{field}: {found:?}"
            );
        }
        for (field, code) in vocabulary.codes {
            let text = text.replace(&format!("code = \"{code}\""), "code = \"own\"");
            // A limit by that code.
            let text = text.replace(&format!("{code} = \""), "own = \"");
            let missed = FaultKind::Asked(format!("{field}: code = \"{code}\""));
            assert!(asked(&text).iter().any(|(_, kind)| *kind == missed), "{code}");
        }
    }
}

#[test]
fn what_means_nothing_known_is_named_with_what_is() {
    let petition = VOCABULARIES
        .iter()
        .find(|own| own.of == "petition")
        .expect("there");
    let text = text_of(petition);
    let words: Vec<String> = petition.words().iter().map(|&word| word.to_owned()).collect();
    let unknown = |text: &str, word: &str| {
        let found = asked(text);
        let is_it = |(line, kind): &(u32, FaultKind)| {
            *line > 0 && matches!(kind, FaultKind::Unknown(found, known) if found == word && *known == words)
        };
        assert!(found.iter().any(is_it), "{found:?}");
    };
    // A closed stage more would be counted as nobody knows what.
    unknown(&text.replace("\"merged\"", "\"archived\""), "archived");
    unknown(
        &renamed(text, "stage", "refused", "means = \"refusd\"\n"),
        "refusd",
    );
    let none = asked(&GOOD.replacen("id = \"found\"\n", "id = \"found\"\nmeans = \"refused\"\n", 1));
    assert_eq!(none, [(10, FaultKind::UnknownKey)], "nobody asks");
}
