//! The house's own rules, kept true: who may name whom, words with one home, the form of a file.
//!
//! The list of modules is read from `src/`, so that a new one cannot be forgotten; the table is that of `lib.rs`.

#![expect(clippy::indexing_slicing, reason = "a test says why by failing")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// Who may name whom. The longest name that fits a module is its row; its own subtree, and what is around it, are always open.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("clock", &["domain::time"]),
    ("lang", &["domain"]),
    ("config", &["domain", "lang"]),
    ("store", &["domain"]),
    ("net", &["domain"]),
    ("sources", &["domain", "config", "net"]),
    ("channels", &["domain", "config", "lang", "net"]),
    ("desk", &["domain"]),
    ("desk::update", &["domain", "desk"]),
    ("desk::board", &["domain"]),
    ("desk::run", DESK_IO),
    ("desk::poll", DESK_IO),
    ("desk::outbox", DESK_IO),
    ("desk::lease", DESK_IO),
    ("desk::share", DESK_IO),
    ("desk::start", DESK_IO),
    ("desk::follow", DESK_IO),
    ("desk::year", DESK_IO),
    ("training", &["domain", "clock", "config"]),
    (
        "drill",
        &[
            "domain", "clock", "lang", "config", "store", "net", "channels", "desk", "training", "report",
        ],
    ),
    ("report", &["domain", "lang", "desk::board"]),
    ("tui", &["domain", "lang", "config", "report", "desk"]),
    ("intake", &["domain", "config", "desk"]),
    ("ssh", &["domain", "config", "tui", "desk"]),
    ("log", &["domain", "clock", "desk::board"]),
    (
        "cli",
        &[
            "domain", "clock", "lang", "config", "store", "net", "sources", "channels", "desk", "training",
            "drill", "report", "tui", "intake", "ssh", "log",
        ],
    ),
    ("main", &["cli"]),
];

/// What the desk's I/O half may name.
const DESK_IO: &[&str] = &[
    "domain", "config", "clock", "store", "net", "sources", "channels", "desk",
];

/// A word of code, and the modules it may stand in.
const HOMES: &[(&str, &[&str])] = &[
    ("reqwest::", &["net"]),
    ("rusqlite::", &["store"]),
    ("russh::", &["ssh"]),
    ("axum::", &["intake", "training"]),
    ("crossterm::", &["tui::terminal"]),
    ("SystemTime::now", &["clock"]),
    ("Utc::now", &["clock"]),
    ("Local::now", &["clock"]),
    ("thread_local!", &[]),
    ("static mut", &[]),
    ("OnceLock", &[]),
    ("LazyLock", &[]),
    ("println!(", &[]),
    ("eprintln!(", &[]),
    ("#[allow(", &[]),
    ("todo!(", &[]),
    ("unimplemented!(", &[]),
    ("dbg!(", &[]),
    (".unwrap()", &[]),
];

/// Families whose members must not know each other, so that one is added or removed by its file and its row alone.
const BLIND: &[&str] = &["channels", "domain::rule", "tui::panel", "report"];

/// Longest file, counted to its tests.
const MOST_LINES: usize = 400;

/// A module of the program, without its tests.
struct Module {
    /// `domain::air::mean`.
    name: String,
    file: PathBuf,
    /// Every line up to the tests.
    lines: Vec<String>,
    /// Modules of ours that it names, with the line.
    names: Vec<(usize, String)>,
}

impl Module {
    /// Lines of code with their numbers, comments left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines.iter().enumerate().filter_map(|(n, line)| {
            let code = line.split("//").next().unwrap_or("");
            (!code.trim().is_empty()).then_some((n + 1, code))
        })
    }

    /// What stands behind `crate::` and `use super::`, with the line.
    fn paths(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (line, code) in self.code() {
            for (at, _) in code.match_indices("crate::") {
                let rest = code.get(at + 7..).unwrap_or("");
                found.push((line, path_in(rest)));
            }
            if let Some(rest) = code.trim_start().strip_prefix("use super::") {
                let mut up = self.name.rsplit_once("::").map_or("", |(up, _)| up).to_owned();
                let mut rest = rest;
                while let Some(further) = rest.strip_prefix("super::") {
                    up = up.rsplit_once("::").map_or("", |(up, _)| up).to_owned();
                    rest = further;
                }
                found.push((line, format!("{up}::{}", path_in(rest))));
            }
        }
        found
    }
}

