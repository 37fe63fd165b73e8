//! Set telemetry up, and hold it until the program ends.

use std::fmt;
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use agentops_spool::fork::{self, PerProcess, Published};
use agentops_spool::segment::format::Signal;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::SdkLoggerProvider;

use crate::config::settings::Settings;
use crate::config::{Config, content, resource};
use crate::error::Error;
use crate::export::pipeline::Pipeline;
use crate::export::recorder;
use crate::export::report::FlushReport;
use crate::export::stderr;
use crate::export::threads::Worker;
use crate::flushing::{self, Flush};
use crate::providers::{Parts, Providers};
use crate::run::{self, Run};
use crate::{sampling, updates};

/// How long `flush` and `shutdown` take at most.
const DEADLINE: Duration = Duration::from_secs(5);

static IS_INITIALIZED: AtomicBool = AtomicBool::new(false);

/// What was set up last, for forked children.
static SETTINGS: Published<Settings> = Published::empty();

/// What a forked child has set up for itself; whatever guard it has is a copy of its parent's.
static OWN: PerProcess<Mutex<Option<Arc<Running>>>> = PerProcess::new(Mutex::default);

/// Sets telemetry up with everything from the environment.
///
/// Keep the guard until the program ends: dropping it delivers what was
/// recorded. `Config` has what can be set in code.
///
/// ```no_run
/// fn main() -> Result<(), Box<dyn std::error::Error>> {
///     let _guard = agentops::init()?;
///     // run the agent
///     Ok(())
/// }
/// ```
///
/// # Errors
/// A setting that cannot be used, with its name; a second `init` while the first guard lives.
pub fn init() -> Result<Guard, Error> {
    if !cfg!(feature = "enable") {
        return Ok(Guard::idle(Vec::new()));
    }
    Config::from_env()?.init()
}

impl Config {
    /// Sets telemetry up.
    ///
    /// # Errors
    /// A setting that cannot be used, with its name; a second `init` while the first guard lives.
    pub fn init(self) -> Result<Guard, Error> {
        if !cfg!(feature = "enable") {
            return Ok(Guard::idle(Vec::new()));
        }
        if IS_INITIALIZED.swap(true, Ordering::SeqCst) {
            return Err(Error::AlreadyInitialized);
        }
        let started = Running::start(self);
        if !matches!(started, Ok((Some(_), _))) {
            // Nothing runs that a second `init` would disturb.
            IS_INITIALIZED.store(false, Ordering::SeqCst);
        }
        let (running, warnings) = started?;
        for warning in &warnings {
            stderr::line(warning);
        }
        let mut guard = Guard::idle(warnings);
        guard.running = running.map(Arc::new);
        flushing::install(guard.running.as_ref().map(Flusher::of));
        Ok(guard)
    }
}

/// Holds telemetry open; dropping it shuts down and waits for at most five seconds.
#[must_use = "dropping the guard shuts telemetry down: bind it to a variable such as `_guard`"]
pub struct Guard {
    /// `None` where telemetry is disabled, and after `shutdown`.
    running: Option<Arc<Running>>,
    /// The process that set it up, whose forked children have copies of this.
    process: u32,
    warnings: Vec<String>,
    last: FlushReport,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard")
            .field("is_running", &self.running.is_some())
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

impl Guard {
    /// A guard that does nothing.
    fn idle(warnings: Vec<String>) -> Self {
        Self {
            running: None,
            process: fork::process(),
            warnings,
            last: FlushReport::default(),
        }
    }

    /// Delivers what was recorded until now and says what became of it; takes at most five seconds.
    pub fn flush(&self) -> FlushReport {
        let running = self.running();
        running.map_or_else(|| self.last.clone(), |running| running.flush(DEADLINE))
    }

    /// Shuts down: delivers what was recorded and says what became of it; takes at most five seconds.
    ///
    /// Afterwards nothing records, and `init` may be called again.
    pub fn shutdown(mut self) -> FlushReport {
        self.stop();
        self.last.clone()
    }

    /// What became of everything recorded until now, without waiting for anything.
    pub fn stats(&self) -> FlushReport {
        let running = self.running();
        running.map_or_else(|| self.last.clone(), |running| running.pipeline.report())
    }

