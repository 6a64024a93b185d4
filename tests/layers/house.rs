//! The source as the rules see it: every module with what it names, read by a parser, without its tests.

use proc_macro2::{Ident, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use syn::spanned::Spanned;
use syn::{Attribute, Item, UseTree};

/// A line of a file, from 1, and what stands there.
pub(crate) type At<T> = (usize, T);

/// A module of the program, without its tests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Module {
    /// `domain::air::mean`.
    pub name: String,
    /// Its file, from `src/`.
    pub file: PathBuf,
    /// Whether it begins by saying what it is.
    pub has_head: bool,
    /// Its lines, without the module of tests that it ends with.
    pub lines: usize,
    /// Everything it names with `::`, whole: `crate::domain::air::mean`, `std::fs::read`.
    pub paths: Vec<At<String>>,
    /// Macros it calls, by their last word.
    pub macros: Vec<At<String>>,
    /// Methods it calls.
    pub methods: Vec<At<String>>,
    /// Lints that it silences by `allow`.
    pub allows: Vec<At<String>>,
    /// Where something is asynchronous.
    pub asyncs: Vec<usize>,
    /// Statics that can change, by their types.
    pub statics: Vec<At<String>>,
    /// `use` lines that do not stand by module: one that names a module which another names already, or several at once.
    pub scattered: Vec<usize>,
    /// Types that it declares for everybody.
    pub types: Vec<At<String>>,
    /// The modules that its `use` lines take from, with how far what they bring is seen.
    used: BTreeSet<String>,
    /// Modules it declares for its tests alone.
    tests: Vec<String>,
    /// What the words of its `use` lines stand for.
    words: BTreeMap<String, String>,
}

/// Every module under `src/`, read once for all tests.
static READ: LazyLock<Vec<Module>> = LazyLock::new(|| {
    let mut files = Vec::new();
    walk(&root(), &mut files);
    files.sort();
    let read = files.into_iter().map(|file| {
        let text = text_of(&file);
        read(name_of(&file), file, &text)
    });
    read.collect()
});

/// Every module under `src/` that is not a test's.
pub(crate) fn modules() -> Vec<Module> {
    without_tests(READ.clone())
}

/// The same with one module's text changed, or one added: how a rule is tried.
pub(crate) fn modules_with(name: &str, change: impl Fn(String) -> String) -> Vec<Module> {
    let mut modules = READ.clone();
    put(&mut modules, name, change);
    without_tests(modules)
}

/// The same with code added to several modules.
pub(crate) fn modules_with_all(code: &[(&str, &str)]) -> Vec<Module> {
    let mut modules = READ.clone();
    for (name, code) in code {
        put(&mut modules, name, |text| format!("{text}\n{code}\n"));
    }
    without_tests(modules)
}

fn put(modules: &mut Vec<Module>, name: &str, change: impl Fn(String) -> String) {
    let there = modules.iter_mut().find(|module| module.name == name);
    if let Some(module) = there {
        let text = change(text_of(&module.file));
        *module = read(module.name.clone(), module.file.clone(), &text);
    } else {
        let file = PathBuf::from(name.replace("::", "/")).with_extension("rs");
        modules.push(read(name.to_owned(), file, &change("//! New.\n\n".to_owned())));
    }
}

fn without_tests(modules: Vec<Module>) -> Vec<Module> {
    let tests: BTreeSet<String> = modules.iter().flat_map(|m| m.tests.clone()).collect();
    let is_test = |module: &Module| tests.iter().any(|test| within(&module.name, test));
    modules.into_iter().filter(|module| !is_test(module)).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the source").flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path.strip_prefix(root()).expect("under src").to_path_buf());
        }
    }
}

fn text_of(file: &Path) -> String {
    fs::read_to_string(root().join(file)).expect("a file of the source")
}

fn name_of(file: &Path) -> String {
    let path = file.with_extension("");
    let parts: Vec<String> = path
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    parts.join("::")
}

/// Whether `name` is `around` or lies within it.
pub(crate) fn within(name: &str, around: &str) -> bool {
    name.strip_prefix(around)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The module that a path of ours leads into: what stands at its end, types and functions, belongs to it.
pub(crate) fn module_of<'a>(path: &'a str, known: &BTreeSet<&str>) -> Option<&'a str> {
    let mut name = path.strip_prefix("crate::")?;
    while !known.contains(name) {
        name = name.rsplit_once("::")?.0;
    }
    Some(name)
}

