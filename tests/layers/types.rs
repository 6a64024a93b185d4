//! One name, one type: what everybody sees is called as nothing else is.

use crate::house::{At, Module, module_of, modules, modules_with_all, within};
use crate::rules::Found;
use crate::table::BLIND;
use std::collections::{BTreeMap, BTreeSet};

/// The module that declares what a path leads to, and its name there; also where it is brought on by others.
fn home<'a>(
    path: &str,
    known: &BTreeSet<&str>,
    by: &'a BTreeMap<&str, &Module>,
) -> Option<(&'a Module, String)> {
    let mut path = path.to_owned();
    for _ in 0..8 {
        let module = by.get(module_of(&path, known)?)?;
        let rest = path.strip_prefix(&format!("crate::{}::", module.name))?;
        let word = rest.split("::").next()?.to_owned();
        if module.types.iter().any(|(_, name)| *name == word) {
            return Some((module, word));
        }
        path = module.stands_for(&word)?.to_owned();
    }
    None
}

/// Around a module: what lies there sees it as its own.
fn folder(name: &str) -> &str {
    name.rsplit_once("::").map_or(name, |(around, _)| around)
}

/// Members of a blind family stand behind its registry.
fn is_member(name: &str) -> bool {
    BLIND
        .iter()
        .any(|(family, _)| within(name, family) && name != *family)
}

/// No two types that are seen outside of their own folders have the same name.
pub(crate) fn twice(modules: &[Module]) -> Found {
    let known: BTreeSet<&str> = modules.iter().map(|module| module.name.as_str()).collect();
    let by: BTreeMap<&str, &Module> = modules.iter().map(|m| (m.name.as_str(), m)).collect();
    let mut seen: BTreeMap<String, BTreeMap<&str, &Module>> = BTreeMap::new();
    for module in modules {
        let paths = module.paths.iter();
        for (home, word) in paths.filter_map(|(_, path)| home(path, &known, &by)) {
            if !within(&module.name, folder(&home.name)) && !is_member(&home.name) {
                seen.entry(word).or_default().insert(&home.name, home);
            }
        }
    }
    let place = |home: &Module, word: &str| {
        let line = home.types.iter().find(|(_, name)| name == word);
        format!(
            "{}:{}",
            home.file.display(),
            line.map_or(0, |(line, _): &At<String>| *line)
        )
    };
    seen.into_iter()
        .filter(|(_, homes)| homes.len() > 1)
        .map(|(word, homes)| {
            let places: Vec<String> = homes.values().map(|home| place(home, &word)).collect();
            format!("{word}: {}", places.join(", "))
        })
        .collect()
}

#[test]
fn no_name_of_a_type_stands_for_two_things() {
    crate::assert_none("names that stand twice", &twice(&modules()));
}

#[test]
fn a_second_type_of_a_name_is_found_where_it_stands() {
    let planted = modules_with_all(&[
        ("domain::text", "pub enum AlarmState {}"),
        ("report::water", "fn x(it: crate::domain::text::AlarmState) {}"),
    ]);
    let found = twice(&planted);
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("AlarmState: ") && line.contains("domain/text.rs:")),
        "{found:?}"
    );
    let within = modules_with_all(&[
        ("domain::air::level", "pub enum AlarmState {}"),
        (
            "domain::air::index",
            "fn x(it: crate::domain::air::level::AlarmState) {}",
        ),
    ]);
    assert_eq!(
        twice(&within),
        twice(&modules()),
        "a folder's own words are its own"
    );
}
