//! Saved scopes: which enterprises and points belong to one, by the filter language. A point has its owner's fields too.

use crate::domain::directory::{Directory, Enterprise, Point};
use crate::domain::query::{FieldValue, Filterable, Query, haystack};
use crate::domain::text::Clean;
use std::borrow::Cow;

/// One thing as a scope's filter sees it.
struct Seen<'a> {
    directory: &'a Directory,
    point: Option<&'a Point>,
    firm: Option<&'a Enterprise>,
}

/// Whether an enterprise belongs to a scope.
pub(super) fn has_firm(query: &Query, directory: &Directory, firm: &Enterprise) -> bool {
    let firm = Some(firm);
    query.holds(&Seen {
        directory,
        point: None,
        firm,
    })
}

/// Whether a point belongs to a scope.
pub(super) fn has_point(query: &Query, directory: &Directory, point: &Point) -> bool {
    let firm = point.owner.as_ref().and_then(|owner| directory.enterprise(owner));
    let point = Some(point);
    query.holds(&Seen {
        directory,
        point,
        firm,
    })
}

impl Seen<'_> {
    fn town(&self) -> &str {
        let own = self.point.and_then(|p| p.township.as_ref());
        let town = own.or_else(|| self.firm.and_then(|firm| firm.township.as_ref()));
        let known = town.and_then(|town| self.directory.township_by_id(town));
        known.map_or("", |town| town.name.as_str())
    }
}

impl Filterable for Seen<'_> {
    fn field(&self, key: &str) -> Option<FieldValue<'_>> {
        let text = |text: &'_ str| Some(FieldValue::Text(Cow::Owned(text.to_owned())));
        match key {
            "town" => text(self.town()),
            "kind" => text(self.point?.kind.key()),
            "sector" => text(self.firm?.sector.as_str()),
            "code" => text(self.firm?.code.as_str()),
            "tag" => {
                let tags: Vec<&str> = self.firm?.tags.iter().map(Clean::as_str).collect();
                Some(FieldValue::Text(Cow::Owned(tags.join(" "))))
            }
            "positive" => Some(FieldValue::Flag(self.firm?.positive_list, Vec::new())),
            "id" => text(
                self.point
                    .map_or_else(|| self.firm.map_or("", |f| f.id.as_str()), |p| p.id.as_str()),
            ),
            _ => None,
        }
    }

    fn haystack(&self) -> Cow<'_, str> {
        let point = self.point.map_or("", |point| point.name.as_str());
        let firm = self.firm.map_or("", |firm| firm.name.as_str());
        Cow::Owned(haystack([point, firm, self.town()]))
    }
}
