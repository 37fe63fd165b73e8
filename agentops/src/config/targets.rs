//! Decide where each signal goes.
//!
//! ```text
//! destination in code > AGENTOPS_DESTINATION > endpoints, OTEL_*_EXPORTER=otlp > local
//! ```
//!
//! An endpoint says where OTLP data goes, a destination says whether there is any. So an
//! endpoint in code does not make data leave a machine that is told to keep it; it is warned
//! about. `OTEL_*_EXPORTER=none` silences its signal, unless code gives that signal an endpoint.

use agentops_spool::send::endpoint::shown;

use crate::config::destination::Destination;
use crate::config::endpoint::{Address, Endpoint, Endpoints};
use crate::config::env::Env;
use crate::config::otlp;
use crate::config::signal::Signal;
use crate::config::value;
use crate::config::warnings::Warnings;
use crate::error::{Error, Origin};

/// What is said where spans stay because of an endpoint that cannot be used.
const STAYS: &str = "spans stay on this machine, without arguments and results, until the endpoint \
                     can be used; they are not sent later";

/// One place a signal goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The spool that the `agentops` command reads.
    Local,
    /// A collector.
    Otlp(Endpoint),
}

/// All places each signal goes to; an empty list is nowhere.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Targets {
    /// Spans.
    pub(crate) traces: Vec<Target>,
    /// Sums and histograms.
    pub(crate) metrics: Vec<Target>,
    /// Log records.
    pub(crate) logs: Vec<Target>,
    /// An endpoint of spans is set that cannot be used: what stays here was meant to leave.
    pub(crate) is_meant_elsewhere: bool,
}

impl Targets {
    /// Applies the rules above; `destinations` are those given in code, else in our variable.
    pub(crate) fn choose(
        destinations: Option<&[Destination]>,
        endpoints: &Endpoints,
        env: &Env,
        warnings: &mut Warnings,
    ) -> Result<Self, Error> {
        let read_env = destinations.is_none_or(|list| list.contains(&Destination::Otlp));
        let mut wish = |signal| Wish::read(signal, endpoints, read_env, env, warnings);
        let wishes = [
            wish(Signal::Traces)?,
            wish(Signal::Metrics)?,
            wish(Signal::Logs)?,
        ];
        let otlp_known = wishes.iter().any(|wish| wish.address.is_some());
        let is_meant_elsewhere = wishes[0].is_misled;
        let [traces, metrics, logs] =
            wishes.map(|wish| wish.targets(destinations, otlp_known, env, warnings));
        let targets = Self {
            traces,
            metrics,
            logs,
            is_meant_elsewhere,
        };
        if is_meant_elsewhere && targets.traces_stay_here() {
            warnings.push(STAYS.to_owned());
        }
        match destinations {
            Some(list) => warn_of_unused_endpoint(list, endpoints, warnings),
            None => targets.warn_of_api_key(env, warnings),
        }
        Ok(targets)
    }

    /// Whether spans are kept, and on this machine only.
    pub(crate) fn traces_stay_here(&self) -> bool {
        !self.traces.is_empty() && self.traces.iter().all(|target| *target == Target::Local)
    }

    /// Whether spans are kept, and neither they nor log records leave this machine, nor would
    /// if the endpoint was written right.
    pub(crate) fn content_stays_here(&self) -> bool {
        let logs_stay = self.logs.iter().all(|target| *target == Target::Local);
        self.traces_stay_here() && logs_stay && !self.is_meant_elsewhere
    }

    fn warn_of_api_key(&self, env: &Env, warnings: &mut Warnings) {
        if !env.is_set("AGENTOPS_API_KEY") {
            return;
        }
        let mut places = Vec::new();
        let targets = self.traces.iter().chain(&self.metrics).chain(&self.logs);
        let mut targets: Vec<&Target> = targets.collect();
        // This machine comes first, so that a URL stands at the end of the line.
        targets.sort_by_key(|target| **target != Target::Local);
        for target in targets {
            let place = match target {
                Target::Local => "this machine".into(),
                Target::Otlp(endpoint) => shown(&endpoint.base),
            };
            if !places.contains(&place) {
                places.push(place);
            }
        }
        if places.is_empty() {
            places.push("nowhere".into());
        }
        let places = places.join(" and ");
        warnings.push(format!(
            "`AGENTOPS_API_KEY`: sending to AgentOps is not available in this version; data goes \
             to {places}"
        ));
    }
}

