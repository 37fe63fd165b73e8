//! How soon what was recorded is on the disk.

/// How soon a finished span, metric or log record is on the disk.
///
/// ```
/// use agentops::config::{Config, Durability};
///
/// let config = Config::new().durability(Durability::Sync);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Durability {
    /// Synced in the background at least once a second: survives the process, even `kill -9`.
    #[default]
    Background,
    /// Written every 10 ms and synced each time: survives a power cut, at the cost of the disk.
    Sync,
}