/// The leading `a::b::c` of code, names of modules only: types and constants begin with a capital.
fn path_in(code: &str) -> String {
    let word = code
        .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .next()
        .unwrap_or("");
    let parts = word
        .split("::")
        .take_while(|part| part.starts_with(|c: char| c.is_lowercase()));
    parts.collect::<Vec<_>>().join("::")
}

/// Every module under `src/` that is not a test's, by walking the folder.
fn modules() -> Vec<Module> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let mut modules: Vec<Module> = files.iter().map(|file| read(&root, file)).collect();
    let known: BTreeSet<String> = modules.iter().map(|module| module.name.clone()).collect();
    for module in &mut modules {
        let paths = module.paths().into_iter();
        module.names = paths
            .filter_map(|(line, path)| Some((line, module_of(&path, &known)?)))
            .collect();
    }
    let tests: BTreeSet<String> = files.iter().flat_map(|file| test_modules(&root, file)).collect();
    let is_test = |name: &str| tests.iter().any(|test| within(name, test));
    modules
        .into_iter()
        .filter(|module| !is_test(&module.name))
        .collect()
}

/// The module that a path leads into: functions and macros at its end do not belong to it.
fn module_of(path: &str, known: &BTreeSet<String>) -> Option<String> {
    let mut name = path;
    while !known.contains(name) {
        name = name.rsplit_once("::")?.0;
    }
    Some(name.to_owned())
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the source").flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

fn name_of(root: &Path, file: &Path) -> String {
    let path = file.strip_prefix(root).expect("under src").with_extension("");
    let parts: Vec<String> = path
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    parts.join("::")
}

fn read(root: &Path, file: &Path) -> Module {
    let text = fs::read_to_string(file).expect("a file of the source");
    let lines: Vec<&str> = text.lines().collect();
    // Tests end a file; a module of test helpers that is only declared does not.
    let tests = lines.iter().enumerate().position(|(n, line)| {
        line.starts_with("#[cfg(test)]")
            && lines
                .get(n + 1)
                .is_some_and(|next| next.trim_end().ends_with('{'))
    });
    let lines = lines.into_iter().take(tests.unwrap_or(usize::MAX));
    Module {
        name: name_of(root, file),
        file: file.strip_prefix(root).expect("under src").to_path_buf(),
        lines: lines.map(str::to_owned).collect(),
        names: Vec::new(),
    }
}

/// Modules that a file declares for its tests alone.
fn test_modules(root: &Path, file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("a file of the source");
    let lines: Vec<&str> = text.lines().collect();
    let declared = lines.windows(2).filter(|pair| pair[0].trim() == "#[cfg(test)]");
    let own = name_of(root, file);
    let parent = if own == "lib" {
        String::new()
    } else {
        format!("{own}::")
    };
    let names = declared.filter_map(|pair| {
        let name = pair[1].trim().strip_suffix(';')?.rsplit_once("mod ")?.1;
        Some(format!("{parent}{name}"))
    });
    names.collect()
}

/// Whether `name` is `around` or lies within it.
fn within(name: &str, around: &str) -> bool {
    name == around
        || name
            .strip_prefix(around)
            .is_some_and(|rest| rest.starts_with("::"))
}

fn top(name: &str) -> &str {
    name.split("::").next().unwrap_or(name)
}

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn every_module_names_only_what_its_row_allows() {
    let mut found = Vec::new();
    for module in modules().iter().filter(|m| m.name != "lib") {
        let rows = MAY_NAME.iter().filter(|(row, _)| within(&module.name, row));
        let Some((row, allowed)) = rows.max_by_key(|(row, _)| row.len()) else {
            found.push(format!("{} has no row in the table", module.name));
            continue;
        };
        for (line, name) in &module.names {
            let own = within(name, row) || within(row, name);
            let open = allowed.iter().any(|a| within(name, a));
            if !own && !open {
                found.push(format!(
                    "{}:{line}: {row} must not name {name}",
                    module.file.display()
                ));
            }
        }
    }
    assert_none("names against the one-way order", &found);
}

#[test]
fn the_table_has_no_row_without_a_module_and_no_circle() {
    let there: BTreeSet<String> = modules().iter().map(|m| top(&m.name).to_owned()).collect();
    // Doors and documents that later parts of the program add; their rows stand so that they cannot be built differently.
    let later = ["report", "intake", "ssh"];
    let missing = MAY_NAME.iter().map(|(row, _)| top(row));
    let missing: Vec<String> = missing
        .filter(|row| !there.contains(*row) && !later.contains(row))
        .map(str::to_owned)
        .collect();
    assert_none("rows without a module", &missing);
    let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (row, allowed) in MAY_NAME {
        edges
            .entry(top(row))
            .or_default()
            .extend(allowed.iter().map(|a| top(a)).filter(|a| *a != top(row)));
    }
    assert_none("circles in the table", &circles(&edges));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let modules = modules();
    let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for module in &modules {
        // A module may list its members, as registries do; members build on what is around them.
        let others = module
            .names
            .iter()
            .filter(|(_, name)| !within(name, &module.name));
        edges
            .entry(&module.name)
            .or_default()
            .extend(others.map(|(_, name)| name.as_str()));
    }
    assert_none("import circles", &circles(&edges));
}

/// Where two names part: the module around both, and the child of it each lies in.
fn neighbours(from: &str, to: &str) -> Option<(String, String, String)> {
    let (a, b): (Vec<&str>, Vec<&str>) = (from.split("::").collect(), to.split("::").collect());
    let common = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (x, y) = (a.get(common)?, b.get(common)?);
    Some((a.get(..common)?.join("::"), (*x).to_owned(), (*y).to_owned()))
}

/// Every node from which its own edges lead back to it, with the way.
fn circles(edges: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<String> {
    let mut found = Vec::new();
    for start in edges.keys() {
        let mut ways = vec![vec![*start]];
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop() {
            for next in way.last().and_then(|last| edges.get(last)).into_iter().flatten() {
                if next == start {
                    found.push(format!("{} → {start}", way.join(" → ")));
                } else if seen.insert(*next) {
                    ways.push(way.iter().copied().chain([*next]).collect());
                }
            }
        }
    }
    found
}

#[test]
fn members_of_a_family_are_blind_to_each_other() {
    let modules = modules();
    let mut found = Vec::new();
    for family in BLIND {
        for module in modules
            .iter()
            .filter(|m| within(&m.name, family) && m.name != *family)
        {
            for (line, name) in &module.names {
                if let Some((around, from, to)) = neighbours(&module.name, name)
                    && around == *family
                {
                    found.push(format!("{}:{line}: {from} names {to}", module.file.display()));
                }
            }
        }
    }
    assert_none("members that know each other", &found);
}

#[test]
fn words_stand_in_their_one_home() {
    let mut found = Vec::new();
    for module in modules() {
        for (line, code) in module.code() {
            for (word, homes) in HOMES {
                if code.contains(word) && !homes.iter().any(|home| within(&module.name, home)) {
                    found.push(format!("{}:{line}: {word}", module.file.display()));
                }
            }
        }
    }
    assert_none("words away from home", &found);
}

#[test]
fn every_file_has_the_house_form() {
    let mut found = Vec::new();
    for module in modules() {
        let file = module.file.display();
        if !module.lines.first().is_some_and(|line| line.starts_with("//! ")) {
            found.push(format!("{file}: no //! head"));
        }
        if module.lines.len() > MOST_LINES {
            found.push(format!("{file}: {} lines", module.lines.len()));
        }
        if module.file.ends_with("mod.rs") {
            found.push(format!("{file}: foo.rs beside foo/, never mod.rs"));
        }
        for (line, code) in module.code() {
            let code = code.trim_start().trim_start_matches("pub ");
            if code.starts_with("use ") && code.contains('{') {
                found.push(format!("{file}:{line}: one use a line"));
            }
        }
    }
    assert_none("files out of form", &found);
}
