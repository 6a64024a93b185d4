//! The words of a letter: what an order says to the unit that receives it, and to the person who reads it out.

use crate::domain::case::drill;
use crate::domain::fact::task::Order;
use crate::domain::task::Task;
use crate::domain::time::{Moment, Zone};
use crate::lang::{Lang, fill};

crate::texts! {
    /// The words around an order's own text.
    LetterText {
        /// At the head of whatever leaves the room about a drill.
        Drill: "【演练】", "DRILL: ";
        /// The heading, with the unit.
        Heading: "派单 · {unit}", "Order for {unit}";
        /// The case.
        Case: "事件：{case}", "Case: {case}";
        /// The order's own number, which the unit quotes when it answers.
        Number: "单号：{task}", "Order number: {task}";
        /// The person to act and how to reach them.
        Contact: "联系人：{contact} {phone}", "Contact: {contact} {phone}";
        /// When it was ordered.
        Ordered: "派单时间：{at}", "Dispatched at {at}";
        /// By when an answer is due.
        Deadline: "请于 {at} 前反馈", "Please answer by {at}";
    }
}

/// Words with the mark of a drill at their head, where they are about one and do not say so there themselves.
pub fn marked(words: &str, is_drill: bool, lang: Lang) -> String {
    if is_drill && !drill::is_marked(words) {
        format!("{}{words}", LetterText::Drill.text(lang))
    } else {
        words.to_owned()
    }
}

/// The heading of an order.
pub fn heading(task: &Task, lang: Lang) -> String {
    let words = fill(LetterText::Heading.text(lang), &[("unit", &task.order.unit_name)]);
    marked(&words, task.order.drill, lang)
}

/// What an order says, as it leaves the room or is read out.
pub fn body(order: &Order, lang: Lang) -> String {
    marked(order.text.as_str(), order.drill, lang)
}

/// The lines below an order's own text: nothing that it says itself, none for what the order does not have. The number is
/// the whole one, which no other order in the world has: an answer quotes it.
pub fn lines(task: &Task, lang: Lang, zone: Zone) -> Vec<String> {
    let order = &task.order;
    let clock = |at: Moment| at.local(zone).format("%m-%d %H:%M").to_string();
    let mut lines = Vec::new();
    let told = |at: Moment| {
        order
            .text
            .as_str()
            .contains(&at.local(zone).format("%H:%M").to_string())
    };
    if let Some(deadline) = order.deadline.filter(|at| !told(*at)) {
        lines.push(fill(LetterText::Deadline.text(lang), &[("at", &clock(deadline))]));
    }
    if !(order.contact.is_empty() && order.phone.is_empty()) {
        let names: [(&str, &dyn std::fmt::Display); 2] =
            [("contact", &order.contact), ("phone", &order.phone)];
        lines.push(fill(LetterText::Contact.text(lang), &names).trim_end().to_owned());
    }
    lines.push(fill(
        LetterText::Ordered.text(lang),
        &[("at", &clock(task.ordered))],
    ));
    if !task.number().contains(order.case.as_str()) {
        lines.push(fill(LetterText::Case.text(lang), &[("case", &order.case)]));
    }
    lines.push(fill(LetterText::Number.text(lang), &[("task", &task.number())]));
    lines
}
