use super::*;
use crate::training::script::Script;

fn county() -> County {
    County::built_in(&Script::built_in())
}

#[test]
fn the_county_has_the_numbers_of_the_model_room() {
    let county = county();
    let population = Population::new(Chance::new(1), &county);
    let firms: Vec<_> = (0..FIRMS)
        .filter_map(|nth| population.firm(&county, nth))
        .collect();
    let tagged = |tag: &str| firms.iter().filter(|firm| firm.tags.contains(&tag)).count();
    assert_eq!(firms.len(), 5_803);
    assert_eq!(firms.iter().filter(|firm| firm.positive).count(), 90);
    assert_eq!(["ldar", "radiation", "soil"].map(tagged), [4, 23, 7]);
    let of = |kind: PointKind| population.points.iter().filter(|p| p.kind == kind).count();
    assert_eq!((of(PointKind::Production), of(PointKind::Treatment)), (119, 119));
    assert_eq!((of(PointKind::Emission), of(PointKind::Site)), (87, 67));
    assert_eq!((of(PointKind::Water), of(PointKind::Reservoir)), (51, 10));
    let tributaries = population.points.iter().filter(|p| p.id.starts_with('B')).count();
    assert_eq!(tributaries, 41);
    assert!((55..=65).contains(&population.census.communities.values().flatten().count()));
}

#[test]
fn the_same_seed_gives_the_same_files_and_another_other_ones() {
    let county = county();
    let files = |seed| Population::new(Chance::new(seed), &county).files(&county);
    let (one, two) = (files(1), files(2));
    assert_eq!(one, files(1));
    assert!(one.iter().zip(&two).all(|(a, b)| a.0 == b.0));
    assert_ne!(one, two);
}
