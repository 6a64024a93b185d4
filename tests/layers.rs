//! The house's own rules, kept true: who may name whom, words with one home, names with one type, blind families,
//! the form of a file.
//!
//! The source is read by a parser ([`house`]); the rules are data ([`table`]) and one function each ([`rules`]); each is
//! proved by a planted fault that it must find ([`planted`]). The list of modules is read from `src/`, so that a new one
//! cannot be forgotten.

#![expect(clippy::indexing_slicing, reason = "a test says why by failing")]

#[path = "layers/house.rs"]
mod house;
#[path = "layers/planted.rs"]
mod planted;
#[path = "layers/rules.rs"]
mod rules;
#[path = "layers/table.rs"]
mod table;
#[path = "layers/types.rs"]
mod types;

fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn every_module_names_only_what_its_row_allows() {
    assert_none(
        "names against the one-way order",
        &rules::order(&house::modules()),
    );
}

#[test]
fn the_table_has_no_row_without_a_module_and_no_circle() {
    assert_none("rows of the table", &rules::table(&house::modules()));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    assert_none("import circles", &rules::file_circles(&house::modules()));
}

#[test]
fn no_folder_has_a_knot() {
    let knots = rules::folder_knots(&house::modules());
    assert!(
        knots.is_empty(),
        "members that name each other in a circle: {knots:?}"
    );
}

#[test]
fn members_of_a_family_are_blind_to_each_other() {
    assert_none(
        "members that know each other",
        &rules::families(&house::modules()),
    );
}

#[test]
fn words_stand_in_their_one_home() {
    assert_none("words away from home", &rules::homes(&house::modules()));
}

#[test]
fn nothing_stands_that_stops_the_process_or_is_shared_by_it() {
    assert_none("what stands nowhere", &rules::nowhere(&house::modules()));
}

#[test]
fn every_file_has_the_house_form() {
    assert_none("files out of form", &rules::form(&house::modules()));
}
