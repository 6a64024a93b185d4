//! GB 3838-2002, table 1 (p. 2): the limits of its 24 items but water temperature, which has no classes.

use super::Body;
use crate::domain::quantity::{Quantity, Value};

/// An item of table 1, in its order. Values in mg/L but for pH and coliforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// pH value.
    Ph,
    /// Dissolved oxygen (溶解氧).
    DissolvedOxygen,
    /// Permanganate index (高锰酸盐指数).
    Permanganate,
    /// Chemical oxygen demand (化学需氧量).
    Cod,
    /// Biochemical oxygen demand of five days (五日生化需氧量).
    Bod5,
    /// Ammonia nitrogen (氨氮).
    Ammonia,
    /// Total phosphorus (总磷).
    TotalPhosphorus,
    /// Total nitrogen (总氮); classes in lakes and reservoirs only.
    TotalNitrogen,
    /// Copper (铜).
    Copper,
    /// Zinc (锌).
    Zinc,
    /// Fluoride (氟化物).
    Fluoride,
    /// Selenium (硒).
    Selenium,
    /// Arsenic (砷).
    Arsenic,
    /// Mercury (汞).
    Mercury,
    /// Cadmium (镉).
    Cadmium,
    /// Chromium, hexavalent (六价铬).
    Chromium6,
    /// Lead (铅).
    Lead,
    /// Cyanide (氰化物).
    Cyanide,
    /// Volatile phenols (挥发酚).
    Phenol,
    /// Petroleum (石油类).
    Oil,
    /// Anionic surfactants (阴离子表面活性剂).
    Surfactant,
    /// Sulphide (硫化物).
    Sulphide,
    /// Faecal coliforms a litre (粪大肠菌群).
    Coliform,
}

/// How a value is compared with a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The value is at most the limit.
    AtMost,
    /// The value is at least the limit.
    AtLeast,
    /// pH: 6 to 9, the same in every class.
    Range,
}

/// One row: an item's limits for classes Ⅰ to Ⅴ.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) item: Item,
    pub(super) key: &'static str,
    pub(super) compare: Limit,
    /// The body it holds in; `None`: both.
    body: Option<Body>,
    pub(super) limits: [Value; 5],
}

impl Row {
    pub(super) fn holds_in(&self, body: Body) -> bool {
        self.body.is_none_or(|only| only == body)
    }
}

impl Limit {
    /// Whether `value` meets `limit`.
    pub fn meets(self, value: Value, limit: Value) -> bool {
        match self {
            Self::AtMost => value <= limit,
            Self::AtLeast => value >= limit,
            Self::Range => value >= Value::whole(6) && value <= limit,
        }
    }
}

/// An item whose limits are upper ones, given in hundred-thousandths of the unit: every limit of the table is a whole
/// number of those.
const fn at_most(item: Item, key: &'static str, limits: [i64; 5]) -> Row {
    let [one, two, three, four, five] = limits;
    Row {
        item,
        key,
        compare: Limit::AtMost,
        body: None,
        limits: [
            Value::from_micro(one * 10),
            Value::from_micro(two * 10),
            Value::from_micro(three * 10),
            Value::from_micro(four * 10),
            Value::from_micro(five * 10),
        ],
    }
}

const fn only(body: Body, row: Row) -> Row {
    Row {
        body: Some(body),
        ..row
    }
}

