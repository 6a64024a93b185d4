//! Orders at the seat: what fails rings and stays to be seen, what is under way is named before a second one leaves.

#[expect(dead_code, reason = "each test binary uses a part of it")]
mod common;

#[path = "orders/ringing.rs"]
mod ringing;

#[path = "orders/under_way.rs"]
mod under_way;

#[path = "orders/blocked.rs"]
mod blocked;

#[path = "orders/again.rs"]
mod again;

#[path = "orders/written.rs"]
mod written;

#[path = "orders/photo.rs"]
mod photo;

#[path = "orders/drill.rs"]
mod drill;