fn warn_of_unused_endpoint(list: &[Destination], endpoints: &Endpoints, warnings: &mut Warnings) {
    if list.contains(&Destination::Otlp) {
        return;
    }
    let methods = [
        ("endpoint", &endpoints.base),
        ("traces_endpoint", &endpoints.traces),
        ("metrics_endpoint", &endpoints.metrics),
        ("logs_endpoint", &endpoints.logs),
    ];
    for (method, _) in methods.iter().filter(|(_, url)| url.is_some()) {
        warnings.push(format!(
            "`{method}` (code) is not used: `otlp` is not among the destinations"
        ));
    }
}

/// What a variable says about the exporter of a signal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exporter {
    Otlp,
    Nothing,
}

/// What is asked for one signal, before the destinations are looked at.
struct Wish {
    signal: Signal,
    /// The address from code or from the environment.
    address: Option<Address>,
    /// Whether the environment has an address that cannot be used, and none that can.
    is_misled: bool,
    /// Whether code gives the signal an endpoint of its own.
    own_endpoint: bool,
    exporter: Option<Exporter>,
}

impl Wish {
    fn read(
        signal: Signal,
        endpoints: &Endpoints,
        read_env: bool,
        env: &Env,
        warnings: &mut Warnings,
    ) -> Result<Self, Error> {
        let mut address = address_in_code(signal, endpoints)?;
        if address.is_none() && read_env {
            address = otlp::address(env, signal, warnings);
        }
        Ok(Self {
            signal,
            is_misled: address.is_none() && read_env && otlp::has_address(env, signal),
            address,
            own_endpoint: endpoints.own(signal).is_some(),
            exporter: env
                .standard(signal.exporter_variable(), warnings, exporter)
                .flatten(),
        })
    }

    fn targets(
        self,
        destinations: Option<&[Destination]>,
        otlp_known: bool,
        env: &Env,
        warnings: &mut Warnings,
    ) -> Vec<Target> {
        if self.exporter == Some(Exporter::Nothing) && !self.own_endpoint {
            return Vec::new();
        }
        // Where only another signal has an endpoint, the collector's default is a bad guess.
        let guessed = destinations.is_some() && !otlp_known;
        let otlp = self.address.is_some() || self.exporter == Some(Exporter::Otlp) || guessed;
        let address = self
            .address
            .unwrap_or_else(|| Address::fallback(self.signal));

        // Without a destination, a signal goes to its collector if it has one, else stays.
        let mut targets = Vec::new();
        for destination in destinations.unwrap_or(&[Destination::Otlp]) {
            let target = match destination {
                Destination::Otlp if otlp => {
                    Target::Otlp(otlp::endpoint(address.clone(), self.signal, env, warnings))
                }
                Destination::Otlp | Destination::Local => Target::Local,
                Destination::Agentops | Destination::None => continue,
            };
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        targets
    }
}

/// The address that code has for a signal. All of them are checked, used or not.
fn address_in_code(signal: Signal, endpoints: &Endpoints) -> Result<Option<Address>, Error> {
    let invalid = |setting| {
        move |problem| Error::InvalidSetting {
            setting,
            origin: Origin::Code,
            problem,
        }
    };
    let base = endpoints.base.as_ref();
    let below = base
        .map(|url| Address::below(url.expose(), signal))
        .transpose()
        .map_err(invalid("endpoint"))?;
    let own = endpoints
        .own(signal)
        .map(|url| Address::exactly(url.expose(), signal))
        .transpose()
        .map_err(invalid(signal.endpoint_method()))?;
    Ok(own.or(below))
}

/// Reads a comma list of exporters; sending somewhere wins over sending nowhere.
fn exporter(list: &str) -> Result<Option<Exporter>, String> {
    let known = [("otlp", Exporter::Otlp), ("none", Exporter::Nothing)];
    let mut chosen = None;
    for name in list.split(',').map(str::trim).filter(|s| !s.is_empty()) {
        let exporter = value::one_of(name, &known)?;
        if chosen != Some(Exporter::Otlp) {
            chosen = Some(exporter);
        }
    }
    Ok(chosen)
}
