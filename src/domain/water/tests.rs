use super::*;
use crate::domain::quantity::Quantity;
use proptest::prelude::*;

fn section(body: Body, cells: [&str; 5]) -> Assessment {
    let items = [
        Item::Ph,
        Item::DissolvedOxygen,
        Item::Permanganate,
        Item::Ammonia,
        Item::TotalPhosphorus,
    ];
    let sample: Vec<_> = items
        .into_iter()
        .zip(cells)
        .map(|(item, text)| (item, Value::parse(text).expect("a number")))
        .collect();
    assess(body, &sample)
}

fn key(item: Item) -> &'static str {
    TABLE
        .iter()
        .find(|row| row.item == item)
        .map_or("", |row| row.key)
}

fn deciding(of: &Assessment) -> String {
    of.deciding().map(|f| key(f.item)).collect::<Vec<_>>().join("+")
}

#[test]
fn the_worked_sections_come_out_with_the_item_that_decides() {
    use Body::{Lake, River};
    for (body, cells, class, items) in [
        (
            River,
            ["7.5", "6.0", "4.5", "0.8", "0.15"],
            "III",
            "codmn+nh3n+tp",
        ),
        (River, ["7.2", "8.1", "1.8", "0.12", "0.02"], "I", ""),
        (
            River,
            ["6.0", "5.0", "6.0", "1.0", "0.2"],
            "III",
            "do+codmn+nh3n+tp",
        ),
        (River, ["8.1", "5.6", "5.2", "0.63", "0.21"], "IV", "tp"),
        (Lake, ["8.1", "7.9", "3.4", "0.2", "0.06"], "IV", "tp"),
        (River, ["8.1", "7.9", "3.4", "0.2", "0.06"], "II", "codmn+nh3n+tp"),
        (River, ["7.1", "2.9", "4.0", "0.9", "0.1"], "V", "do"),
        (River, ["7.4", "3.2", "8.0", "2.6", "0.33"], "V-", "nh3n"),
        (River, ["9.1", "9.0", "2.0", "0.15", "0.02"], "V-", "ph"),
    ] {
        let of = section(body, cells);
        assert_eq!(of.class.map(Class::key), Some(class), "{cells:?}");
        assert_eq!(deciding(&of), items, "{cells:?}");
    }
}

#[test]
fn the_multiple_over_class_three_comes_out_and_orders_the_main_items() {
    let multiples = |of: &Assessment| -> Vec<String> {
        of.main()
            .iter()
            .map(|f| {
                format!(
                    "{} {}",
                    key(f.item),
                    f.exceedance.map_or("-".into(), |x| x.fixed(2))
                )
            })
            .collect()
    };
    assert_eq!(
        multiples(&section(Body::River, ["8.1", "5.6", "5.2", "0.63", "0.21"])),
        ["tp 0.05"]
    );
    assert_eq!(
        multiples(&section(Body::Lake, ["8.1", "7.9", "3.4", "0.2", "0.06"])),
        ["tp 0.20"]
    );
    assert_eq!(
        multiples(&section(Body::River, ["7.4", "3.2", "8.0", "2.6", "0.33"])),
        ["nh3n 1.60", "tp 0.65", "codmn 0.33"]
    );
}

#[test]
fn a_limit_belongs_to_the_better_class_in_every_row() {
    for row in TABLE {
        let body = if row.holds_in(Body::River) {
            Body::River
        } else {
            Body::Lake
        };
        for (class, limit) in Class::ALL.into_iter().zip(row.limits) {
            let at = class_of(body, row.item, limit).expect("a row");
            assert!(at <= class, "{:?} {class:?}", row.item);
            let step = match row.compare {
                Limit::AtMost | Limit::Range => 1,
                Limit::AtLeast => -1,
            };
            let worse = class_of(body, row.item, Value::from_micro(limit.micro() + step));
            assert!(worse > Some(class), "{:?} {class:?}", row.item);
        }
    }
}

#[test]
fn total_nitrogen_classes_no_river_and_no_section() {
    let tn = Value::parse("3.5").expect("a number");
    assert_eq!(class_of(Body::River, Item::TotalNitrogen, tn), None);
    assert_eq!(class_of(Body::Lake, Item::TotalNitrogen, tn), Some(Class::Beyond));
    let of = assess(
        Body::Lake,
        &[(Item::TotalNitrogen, tn), (Item::Ammonia, Value::from_micro(1))],
    );
    assert_eq!(of.class, Some(Class::One));
    let nitrogen = of
        .findings
        .iter()
        .find(|f| f.item == Item::TotalNitrogen)
        .expect("judged");
    assert!(!nitrogen.takes_part && nitrogen.exceedance == Value::parse("2.5"));
}

#[test]
fn what_cannot_be_measured_is_named_and_judges_nothing() {
    let minus = Value::from_micro(-1);
    let of = assess(
        Body::River,
        &[(Item::Ammonia, minus), (Item::Ph, Value::whole(15))],
    );
    assert_eq!(of.class, None);
    assert_eq!(of.invalid, [Item::Ammonia, Item::Ph]);
    let twice = [(Item::Ph, Value::whole(7)), (Item::Ph, Value::whole(10))];
    assert_eq!(assess(Body::River, &twice).invalid, [Item::Ph]);
    assert_eq!(assess(Body::River, &[]).class, None);
}

#[test]
fn rounds_are_averaged_before_they_are_judged() {
    let round = |text: &str| [(Item::TotalPhosphorus, Value::parse(text).expect("a number"))];
    let (low, high, wrong) = (round("0.1"), round("0.3"), round("-1"));
    let day = averaged(&[&low, &high, &wrong]);
    assert_eq!(day, round("0.2"));
    assert_eq!(assess(Body::River, &day).class, Some(Class::Three));
    assert_eq!(averaged(&[]), []);
}

#[test]
fn keys_and_quantities_lead_back_to_their_item() {
    for row in TABLE {
        assert_eq!(Item::by_key(row.key), Some(row.item));
        if let Some(quantity) = row.item.quantity() {
            assert_eq!(Item::of(quantity), Some(row.item));
        }
    }
    assert_eq!(Item::of(Quantity::Temperature), None);
    for class in Class::ALL {
        assert_eq!(Class::by_key(class.key()), Some(class));
    }
}

#[test]
fn the_seed_years_tributaries_are_33_good_ones_of_41() {
    let sections = (0..41).map(|n| {
        let class = if n < 33 { Class::Three } else { Class::Four };
        (Some(class), Some(Class::Four))
    });
    let shares = Shares::of(sections.chain([(None, Some(Class::Three))]));
    assert_eq!(
        (shares.judged, shares.good, shares.bound, shares.reaching),
        (41, 33, 41, 41)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_of_an_item_never_betters_its_class_and_order_changes_nothing(
        micro in proptest::collection::vec(0_i64..20_000_000, 7), more in 0_i64..5_000_000,
    ) {
        let mut sample: Vec<_> = TABLE.iter().map(|row| row.item).zip(micro.iter().map(|&m| Value::from_micro(m))).collect();
        let of = assess(Body::River, &sample);
        sample.reverse();
        prop_assert_eq!(&assess(Body::River, &sample), &of);
        for (item, value) in sample {
            let (low, high) = (class_of(Body::River, item, value), class_of(Body::River, item, Value::from_micro(value.micro() + more)));
            if item == Item::DissolvedOxygen {
                prop_assert!(high <= low);
            } else if item != Item::Ph {
                prop_assert!(high >= low);
            }
        }
    }
}
