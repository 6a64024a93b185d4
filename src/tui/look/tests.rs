use super::*;
use crate::domain::air::standard::ROOM_NORMS;
use ratatui::style::{Color, Modifier};

#[test]
fn every_theme_says_how_every_meaning_looks() {
    for (name, text) in THEMES {
        let theme = Theme::parse(name, text).unwrap_or_else(|faults| panic!("{faults:?}"));
        assert_eq!(theme.name, *name);
    }
}

#[test]
fn meanings_stand_in_the_order_of_their_rows() {
    for (at, (meaning, _)) in MEANINGS.iter().enumerate() {
        assert_eq!(*meaning as usize, at);
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "every other meaning is running text"
)]
#[test]
fn text_can_be_read_on_its_ground_in_every_coloured_theme() {
    for name in ["dark", "light", "contrast"] {
        let look = Look::new(&Theme::embedded(name), Depth::True, &glyphs::FULL);
        let (ground, boxed) = (look.style(Meaning::Ground), look.style(Meaning::Box));
        for (meaning, key) in MEANINGS {
            let style = look.style(*meaning);
            let least = match meaning {
                Meaning::Rule | Meaning::MapBorder | Meaning::BoxRule => 1.3,
                Meaning::Gone | Meaning::MapTown | Meaning::ChartSecond | Meaning::RuleFocus => 3.0,
                _ => 4.5,
            };
            for under in [ground, boxed] {
                let (Some(fg), Some(bg)) = (style.fg.or(ground.fg), style.bg.or(under.bg)) else {
                    panic!("{name} paints its ground");
                };
                assert!(
                    contrast(fg, bg) >= least,
                    "{name}: {key}: {:.2}",
                    contrast(fg, bg)
                );
            }
        }
    }
}

#[test]
fn the_index_classes_keep_the_colours_of_the_standard_in_every_coloured_theme() {
    let standard = [
        (Meaning::AqiExcellent, (0, 228, 0)),
        (Meaning::AqiGood, (255, 255, 0)),
        (Meaning::AqiLight, (255, 126, 0)),
        (Meaning::AqiModerate, (255, 0, 0)),
        (Meaning::AqiHeavy, (153, 0, 76)),
        (Meaning::AqiSevere, (126, 0, 35)),
    ];
    for name in ["dark", "light", "contrast"] {
        let theme = Theme::embedded(name);
        for (meaning, (r, g, b)) in standard {
            assert_eq!(
                theme.style(meaning, Depth::True).bg,
                Some(Color::Rgb(r, g, b)),
                "{name}"
            );
        }
    }
}

#[test]
fn the_levels_are_painted_as_the_standard_of_the_room_prints_them_in_every_depth() {
    for (name, _) in THEMES {
        let theme = Theme::embedded(name);
        for norm in ROOM_NORMS.map(|row| row.1) {
            for depth in [Depth::True, Depth::C256, Depth::C16, Depth::None] {
                let look = Look::new(&theme, depth, &glyphs::FULL).painted(norm);
                for level in Level::ALL {
                    let style = look.style(Meaning::of_level(Some(level)));
                    let Rgb(r, g, b) = norm.newest().colour(level);
                    match depth {
                        Depth::True if *name != "mono" => {
                            assert_eq!(style.bg, Some(Color::Rgb(r, g, b)), "{name} {level:?}");
                            let ink = style.fg.expect("an ink on the ground");
                            assert!(
                                contrast(ink, Color::Rgb(r, g, b)) >= 4.0,
                                "{name} {norm:?} {level:?}"
                            );
                        }
                        Depth::True | Depth::C256 => {}
                        Depth::C16 => {
                            let own = |c| matches!(c, Color::Reset | Color::Indexed(0..16));
                            assert!(style.bg.is_none_or(own), "{name} {norm:?} {level:?}");
                        }
                        Depth::None => assert_eq!((style.fg, style.bg), (None, None)),
                    }
                }
            }
        }
    }
}

