//! The rules, one function each: what they find in the source, with the place.

use crate::house::{At, Module, module_of, within};
use crate::table::{ASYNC, BLIND, HOMES, LATER, MAY_NAME, MOST_LINES, NO_MACROS, NO_METHODS};
use std::collections::{BTreeMap, BTreeSet};

/// What a rule finds.
pub(crate) type Found = Vec<String>;

type Edges<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The modules of ours that each module names, with the line.
fn names<'a>(module: &'a Module, known: &BTreeSet<&str>) -> Vec<At<&'a str>> {
    let paths = module.paths.iter();
    paths
        .filter_map(|(line, path)| Some((*line, module_of(path, known)?)))
        .collect()
}

fn known(modules: &[Module]) -> BTreeSet<&str> {
    modules.iter().map(|module| module.name.as_str()).collect()
}

fn top(name: &str) -> &str {
    name.split("::").next().unwrap_or(name)
}

fn is_home(module: &Module, homes: &[&str]) -> bool {
    homes.iter().any(|home| within(&module.name, home))
}

fn place(module: &Module, line: usize) -> String {
    format!("{}:{line}", module.file.display())
}

/// Every module names only what its row of the table allows.
pub(crate) fn order(modules: &[Module]) -> Found {
    let known = known(modules);
    let mut found = Vec::new();
    for module in modules.iter().filter(|m| m.name != "lib") {
        let rows = MAY_NAME.iter().filter(|(row, _)| within(&module.name, row));
        let Some((row, allowed)) = rows.max_by_key(|(row, _)| row.len()) else {
            found.push(format!("{} has no row in the table", module.file.display()));
            continue;
        };
        for (line, name) in names(module, &known) {
            let own = within(name, row) || within(row, name);
            if !own && !allowed.iter().any(|a| within(name, a)) {
                found.push(format!("{}: {row} must not name {name}", place(module, line)));
            }
        }
    }
    found
}

/// The table has no row without a module, and no circle.
pub(crate) fn table(modules: &[Module]) -> Found {
    let there: BTreeSet<&str> = modules.iter().map(|m| top(&m.name)).collect();
    let rows = MAY_NAME.iter().map(|(row, _)| top(row));
    let missing = rows.filter(|row| !there.contains(row) && !LATER.contains(row));
    let mut found: Found = missing
        .map(|row| format!("{row}: a row without a module"))
        .collect();
    let built = LATER.iter().filter(|row| there.contains(*row));
    found.extend(built.map(|row| format!("{row} is there: no longer a later door")));
    let mut edges = Edges::new();
    for (row, allowed) in MAY_NAME {
        let others = allowed.iter().map(|a| top(a)).filter(|a| *a != top(row));
        edges.entry(top(row)).or_default().extend(others);
    }
    found.extend(circles(&edges));
    found
}

/// No files name each other in a circle. A module may list its members, as registries do; members build on it.
pub(crate) fn file_circles(modules: &[Module]) -> Found {
    let known = known(modules);
    let mut edges = Edges::new();
    for module in modules {
        let names = names(module, &known).into_iter().map(|(_, name)| name);
        let others = names.filter(|name| !within(name, &module.name));
        edges.entry(&module.name).or_default().extend(others);
    }
    circles(&edges)
}

/// The members of each folder that name each other in a circle, each with all that lies within it: the folder, and them.
pub(crate) fn folder_knots(modules: &[Module]) -> BTreeMap<String, BTreeSet<String>> {
    let known = known(modules);
    let mut folders: BTreeMap<String, Edges<'_>> = BTreeMap::new();
    for module in modules {
        for (_, name) in names(module, &known) {
            if let Some((folder, from, to)) = parting(&module.name, name) {
                let edges = folders.entry(folder).or_default();
                edges.entry(from).or_default().insert(to);
            }
        }
    }
    let mut knots = BTreeMap::new();
    for (folder, edges) in folders {
        let tied: BTreeSet<String> = edges
            .keys()
            .filter(|member| reaches(&edges, member, member))
            .map(|member| (*member).to_owned())
            .collect();
        if !tied.is_empty() {
            knots.insert(folder, tied);
        }
    }
    knots
}

