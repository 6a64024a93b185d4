//! Work that is done beside the loop, so that nothing waits for it.

/// How it is done: by a thread of its own, or, where every step must be the same each time, at once.
pub type Aside = fn(Box<dyn FnOnce() + Send>);

/// By a thread of its own.
pub fn thread(work: Box<dyn FnOnce() + Send>) {
    std::thread::spawn(work);
}