#[test]
fn without_colours_the_cursor_is_still_reversed() {
    for (name, _) in THEMES {
        let look = Look::new(&Theme::embedded(name), Depth::None, &glyphs::FULL);
        assert!(
            look.style(Meaning::Cursor)
                .add_modifier
                .contains(Modifier::REVERSED)
        );
        assert!(
            MEANINGS
                .iter()
                .all(|row| look.style(row.0).fg.is_none() && look.style(row.0).bg.is_none())
        );
    }
}

#[test]
fn sixteen_colours_are_the_terminals_own() {
    for (name, _) in THEMES {
        let look = Look::new(&Theme::embedded(name), Depth::C16, &glyphs::FULL);
        for (meaning, key) in MEANINGS {
            let style = look.style(*meaning);
            for colour in [style.fg, style.bg].into_iter().flatten() {
                assert!(
                    matches!(colour, Color::Reset | Color::Indexed(0..16)),
                    "{name}: {key}: {colour:?}"
                );
            }
        }
    }
}

#[test]
fn a_theme_file_is_refused_with_everything_that_is_wrong() {
    let text = "inherits = \"mine\"\ncursor = { fg = \"#12\", bold = 1 }\nkursor = {}\ntext = { bg16 = \"#+12345\", ink = 1 }";
    let colour = |meaning: &str, key, colour: &str| ThemeFault::Colour {
        meaning: meaning.to_owned(),
        key,
        colour: colour.to_owned(),
    };
    let faults = [
        ThemeFault::Parent("mine".to_owned()),
        ThemeFault::Shape,
        colour("cursor", "fg", "#12"),
        ThemeFault::Shape,
        colour("text", "bg16", "#+12345"),
        ThemeFault::Shape,
    ];
    assert_eq!(Theme::parse("mine", text), Err(faults.to_vec()));
    let alone = Theme::parse("mine", "text = {}");
    assert_eq!(alone, Err(vec![ThemeFault::Incomplete]));
}

#[test]
fn the_environment_tells_the_depth() {
    let of = |pairs: &[(&str, &str)]| {
        let get = |name: &str| pairs.iter().find(|p| p.0 == name).map(|p| p.1.to_owned());
        Depth::of_env(&get)
    };
    assert_eq!(of(&[("TERM", "xterm")]), Depth::C256);
    assert_eq!(
        of(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]),
        Depth::True
    );
    assert_eq!(
        of(&[("TERM", "xterm"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")]),
        Depth::None
    );
    assert_eq!(of(&[("TERM", "linux")]), Depth::C16);
    assert_eq!(of(&[]), Depth::None);
}

#[test]
fn colours_are_reduced_to_the_nearest_there_is() {
    assert_eq!(Depth::C256.reduce(Color::Rgb(255, 0, 0)), Color::Indexed(196));
    assert_eq!(Depth::C256.reduce(Color::Rgb(21, 24, 28)), Color::Indexed(234));
    assert_eq!(Depth::C16.reduce(Color::Rgb(250, 10, 10)), Color::Indexed(9));
    assert_eq!(Depth::C16.reduce(Color::Indexed(196)), Color::Indexed(9));
    assert_eq!(Depth::None.reduce(Color::Rgb(1, 2, 3)), Color::Reset);
    assert_eq!(Depth::True.reduce(Color::Rgb(1, 2, 3)), Color::Rgb(1, 2, 3));
}

/// The contrast of two colours by WCAG 2.
#[expect(clippy::many_single_char_names, reason = "the letters of the formula")]
fn contrast(a: Color, b: Color) -> f64 {
    let light = |c: Color| {
        let Color::Rgb(r, g, b) = c else {
            panic!("a theme's full colours are #rrggbb");
        };
        let part = |x: u8| {
            let x = f64::from(x) / 255.0;
            if x <= 0.039_28 {
                x / 12.92
            } else {
                ((x + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