    /// What was wrong with settings that telemetry does without; each was also printed once.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The provider of loggers, for the appenders of `log` and `tracing`; `None` where telemetry is disabled.
    pub fn logger_provider(&self) -> Option<&SdkLoggerProvider> {
        let running = self.running.as_ref();
        let providers = running.and_then(|running| running.providers.as_ref());
        providers.map(Providers::logger)
    }

    fn is_inherited(&self) -> bool {
        self.process != fork::process()
    }

    /// What this process has set up: in a forked child what it began anew, if it recorded anything.
    fn running(&self) -> Option<Arc<Running>> {
        let running = self.running.clone()?;
        match self.is_inherited() {
            true => own().clone(),
            false => Some(running),
        }
    }

    fn stop(&mut self) {
        let Some(mut running) = self.running.take() else {
            return;
        };
        if self.is_inherited() {
            #[expect(clippy::mem_forget, reason = "threads and files are the parent's")]
            std::mem::forget(running);
            // Nothing begins anew from now on.
            fork::turn_off(fork::INITIALIZED | fork::CONTENT | fork::CHILD);
            let Some(begun) = own().take() else {
                IS_INITIALIZED.store(false, Ordering::SeqCst);
                return;
            };
            running = begun;
        }
        self.last = running.stop(DEADLINE);
        IS_INITIALIZED.store(false, Ordering::SeqCst);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.stop();
        }
    }
}

fn own() -> MutexGuard<'static, Option<Arc<Running>>> {
    OWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sets telemetry up in a forked child as in its parent, with a pipeline and threads of its own.
fn begin_in_child() -> bool {
    let Some(settings) = SETTINGS.get() else {
        return false;
    };
    let resource = resource::of_child(&settings.resource);
    let pipeline = Pipeline::start(settings, &resource);
    // Spans do without metrics. The global providers are the parent's, with locks of its threads.
    let providers = Running::providers(settings, resource, &pipeline).ok();
    if let Some(providers) = &providers {
        providers.install_own();
    }
    let running = Arc::new(Running::new(pipeline, providers));
    flushing::install(Some(Flusher::of(&running)));
    *own() = Some(running);
    fork::turn_off(fork::CHILD);
    Run::tell_inherited();
    true
}

/// Delivers for sessions that ask for it, as long as telemetry is set up.
struct Flusher {
    running: Weak<Running>,
}

impl Flusher {
    fn of(running: &Arc<Running>) -> Arc<dyn Flush> {
        let running = Arc::downgrade(running);
        Arc::new(Self { running })
    }
}

impl Flush for Flusher {
    fn flush(&self) {
        if let Some(running) = self.running.upgrade() {
            running.flush(DEADLINE);
        }
    }

    fn flush_elsewhere(&self, done: Box<dyn FnOnce() + Send>) -> bool {
        let Some(running) = self.running.upgrade() else {
            return false;
        };
        let flush = move || {
            running.flush(DEADLINE);
            drop(running);
            done();
        };
        Worker::start("agentops-flush", flush).is_ok()
    }
}

/// Telemetry that is set up.
struct Running {
    pipeline: Pipeline,
    /// `None` in a forked child that could not build any.
    providers: Option<Providers>,
    /// The last collection of metrics and logs, which may still run.
    collection: Mutex<Option<Worker>>,
}

impl Running {
    fn start(config: Config) -> Result<(Option<Self>, Vec<String>), Error> {
        let mut settings = config.resolve(std::io::stderr().is_terminal())?;
        let warnings = std::mem::take(&mut settings.warnings);
        if !settings.enabled {
            return Ok((None, warnings));
        }
        let pipeline = Pipeline::start(&settings, &settings.resource);
        let providers = Self::providers(&settings, settings.resource.clone(), &pipeline);
        let providers = providers.inspect_err(|_| {
            recorder::with(recorder::Recorder::detach);
            pipeline.stop(Instant::now() + DEADLINE, true);
        })?;
        providers.install();
        sampling::install(settings.sampler.clone());
        updates::set_limit(settings.limits);
        run::install_tags(settings.tags.clone());
        let content = settings.content;
        SETTINGS.set(Some(settings));
        fork::begin_in_children(begin_in_child);
        fork::turn_on(match content.is_captured {
            true => fork::INITIALIZED | fork::CONTENT,
            false => fork::INITIALIZED,
        });
        if content.is_told {
            stderr::line(content::NOTICE);
        }
        Ok((Some(Self::new(pipeline, Some(providers))), warnings))
    }

