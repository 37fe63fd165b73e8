//! Where telemetry goes, what it holds, and how both are set.
//!
//! The environment is read once, in [`Config::from_env`]; what code sets afterwards wins.
//!
//! | Variable | Meaning |
//! |---|---|
//! | `AGENTOPS_DESTINATION` | comma list of `local`, `otlp`, `none`; see [`Destination`] |
//! | `AGENTOPS_HOME` | directory of the spool, else `~/.agentops` |
//! | `AGENTOPS_CAPTURE_CONTENT` | `1` records arguments and results, `0` does not |
//! | `AGENTOPS_CONSOLE` | `1` prints each session to stderr, `0` nothing |
//! | `OTEL_EXPORTER_OTLP_ENDPOINT` | sends to this collector; `.._TRACES_ENDPOINT` etc. for one signal |
//! | `OTEL_EXPORTER_OTLP_HEADERS`, `.._TIMEOUT` | what is sent along, and for how long at most |
//! | `OTEL_EXPORTER_OTLP_COMPRESSION` | `gzip`, or `none` |
//! | `OTEL_EXPORTER_OTLP_CERTIFICATE`, `.._CLIENT_CERTIFICATE`, `.._CLIENT_KEY` | PEM files: whom to trust instead of the public authorities, and who we are |
//! | `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, also in lower case | the proxy to go through, HTTP (CONNECT) or SOCKS, and where not |
//! | `OTEL_{TRACES,METRICS,LOGS}_EXPORTER` | `otlp`, or `none` to turn a signal off |
//! | `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES` | what the telemetry comes from |
//! | `OTEL_TRACES_SAMPLER`, `OTEL_TRACES_SAMPLER_ARG` | which traces are kept |
//! | `OTEL_ATTRIBUTE_{COUNT,VALUE_LENGTH}_LIMIT`, `OTEL_SPAN_ATTRIBUTE_{COUNT,VALUE_LENGTH}_LIMIT`, `OTEL_SPAN_{EVENT,LINK}_COUNT_LIMIT`, `OTEL_{EVENT,LINK}_ATTRIBUTE_COUNT_LIMIT` | how much of what the program records a span keeps; values in characters; 128 of each, values of any length |
//! | `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` | as `AGENTOPS_CAPTURE_CONTENT`, in the standard's words: `NO_CONTENT`, `SPAN_ONLY`, .. |
//! | `OTEL_METRIC_EXPORT_INTERVAL` | how often metrics are collected, in milliseconds |
//! | `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE` | `cumulative`, `delta`, `lowmemory` |
//! | `OTEL_SDK_DISABLED` | `true` records nothing |
//!
//! An empty variable counts as unset. A bad `OTEL_` value is ignored with a warning, as the
//! OpenTelemetry specification asks; a bad `AGENTOPS_` value is an [`Error`].

pub(crate) mod content;
pub(crate) mod destination;
pub(crate) mod durability;
pub(crate) mod endpoint;
pub(crate) mod env;
mod home;
mod limits;
mod otlp;
mod pairs;
mod proxy;
mod resolve;
pub(crate) mod resource;
mod sampler;
pub(crate) mod secret;
pub(crate) mod settings;
mod signal;
pub(crate) mod targets;
pub(crate) mod terminal;
mod value;
mod warnings;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::Duration;

use opentelemetry::{Key, KeyValue, Value};
use opentelemetry_sdk::metrics::Temporality;
use opentelemetry_sdk::trace::ShouldSample;

use crate::config::endpoint::Endpoints;
use crate::config::env::Env;
use crate::config::secret::Secret;
use crate::error::Error;
use crate::sampling::{Asked, Sampling};

pub use crate::config::destination::Destination;
pub use crate::config::durability::Durability;
pub use crate::error::Origin;

/// What is set before the first span: destinations, names, sampling.
///
/// Methods never fail; a value that cannot be used is reported by `init`.
///
/// ```no_run
/// # fn main() -> Result<(), agentops::Error> {
/// let guard = agentops::Config::from_env()?
///     .service_name("planner")
///     .environment("staging")
///     .endpoint("https://collector.example.com")
///     .init()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a `Config` does nothing before `init` is called"]
pub struct Config {
    env: Env,
    resource: Vec<KeyValue>,
    destinations: Option<Vec<Destination>>,
    endpoints: Endpoints,
    metric_interval: Option<Duration>,
    temporality: Option<Temporality>,
    sampler: Option<Sampling>,
    console: Option<bool>,
    capture_content: Option<bool>,
    tags: Vec<String>,
    durability: Durability,
    home: Option<PathBuf>,
}

