//! The shape of the code, counted: how long functions are, how much is tested and told. `.ci/count` prints the table.
//!
//! The rule, by which every count is taken (a parser reads; [`code`] has it in one place):
//!
//! - *Product* is what stands under `src/` and is compiled without `cfg(test)`; *test* is the rest of `src/` and all of `tests/`.
//!   A line is one that has something on it; a *code line* has more than a comment. Playbooks and other data are no lines.
//! - A *function* has a body. It is as long as the code lines between its signature and its last brace; what stands on one line
//!   with its braces is one. A function within another counts for both.
//! - A *doc line* begins with `///` or `//!`, a *why* with `//`; both are shares of the product's lines.
//! - A doc line *repeats a name* where, without words such as "the" and "which", nothing is left that the item's own name does
//!   not say.
//! - *Parameters* are counted without `self`; a *tuple* where one is written as a type.
//!
//! Two of the figures are limits, and tests of every change.

#[path = "count/code.rs"]
mod code;

use code::{Code, Doc, Function};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

/// No function is longer.
const LONGEST: usize = 60;

/// What is longer still, file and function; each is to be split where it is next worked on.
const LONG: &[(&str, &str)] = &[
    ("src/config/playbook/moves.rs", "step"),
    ("src/lang/air/abroad.rs", "epa"),
    ("src/lang/duty.rs", "refusal"),
    ("src/lang/ledger.rs", "what"),
    ("src/lang/refusal.rs", "words"),
    ("src/sources/mapped/forecast.rs", "read_forecast"),
    ("src/sources/mapped/map/check.rs", "check"),
];

/// More parameters than this are a struct that has no name yet.
const PARAMETERS: usize = 5;

/// The repository, read once for all tests.
static WHOLE: LazyLock<Code> = LazyLock::new(|| Code::of(Path::new(env!("CARGO_MANIFEST_DIR"))));

/// So many of a hundred lie at or below it.
fn percentile(sorted: &[usize], percent: usize) -> usize {
    let nth = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(nth).copied().unwrap_or_default()
}

/// One row of the table.
fn row(table: &mut String, figure: &str, value: &str) {
    let _ = writeln!(table, "{figure:<58} {value:>16}");
}

fn share(part: usize, of: usize) -> String {
    format!("{:.1} %", 100.0 * part as f64 / of.max(1) as f64)
}

fn ratio(part: usize, of: usize) -> String {
    format!("{:.2}", part as f64 / of.max(1) as f64)
}

fn table(code: &Code) -> String {
    let mut lengths: Vec<usize> = code.functions.iter().map(|one| one.lines).collect();
    lengths.sort_unstable();
    let at = |percent| percentile(&lengths, percent).to_string();
    let (product, domain) = (&code.product, &code.domain);
    let mut table = String::new();
    row(&mut table, "files of the product", &code.files.to_string());
    row(&mut table, "product lines", &product.all.to_string());
    row(&mut table, "product code lines", &product.code.to_string());
    row(&mut table, "functions", &lengths.len().to_string());
    row(&mut table, "function: median", &at(50));
    row(&mut table, "function: p90", &at(90));
    row(&mut table, "function: p99", &at(99));
    row(&mut table, "function: longest", &at(100));
    row(
        &mut table,
        "test : product, code lines, whole",
        &ratio(code.test.code, product.code),
    );
    row(
        &mut table,
        "test : product, code lines, within src/domain",
        &ratio(code.domain_test.code, domain.code),
    );
    row(&mut table, "doc lines", &share(product.docs, product.all));
    row(
        &mut table,
        "doc lines that repeat a name",
        &code.repeating().count().to_string(),
    );
    row(&mut table, "lines of why (//)", &share(product.whys, product.all));
    let many = code.functions.iter().filter(|one| one.parameters > PARAMETERS);
    row(
        &mut table,
        "functions with more than five parameters",
        &many.count().to_string(),
    );
    row(
        &mut table,
        "tuples of more than three as types",
        &code.tuples.len().to_string(),
    );
    table
}

fn place(function: &Function) -> String {
    format!("{:>4}  {}  {}", function.lines, function.at, function.name)
}

#[test]
#[ignore = "it prints a table for people: .ci/count"]
fn the_shape_of_the_code() {
    let code = &WHOLE;
    println!("{}", table(code));
    let mut longest: Vec<&Function> = code.functions.iter().collect();
    longest.sort_by_key(|one| std::cmp::Reverse(one.lines));
    println!("the longest functions");
    for one in longest.iter().take(20) {
        println!("{}", place(one));
    }
    if std::env::var_os("COUNT_ALL").is_some() {
        println!("doc lines that repeat a name");
        for Doc { at, name, words } in code.repeating() {
            println!("{at}  {name}: {words}");
        }
        println!("tuples of more than three");
        for at in &code.tuples {
            println!("{at}");
        }
    }
}

#[test]
fn no_function_is_longer_than_a_person_reads_at_once() {
    let is_known = |one: &&Function| {
        LONG.iter()
            .any(|row| one.at.starts_with(row.0) && one.name == row.1)
    };
    let long = WHOLE.functions.iter().filter(|one| one.lines > LONGEST);
    let long = long.filter(|one| !is_known(one));
    let long: Vec<String> = long.map(place).collect();
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn the_rule_counts_a_file_whose_figures_are_known() {
    let text = "//! A file.\n\n/// The desk.\npub struct Desk {\n    /// Which desk it is.\n    pub desk: u8,\n    \
                /// In mg/L.\n    pub limit: (u8, u8, u8, u8),\n}\n\nfn one() -> u8 { 1 }\n\n\
                // Why.\nfn two(a: u8, b: u8) -> u8 {\n    // Because.\n    let sum = a + b;\n\n    sum\n}\n\n\
                #[cfg(test)]\nmod tests {\n    #[test]\n    fn it_is() {\n        assert!(true);\n    }\n}\n";
    let mut code = Code::default();
    code.take("src/domain/desk.rs", text);
    let product = &code.product;
    let lines = (product.all, product.code, product.docs, product.whys);
    assert_eq!(lines, (15, 9, 4, 2));
    assert_eq!(code.domain_test.code, 7);
    let lengths: Vec<(usize, usize)> = code
        .functions
        .iter()
        .map(|one| (one.lines, one.parameters))
        .collect();
    assert_eq!(lengths, [(1, 0), (2, 2)]);
    assert_eq!(code.tuples, ["src/domain/desk.rs:8"]);
    let repeating: Vec<&str> = code.repeating().map(|doc| doc.words.as_str()).collect();
    assert_eq!(repeating, ["The desk.", "Which desk it is."]);
}
