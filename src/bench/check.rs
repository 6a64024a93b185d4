//! The bench on which a configuration is checked: collects faults, reads secrets and files beside the configuration.
//!
//! Each section's check gets its raw values, where they stand ([`At`]) and a [`Check`]; it reports all that is wrong and
//! goes on with the next value. Nothing here knows what a section means.

use crate::bench::document::{At, Document};
use crate::bench::fault::{Fault, FaultKind, nearest};
use crate::bench::secret;
use crate::bench::secret::{RawSecret, SecretFault, Twins};
use crate::domain::secret::Secret;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// What a configuration asks of the world outside its text; given in, so that checks can be tested without it.
pub trait Outside {
    /// An environment variable.
    fn variable(&self, name: &str) -> Option<String>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// What the system said, in words.
    fn file(&self, path: &Path) -> Result<Vec<u8>, String>;

    /// The files of a folder, in any order.
    ///
    /// # Errors
    /// What the system said, in words.
    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, String>;
}

/// The real world: this process's environment and disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct World;

impl Outside for World {
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
        // A pipe or a device would be read for ever.
        let kind = std::fs::metadata(path).map_err(|error| error.to_string())?;
        if !kind.is_file() && !kind.is_dir() {
            return Err("a pipe, a socket or a device, and no file".to_owned());
        }
        std::fs::read(path).map_err(|error| error.to_string())
    }

    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, String> {
        let entries = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
        entries
            .map(|entry| entry.map(|e| e.path()).map_err(|error| error.to_string()))
            .collect()
    }
}

/// A file that was read, for the report of `check`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The file.
    pub file: PathBuf,
    /// The key of `[directory]` that names it.
    pub key: String,
    /// Its rows that could be read.
    pub rows: usize,
}

/// A check under way.
pub struct Check<'a> {
    document: &'a Document<'a>,
    outside: &'a dyn Outside,
    faults: Vec<Fault>,
    hints: Vec<Fault>,
    misshapen: Vec<At>,
    imports: Vec<Import>,
}

impl<'a> Check<'a> {
    /// Begins a check of `document`.
    pub fn new(document: &'a Document<'a>, outside: &'a dyn Outside) -> Self {
        Self {
            document,
            outside,
            faults: Vec::new(),
            hints: Vec::new(),
            misshapen: Vec::new(),
            imports: Vec::new(),
        }
    }

    /// Takes in what the shape's check found: those values are reported, and not looked at again.
    pub fn misshape(&mut self, found: Vec<(At, Fault)>) {
        for (at, fault) in found {
            self.misshapen.push(at);
            self.faults.push(fault);
        }
    }

    /// The values whose shape is wrong.
    pub fn misshapen(&self) -> &[At] {
        &self.misshapen
    }

    /// Whether the shape of a value at `at` or within it is wrong: that was reported, and the value is not there.
    pub fn is_misshapen(&self, at: &At) -> bool {
        self.misshapen.iter().any(|bad| bad.begins_with(at))
    }

    /// Takes note of a file that was read.
    pub fn imported(&mut self, import: Import) {
        self.imports.push(import);
    }

    /// The files beside the configuration that were read so far.
    pub fn imports(&self) -> Vec<Import> {
        self.imports.clone()
    }

