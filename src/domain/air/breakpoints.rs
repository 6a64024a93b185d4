//! The breakpoint tables of HJ 633 and the exact interpolation between them. Which column judges which mean is
//! `hj633`'s matter.

use crate::domain::quantity::Value;

/// The sub-indices (IAQI) that the breakpoints of a column stand for.
pub const INDICES: [u16; 8] = [0, 50, 100, 150, 200, 300, 400, 500];

/// What a column says above its last breakpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Above {
    /// This index: 500, or the caps of HJ 633-2026, table 3, notes b and c.
    Capped(u16),
    /// No index; a longer or shorter mean decides (HJ 633-2012, table 1, notes 2 and 3).
    Elsewhere,
}

/// One column of the table: breakpoints in whole units (µg/m³, CO mg/m³) for [`INDICES`] from 0 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Decimals a concentration is rounded to first (HJ 633-2026, 4.2.2 and 4.2.3).
    pub decimals: u32,
    /// Rising breakpoints, the first 0; at most eight.
    pub points: &'static [i64],
    /// Above the last.
    pub above: Above,
}

/// A concentration above a column that answers [`Above::Elsewhere`]; holds the column's last index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beyond(pub u16);

impl Column {
    /// The sub-index of a concentration that is not negative and in the column's unit.
    ///
    /// Rounded half to even (GB/T 8170), then linear between breakpoints, then up to the next integer (进位取整: HJ 633-2026, 4.2.6; 2012, 6.2), in integers.
    /// # Errors
    /// [`Beyond`] above the last breakpoint of a column that leaves the answer to another mean.
    pub fn index(&self, concentration: Value) -> Result<u16, Beyond> {
        let c = concentration.round(self.decimals).micro();
        let (mut below, mut low) = (0, 0);
        for (&point, &high) in self.points.iter().zip(&INDICES) {
            let point = point * Value::ONE;
            if c <= point {
                return Ok(low + climb(high - low, c - below, point - below));
            }
            (below, low) = (point, high);
        }
        match self.above {
            Above::Capped(index) => Ok(index),
            Above::Elsewhere => Err(Beyond(low)),
        }
    }
}

/// `steps · part / whole`, rounded up; 0 ≤ part ≤ whole, in millionths far below the range of `i64`.
const fn climb(steps: u16, part: i64, whole: i64) -> u16 {
    if part <= 0 || whole <= 0 {
        return 0;
    }
    ((steps as i64 * part + whole - 1) / whole) as u16
}

/// All columns of one edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// SO₂, 24 hours.
    pub so2_24h: Column,
    /// SO₂, 1 hour.
    pub so2_1h: Column,
    /// NO₂, 24 hours.
    pub no2_24h: Column,
    /// NO₂, 1 hour.
    pub no2_1h: Column,
    /// CO, 24 hours, mg/m³.
    pub co_24h: Column,
    /// CO, 1 hour, mg/m³.
    pub co_1h: Column,
    /// O₃, 8 hours.
    pub o3_8h: Column,
    /// O₃, 1 hour.
    pub o3_1h: Column,
    /// PM10, 24 hours; by the 2026 text also for one hour.
    pub pm10_24h: Column,
    /// PM2.5, 24 hours; by the 2026 text also for one hour.
    pub pm25_24h: Column,
}

const fn to_500(points: &'static [i64]) -> Column {
    Column {
        decimals: 0,
        points,
        above: Above::Capped(500),
    }
}

const fn co_to_500(points: &'static [i64]) -> Column {
    Column {
        decimals: 1,
        ..to_500(points)
    }
}

/// HJ 633-2026, table 3 (p. 3) with notes b and c.
pub const TABLE_2026: Table = Table {
    so2_24h: to_500(&[0, 50, 150, 475, 800, 1600, 2100, 2620]),
    so2_1h: Column {
        above: Above::Capped(200),
        ..to_500(&[0, 150, 500, 650, 800])
    },
    no2_24h: to_500(&[0, 40, 80, 180, 280, 565, 750, 940]),
    no2_1h: to_500(&[0, 100, 200, 700, 1200, 2340, 3090, 3840]),
    co_24h: co_to_500(&[0, 2, 4, 14, 24, 36, 48, 60]),
    co_1h: co_to_500(&[0, 5, 10, 35, 60, 90, 120, 150]),
    o3_8h: Column {
        above: Above::Capped(300),
        ..to_500(&[0, 100, 160, 215, 265, 800])
    },
    o3_1h: to_500(&[0, 160, 200, 300, 400, 800, 1000, 1200]),
    pm10_24h: to_500(&[0, 50, 120, 250, 350, 420, 500, 600]),
    pm25_24h: to_500(&[0, 35, 60, 115, 150, 250, 350, 500]),
};

/// HJ 633-2012, table 1 (p. 2) with notes 2 and 3: the 2026 table but for two cells and two caps.
pub const TABLE_2012: Table = Table {
    so2_1h: Column {
        above: Above::Elsewhere,
        ..TABLE_2026.so2_1h
    },
    o3_8h: Column {
        above: Above::Elsewhere,
        ..TABLE_2026.o3_8h
    },
    pm10_24h: to_500(&[0, 50, 150, 250, 350, 420, 500, 600]),
    pm25_24h: to_500(&[0, 35, 75, 115, 150, 250, 350, 500]),
    ..TABLE_2026
};
