//! Every text stands in both languages and asks for the same places in each.

use super::*;
use crate::lang::calm::CalmText;
use crate::lang::cli::CliText;
use crate::lang::config::ConfigText;
use crate::lang::drill::DrillText;
use crate::lang::help::HELP;
use crate::lang::letter::LetterText;
use crate::lang::notice::Notices;
use crate::lang::pipe::PipeText;
use crate::lang::report::Rep;
use crate::lang::report::year::{FigureUnit, YearText};
use crate::lang::screens::Screen;
use crate::lang::screens::air::AirText;
use crate::lang::screens::alarms::Alarms;
use crate::lang::screens::cases::Cases;
use crate::lang::screens::control::Control;
use crate::lang::screens::feeds::Feeds;
use crate::lang::screens::fires::Fires;
use crate::lang::screens::overview::Overview;
use crate::lang::screens::points::Points;
use crate::lang::screens::shift::ShiftText;
use crate::lang::screens::targets::Targets;
use crate::lang::tui::Tui;
use std::collections::BTreeSet;
use std::path::Path;

/// The `{places}` of a text.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

fn wrong(pairs: impl Iterator<Item = (String, &'static str, &'static str)>) -> Vec<String> {
    let differs =
        |zh: &str, en: &str| zh.trim().is_empty() || en.trim().is_empty() || places(zh) != places(en);
    let wrong = pairs.filter(|(_, zh, en)| differs(zh, en));
    wrong
        .map(|(name, zh, en)| format!("{name}: {zh:?} / {en:?}"))
        .collect()
}

/// Compares each enum of texts; gives how many there are.
macro_rules! compared {
    ($($name:ident),+ $(,)?) => {{
        let mut count = 0;
        $(
            let all = $name::ALL.iter();
            let pairs = all.map(|t| (format!("{t:?}"), t.text(Lang::Zh), t.text(Lang::En)));
            assert_eq!(wrong(pairs), Vec::<String>::new(), stringify!($name));
            count += 1;
        )+
        count
    }};
}

/// How many times the files below `folder` declare an enum of texts.
fn declared(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    let count = |path: std::path::PathBuf| {
        if path.is_dir() {
            return declared(&path);
        }
        let text = std::fs::read_to_string(&path).expect("a text");
        text.lines().filter(|line| line.ends_with("texts! {")).count()
    };
    entries.map(count).sum()
}

#[test]
fn every_text_stands_in_both_languages_with_the_same_places() {
    let compared = compared!(
        AirText, Alarms, CalmText, Cases, CliText, ConfigText, Control, DrillText, Feeds, FigureUnit, Fires,
        LetterText, Notices, Overview, PipeText, Points, Rep, Screen, ShiftText, Targets, Tui, YearText
    );
    let there = declared(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lang"));
    assert_eq!(compared, there, "an enum of texts is not compared here");
    let help = HELP.iter().map(|row| (row.0.to_owned(), row.1, row.2));
    assert_eq!(wrong(help), Vec::<String>::new());
}

#[test]
fn places_are_filled_and_a_missing_one_stays_visible() {
    assert_eq!(fill("{n} 条 {what}", &[("n", &3)]), "3 条 {what}");
    assert_eq!(fill("a { b", &[]), "a { b");
}
