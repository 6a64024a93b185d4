//! The six levels of an air index and their colours as the standards print them. Words are in `lang`; what a screen
//! paints is the theme's matter.

/// A level (级别): 一级优, 二级良, 三级轻度污染, 四级中度污染, 五级重度污染, 六级严重污染 (HJ 633-2026, table 1).
///
/// The six categories of the US index and the six bands of the European one use the same six, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 优, index up to 50.
    One,
    /// 良, index 51 to 100.
    Two,
    /// 轻度污染, index 101 to 150.
    Three,
    /// 中度污染, index 151 to 200.
    Four,
    /// 重度污染, index 201 to 300.
    Five,
    /// 严重污染, index above 300.
    Six,
}

/// A colour as a standard prints it: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// HJ 633-2026, appendix A, table A.1 (p. 7); the same in HJ 633-2012, table 3.
pub(super) const HJ633_COLOURS: [Rgb; 6] = [
    Rgb(0, 228, 0),
    Rgb(255, 255, 0),
    Rgb(255, 126, 0),
    Rgb(255, 0, 0),
    Rgb(153, 0, 76),
    Rgb(126, 0, 35),
];

/// 40 CFR 58, appendix G; purple and maroon differ from China's.
pub(super) const EPA_COLOURS: [Rgb; 6] = [
    Rgb(0, 228, 0),
    Rgb(255, 255, 0),
    Rgb(255, 126, 0),
    Rgb(255, 0, 0),
    Rgb(143, 63, 151),
    Rgb(126, 0, 35),
];

/// The palette of the European index's own map.
pub(super) const EAQI_COLOURS: [Rgb; 6] = [
    Rgb(80, 240, 230),
    Rgb(80, 204, 170),
    Rgb(240, 230, 65),
    Rgb(255, 80, 80),
    Rgb(150, 0, 50),
    Rgb(125, 33, 129),
];

impl Level {
    /// All six, best first.
    pub const ALL: [Self; 6] = [
        Self::One,
        Self::Two,
        Self::Three,
        Self::Four,
        Self::Five,
        Self::Six,
    ];

    /// The level of an index (HJ 633-2026, table 1; US categories have the same borders).
    pub const fn of(index: u16) -> Self {
        match index {
            0..=50 => Self::One,
            51..=100 => Self::Two,
            101..=150 => Self::Three,
            151..=200 => Self::Four,
            201..=300 => Self::Five,
            _ => Self::Six,
        }
    }

    /// The level of a band of the European index, 1 to 6.
    pub fn of_band(band: u16) -> Self {
        let number = u8::try_from(band).ok();
        number.and_then(Self::by_number).unwrap_or(Self::Six)
    }

    /// Its number, 1 to 6.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// By its number; `None` outside 1 to 6.
    pub fn by_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.number() == number)
    }

    /// The highest index of the level.
    pub const fn top(self) -> u16 {
        match self {
            Self::One => 50,
            Self::Two => 100,
            Self::Three => 150,
            Self::Four => 200,
            Self::Five => 300,
            Self::Six => 500,
        }
    }

    /// This level's cell of a table of six.
    pub fn pick<T: Copy>(self, six: &[T; 6]) -> T {
        let [one, two, three, four, five, six] = *six;
        match self {
            Self::One => one,
            Self::Two => two,
            Self::Three => three,
            Self::Four => four,
            Self::Five => five,
            Self::Six => six,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_borders_belong_to_the_better_level() {
        for level in Level::ALL {
            assert_eq!(Level::of(level.top()), level);
            assert_eq!(Level::by_number(level.number()), Some(level));
            if level != Level::Six {
                assert_eq!(Level::of(level.top() + 1).number(), level.number() + 1);
            }
        }
        assert_eq!(Level::by_number(0), None);
        assert_eq!(Level::by_number(7), None);
    }
}
