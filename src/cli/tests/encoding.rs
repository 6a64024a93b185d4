//! Files that a configuration names and that are not UTF-8, of every kind: one saved by an office program of 2003 is said
//! with its place, and nothing of it is guessed.

use super::ran;
use crate::bench::check::Outside;
use crate::cli::exit::Exit;
use crate::config::raw::schema;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A comment, and in the third column of the line below it a letter of GB 18030.
const GARBLED: &[u8] = b"# ok\n# \xC3\xDC\n";

/// What names a file, the configuration that does, and the file.
const KINDS: &[(&str, &str, &str)] = &[
    ("", "", "room.toml"),
    ("roster_file", "[room]\nroster_file = \"r.csv\"", "r.csv"),
    ("boundary_file", "[directory]\nboundary_file = \"b.csv\"", "b.csv"),
    (
        "townships_file",
        "[directory]\ntownships_file = \"t.toml\"",
        "t.toml",
    ),
    (
        "communities_file",
        "[directory]\ncommunities_file = \"c.csv\"",
        "c.csv",
    ),
    ("units_file", "[directory]\nunits_file = \"u.csv\"", "u.csv"),
    ("contacts_file", "[directory]\ncontacts_file = \"k.csv\"", "k.csv"),
    ("points_file", "[directory]\npoints_file = \"p.toml\"", "p.toml"),
    (
        "enterprises_file",
        "[directory]\nenterprises_file = \"e.csv\"",
        "e.csv",
    ),
    ("measures_file", "[directory]\nmeasures_file = \"m.csv\"", "m.csv"),
    ("tables", "[emergency]\ntables = [\"own.toml\"]", "own.toml"),
    (
        "table",
        "[[target]]\nid = \"p\"\nname = { zh = \"分\", en = \"points\" }\nfigure = \"points\"\norigin = \"default\"\ntable = \"s.toml\"",
        "s.toml",
    ),
    ("folder", "[playbooks]\nfolder = \"loops\"", "loops/own.toml"),
    ("theme", "[screen]\ntheme = \"night.toml\"", "night.toml"),
];

/// A configuration and one file beside it that is not UTF-8.
struct Saved<'t> {
    config: &'t str,
    garbled: &'t str,
}

impl Outside for Saved<'_> {
    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
        match path.to_str() {
            Some(path) if path == self.garbled => Ok(GARBLED.to_vec()),
            Some("room.toml") => Ok(self.config.as_bytes().to_vec()),
            _ => Err("no such file".to_owned()),
        }
    }

    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, String> {
        let file = Path::new(self.garbled);
        let held = file.parent() == Some(folder);
        Ok(held.then(|| file.to_path_buf()).into_iter().collect())
    }
}

/// The keys of a schema that end in `_file`, but for those of secrets, which are read as secrets are.
fn files(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    if let Some(properties) = schema.get("properties").and_then(|p| p.as_object()) {
        let is_secret = |key: &str| properties.contains_key(key.trim_end_matches("_file"));
        let keys = properties
            .keys()
            .filter(|key| key.ends_with("_file") && !is_secret(key));
        found.extend(keys.cloned());
    }
    let under = schema.as_object().into_iter().flat_map(|map| map.values());
    let under = under.chain(schema.as_array().into_iter().flatten());
    under.for_each(|value| files(value, found));
}

#[test]
fn a_file_of_any_kind_that_is_not_utf_8_is_a_fault_with_its_place() {
    let mut missing = BTreeSet::new();
    files(&schema(), &mut missing);
    for (key, config, garbled) in KINDS {
        missing.remove(*key);
        let (exit, out, err) = ran("check --offline --config room.toml", &Saved { config, garbled });
        let said = format!("{garbled}:2:3: the file is not UTF-8 — save it as UTF-8\n");
        assert!(out.contains(&said) || err.contains(&said), "{key}: {out}{err}");
        assert_eq!(exit, Exit::Usage, "{key}");
    }
    assert_eq!(missing, BTreeSet::new(), "no row for these keys");
}

#[test]
fn a_byte_order_mark_before_a_configuration_is_no_part_of_it() {
    let garbled = "none";
    let good = Saved {
        config: "\u{feff}[room]\nname = \"x\"\n",
        garbled,
    };
    let (exit, out, err) = ran("check --offline --config room.toml", &good);
    assert_eq!((exit, err.as_str()), (Exit::Good, ""), "{out}");
    let bad = Saved {
        config: "\u{feff}[rom]\n",
        garbled,
    };
    let (_, out, _) = ran("check --offline --config room.toml", &bad);
    assert!(out.contains("room.toml:1:2 rom"), "{out}");
}
