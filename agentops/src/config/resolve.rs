//! Turn what was asked for into settings that hold.

use std::path::PathBuf;
use std::time::Duration;

use opentelemetry_sdk::metrics::Temporality;

use crate::config::Config;
use crate::config::content::Content;
use crate::config::destination;
use crate::config::env::Env;
use crate::config::home;
use crate::config::limits;
use crate::config::resource;
use crate::config::sampler;
use crate::config::settings::Settings;
use crate::config::targets::Targets;
use crate::config::terminal::{self, Console};
use crate::config::value;
use crate::config::warnings::Warnings;
use crate::error::{Error, Origin};

/// The specification's time between two collections of metrics.
const METRIC_INTERVAL: Duration = Duration::from_mins(1);

impl Config {
    /// Applies all rules; `terminal` says whether stderr is one.
    ///
    /// # Errors
    /// Fails on the first value given in code that cannot be used.
    pub(crate) fn resolve(self, terminal: bool) -> Result<Settings, Error> {
        let env = &self.env;
        let mut warnings = Warnings::default();
        if let Some(list) = &self.destinations {
            destination::check(list, "destination", Origin::Code)?;
        }
        let destinations = self.destinations.as_deref();
        let targets = Targets::choose(destinations, &self.endpoints, env, &mut warnings)?;
        Ok(Settings {
            enabled: enabled(env, &mut warnings),
            resource: resource::build(self.resource, env, &mut warnings)?,
            metric_interval: metric_interval(self.metric_interval, env, &mut warnings)?,
            temporality: temporality(self.temporality, env, &mut warnings),
            console: Console::choose(self.console, targets.traces_stay_here(), terminal),
            color: terminal::color(env, terminal),
            content: Content::choose(
                self.capture_content,
                env,
                targets.content_stays_here(),
                &mut warnings,
            ),
            tags: self.tags,
            home: home_dir(self.home, env)?,
            sampler: match self.sampler {
                Some(sampler) => Some(sampler),
                None => sampler::from_env(env, &mut warnings),
            },
            limits: limits::from_env(env, &mut warnings),
            traces: targets.traces,
            metrics: targets.metrics,
            logs: targets.logs,
            durability: self.durability,
            warnings: warnings.into_vec(),
        })
    }
}

/// Only `true` disables; the specification forbids other spellings such as `1`.
fn enabled(env: &Env, warnings: &mut Warnings) -> bool {
    let choices = [("true", false), ("false", true)];
    env.standard("OTEL_SDK_DISABLED", warnings, |text| {
        value::one_of(text, &choices)
    })
    .unwrap_or(true)
}

fn metric_interval(
    code: Option<Duration>,
    env: &Env,
    warnings: &mut Warnings,
) -> Result<Duration, Error> {
    let Some(given) = code else {
        let read = env.standard("OTEL_METRIC_EXPORT_INTERVAL", warnings, value::interval);
        return Ok(read.unwrap_or(METRIC_INTERVAL));
    };
    value::checked_interval(given).map_err(|problem| Error::InvalidSetting {
        setting: "metric_interval",
        origin: Origin::Code,
        problem,
    })
}

/// The standard variable wins over the spelling that is found in older guides.
fn temporality(code: Option<Temporality>, env: &Env, warnings: &mut Warnings) -> Temporality {
    const STANDARD: &str = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE";
    const OLDER: &str = "OTEL_EXPORTER_METRICS_TEMPORALITY_PREFERENCE";
    let choices = [
        ("cumulative", Temporality::Cumulative),
        ("delta", Temporality::Delta),
        ("lowmemory", Temporality::LowMemory),
    ];
    let parse = |text: &str| value::one_of(text, &choices);
    if let Some(given) = code.or_else(|| env.standard(STANDARD, warnings, parse)) {
        return given;
    }
    let older = env.standard(OLDER, warnings, parse);
    if older.is_some() {
        warnings.push(format!("`{OLDER}`: the standard spelling is `{STANDARD}`"));
    }
    older.unwrap_or_default()
}

fn home_dir(code: Option<PathBuf>, env: &Env) -> Result<Option<PathBuf>, Error> {
    let Some(path) = code else {
        return Ok(home::fallback(env));
    };
    home::check(&path, "home", Origin::Code)?;
    Ok(Some(path))
}
