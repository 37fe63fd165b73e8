//! Read the sampler that the environment asks for.

use opentelemetry_sdk::trace::Sampler;

use crate::config::env::Env;
use crate::config::value;
use crate::config::warnings::Warnings;
use crate::sampling::{Asked, Sampling};

/// Which sampler decides, and whether it is asked only where no parent has decided.
#[derive(Clone, Copy)]
enum Kind {
    AlwaysOn,
    AlwaysOff,
    TraceIdRatio,
    ParentBasedAlwaysOn,
    ParentBasedAlwaysOff,
    ParentBasedTraceIdRatio,
}

const KINDS: [(&str, Kind); 6] = [
    ("always_on", Kind::AlwaysOn),
    ("always_off", Kind::AlwaysOff),
    ("traceidratio", Kind::TraceIdRatio),
    ("parentbased_always_on", Kind::ParentBasedAlwaysOn),
    ("parentbased_always_off", Kind::ParentBasedAlwaysOff),
    ("parentbased_traceidratio", Kind::ParentBasedTraceIdRatio),
];

/// The sampler of `OTEL_TRACES_SAMPLER`; `None` keeps everything, without asking.
pub(crate) fn from_env(env: &Env, warnings: &mut Warnings) -> Option<Sampling> {
    let kind = env.standard("OTEL_TRACES_SAMPLER", warnings, |text| {
        value::one_of(text, &KINDS)
    })?;
    let mut by_ratio = || Sampler::TraceIdRatioBased(ratio(env, warnings));
    let (sampler, asked) = match kind {
        // What hangs below a span that is not recorded is recorded all the same.
        Kind::AlwaysOn => (Sampler::AlwaysOn, Asked::Every),
        Kind::AlwaysOff => (Sampler::AlwaysOff, Asked::Every),
        Kind::TraceIdRatio => (by_ratio(), Asked::Every),
        Kind::ParentBasedAlwaysOn => return None,
        Kind::ParentBasedAlwaysOff => (Sampler::AlwaysOff, Asked::Roots),
        Kind::ParentBasedTraceIdRatio => (by_ratio(), Asked::Roots),
    };
    Some(Sampling::new(sampler, asked))
}

fn ratio(env: &Env, warnings: &mut Warnings) -> f64 {
    let parse = |text: &str| match text.parse() {
        Ok(ratio) if (0.0..=1.0).contains(&ratio) => Ok(ratio),
        _ => Err(format!(
            "{} is not a number from 0 to 1",
            value::quoted(text)
        )),
    };
    env.standard("OTEL_TRACES_SAMPLER_ARG", warnings, parse)
        .unwrap_or(1.0)
}