/// Where two names part: the folder around both, and the member of it that each lies in.
fn parting<'a>(from: &'a str, to: &'a str) -> Option<(String, &'a str, &'a str)> {
    let (a, b): (Vec<&str>, Vec<&str>) = (from.split("::").collect(), to.split("::").collect());
    let common = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    Some((a[..common].join("::"), a.get(common)?, b.get(common)?))
}

fn reaches(edges: &Edges<'_>, from: &str, to: &str) -> bool {
    let mut ways: Vec<&str> = edges.get(from).into_iter().flatten().copied().collect();
    let mut seen = BTreeSet::new();
    while let Some(here) = ways.pop() {
        if here == to {
            return true;
        }
        if seen.insert(here) {
            ways.extend(edges.get(here).into_iter().flatten());
        }
    }
    false
}

fn circles(edges: &Edges<'_>) -> Found {
    let tied = edges.keys().filter(|node| reaches(edges, node, node));
    tied.map(|node| format!("{node} names itself in a circle"))
        .collect()
}

/// Members of a family are blind to each other.
pub(crate) fn families(modules: &[Module]) -> Found {
    let known = known(modules);
    let mut found = Vec::new();
    for (family, shared) in BLIND {
        let members = modules
            .iter()
            .filter(|m| within(&m.name, family) && m.name != *family);
        for module in members {
            for (line, name) in names(module, &known) {
                let parted = parting(&module.name, name).filter(|(folder, ..)| folder == family);
                if let Some((_, from, to)) = parted
                    && !shared.contains(&to)
                {
                    found.push(format!("{}: {from} names {to}", place(module, line)));
                }
            }
        }
    }
    found
}

/// Words stand in their one home.
pub(crate) fn homes(modules: &[Module]) -> Found {
    let mut found = Vec::new();
    for module in modules {
        for (line, path) in &module.paths {
            for (word, homes) in HOMES {
                if within(path, word) && !is_home(module, homes) {
                    found.push(format!("{}: {path}", place(module, *line)));
                }
            }
        }
        for line in &module.asyncs {
            if !is_home(module, ASYNC) {
                found.push(format!("{}: async", place(module, *line)));
            }
        }
    }
    found
}

/// What stands nowhere: state of the process, macros and methods that stop it or speak past the screen, silenced lints.
pub(crate) fn nowhere(modules: &[Module]) -> Found {
    let mut found = Vec::new();
    for module in modules {
        let statics = module.statics.iter();
        found.extend(
            statics.map(|(line, of)| format!("{}: a static that changes: {of}", place(module, *line))),
        );
        let macros = module
            .macros
            .iter()
            .filter(|(_, name)| NO_MACROS.contains(&name.as_str()));
        found.extend(macros.map(|(line, name)| format!("{}: {name}!", place(module, *line))));
        let methods = module
            .methods
            .iter()
            .filter(|(_, name)| NO_METHODS.contains(&name.as_str()));
        found.extend(methods.map(|(line, name)| format!("{}: .{name}()", place(module, *line))));
        let allows = module.allows.iter();
        found.extend(allows.map(|(line, lint)| format!("{}: allow{lint}", place(module, *line))));
    }
    found
}

/// Every file has the house's form.
pub(crate) fn form(modules: &[Module]) -> Found {
    let mut found = Vec::new();
    for module in modules {
        let file = module.file.display();
        if !module.has_head {
            found.push(format!("{file}: no //! head"));
        }
        if module.lines > MOST_LINES {
            found.push(format!("{file}: {} lines", module.lines));
        }
        if module.file.ends_with("mod.rs") {
            found.push(format!("{file}: foo.rs beside foo/, never mod.rs"));
        }
        let scattered = module.scattered.iter();
        found.extend(scattered.map(|line| format!("{}: one use for a module", place(module, *line))));
    }
    found
}
