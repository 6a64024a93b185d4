//! The source, counted by the rule that stands at the head of `tests/count.rs`.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::{fs, mem};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Block, Expr, Field, FnArg, ImplItem, ImplItemFn, Item, ItemFn, ItemMod, Lit, Meta, Signature,
    TraitItemFn, TypeTuple, Variant,
};

/// Words that say nothing about a thing.
const EMPTY: &[&str] = &[
    "a", "all", "an", "and", "are", "by", "every", "for", "in", "is", "it", "its", "of", "on", "one", "s",
    "that", "the", "their", "there", "they", "this", "to", "what", "when", "where", "which", "who", "whose",
    "with",
];

/// How many lines of what kind.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// With something on them.
    pub all: usize,
    /// With more than a comment.
    pub code: usize,
    /// Of documentation.
    pub docs: usize,
    /// Of comments that are no documentation.
    pub whys: usize,
}

/// A function of the product.
#[derive(Debug)]
pub(crate) struct Function {
    /// File and line.
    pub at: String,
    /// As it is called.
    pub name: String,
    /// Code lines of its body.
    pub lines: usize,
    /// Without `self`.
    pub parameters: usize,
}

/// What one line says of an item of the product.
#[derive(Debug)]
pub(crate) struct Doc {
    /// File and line.
    pub at: String,
    /// As the item is called.
    pub name: String,
    /// All that is said of it.
    pub words: String,
}

/// Everything that was counted.
#[derive(Debug, Default)]
pub(crate) struct Code {
    /// Files with product.
    pub files: usize,
    /// The product.
    pub product: Lines,
    /// All tests.
    pub test: Lines,
    /// The product within `src/domain`.
    pub domain: Lines,
    /// The tests within `src/domain`.
    pub domain_test: Lines,
    /// With a body.
    pub functions: Vec<Function>,
    /// Of one line each.
    pub docs: Vec<Doc>,
    /// Types of more than three parts without names, by place.
    pub tuples: Vec<String>,
    tests: BTreeSet<PathBuf>,
}

impl Code {
    /// The repository at `root`.
    pub(crate) fn of(root: &Path) -> Self {
        let mut code = Self::default();
        for folder in ["src", "tests"] {
            let mut files = Vec::new();
            below(&root.join(folder), &mut files);
            // A file before the folder of its name: there it says which of its modules are tests.
            files.sort_by_key(|file| file.with_extension(""));
            for file in files {
                let text = fs::read_to_string(&file).expect("a file of the source");
                let name = file.strip_prefix(root).expect("below the root");
                code.take(&name.to_string_lossy(), &text);
            }
        }
        code
    }

    /// Counts one file, by its name from the root on.
    pub(crate) fn take(&mut self, name: &str, text: &str) {
        let lines: Vec<&str> = text.lines().collect();
        let path = Path::new(name);
        let is_test = name.starts_with("tests/") || path.ancestors().any(|up| self.tests.contains(up));
        let mut reader = Reader {
            file: name.to_owned(),
            lines: &lines,
            code: self,
            tests: Vec::new(),
        };
        if !is_test {
            let parsed = syn::parse_file(text).expect("the compiler has read it");
            reader.visit_file(&parsed);
        }
        let tests = mem::take(&mut reader.tests);
        self.files += usize::from(!is_test);
        for (nth, line) in lines.iter().enumerate() {
            let is_test = is_test || tests.iter().any(|range| range.contains(&(nth + 1)));
            let within = name.starts_with("src/domain");
            let (all, domain) = if is_test {
                (&mut self.test, &mut self.domain_test)
            } else {
                (&mut self.product, &mut self.domain)
            };
            all.add(line);
            if within {
                domain.add(line);
            }
        }
    }

    /// Documentation that says no more than a name.
    pub(crate) fn repeating(&self) -> impl Iterator<Item = &Doc> {
        self.docs.iter().filter(|doc| {
            let name = words_of(&doc.name);
            words_of(&doc.words)
                .iter()
                .all(|word| EMPTY.contains(&word.as_str()) || name.iter().any(|own| alike(own, word)))
        })
    }
}

impl Lines {
    fn add(&mut self, line: &str) {
        let line = line.trim();
        let is_doc = line.starts_with("///") || line.starts_with("//!");
        let is_why = line.starts_with("//") && !is_doc;
        self.all += usize::from(!line.is_empty());
        self.code += usize::from(is_code(line));
        self.docs += usize::from(is_doc);
        self.whys += usize::from(is_why);
    }
}

fn is_code(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with("//")
}

