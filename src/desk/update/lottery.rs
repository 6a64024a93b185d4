//! The random draw at the desk: stations are drawn by the ledger's newest hash and each gets its case of inspection.

use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::decide::opening::Opening;
use crate::domain::decide::refusal::Refusal;
use crate::domain::directory::PointKind;
use crate::domain::draw;
use crate::domain::fact::Fact;
use crate::domain::fact::room::{Draw, RoomFact};
use crate::domain::id::{FieldId, PlaybookId, PointId};
use crate::domain::ledger::Stream;
use crate::domain::playbook::Need;
use crate::domain::playbook::meaning::inspection;
use crate::domain::text::Clean;

/// The loop of station inspection, and what it writes down of the draw.
const LOOP: &str = "inspection";

impl Desk {
    /// Draws `count` air and water stations, those left out not among them, and opens their inspections.
    pub(super) fn draw(
        &self,
        (count, excluded): (u32, &[(PointId, Clean)]),
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        let unknown = |name: &str| Refusal::Unknown(Clean::new(name));
        let id = PlaybookId::new(LOOP);
        let playbook = self.playbook(&id).ok_or_else(|| unknown(LOOP))?;
        let is_station = |kind| matches!(kind, PointKind::Air | PointKind::Water);
        let stations = self.board.points.values().filter(|point| is_station(point.kind));
        let among: Vec<PointId> = stations.map(|point| point.id.clone()).collect();
        if let Some((id, _)) = excluded.iter().find(|(id, _)| !among.contains(id)) {
            return Err(unknown(id.as_str()));
        }
        if excluded.iter().any(|(_, why)| why.is_empty()) || count == 0 {
            return Err(Refusal::Needs(Need::Reason));
        }
        let newest = self
            .board
            .journal
            .last()
            .map(|entry| entry.hash)
            .unwrap_or_default();
        let draw = Draw::new(draw::seed(&newest), among, excluded.to_vec(), count);
        for point in &draw.drawn {
            let opening = self.inspection(point, &draw.seed, batch);
            self.push_opening(playbook, opening, batch);
        }
        let fact = Fact::Room(RoomFact::Drawn(Box::new(draw)));
        batch.push(&self.board.state, Stream::Room, fact);
        Ok(())
    }

    fn inspection(&self, id: &PointId, seed: &Clean, batch: &Batch) -> Opening {
        let point = self.board.points.get(id);
        let name = point.map_or(id.as_str(), |point| point.name.as_str());
        let day = batch.at().date(self.zone()).to_string();
        let fields = [
            (inspection::DRAW, Clean::new(&day)),
            (inspection::SEED, seed.clone()),
        ];
        Opening {
            place: point.and_then(|point| point.place),
            township: point.and_then(|point| point.township.clone()),
            point: Some(id.clone()),
            fields: fields.map(|(field, value)| (FieldId::new(field), value)).to_vec(),
            ..Opening::by_hand(Clean::new(name), batch.at())
        }
    }
}
