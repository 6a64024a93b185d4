//! Each rule is tried: a fault is planted in the source as it is read, and must be found where it was planted.

use crate::house::{Module, modules_with};
use crate::rules;
use crate::rules::Found;

type Rule = fn(&[Module]) -> Found;

/// One planted fault: the rule that must find it, the module, and the code added to it.
type Planted = (Rule, &'static str, &'static str);

const PLANTED: &[Planted] = &[
    // Who may name whom, however it is written.
    (
        rules::order,
        "domain::rule::jump",
        "fn x() { crate::store::open() }",
    ),
    (
        rules::order,
        "domain::rule::jump",
        "fn x() { super::super::super::store::open() }",
    ),
    (
        rules::order,
        "domain::rule::jump",
        "use crate::{domain::time::Moment, store::Store};",
    ),
    (
        rules::order,
        "domain::rule::jump",
        "use crate::tui as screens; fn x() { screens::seat::new() }",
    ),
    (
        rules::order,
        "domain::rule::jump",
        "fn x() -> String { format!(\"{}\", crate::tui::seat::NAME) }",
    ),
    (
        rules::order,
        "domain::rule::jump",
        "fn x() { let y = (\"https://x\", crate::net::client()); }",
    ),
    (
        rules::order,
        "desk::update::batch",
        "fn x(store: &dyn crate::store::Store) {}",
    ),
    (rules::order, "report::water", "use crate::desk::run;"),
    (
        rules::order,
        "domain::fact::task",
        "fn x(case: &crate::domain::case::Case) {}",
    ),
    (rules::order, "cellar", "fn x() {}"),
    // Words with one home.
    (rules::homes, "domain::task", "use serde::Serialize;"),
    (
        rules::homes,
        "domain::rule::jump",
        "fn x() { std::fs::read_to_string(\"x\"); }",
    ),
    (
        rules::homes,
        "domain::rule::jump",
        "use std::fs as files; fn x() { files::read(\"x\"); }",
    ),
    (
        rules::homes,
        "domain::rule::jump",
        "fn x() -> u8 { rand::random() }",
    ),
    (rules::homes, "domain::rule::jump", "async fn x() {}"),
    (
        rules::homes,
        "domain::rule::jump",
        "fn x() { tokio::spawn(std::future::ready(())); }",
    ),
    (
        rules::homes,
        "domain::rule::jump",
        "fn x() { tracing::info!(\"x\"); }",
    ),
    (
        rules::homes,
        "domain::rule::jump",
        "fn x() { let y = (\"https://x\", reqwest::get); }",
    ),
    (
        rules::homes,
        "domain::rule::jump",
        "use std::time::SystemTime; fn x() { SystemTime::now(); }",
    ),
    (
        rules::homes,
        "sources::nws",
        "use chrono::Utc; fn x() { Utc::now(); }",
    ),
    (
        rules::homes,
        "tui::panel::air",
        "fn x() { std::thread::yield_now(); }",
    ),
    (
        rules::homes,
        "cli::list",
        "fn x() -> rusqlite::Connection { panic!() }",
    ),
    (
        rules::homes,
        "cli::report",
        "use crate::domain::ledger; fn x() -> ledger::Draft { panic!() }",
    ),
    // What stands nowhere.
    (
        rules::nowhere,
        "domain::rule::jump",
        "static M: std::sync::Mutex<u8> = std::sync::Mutex::new(0);",
    ),
    (rules::nowhere, "domain::rule::jump", "static mut M: u8 = 0;"),
    (rules::nowhere, "tui::look", "thread_local! { static X: u8 = 0; }"),
    (rules::nowhere, "cli::list", "fn x() { println!(\"x\"); }"),
    (rules::nowhere, "cli::list", "fn x() { Some(1).unwrap(); }"),
    (rules::nowhere, "cli::list", "#[allow(dead_code)] fn x() {}"),
    (rules::nowhere, "cli::list", "fn x() { todo!() }"),
    // Families.
    (
        rules::families,
        "domain::rule::jump",
        "fn x() { super::flat::standard() }",
    ),
    (
        rules::families,
        "tui::panel::air",
        "fn x() { super::alarms::PANEL }",
    ),
    (rules::families, "sources::firms", "fn x() { super::nws::KIND }"),
    (
        rules::families,
        "channels::webhook",
        "use crate::channels::{dingtalk, Letter};",
    ),
    // Circles of files.
    (
        rules::file_circles,
        "domain::time",
        "use crate::domain::calendar;",
    ),
    // Form.
    (rules::form, "domain::rule::jump", "use std::{fmt::Debug, ops};"),
    (
        rules::form,
        "domain::rule::jump",
        "use std::ops::Add;\nuse std::ops::Sub;",
    ),
];

#[test]
fn a_planted_fault_is_found_where_it_was_planted() {
    let mut missed = Vec::new();
    for (rule, name, code) in PLANTED {
        let modules = modules_with(name, |text| text.replacen("\n\n", &format!("\n\n{code}\n"), 1));
        let file = format!("{}.rs", name.replace("::", "/"));
        let named = |found: &String| found.contains(&file) || found.contains(name);
        if !rule(&modules).iter().any(named) {
            missed.push(format!("{name}: {code}"));
        }
    }
    assert!(missed.is_empty(), "not found:\n{}", missed.join("\n"));
}

#[test]
fn a_file_out_of_form_is_found() {
    let long = modules_with("domain::rule::jump", |text| {
        let (head, rest) = text.split_once("\n\n").expect("a head and its code");
        format!("{head}\n\n{}{rest}", "// A line.\n".repeat(400))
    });
    assert!(rules::form(&long).iter().any(|found| found.contains("jump.rs")));
    let headless = modules_with("domain::rule::jump", |text| format!("\n{text}"));
    assert!(
        rules::form(&headless)
            .iter()
            .any(|found| found.contains("no //! head"))
    );
    let nested = modules_with("domain::rule::mod", |text| text);
    assert!(
        rules::form(&nested)
            .iter()
            .any(|found| found.contains("never mod.rs"))
    );
}

#[test]
fn a_folder_that_ties_itself_into_a_knot_is_found() {
    let tied = modules_with("domain::air::pollutant", |text| {
        format!("{text}\nfn x() {{ crate::domain::air::year::x() }}\n")
    });
    let knots = rules::folder_knots(&tied);
    assert!(
        knots.get("domain::air").is_some_and(|tied| tied.contains("year")),
        "{knots:?}"
    );
}

#[test]
fn what_stands_in_words_comments_and_tests_is_not_code() {
    let modules = modules_with("domain::rule::jump", |text| {
        let words =
            "const X: &str = \"crate::store::open println!() .unwrap()\"; // crate::tui::seat, todo!()";
        text.replacen("\n\n", &format!("\n\n{words}\n"), 1)
    });
    let rules: [Rule; 5] = [
        rules::order,
        rules::homes,
        rules::nowhere,
        rules::families,
        rules::form,
    ];
    for rule in rules {
        let found: Vec<String> = rule(&modules)
            .into_iter()
            .filter(|found| found.contains("jump.rs"))
            .collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