/// Table 1. Limits of [`at_most`] rows in 0.00001 mg/L.
pub(super) const TABLE: &[Row] = &[
    Row {
        compare: Limit::Range,
        ..at_most(Item::Ph, "ph", [900_000; 5])
    },
    Row {
        compare: Limit::AtLeast,
        ..at_most(
            Item::DissolvedOxygen,
            "do",
            [750_000, 600_000, 500_000, 300_000, 200_000],
        )
    },
    at_most(
        Item::Permanganate,
        "codmn",
        [200_000, 400_000, 600_000, 1_000_000, 1_500_000],
    ),
    at_most(
        Item::Cod,
        "cod",
        [1_500_000, 1_500_000, 2_000_000, 3_000_000, 4_000_000],
    ),
    at_most(
        Item::Bod5,
        "bod5",
        [300_000, 300_000, 400_000, 600_000, 1_000_000],
    ),
    at_most(Item::Ammonia, "nh3n", [15_000, 50_000, 100_000, 150_000, 200_000]),
    only(
        Body::River,
        at_most(
            Item::TotalPhosphorus,
            "tp",
            [2_000, 10_000, 20_000, 30_000, 40_000],
        ),
    ),
    only(
        Body::Lake,
        at_most(Item::TotalPhosphorus, "tp", [1_000, 2_500, 5_000, 10_000, 20_000]),
    ),
    only(
        Body::Lake,
        at_most(
            Item::TotalNitrogen,
            "tn",
            [20_000, 50_000, 100_000, 150_000, 200_000],
        ),
    ),
    at_most(Item::Copper, "cu", [1_000, 100_000, 100_000, 100_000, 100_000]),
    at_most(Item::Zinc, "zn", [5_000, 100_000, 100_000, 200_000, 200_000]),
    at_most(Item::Fluoride, "f", [100_000, 100_000, 100_000, 150_000, 150_000]),
    at_most(Item::Selenium, "se", [1_000, 1_000, 1_000, 2_000, 2_000]),
    at_most(Item::Arsenic, "as", [5_000, 5_000, 5_000, 10_000, 10_000]),
    at_most(Item::Mercury, "hg", [5, 5, 10, 100, 100]),
    at_most(Item::Cadmium, "cd", [100, 500, 500, 500, 1_000]),
    at_most(Item::Chromium6, "cr6", [1_000, 5_000, 5_000, 5_000, 10_000]),
    at_most(Item::Lead, "pb", [1_000, 1_000, 5_000, 5_000, 10_000]),
    at_most(Item::Cyanide, "cn", [500, 5_000, 20_000, 20_000, 20_000]),
    at_most(Item::Phenol, "phenol", [200, 200, 500, 1_000, 10_000]),
    at_most(Item::Oil, "oil", [5_000, 5_000, 5_000, 50_000, 100_000]),
    at_most(Item::Surfactant, "las", [20_000, 20_000, 20_000, 30_000, 30_000]),
    at_most(Item::Sulphide, "s", [5_000, 10_000, 20_000, 50_000, 100_000]),
    at_most(
        Item::Coliform,
        "coliform",
        [
            20_000_000,
            200_000_000,
            1_000_000_000,
            2_000_000_000,
            4_000_000_000,
        ],
    ),
];

/// GB 3838-2002, table 2 (p. 3): further items of drinking-water sources, by key, and the limit that holds in every class,
/// mg/L.
pub const SOURCE_WATER: &[(&str, Value)] = &[
    ("sulphate", Value::whole(250)),
    ("chloride", Value::whole(250)),
    ("nitrate", Value::whole(10)),
    ("iron", Value::from_micro(300_000)),
    ("manganese", Value::from_micro(100_000)),
];

/// One row an item that stations deliver: its quantity.
const QUANTITIES: [(Item, Quantity); 7] = [
    (Item::Ph, Quantity::Ph),
    (Item::DissolvedOxygen, Quantity::DissolvedOxygen),
    (Item::Permanganate, Quantity::Permanganate),
    (Item::Cod, Quantity::Cod),
    (Item::Ammonia, Quantity::Ammonia),
    (Item::TotalPhosphorus, Quantity::TotalPhosphorus),
    (Item::TotalNitrogen, Quantity::TotalNitrogen),
];

impl Item {
    /// Every key in configuration: `ph`, `do`, `codmn`, `nh3n`, `tp` …
    pub fn keys() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|row| row.key)
    }

    /// By its key; `None` for an unknown one.
    pub fn by_key(key: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.key == key).map(|row| row.item)
    }

    /// The item that a station's quantity is; `None` for what has no class.
    pub fn of(quantity: Quantity) -> Option<Self> {
        QUANTITIES.iter().find(|row| row.1 == quantity).map(|row| row.0)
    }

    /// The quantity under which stations deliver it.
    pub fn quantity(self) -> Option<Quantity> {
        QUANTITIES
            .iter()
            .find(|(item, _)| *item == self)
            .map(|(_, quantity)| *quantity)
    }

    /// Whether it takes part in a section's class: all of table 1 but temperature, total nitrogen and faecal coliforms
    /// (地表水环境质量评价办法, 环办〔2011〕22号).
    pub fn takes_part(self) -> bool {
        !matches!(self, Self::TotalNitrogen | Self::Coliform)
    }

    /// Whether `value` can have been measured: not negative, pH at most 14, oxygen at most 60 mg/L.
    pub fn plausible(self, value: Value) -> bool {
        let most = match self {
            Self::Ph => Value::whole(14),
            Self::DissolvedOxygen => Value::whole(60),
            Self::Coliform => Value::whole(1_000_000_000),
            Self::Permanganate
            | Self::Cod
            | Self::Bod5
            | Self::Ammonia
            | Self::TotalPhosphorus
            | Self::TotalNitrogen
            | Self::Copper
            | Self::Zinc
            | Self::Fluoride
            | Self::Selenium
            | Self::Arsenic
            | Self::Mercury
            | Self::Cadmium
            | Self::Chromium6
            | Self::Lead
            | Self::Cyanide
            | Self::Phenol
            | Self::Oil
            | Self::Surfactant
            | Self::Sulphide => Value::whole(100_000),
        };
        value.micro() >= 0 && value <= most
    }
}