    /// Everything found wrong, in the order of the file.
    pub fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.faults;
        // What is recovered from a broken line says nothing more about it.
        let broken = |f: &Fault| matches!(f.kind, FaultKind::Syntax(_)).then(|| (f.file.clone(), f.line));
        let lines: Vec<(PathBuf, u32)> = faults.iter().filter_map(broken).collect();
        faults.retain(|f| broken(f).is_some() || !lines.contains(&(f.file.clone(), f.line)));
        let own = self.document.file.clone();
        faults.sort_by_key(|f| (f.file != own, f.file.clone(), f.line, f.column));
        faults.dedup();
        faults
    }

    /// Whether nothing was found wrong so far.
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }

    /// The file's document, for the line of a key.
    pub fn document(&self) -> &'a Document<'a> {
        self.document
    }

    /// The world outside, for files beside the configuration.
    pub fn outside(&self) -> &'a dyn Outside {
        self.outside
    }

    /// `path` as it is meant: relative to the configuration's own folder.
    pub fn beside(&self, path: &Path) -> PathBuf {
        match self.document.file.parent() {
            Some(folder) => folder.join(path),
            None => path.to_path_buf(),
        }
    }

    /// Reports a fault at `at`.
    pub fn fault(&mut self, at: &At, kind: FaultKind) {
        let fault = self.document.fault(at, kind);
        self.faults.push(fault);
    }

    /// Says something about `at` that is no fault: the file is used as it is.
    pub fn hint(&mut self, at: &At, kind: FaultKind) {
        let hint = self.document.fault(at, kind);
        self.hints.push(hint);
    }

    /// Says something about `at` that is no fault, with what was perhaps meant.
    pub fn hint_near(&mut self, at: &At, kind: FaultKind, near: String) {
        let mut hint = self.document.fault(at, kind);
        hint.near = Some(near);
        self.hints.push(hint);
    }

    /// What was said and is no fault, in the order of the file.
    pub fn hints(&self) -> Vec<Fault> {
        let mut hints = self.hints.clone();
        hints.sort_by_key(|hint| (hint.line, hint.column));
        hints
    }

    /// Reports a fault that was made elsewhere, such as in a file beside the configuration.
    pub fn push(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Reports a text that is none of `known`, with the nearest of them.
    pub fn unknown(&mut self, at: &At, found: &str, known: &[&str]) {
        let list = known.iter().map(|&k| k.to_owned()).collect();
        let mut fault = self
            .document
            .fault(at, FaultKind::Unknown(found.to_owned(), list));
        fault.near = nearest(found, known.iter().copied());
        self.faults.push(fault);
    }

    /// Reports a key that is none of `known`, with the nearest of them.
    pub fn unknown_key(&mut self, at: &At, found: &str, known: &[&str]) {
        let mut fault = self.document.fault(at, FaultKind::UnknownKey);
        fault.near = nearest(found, known.iter().copied());
        self.faults.push(fault);
    }

    /// Reports a name that nothing configured has, with the nearest that there is.
    pub fn nothing(&mut self, at: &At, found: &str, there: &[&str]) {
        let list = there.iter().map(|&k| k.to_owned()).collect();
        let mut fault = self
            .document
            .fault(at, FaultKind::Nothing(found.to_owned(), list));
        fault.near = nearest(found, there.iter().copied());
        self.faults.push(fault);
    }

    /// What `find` finds for `text`; otherwise a fault with what is `known`.
    pub fn one_of<T>(
        &mut self,
        at: &At,
        text: &str,
        known: &[&str],
        find: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let found = find(text);
        if found.is_none() {
            self.unknown(at, text, known);
        }
        found
    }

    /// A length of time, longer than nothing.
    pub fn span(&mut self, at: &At, text: &str) -> Option<Span> {
        let span = Span::parse(text).filter(|span| *span > Span::ZERO);
        if span.is_none() {
            self.fault(at, FaultKind::Span(text.to_owned()));
        }
        span
    }

    /// Words that must not be empty.
    pub fn words(&mut self, at: &At, text: &str) -> Clean {
        let clean = Clean::new(text);
        if clean.is_empty() {
            self.fault(at, FaultKind::Empty);
        }
        clean
    }

    /// A number within `low ..= high`.
    pub fn within<T: PartialOrd + Copy + std::fmt::Display>(
        &mut self,
        at: &At,
        found: T,
        low: T,
        high: T,
    ) -> T {
        if !(low <= found && found <= high) {
            let [found, low, high] = [found, low, high].map(|n| n.to_string());
            self.fault(at, FaultKind::Range(found, low, high));
        }
        found
    }

    /// An address that begins with `http://` or `https://` and carries no user name or password.
    pub fn url(&mut self, at: &At, text: &str) -> Option<url::Url> {
        let why = match url::Url::parse(text) {
            Err(error) => error.to_string(),
            Ok(url) if !matches!(url.scheme(), "http" | "https") => format!("{}://", url.scheme()),
            Ok(url) if !url.username().is_empty() || url.password().is_some() => "user:password@".to_owned(),
            Ok(url) => return Some(url),
        };
        self.fault(at, FaultKind::Url(why));
        None
    }

    /// The secret `name` of the table at `at`: written there, in the environment variable its `_env` twin names, or in the
    /// file beside the configuration its `_file` twin names.
    pub fn secret(&mut self, at: &At, name: &'static str, given: Twins<'_>) -> Option<Secret> {
        let outside = self.outside;
        let file = |path: &str| outside.file(&self.beside(Path::new(path)));
        let found = secret::find(name, given, &|name| outside.variable(name), &file);
        found.unwrap_or_else(|fault| {
            self.secret_fault(at, name, fault);
            None
        })
    }

    /// The secrets of the table at `at`, by their names without `_env` and `_file`.
    pub fn secrets(&mut self, at: &At, given: &BTreeMap<String, RawSecret>) -> BTreeMap<String, Secret> {
        let mut found = BTreeMap::new();
        for (key, given) in given {
            let text = given.secret();
            let (name, secret) = if let Some(name) = key.strip_suffix("_env") {
                (
                    name,
                    self.outside
                        .variable(text.expose())
                        .ok_or_else(|| FaultKind::NoVariable(text.expose().to_owned())),
                )
            } else if let Some(name) = key.strip_suffix("_file") {
                let read = self.outside.file(&self.beside(Path::new(text.expose())));
                (
                    name,
                    read.and_then(secret::of_file).map_err(FaultKind::Unreadable),
                )
            } else {
                (key.as_str(), Ok(text.expose().to_owned()))
            };
            let secret = secret.map(|text| Secret::new(text.trim()));
            match secret {
                Err(fault) => self.fault(&at.key(key), fault),
                Ok(secret) if secret.expose().is_empty() => self.fault(&at.key(key), FaultKind::Empty),
                Ok(secret) => {
                    if found.insert(name.to_owned(), secret).is_some() {
                        self.fault(&at.key(key), FaultKind::Clash(name.to_owned()));
                    }
                }
            }
        }
        found
    }

    /// Reports why the secret `name` of the table at `at` is not there.
    pub fn secret_fault(&mut self, at: &At, name: &str, fault: SecretFault) {
        let (env, file) = (at.key(&format!("{name}_env")), at.key(&format!("{name}_file")));
        match fault {
            SecretFault::Missing(key) => self.fault(&at.key(key), FaultKind::Missing),
            SecretFault::Several(key) => {
                let twins = format!("{key}, {key}_env, {key}_file");
                self.fault(&at.key(key), FaultKind::Clash(twins));
            }
            SecretFault::Unset(variable) => self.fault(&env, FaultKind::NoVariable(variable)),
            SecretFault::Unreadable(why) => self.fault(&file, FaultKind::Unreadable(why)),
            SecretFault::Empty => self.fault(&file, FaultKind::Empty),
        }
    }

    /// Reports every name (with its table's place) that stands twice under `key`.
    pub fn unique<'n>(&mut self, key: &str, names: impl IntoIterator<Item = (At, &'n str)>) {
        let mut seen: HashMap<&str, At> = HashMap::new();
        for (at, name) in names {
            match seen.entry(name) {
                Entry::Occupied(first) => {
                    let line = self.document.line(&first.get().key(key)).unwrap_or(0);
                    self.fault(&at.key(key), FaultKind::Twice(name.to_owned(), line));
                }
                Entry::Vacant(free) => {
                    free.insert(at);
                }
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A world of a test: variables and files as given.
    #[derive(Default)]
    pub(crate) struct Given {
        pub(crate) variables: Vec<(&'static str, &'static str)>,
        pub(crate) files: Vec<(&'static str, &'static str)>,
    }

    impl Outside for Given {
        fn variable(&self, name: &str) -> Option<String> {
            let found = self.variables.iter().find(|(n, _)| *n == name);
            found.map(|(_, text)| (*text).to_owned())
        }

        fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
            let found = self.files.iter().find(|(name, _)| Path::new(name) == path);
            found
                .map(|(_, text)| text.as_bytes().to_vec())
                .ok_or_else(|| "no such file".to_owned())
        }

        fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, String> {
            let paths = self.files.iter().map(|(name, _)| PathBuf::from(name));
            Ok(paths.filter(|path| path.parent() == Some(folder)).collect())
        }
    }

    #[test]
    fn a_secret_comes_from_the_file_or_its_variable_and_a_missing_one_is_named() {
        let text = "[a]\nkey_env = \"KEY\"\n[b]\nkey_env = \"GONE\"\n[c]\nkey_file = \"kept\"\n[d]\nkey_file = \"lost\"\n";
        let (document, _) = Document::parse(Path::new("x.toml"), text);
        let given = Given {
            variables: vec![("KEY", "one")],
            files: vec![("kept", "two\n")],
        };
        let mut check = Check::new(&document, &given);
        let mut secret = |table: &str, env, file| {
            let twins = Twins {
                here: None,
                env,
                file,
            };
            let found = check.secret(&At::root().key(table), "key", twins);
            found.map(|secret| secret.expose().to_owned())
        };
        assert_eq!(secret("a", Some("KEY"), None), Some("one".to_owned()));
        assert_eq!(secret("b", Some("GONE"), None), None);
        assert_eq!(secret("c", None, Some("kept")), Some("two".to_owned()));
        assert_eq!(secret("d", None, Some("lost")), None);
        let faults = check.into_faults();
        let named: Vec<_> = faults
            .iter()
            .map(|fault| (fault.line, fault.key.as_str()))
            .collect();
        assert_eq!(named, [(4, "b.key_env"), (8, "d.key_file")]);
        assert_eq!(faults[0].kind, FaultKind::NoVariable("GONE".to_owned()));
    }

    #[test]
    fn a_name_that_stands_twice_is_reported_with_the_line_of_the_first() {
        let (document, _) = Document::parse(
            Path::new("x.toml"),
            "[[u]]\nid = \"a\"\n[[u]]\nid = \"b\"\n[[u]]\nid = \"a\"\n",
        );
        let given = Given::default();
        let mut check = Check::new(&document, &given);
        let at = At::root().key("u");
        check.unique("id", [(at.nth(0), "a"), (at.nth(1), "b"), (at.nth(2), "a")]);
        let faults = check.into_faults();
        assert_eq!(faults.len(), 1);
        assert_eq!(
            (faults[0].line, &faults[0].kind),
            (6, &FaultKind::Twice("a".to_owned(), 2))
        );
    }
}
