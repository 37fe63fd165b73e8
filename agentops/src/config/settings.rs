//! The configuration once every rule was applied; the providers are built from it.

use std::path::PathBuf;
use std::time::Duration;

use agentops_spool::limits::Limits;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::Temporality;

use crate::config::content::Content;
use crate::config::durability::Durability;
use crate::config::targets::Target;
use crate::config::terminal::Console;
use crate::sampling::Sampling;

/// Checked settings; nothing in here can be invalid.
#[derive(Debug)]
pub(crate) struct Settings {
    /// False if `OTEL_SDK_DISABLED` is true: nothing is recorded.
    pub(crate) enabled: bool,
    /// The process that the telemetry comes from.
    pub(crate) resource: Resource,
    /// The directory of the spool; `None` if the user has no home.
    pub(crate) home: Option<PathBuf>,
    /// Where spans go.
    pub(crate) traces: Vec<Target>,
    /// Where metrics go.
    pub(crate) metrics: Vec<Target>,
    /// Where log records go.
    pub(crate) logs: Vec<Target>,
    /// The time between two collections of metrics.
    pub(crate) metric_interval: Duration,
    /// Whether metrics count from the start or from the last collection.
    pub(crate) temporality: Temporality,
    /// Asked for every span; `None` keeps all but what hangs below a span that is not kept.
    pub(crate) sampler: Option<Sampling>,
    /// What a span may hold at most.
    pub(crate) limits: Limits,
    /// What is printed of each session.
    pub(crate) console: Console,
    /// Whether what is printed has colours.
    pub(crate) color: bool,
    /// Whether arguments and results are recorded.
    pub(crate) content: Content,
    /// Words to find every session by.
    pub(crate) tags: Vec<String>,
    /// How soon what was recorded is on the disk.
    pub(crate) durability: Durability,
    /// What the environment asked for and did not get.
    pub(crate) warnings: Vec<String>,
}