impl Config {
    /// Starts from the environment of the process.
    ///
    /// # Errors
    /// Fails if an `AGENTOPS_` variable has a value that cannot be used.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_snapshot(Env::from_process())
    }

    /// Starts from the defaults, whatever `OTEL_` and `AGENTOPS_` variables say.
    ///
    /// The user's home, the name of the machine and the abilities of the terminal are still
    /// those of the process.
    pub fn new() -> Self {
        Self::plain(Env::from_process().without_settings())
    }

    /// Starts from the given environment.
    pub(crate) fn from_snapshot(env: Env) -> Result<Self, Error> {
        let destinations = destination::from_env(&env)?;
        let console = env.own("AGENTOPS_CONSOLE", value::flag)?;
        let capture_content = env.own("AGENTOPS_CAPTURE_CONTENT", value::flag)?;
        let home = home::from_env(&env)?;
        Ok(Self {
            destinations,
            console,
            capture_content,
            home,
            ..Self::plain(env)
        })
    }

    fn plain(env: Env) -> Self {
        Self {
            env,
            resource: Vec::new(),
            destinations: None,
            endpoints: Endpoints::default(),
            metric_interval: None,
            temporality: None,
            sampler: None,
            console: None,
            capture_content: None,
            tags: Vec::new(),
            durability: Durability::default(),
            home: None,
        }
    }

    /// Names the program; the default is `unknown_service:` and the file name.
    pub fn service_name(self, name: impl Into<String>) -> Self {
        self.resource(resource::SERVICE_NAME, name.into())
    }

    /// States the version of the program, for example `env!("CARGO_PKG_VERSION")`.
    pub fn service_version(self, version: impl Into<String>) -> Self {
        self.resource("service.version", version.into())
    }

    /// Names the deployment the program runs in, for example `production`.
    pub fn environment(self, name: impl Into<String>) -> Self {
        self.resource("deployment.environment.name", name.into())
    }

    /// Adds an attribute of the program; of two with one key the last wins.
    ///
    /// ```
    /// let config = agentops::Config::new().resource("service.namespace", "shop");
    /// ```
    pub fn resource(mut self, key: impl Into<Key>, value: impl Into<Value>) -> Self {
        self.resource.push(KeyValue::new(key, value));
        self
    }

    /// Sends everything to one place.
    pub fn destination(self, destination: Destination) -> Self {
        self.destinations([destination])
    }

    /// Sends everything to several places, instead of those set before.
    pub fn destinations(mut self, destinations: impl IntoIterator<Item = Destination>) -> Self {
        self.destinations = Some(destinations.into_iter().collect());
        self
    }

    /// Sends to the collector at `url`, to which `/v1/traces`, `/v1/metrics` and `/v1/logs` are
    /// appended. Without a destination this means [`Destination::Otlp`].
    ///
    /// ```
    /// let config = agentops::Config::new().endpoint("http://localhost:4318");
    /// ```
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoints.base = Some(Secret::new(url));
        self
    }

    /// Sends spans to `url`, which is used unchanged.
    pub fn traces_endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoints.traces = Some(Secret::new(url));
        self
    }

    /// Sends metrics to `url`, which is used unchanged.
    pub fn metrics_endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoints.metrics = Some(Secret::new(url));
        self
    }

    /// Sends log records to `url`, which is used unchanged.
    pub fn logs_endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoints.logs = Some(Secret::new(url));
        self
    }

    /// Sets the time between two collections of metrics; the default is a minute.
    pub fn metric_interval(mut self, interval: Duration) -> Self {
        self.metric_interval = Some(interval);
        self
    }

    /// Sets whether metrics count from the start, the default, or from the last collection.
    pub fn temporality(mut self, temporality: Temporality) -> Self {
        self.temporality = Some(temporality);
        self
    }

    /// Asks `sampler` about each span without a parent; others follow their parent.
    ///
    /// Its attributes and trace state are kept. A decision to record and not to sample counts as
    /// one to drop: what is not sampled is not delivered.
    ///
    /// ```
    /// use opentelemetry_sdk::trace::Sampler;
    ///
    /// let config = agentops::Config::new().sampler(Sampler::TraceIdRatioBased(0.1));
    /// ```
    pub fn sampler(mut self, sampler: impl ShouldSample + 'static) -> Self {
        self.sampler = Some(Sampling::new(sampler, Asked::Roots));
        self
    }

    /// Asks `sampler` about each span, which every span pays for.
    pub fn sampler_for_every_span(mut self, sampler: impl ShouldSample + 'static) -> Self {
        self.sampler = Some(Sampling::new(sampler, Asked::Every));
        self
    }

    /// Prints each session to stderr as a tree, or prints nothing.
    ///
    /// The default is one line for a session, at a terminal, while spans stay on this machine.
    pub fn console(mut self, on: bool) -> Self {
        self.console = Some(on);
        self
    }

    /// Records arguments and results of annotated functions, or does not.
    ///
    /// The default is to record them while spans and log records stay on this machine.
    /// `skip(..)` and `content = false` of the attributes leave some out, and secrets are masked by
    /// their shape in any case.
    pub fn capture_content(mut self, on: bool) -> Self {
        self.capture_content = Some(on);
        self
    }

    /// Adds words to find sessions by, to every session.
    ///
    /// ```
    /// let config = agentops::Config::new().tags(["nightly", "eu"]);
    /// ```
    pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.tags.extend(tags.into_iter().map(Into::into));
        self
    }

    /// Sets how soon what was recorded is on the disk.
    pub fn durability(mut self, durability: Durability) -> Self {
        self.durability = durability;
        self
    }

    /// Sets the directory of the spool; the default is `~/.agentops`.
    pub fn home(mut self, path: impl Into<PathBuf>) -> Self {
        self.home = Some(path.into());
        self
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}
