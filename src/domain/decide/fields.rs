//! What is written down about a matter (登记项), checked against what its playbook declares. Pure; called where a case
//! is opened and where a step is made.

use crate::domain::decide::refusal::Refusal;
use crate::domain::id::FieldId;
use crate::domain::playbook::{CaseField, FieldKind, Fields, Playbook, Reason};
use crate::domain::quantity::Value;
use crate::domain::text::Clean;
use chrono::NaiveDate;

/// Whether `given` may be written down where the fields `asked` are asked, `known` standing there already.
///
/// # Errors
/// A field was not asked, a needed one is empty, or a value is not of its kind.
pub fn check(
    playbook: &Playbook,
    asked: &[FieldId],
    known: &Fields,
    given: &[(FieldId, Clean)],
) -> Result<(), Refusal> {
    let mut after = known.clone();
    for (id, value) in given {
        let field = playbook.field(id).filter(|_| asked.contains(id));
        field.ok_or_else(|| Refusal::Unknown(id.clone().into()))?;
        after.insert(id.clone(), value.clone());
    }
    for field in asked.iter().filter_map(|id| playbook.field(id)) {
        match after.get(&field.id).filter(|value| !value.is_empty()) {
            Some(value) if fits(field, value, &after) => {}
            Some(value) => return Err(Refusal::BadField(field.id.clone(), value.clone())),
            None if field.needed => return Err(Refusal::NeedsField(field.id.clone())),
            None => {}
        }
    }
    Ok(())
}

fn fits(field: &CaseField, value: &Clean, all: &Fields) -> bool {
    match &field.kind {
        FieldKind::Text => true,
        FieldKind::Number => Value::parse(value.as_str()).is_some(),
        FieldKind::Day => value.as_str().parse::<NaiveDate>().is_ok(),
        FieldKind::Choice(choices) => {
            choices.iter().any(|choice| choice.code == *value) && lies_within(field, value, all)
        }
    }
}

/// A task lies in the area that was chosen; where none was chosen it may be any.
fn lies_within(field: &CaseField, value: &Clean, all: &Fields) -> bool {
    let area = field.within.as_ref().and_then(|other| all.get(other));
    area.is_none_or(|area| value.as_str().split('.').next() == Some(area.as_str()))
}

/// What an upstream told of a matter, as far as the loop declares fields of those names and the values fit: a choice by
/// its code or by its words. What does not fit is left out; a person is asked for it.
pub fn told(playbook: &Playbook, rows: &[(Clean, Clean)]) -> Vec<(FieldId, Clean)> {
    let known = rows.iter().filter_map(|(name, value)| {
        let field = playbook.field(&FieldId::from(name.clone()))?;
        let value = match &field.kind {
            FieldKind::Choice(all) => {
                let same = |one: &&Reason| [&one.code, &one.words.zh, &one.words.en].contains(&value);
                all.iter().find(same)?.code.clone()
            }
            FieldKind::Text | FieldKind::Number | FieldKind::Day => value.clone(),
        };
        fits(field, &value, &Fields::default()).then(|| (field.id.clone(), value))
    });
    known.filter(|(_, value)| !value.is_empty()).collect()
}

/// What a matter must be like to repeat another: the loop and the values of the compared fields; `None` where the loop
/// compares none or one of them is empty.
pub fn likeness(playbook: &Playbook, given: &[(FieldId, Clean)]) -> Option<Clean> {
    let repeat = playbook.repeat.as_ref()?;
    let mut parts = vec![playbook.id.as_str()];
    for id in &repeat.same {
        let value = given
            .iter()
            .find(|(field, _)| field == id)
            .map(|row| row.1.as_str());
        parts.push(value.filter(|value| !value.is_empty())?);
    }
    Some(Clean::new(&parts.join("|")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::playbook::Repeat;
    use crate::domain::time::Span;

    fn field(id: &str, kind: FieldKind, needed: bool, within: Option<&str>) -> CaseField {
        CaseField {
            id: FieldId::new(id),
            words: id.into(),
            kind,
            intake: true,
            needed,
            within: within.map(FieldId::new),
        }
    }

    fn choice(codes: &[&str]) -> FieldKind {
        let reason = |code: &&str| Reason {
            code: Clean::new(code),
            words: (*code).into(),
        };
        FieldKind::Choice(codes.iter().map(reason).collect())
    }

    fn playbook() -> Playbook {
        Playbook {
            fields: vec![
                field("area", choice(&["1", "2"]), true, None),
                field("task", choice(&["1.1", "2.1"]), false, Some("area")),
                field("day", FieldKind::Day, false, None),
                field("load", FieldKind::Number, false, None),
            ],
            repeat: Some(Repeat {
                same: vec![FieldId::new("area"), FieldId::new("task")],
                within: Span::days(365),
            }),
            ..Playbook::default()
        }
    }

    fn given(rows: &[(&str, &str)]) -> Vec<(FieldId, Clean)> {
        let row = |(id, value): &(&str, &str)| (FieldId::new(id), Clean::new(value));
        rows.iter().map(row).collect()
    }

    fn checked(rows: &[(&str, &str)]) -> Result<(), Refusal> {
        let asked = ["area", "task", "day", "load"].map(FieldId::new);
        check(&playbook(), &asked, &Fields::default(), &given(rows))
    }

    #[test]
    fn what_fits_is_taken_and_what_is_missing_or_foreign_is_named() {
        assert_eq!(
            checked(&[
                ("area", "1"),
                ("task", "1.1"),
                ("day", "2026-11-23"),
                ("load", "12.5")
            ]),
            Ok(())
        );
        assert_eq!(
            checked(&[("task", "1.1")]),
            Err(Refusal::NeedsField(FieldId::new("area")))
        );
        let bad = |id: &str, value: &str| Err(Refusal::BadField(FieldId::new(id), Clean::new(value)));
        assert_eq!(checked(&[("area", "3")]), bad("area", "3"));
        assert_eq!(checked(&[("area", "1"), ("task", "2.1")]), bad("task", "2.1"));
        assert_eq!(checked(&[("area", "1"), ("day", "soon")]), bad("day", "soon"));
        assert_eq!(checked(&[("area", "1"), ("load", "much")]), bad("load", "much"));
        assert_eq!(
            checked(&[("area", "1"), ("colour", "x")]),
            Err(Refusal::Unknown(Clean::new("colour")))
        );
    }

    #[test]
    fn what_an_upstream_tells_is_taken_by_code_or_words_where_it_fits() {
        let rows = |pairs: &[(&str, &str)]| {
            let rows = pairs
                .iter()
                .map(|(name, value)| (Clean::new(name), Clean::new(value)));
            told(&playbook(), &rows.collect::<Vec<_>>())
        };
        let told = rows(&[("area", "2"), ("task", "9.9"), ("load", "12"), ("eventId", "7")]);
        assert_eq!(told, given(&[("area", "2"), ("load", "12")]));
    }

    #[test]
    fn matters_are_alike_by_the_fields_that_are_compared() {
        let like = |rows| likeness(&playbook(), &given(rows));
        assert_eq!(
            like(&[("area", "1"), ("task", "1.1"), ("load", "3")]),
            Some(Clean::new("|1|1.1"))
        );
        assert_eq!(like(&[("area", "1")]), None);
    }
}
