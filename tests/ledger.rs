//! One story of the ledger, told to every backend; and what only a file can suffer.

#[path = "ledger/drafts.rs"]
mod drafts;
#[path = "ledger/facts.rs"]
mod facts;
#[path = "ledger/file.rs"]
mod file;
#[path = "ledger/kept.rs"]
mod kept;
#[path = "ledger/replay.rs"]
mod replay;
#[path = "ledger/story.rs"]
mod story;
#[path = "ledger/vouched.rs"]
mod vouched;
#[path = "ledger/waiting.rs"]
mod waiting;
