//! What a case counts as in figures: true, false or merged matters, problems settled or dropped, petitions that count.
//!
//! One judgement a question, for screens, reports and the command line alike.

use crate::domain::case::Case;
use crate::domain::playbook::meaning::{StageMeaning, inspection, petition, problem};
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// The verdict of a matter that was what it was taken for.
const TRUE: &str = "true";
/// The verdict of a case that was found to be another one.
pub const DUPLICATE: &str = "duplicate";
/// The verdict of a matter that was nothing.
pub const FALSE: &str = "false";

/// What the stages mean in which a problem has been accepted (销号) and has not rebounded: the looks back change nothing of that.
const SETTLED: &[&str] = &["closed", "look_back", "held", "look_back_again", "ended"];
/// What the name of a draw of the Green Sword campaign begins with (绿剑): enterprises, not stations.
const CAMPAIGN: &str = "绿剑";

impl Case {
    /// Whether it is in a stage of that meaning.
    pub fn is_in(&self, stage: StageMeaning) -> bool {
        stage.is(&self.state.means)
    }

    /// Whether it is in hand: not closed.
    pub fn is_open(&self) -> bool {
        self.state.closed.is_none()
    }

    /// Whether it was open at some moment of that time, its end not covered any more.
    pub fn was_open(&self, from: Moment, until: Moment) -> bool {
        self.matter.detected < until && self.state.closed.is_none_or(|at| at >= from)
    }

    /// Whether that is its verdict.
    fn is_judged(&self, verdict: &str) -> bool {
        self.state.verdict.as_ref().map(Clean::as_str) == Some(verdict)
    }

    /// Whether it was found to be what it was taken for (属实).
    pub fn is_true(&self) -> bool {
        self.is_judged(TRUE)
    }

    /// Whether it was found to be nothing (误报).
    pub fn is_false(&self) -> bool {
        self.is_judged(FALSE)
    }

    /// Whether it was found to be another case (合并).
    pub fn is_merged(&self) -> bool {
        self.is_judged(DUPLICATE)
    }

    /// Whether it counts as a matter of its own: neither nothing nor another one.
    pub fn is_real(&self) -> bool {
        !self.is_false() && !self.is_merged()
    }

    /// Whether a problem has been accepted and has not rebounded.
    pub fn is_settled(&self) -> bool {
        SETTLED.contains(&self.state.means.as_str())
    }

    /// Whether a problem was none: it counts nowhere.
    pub fn is_dropped(&self) -> bool {
        self.is_in(problem::DROPPED)
    }

    /// Whether a problem is still to be rectified.
    pub fn is_unsettled(&self) -> bool {
        !self.is_settled() && !self.is_dropped()
    }

    /// Whether an inspection is of an enterprise in the Green Sword campaign, not of a station.
    pub fn is_of_campaign(&self) -> bool {
        self.field(inspection::DRAW).starts_with(CAMPAIGN)
    }

    /// Whether a petition is not taken up.
    pub fn is_refused(&self) -> bool {
        self.is_in(petition::REFUSED)
    }

    /// Whether a petition counts: neither refused nor merged.
    pub fn is_counted(&self) -> bool {
        !self.is_refused() && !self.is_merged()
    }

    /// Whether this authority answers a petition itself.
    pub fn is_ours(&self) -> bool {
        self.is_counted() && !self.is_in(petition::TRANSFERRED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::playbook::meaning::Vocabulary;

    #[test]
    fn what_counts_as_settled_is_a_word_of_its_loop() {
        let asked = Vocabulary::of(problem::LOOP).expect("something is asked of it");
        let words = asked.words();
        assert!(SETTLED.iter().all(|word| words.contains(word)), "{words:?}");
    }
}
