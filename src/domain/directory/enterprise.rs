//! Enterprises with their code grade (赋码), the lists they stand on and what they must cut in an episode.

use crate::domain::directory::register::Keyed;
use crate::domain::id::{ChannelId, CommunityId, EnterpriseId, TownshipId};
use crate::domain::place::Place;
use crate::domain::playbook::Words;
use crate::domain::quantity::Value;
use crate::domain::text::Clean;

/// A coded enterprise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Enterprise {
    /// Its credit code or the code it was given.
    pub id: EnterpriseId,
    /// Its name.
    pub name: Clean,
    /// The township it stands in.
    pub township: Option<TownshipId>,
    /// The community or village it stands in.
    pub community: Option<CommunityId>,
    /// Where.
    pub place: Option<Place>,
    /// What it makes (行业).
    pub sector: Clean,
    /// The key of its code grade; empty where it has none yet.
    pub code: Clean,
    /// On the positive list (正面清单): looked at from afar before anyone is sent on site.
    pub positive_list: bool,
    /// What else it is: `ldar`, `radiation`, `soil`, `key`, `guaranteed`, `park` …
    pub tags: Vec<Clean>,
    /// Rated power of all its production lines, in kW.
    pub rated_kw: Option<Value>,
    /// The level of an episode and the percentage of the rated power that may still be drawn then.
    pub curtail: Vec<(Clean, u32)>,
    /// The person to call.
    pub contact: Clean,
    /// Their number.
    pub phone: Clean,
    /// The ways a notice goes out by, each when the one before it failed; none is the telephone.
    pub channels: Vec<ChannelId>,
}

impl Enterprise {
    /// Whether it carries a tag.
    pub fn is_tagged(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own.as_str() == tag)
    }

    /// The power in kW that it may still draw at a level of an episode; `None` where it need not cut.
    pub fn curtailed_kw(&self, level: &str) -> Option<Value> {
        let (_, percent) = self.curtail.iter().find(|row| row.0.as_str() == level)?;
        self.rated_kw?.scale(i64::from(*percent), 100)
    }
}

impl Keyed for Enterprise {
    type Key = EnterpriseId;

    fn key(&self) -> &EnterpriseId {
        &self.id
    }
}

/// A grade of the enterprise code (赋码等级). Which grades there are and what they mean is configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeGrade {
    /// The key that an enterprise's row carries, such as `green`.
    pub key: Clean,
    /// What people call it.
    pub name: Words,
    /// What follows from it for supervision.
    pub meaning: Words,
}

impl Keyed for CodeGrade {
    type Key = Clean;

    fn key(&self) -> &Clean {
        &self.key
    }
}