/// Whether one word is the other, or its plural.
fn alike(one: &str, other: &str) -> bool {
    one == other || one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

/// `AlarmFact` and `alarm_fact` are "alarm fact".
fn words_of(text: &str) -> Vec<String> {
    let mut apart = String::new();
    for letter in text.chars() {
        if letter.is_uppercase() {
            apart.push(' ');
        }
        apart.extend(letter.to_lowercase());
    }
    let words = apart.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the source").flatten() {
        let path = entry.path();
        if path.is_dir() {
            below(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

/// Goes through one file of the product.
struct Reader<'a> {
    file: String,
    lines: &'a [&'a str],
    code: &'a mut Code,
    /// What of it is tests.
    tests: Vec<RangeInclusive<usize>>,
}

impl Reader<'_> {
    fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.file)
    }

    fn function(&mut self, signature: &Signature, block: &Block) {
        let (open, close) = (
            block.brace_token.span.open().start().line,
            block.brace_token.span.close().start().line,
        );
        let inside = self.lines.get(open..close.saturating_sub(1)).unwrap_or_default();
        let lines = inside.iter().filter(|line| is_code(line)).count();
        let own = signature.inputs.iter();
        self.code.functions.push(Function {
            at: self.at(signature.ident.span().start().line),
            name: signature.ident.to_string(),
            lines: if open == close { 1 } else { lines },
            parameters: own.filter(|one| matches!(one, FnArg::Typed(_))).count(),
        });
    }

    fn doc(&mut self, name: &str, attributes: &[Attribute]) {
        let mut docs = attributes.iter().filter(|one| one.path().is_ident("doc"));
        if let (Some(doc), None) = (docs.next(), docs.next())
            && let Meta::NameValue(pair) = &doc.meta
            && let Expr::Lit(literal) = &pair.value
            && let Lit::Str(words) = &literal.lit
        {
            let at = self.at(doc.pound_token.span.start().line);
            self.code.docs.push(Doc {
                at,
                name: name.to_owned(),
                words: words.value().trim().to_owned(),
            });
        }
    }

    /// Whether it is compiled for tests alone: then it is none of the product.
    fn leave_out(&mut self, attributes: &[Attribute], item: &impl Spanned) -> bool {
        if !attributes.iter().any(is_for_tests) {
            return false;
        }
        let whole = lines_of(item);
        let first = attributes
            .first()
            .map_or(*whole.start(), |one| one.span().start().line);
        self.tests.push(first..=*whole.end());
        true
    }
}

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

fn lines_of(item: &impl Spanned) -> RangeInclusive<usize> {
    let span = item.span();
    span.start().line..=span.end().line
}

/// Attributes and name of what can be documented.
fn head(item: &Item) -> (&[Attribute], String) {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what else there is has no name of its own"
    )]
    match item {
        Item::Const(it) => (&it.attrs, it.ident.to_string()),
        Item::Enum(it) => (&it.attrs, it.ident.to_string()),
        Item::Fn(it) => (&it.attrs, it.sig.ident.to_string()),
        Item::Mod(it) => (&it.attrs, it.ident.to_string()),
        Item::Static(it) => (&it.attrs, it.ident.to_string()),
        Item::Struct(it) => (&it.attrs, it.ident.to_string()),
        Item::Trait(it) => (&it.attrs, it.ident.to_string()),
        Item::Type(it) => (&it.attrs, it.ident.to_string()),
        Item::Impl(it) => (&it.attrs, String::new()),
        Item::Use(it) => (&it.attrs, String::new()),
        Item::Macro(it) => (&it.attrs, String::new()),
        _ => (&[], String::new()),
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, name) = head(item);
        if self.leave_out(attributes, item) {
            if let Item::Mod(ItemMod { content: None, .. }) = item {
                let folder = self.file.trim_end_matches(".rs");
                let folder = folder.trim_end_matches("/lib");
                let file = Path::new(folder).join(name);
                self.code.tests.insert(file.with_extension("rs"));
                self.code.tests.insert(file);
            }
            return;
        }
        if !name.is_empty() {
            self.doc(&name, attributes);
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let is_test = if let ImplItem::Fn(it) = item {
            self.leave_out(&it.attrs, item)
        } else {
            matches!(item, ImplItem::Const(it) if self.leave_out(&it.attrs, item))
        };
        if !is_test {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.doc(&item.sig.ident.to_string(), &item.attrs);
        self.function(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        self.doc(&item.sig.ident.to_string(), &item.attrs);
        if let Some(block) = &item.default {
            self.function(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_field(&mut self, field: &'ast Field) {
        if let Some(name) = &field.ident {
            self.doc(&name.to_string(), &field.attrs);
        }
        visit::visit_field(self, field);
    }

    fn visit_variant(&mut self, variant: &'ast Variant) {
        self.doc(&variant.ident.to_string(), &variant.attrs);
        visit::visit_variant(self, variant);
    }

    fn visit_type_tuple(&mut self, tuple: &'ast TypeTuple) {
        if tuple.elems.len() > 3 {
            let at = self.at(tuple.paren_token.span.open().start().line);
            self.code.tuples.push(at);
        }
        visit::visit_type_tuple(self, tuple);
    }
}
