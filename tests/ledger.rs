//! One story of the ledger, told to every backend; and what only a file can suffer.

#[path = "ledger/anchored.rs"]
mod anchored;
#[expect(dead_code, reason = "each test binary uses a part of it")]
#[path = "simulation/disk.rs"]
mod disk;
#[path = "ledger/drafts.rs"]
mod drafts;
#[path = "ledger/facts.rs"]
mod facts;
#[path = "ledger/file.rs"]
mod file;
#[path = "ledger/kept.rs"]
mod kept;
#[expect(dead_code, reason = "each test binary uses a part of it")]
#[path = "simulation/planted.rs"]
mod planted;
#[expect(dead_code, reason = "each test binary uses a part of it")]
#[path = "simulation/receipts.rs"]
mod receipts;
#[path = "ledger/received.rs"]
mod received;
#[path = "ledger/replay.rs"]
mod replay;
#[path = "simulation/store.rs"]
mod store;
#[path = "ledger/story.rs"]
mod story;
#[path = "ledger/vouched.rs"]
mod vouched;
#[path = "ledger/waiting.rs"]
mod waiting;