    fn new(pipeline: Pipeline, providers: Option<Providers>) -> Self {
        pipeline.observe_exports();
        Self {
            pipeline,
            providers,
            collection: Mutex::default(),
        }
    }

    fn providers(
        settings: &Settings,
        resource: Resource,
        pipeline: &Pipeline,
    ) -> Result<Providers, Error> {
        let may_collect = pipeline.may_collect();
        let queues = |signal| match may_collect {
            true => pipeline.queues(signal),
            false => Vec::new(),
        };
        Providers::build(Parts {
            resource,
            sampler: settings.sampler.clone(),
            limits: settings.limits,
            temporality: settings.temporality,
            metric_interval: settings.metric_interval,
            metrics: queues(Signal::Metrics),
            logs: queues(Signal::Logs),
            spool: pipeline.all_queues(),
            traces: pipeline.span_queues(),
        })
    }

    fn flush(&self, within: Duration) -> FlushReport {
        let deadline = Instant::now() + within;
        let drained = self.pipeline.drain(deadline);
        // Metrics count the spans that were read just now.
        let collected = self.collect(deadline, Providers::flush);
        self.pipeline.settle(deadline);
        let mut report = self.pipeline.report();
        report.timed_out = !drained || !collected || Instant::now() >= deadline;
        report
    }

    /// Has the providers collect, which runs the program's callbacks; `false` if they still do at the deadline.
    fn collect(&self, deadline: Instant, collect: fn(&Providers)) -> bool {
        let mut last = self
            .collection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(providers) = &self.providers else {
            return true;
        };
        // A callback that never returns is waited for, but not by one thread more each time.
        if last.as_ref().is_some_and(|last| !last.wait(deadline)) {
            return false;
        }
        let on_thread = providers.clone();
        *last = Worker::start("agentops-collect", move || collect(&on_thread)).ok();
        if let Some(worker) = &*last {
            return worker.wait(deadline);
        }
        collect(providers);
        true
    }

    fn stop(&self, within: Duration) -> FlushReport {
        let deadline = Instant::now() + within;
        flushing::install(None);
        fork::turn_off(fork::INITIALIZED | fork::CONTENT);
        let drained = self.pipeline.drain(deadline);
        if drained {
            // What is still open is delivered as incomplete, before metrics are collected.
            recorder::with(recorder::Recorder::detach);
        }
        let collected = self.collect(deadline, Providers::shutdown);
        self.pipeline.settle(deadline);
        let ended = self.pipeline.stop(deadline, drained);
        sampling::install(None);
        run::install_tags(Vec::new());
        let mut report = self.pipeline.report();
        report.timed_out = !drained || !collected || !ended;
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::env::Env;

    #[test]
    fn a_callback_that_never_returns_does_not_hold_up_a_flush() {
        let env = Env::from_pairs([("OTEL_SERVICE_NAME", "test")]);
        let started = Config::from_snapshot(env).and_then(Running::start);
        let running = started.unwrap().0.unwrap();
        let (release, is_released) = std::sync::mpsc::channel::<()>();
        let is_released = Mutex::new(is_released);
        opentelemetry::global::meter("test")
            .u64_observable_gauge("stuck")
            .with_callback(move |_| drop(is_released.lock().map(|released| released.recv())))
            .build();
        for _ in 0..2 {
            assert!(running.flush(Duration::from_millis(20)).timed_out);
        }
        drop(release);
        assert!(!running.stop(DEADLINE).timed_out);
    }

    #[test]
    fn a_guard_that_does_nothing_stands_in_no_other_way() {
        let env = Env::from_pairs([("OTEL_SDK_DISABLED", "true")]);
        let init = |env| Config::from_snapshot(env).and_then(Config::init);
        let first = init(env.clone()).unwrap();
        let second = init(env).unwrap();
        assert_eq!(first.shutdown(), FlushReport::default());
        assert_eq!(second.flush(), FlushReport::default());
    }
}