fn read(name: String, file: PathBuf, text: &str) -> Module {
    let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let tokens: TokenStream = text.parse().expect("what was parsed has tokens");
    let lines = text.lines().count();
    let mut module = Module {
        has_head: text.starts_with("//! "),
        lines,
        name,
        file,
        ..Module::default()
    };
    let mut left_out: Vec<RangeInclusive<usize>> = Vec::new();
    for item in &parsed.items {
        module.take_item(item, &mut left_out);
    }
    if let Some(tests) = left_out.iter().find(|range| *range.end() == lines) {
        module.lines = tests.start() - 1;
    }
    module.scan(tokens, &left_out);
    module
}

impl Module {
    fn around(&self) -> &str {
        self.name.rsplit_once("::").map_or("", |(around, _)| around)
    }

    /// Its name as the root of what it declares: nothing for the library's root.
    fn inside(&self) -> String {
        if self.name == "lib" {
            "crate".to_owned()
        } else {
            format!("crate::{}", self.name)
        }
    }

    fn take_item(&mut self, item: &Item, left_out: &mut Vec<RangeInclusive<usize>>) {
        let lines = item.span().start().line..=item.span().end().line;
        if attributes(item).iter().any(is_for_tests) {
            if let Item::Mod(declared) = item
                && declared.content.is_none()
            {
                let inside = self.inside().replacen("crate::", "", 1);
                self.tests.push(format!("{inside}::{}", declared.ident));
            }
            // The attributes above an item belong to it.
            let first = attributes(item)
                .first()
                .map_or(*lines.start(), |a| a.span().start().line);
            left_out.push(first..=*lines.end());
            return;
        }
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "what else there is brings in no words and no state"
        )]
        match item {
            Item::Struct(it) => self.declare(&it.vis, &it.ident),
            Item::Enum(it) => self.declare(&it.vis, &it.ident),
            Item::Trait(it) => self.declare(&it.vis, &it.ident),
            Item::Type(it) => self.declare(&it.vis, &it.ident),
            Item::Macro(it) if it.mac.path.is_ident("texts") => {
                let words = it.mac.tokens.clone().into_iter();
                let name = words.filter_map(|tree| match tree {
                    TokenTree::Ident(name) => Some(name),
                    TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
                });
                let found = name.map(|name| (name.span().start().line, name.to_string()));
                self.types.extend(found.take(1));
            }
            Item::Use(used) => {
                let seen = used.vis.span().source_text().unwrap_or_default();
                let is_new =
                    taken_from(&used.tree).is_some_and(|from| self.used.insert(format!("{seen} {from}")));
                if !is_new {
                    self.scattered.push(*lines.start());
                }
                self.take_use(&used.tree, "");
            }
            Item::Mod(declared) => {
                let whole = format!("{}::{}", self.inside(), declared.ident);
                self.words.insert(declared.ident.to_string(), whole);
            }
            Item::Static(it) => {
                let of = it.ty.span().source_text().unwrap_or_default();
                let changes = ["Mutex", "RwLock", "Atomic", "Cell", "Once", "Lazy"];
                if changes.iter().any(|word| of.contains(word))
                    || matches!(it.mutability, syn::StaticMutability::Mut(_))
                {
                    self.statics.push((*lines.start(), of));
                }
            }
            _ => {}
        }
    }

    fn declare(&mut self, seen: &syn::Visibility, name: &Ident) {
        if matches!(seen, syn::Visibility::Public(_)) {
            self.types.push((name.span().start().line, name.to_string()));
        }
    }

    /// What a word of its `use` lines stands for.
    pub(crate) fn stands_for(&self, word: &str) -> Option<&str> {
        self.words.get(word).map(String::as_str)
    }

    /// What a `use` brings in, under which word.
    fn take_use(&mut self, tree: &UseTree, before: &str) {
        let join = |word: &dyn ToString| {
            if before.is_empty() {
                word.to_string()
            } else {
                format!("{before}::{}", word.to_string())
            }
        };
        match tree {
            UseTree::Path(path) => self.take_use(&path.tree, &join(&path.ident)),
            UseTree::Name(name) => self.bring(&name.ident, &join(&name.ident)),
            UseTree::Rename(name) => self.bring(&name.rename, &join(&name.ident)),
            UseTree::Glob(star) => {
                let line = star.span().start().line;
                let whole = self.whole(&parts_of(before), true);
                self.paths.push((line, whole));
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.take_use(tree, before);
                }
            }
        }
    }

    fn bring(&mut self, word: &Ident, path: &str) {
        // `a::{self}` is `a`.
        let path = path.strip_suffix("::self").unwrap_or(path);
        let whole = self.whole(&parts_of(path), true);
        let last = path.rsplit("::").next().unwrap_or("");
        let name = if word == "self" {
            last.to_owned()
        } else {
            word.to_string()
        };
        self.paths.push((word.span().start().line, whole.clone()));
        self.words.insert(name, whole);
    }

    /// A path as it stands, from its root on.
    fn whole(&self, parts: &[String], in_use: bool) -> String {
        let Some((first, rest)) = parts.split_first() else {
            return String::new();
        };
        let (mut root, mut rest) = match first.as_str() {
            "crate" => ("crate".to_owned(), rest),
            "self" => (self.inside(), rest),
            "super" => (format!("crate::{}", self.around()), rest),
            word => match self.words.get(word) {
                Some(known) if !(in_use && known == word) => (known.clone(), rest),
                _ => (word.to_owned(), rest),
            },
        };
        while let Some((next, after)) = rest.split_first()
            && next == "super"
        {
            root = root
                .rsplit_once("::")
                .map_or_else(|| "crate".to_owned(), |(up, _)| up.to_owned());
            rest = after;
        }
        let root = root.trim_end_matches("::").to_owned();
        rest.iter().fold(root, |path, part| format!("{path}::{part}"))
    }

    /// Every path, macro, method and attribute among the tokens, also within macros; not in what is left out.
    fn scan(&mut self, tokens: TokenStream, left_out: &[RangeInclusive<usize>]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_out = |tree: &TokenTree| {
            let line = tree.span().start().line;
            left_out.iter().any(|range| range.contains(&line))
        };
        let tokens: Vec<TokenTree> = tokens.into_iter().filter(|tree| !is_out(tree)).collect();
        let mut at = 0;
        while let Some(tree) = tokens.get(at) {
            at = match tree {
                TokenTree::Group(group) => {
                    self.scan(group.stream(), left_out);
                    at + 1
                }
                TokenTree::Ident(_) => self.scan_words(&tokens, at),
                TokenTree::Punct(_) | TokenTree::Literal(_) => at + 1,
            };
        }
    }

    /// The path that begins at `at`; where it ends.
    fn scan_words(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let mut parts = Vec::new();
        let mut end = at;
        while let Some(TokenTree::Ident(word)) = tokens.get(end) {
            parts.push(word.to_string());
            end += 1;
            if !is_punct(tokens.get(end), ':') || !is_punct(tokens.get(end + 1), ':') {
                break;
            }
            end += 2;
        }
        let line = tokens.get(at).map_or(0, |tree| tree.span().start().line);
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let first = parts.first().map_or("", String::as_str);
        if is_punct(before, '.') {
            self.methods.push((line, first.to_owned()));
        } else if is_punct(tokens.get(end), '!') {
            self.macros
                .push((line, parts.last().cloned().unwrap_or_default()));
        }
        match first {
            "async" => self.asyncs.push(line),
            // An attribute begins the group that it stands in.
            "allow" if at == 0 && matches!(tokens.get(end), Some(TokenTree::Group(_))) => {
                let lint = tokens.get(end).map_or_else(String::new, ToString::to_string);
                self.allows.push((line, lint));
            }
            _ => {}
        }
        if parts.len() > 1 || self.words.contains_key(first) {
            let whole = self.whole(&parts, false);
            self.paths.push((line, whole));
        }
        end
    }
}

fn parts_of(path: &str) -> Vec<String> {
    path.split("::").map(str::to_owned).collect()
}

fn is_punct(tree: Option<&TokenTree>, of: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == of)
}

/// The module that a `use` takes its words from; `None` where it takes from several.
fn taken_from(tree: &UseTree) -> Option<String> {
    let is_word = |tree: &UseTree| !matches!(tree, UseTree::Path(_) | UseTree::Group(_));
    match tree {
        UseTree::Path(path) => Some(format!("{}::{}", path.ident, taken_from(&path.tree)?)),
        UseTree::Group(group) => group.items.iter().all(is_word).then(String::new),
        UseTree::Name(_) | UseTree::Rename(_) | UseTree::Glob(_) => Some(String::new()),
    }
}

/// Whether an attribute is `#[cfg(test)]`.
fn is_for_tests(attribute: &Attribute) -> bool {
    let mut found = false;
    if attribute.path().is_ident("cfg") {
        let _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.is_ident("test");
            Ok(())
        });
    }
    found
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what else there is carries no tests"
)]
fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}
