//! The table of what is said to be done: that it is whole, and which of its rows a line of a screen or a paper says.

use crate::said::{DONE, ELSEWHERE, collected, find};
use crate::unsaid::{NAMES, NOT, OTHERS};
use lookout::config::playbook::embedded;
use std::collections::BTreeSet;
use std::path::Path;

/// The rows of [`DONE`] that a line says, the longest texts first: what is part of another text says nothing of its own.
pub(crate) fn said(line: &str) -> Vec<usize> {
    let shown = DONE.iter().enumerate().map(|(nth, row)| (row.1, Some(nth)));
    let rest = [NOT, NAMES, OTHERS].into_iter().flatten();
    let elsewhere = ELSEWHERE.iter().map(|row| row.0);
    let rest = rest.copied().chain(elsewhere).map(|text| (text, None));
    let mut texts: Vec<(&str, Option<usize>)> = shown.chain(rest).collect();
    texts.sort_by_key(|row| std::cmp::Reverse(row.0.len()));
    let (mut line, mut all) = (line.to_owned(), Vec::new());
    for (text, nth) in texts {
        while let Some((from, until, none)) = stands(&line, text) {
            if nth.is_some() && !none {
                let own = DONE.iter().enumerate().filter(|(_, row)| row.1 == text);
                all.extend(own.map(|(nth, _)| nth));
            }
            line.replace_range(from..until, "\u{1}");
        }
    }
    all
}

/// Where a text with its places stands in a line, and whether it says nothing there: its count is none, or it is denied.
fn stands(line: &str, text: &str) -> Option<(usize, usize, bool)> {
    let mut parts = text.split(['{', '}']).step_by(2).filter(|part| !part.is_empty());
    let (first, rest) = (parts.next()?, parts.collect::<Vec<_>>());
    let mut begin = 0;
    loop {
        let from = begin + find(line.get(begin..)?, first)?;
        begin = from + first.len();
        let before = line.get(..from)?;
        let behind = line.get(begin..)?;
        let count = match text.strip_prefix("{n}") {
            Some(_) => before.trim_end().split(' ').next_back(),
            None => behind.split([' ', '|', '，', ',']).find(|part| !part.is_empty()),
        };
        let count = count.and_then(|word| word.parse::<u32>().ok());
        if text.contains("{n}") && count.is_none() {
            continue;
        }
        let mut until = begin;
        for part in &rest {
            until += line.get(until..)?.find(part)? + part.len();
        }
        return Some((from, until, count == Some(0) || before.ends_with("not ")));
    }
}

fn table() -> Vec<&'static str> {
    let done = DONE.iter().map(|row| row.0);
    let elsewhere = ELSEWHERE.iter().map(|row| row.0);
    let rest = [NOT, NAMES, OTHERS].into_iter().flatten().copied();
    done.chain(elsewhere).chain(rest).collect()
}

#[test]
fn every_text_of_something_done_stands_in_the_table() {
    let (collected, table) = (collected(), table());
    let known: BTreeSet<String> = table.iter().map(|&text| text.to_owned()).collect();
    let unknown: Vec<_> = collected.difference(&known).collect();
    assert!(
        unknown.is_empty(),
        "what do these say, and what must exist then? {unknown:#?}"
    );
    let gone: Vec<_> = known.difference(&collected).collect();
    assert!(gone.is_empty(), "no text any more: {gone:#?}");
    let kinds = [NOT, NAMES, OTHERS].map(<[&str]>::len);
    let rows = kinds.iter().sum::<usize>();
    let once: BTreeSet<_> = [NOT, NAMES, OTHERS].into_iter().flatten().collect();
    assert_eq!(once.len(), rows, "a text stands in one of them");
}

#[test]
fn what_is_tried_elsewhere_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (text, file, name) in ELSEWHERE {
        let source = std::fs::read_to_string(root.join(file)).unwrap_or_default();
        assert!(
            source.contains(&format!("fn {name}()")),
            "{text}: no {name} in {file}"
        );
    }
}

/// A stage that says that somebody was sent word is not reached by making an order, but by its arrival, or by what a
/// person records of it.
#[test]
fn a_stage_that_says_sent_or_told_is_not_reached_by_making_an_order() {
    let says = |text: &str| {
        let elsewhere = ELSEWHERE.iter().map(|row| row.0);
        DONE.iter()
            .map(|row| row.0)
            .chain(elsewhere)
            .any(|own| own == text)
    };
    let mut wrong = Vec::new();
    for playbook in embedded() {
        for stage in &playbook.stages {
            let words = [stage.words.zh.as_str(), stage.words.en.as_str()];
            let said: Vec<_> = words.into_iter().filter(|text| says(text)).collect();
            let ordering = playbook
                .moves
                .iter()
                .filter(|step| step.to.as_ref() == Some(&stage.id) && step.dispatches);
            if !said.is_empty() && ordering.count() > 0 {
                wrong.push((playbook.id.clone(), said.join(" / ")));
            }
        }
    }
    assert_eq!(wrong, []);
}
