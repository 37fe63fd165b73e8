//! The pipeline of an initialized program: spool directories, queues, threads.

use std::sync::Arc;
use std::time::Instant;

use agentops_spool::adopt::{Segments, adopt};
use agentops_spool::delivery::Delivery;
use agentops_spool::directory::Directory;
use agentops_spool::elsewhere::Elsewhere;
use agentops_spool::journal::Journal;
use agentops_spool::ledger::LossReason;
use agentops_spool::limits::Limits;
use agentops_spool::notice::{Notices, Trouble};
use agentops_spool::queue::Queue;
use agentops_spool::segment::format::{Signal, hash};
use agentops_spool::send::client::Client;
use agentops_spool::send::sender::Sender;
use agentops_spool::shared::{create_arena, remove_abandoned};
use agentops_spool::{otlp, pool, registry};
use opentelemetry_sdk::Resource;

use crate::config::durability::Durability;
use crate::config::settings::Settings;
use crate::export::console::Console;
use crate::export::counts;
use crate::export::directories::{Directories, key};
use crate::export::drain::Drain;
use crate::export::lane::Lane;
use crate::export::recorder;
use crate::export::report::FlushReport;
use crate::export::syncer::Syncer;
use crate::export::threads::{Worker, supervised, try_some};
use crate::export::told;
use crate::metrics;
use crate::providers::account::{EXPORTER, SpanQueue, component_attributes};

/// Threads that the SDK starts: for metrics, and for logs.
const THREADS_OF_SDK: usize = 2;

/// Everything that brings telemetry to where it goes.
#[derive(Debug)]
pub(crate) struct Pipeline {
    lanes: Vec<Lane>,
    directories: Vec<Arc<Directory>>,
    drain: Arc<Drain>,
    syncer: Arc<Syncer>,
    workers: Vec<Worker>,
    notices: Arc<Notices>,
}

impl Pipeline {
    /// Opens the spool and starts the threads.
    ///
    /// Without a thread that reads, spans wait until somebody flushes; without one that sends, in
    /// the spool.
    pub(crate) fn start(settings: &Settings, resource: &Resource) -> Self {
        let notices = Arc::new(Notices::new(told::tell));
        let mut directories = Directories::new(settings.home.as_deref(), Arc::clone(&notices));
        let mut lanes = Vec::new();
        for (signal, targets) in [
            (Signal::Traces, &settings.traces),
            (Signal::Metrics, &settings.metrics),
            (Signal::Logs, &settings.logs),
        ] {
            for target in targets {
                lanes.push(Lane::new(signal, target, &mut directories, &notices));
            }
        }
        let queues = lanes.iter().map(|lane| Arc::clone(&lane.queue));
        let syncer = Arc::new(Syncer::new(queues.collect()));
        let mut pipeline = Self {
            lanes,
            directories: directories.into_open(),
            drain: Arc::default(),
            syncer,
            workers: Vec::new(),
            notices: Arc::clone(&notices),
        };
        pipeline.attach_recorder(settings, resource);
        pipeline.start_workers(settings, &notices);
        pipeline
    }

    fn attach_recorder(&self, settings: &Settings, described: &Resource) {
        let resource = encode_resource(described);
        let traces = self.queues(Signal::Traces);
        let first = traces.iter().find_map(|queue| queue.directory());
        if let Some(arena) = first.and_then(|home| create_arena(home, self.trace_destination())) {
            registry::install(arena, &resource);
        }
        let journal = first.map(|home| {
            let destination = self.trace_destination();
            Journal::new(Arc::clone(home), destination, resource.clone())
        });
        let service = described
            .get(&"service.name".into())
            .map_or(String::new(), |name| name.to_string());
        let console = Console::new(settings.console, settings.color, service);
        let delivery = Delivery::new(traces, resource);
        recorder::with(|recorder| recorder.attach(delivery, journal, console, settings.limits));
    }

    fn start_workers(&mut self, settings: &Settings, notices: &Arc<Notices>) {
        let drain = Arc::clone(&self.drain);
        let adoption = self.adoption(settings.limits);
        let sync_each = settings.durability == Durability::Sync;
        let told_to = Arc::clone(notices);
        let after_each = move || {
            tell_lost(&told_to);
            told::hand_on();
        };
        let syncer = Arc::clone(&self.syncer);
        let work = move || {
            drain.run(sync_each, adoption, after_each, &syncer);
            syncer.stop();
        };
        if let Some(worker) = start_worker("agentops-drain", notices, work) {
            self.workers.push(worker);
        } else {
            self.drain.do_without();
            self.syncer.stop();
        }
        for index in 0..self.lanes.len() {
            let lane = &self.lanes[index];
            let Some(endpoint) = lane.endpoint.clone() else {
                continue;
            };
            let name = format!("agentops-{}", lane.signal.as_str());
            let queue = Arc::clone(&lane.queue);
            let notices = Arc::clone(notices);
            let told_to = Arc::clone(&notices);
            // The client is made on its thread: it reads certificates.
            let work = move || {
                supervised(|| {
                    let client = Client::new(endpoint.clone());
                    Sender::new(Arc::clone(&queue), client, Arc::clone(&told_to)).run();
                });
            };
            let worker = start_worker(&name, &notices, work);
            self.lanes[index].has_sender = worker.is_some();
            self.workers.extend(worker);
        }
        // Last, since others do its work where there is no thread for it.
        if settings.durability == Durability::Background && self.drain.has_thread() {
            self.start_syncer();
        }
    }

    /// Starts the thread that syncs. Where the system refuses it, the drain thread does its work, and
    /// where it refuses both, nobody reads what would be synced: nothing is to be told of this one.
    fn start_syncer(&mut self) {
        let syncer = Arc::clone(&self.syncer);
        let work = move || supervised(|| syncer.run());
        if let Ok(worker) = Worker::start("agentops-sync", work) {
            self.syncer.do_on_thread();
            self.workers.push(worker);
        }
    }

    /// Whether every thread runs that there is work for.
    fn has_all_threads(&self) -> bool {
        let mut sent = self.lanes.iter().filter(|lane| lane.endpoint.is_some());
        sent.all(|lane| lane.has_sender) && self.drain.has_thread()
    }

    /// Whether metrics and logs can be collected. The SDK has a thread for each, and panics where
    /// the system refuses one.
    pub(crate) fn may_collect(&self) -> bool {
        self.has_all_threads()
            && match try_some(THREADS_OF_SDK) {
                Ok(()) => true,
                Err(error) => {
                    self.notices.once(Trouble::Threads, || {
                        format!(
                            "the threads that collect metrics and logs cannot be started \
                             ({error}); there are none of this run"
                        )
                    });
                    false
                }
            }
    }

    /// Takes over what processes left that are gone; the drain thread's first work.
    fn adoption(&self, limits: Limits) -> impl FnOnce(&mut dyn FnMut()) + Send + use<> {
        let (all, notices) = (self.all_queues(), Arc::clone(&self.notices));
        let destination = self.trace_destination();
        let traces = self.queues(Signal::Traces);
        let plans: Vec<_> = self
            .directories
            .iter()
            .map(|directory| {
                let in_it = |lane: &&Lane| lane.is_in(directory);
                let lanes: Vec<_> = self.lanes.iter().filter(in_it).collect();
                let is_sent = lanes.iter().any(|lane| lane.endpoint.is_some());
                let segments = match is_sent {
                    true => Segments::Send,
                    false => Segments::Keep,
                };
                let queues: Vec<_> = lanes.iter().map(|lane| Arc::clone(&lane.queue)).collect();
                (Arc::clone(directory), queues, segments)
            })
            .collect();
        move |sync| {
            remove_abandoned();
            tell_elsewhere(&Elsewhere::tend(&all), &notices);
            for (directory, queues, segments) in plans {
                adopt(
                    &directory,
                    destination,
                    &traces,
                    &queues,
                    segments,
                    limits,
                    &mut *sync,
                );
            }
        }
    }

    /// The queues of one signal.
    pub(crate) fn queues(&self, signal: Signal) -> Vec<Arc<Queue>> {
        let of_signal = self.lanes.iter().filter(|lane| lane.signal == signal);
        of_signal.map(|lane| Arc::clone(&lane.queue)).collect()
    }

    /// The queues of spans, and which of them are sent.
    pub(crate) fn span_queues(&self) -> Vec<SpanQueue> {
        let of_spans = self.span_lanes();
        of_spans
            .map(|lane| SpanQueue {
                queue: Arc::clone(&lane.queue),
                is_sent: lane.endpoint.is_some(),
            })
            .collect()
    }

    fn span_lanes(&self) -> impl Iterator<Item = &Lane> {
        let lanes = self.lanes.iter();
        lanes.filter(|lane| lane.signal == Signal::Traces)
    }

    /// Has the metrics know how long requests take.
    pub(crate) fn observe_exports(&self) {
        for (number, lane) in self.span_lanes().enumerate() {
            let attributes = component_attributes(EXPORTER, number);
            lane.queue.observe(move |duration, error| {
                metrics::current().record_export(duration, &attributes, error);
            });
        }
    }

    /// The queues of all signals.
    pub(crate) fn all_queues(&self) -> Vec<Arc<Queue>> {
        let queues = self.lanes.iter().map(|lane| &lane.queue);
        queues.map(Arc::clone).collect()
    }

    /// Hash of all that spans go to: who adopts them must have the same.
    fn trace_destination(&self) -> u64 {
        let mut keys: Vec<String> = self
            .lanes
            .iter()
            .filter(|lane| lane.signal == Signal::Traces)
            .map(|lane| lane.endpoint.as_ref().map_or("local".into(), key))
            .collect();
        keys.sort();
        hash(&keys.join("\n"))
    }

    /// Reads all records that were written before the call; `false` if the deadline passed first.
    pub(crate) fn drain(&self, deadline: Instant) -> bool {
        self.drain.flush(deadline)
    }

    /// Waits until everything queued was sent or an attempt to send it failed.
    pub(crate) fn settle(&self, deadline: Instant) {
        for lane in self.lanes.iter().filter(|lane| lane.has_sender) {
            if !lane.queue.wait_until_settled(deadline) {
                lane.tell_slow(&self.notices);
            }
        }
    }

    /// Ends the threads and leaves the directories as the next process expects them.
    ///
    /// Where not all records were `drained` the arena and the instance stay as they
    /// are: what is in them is the next process's.
    pub(crate) fn stop(&self, deadline: Instant, drained: bool) -> bool {
        self.drain.stop();
        for lane in &self.lanes {
            lane.queue.close();
        }
        let mut ended = true;
        for worker in &self.workers {
            ended &= worker.wait(deadline);
        }
        told::hand_on();
        if !drained {
            return false;
        }
        for lane in &self.lanes {
            lane.queue.seal();
        }
        if let Some(arena) = pool::uninstall()
            && let Some(path) = arena.path()
        {
            let _ = std::fs::remove_file(path);
        }
        for directory in &self.directories {
            let _ = directory.note_arena(None);
            let mut lanes = self.lanes.iter().filter(|lane| lane.is_in(directory));
            // What is left is found by its instance; on this machine it is read from the directory.
            if lanes.all(|lane| lane.endpoint.is_none() || lane.queue.has_no_segments()) {
                directory.retire();
            }
        }
        ended
    }

    /// What became of everything so far.
    pub(crate) fn report(&self) -> FlushReport {
        let mut report = FlushReport {
            spool: self
                .directories
                .iter()
                .map(|directory| directory.path().to_owned())
                .collect(),
            durable: self.lanes.iter().all(|lane| lane.queue.is_durable()),
            ..FlushReport::default()
        };
        for lane in &self.lanes {
            let ledger = lane.queue.ledger();
            let total = match lane.signal {
                Signal::Traces => &mut report.traces,
                Signal::Metrics => &mut report.metrics,
                Signal::Logs => &mut report.logs,
            };
            *total += ledger;
            if let Some(endpoint) = &lane.endpoint
                && !report.endpoints.contains(&endpoint.shown)
            {
                report.endpoints.push(endpoint.shown.clone());
            }
            if lane.signal == Signal::Traces && ledger.spooled + ledger.quarantined > 0 {
                let directory = lane.queue.directory();
                report
                    .span_spool
                    .extend(directory.map(|at| at.path().to_owned()));
            }
            if lane.signal == Signal::Traces && ledger.delivered > 0 {
                let endpoint = lane.endpoint.as_ref();
                report
                    .span_endpoints
                    .extend(endpoint.map(|to| to.shown.clone()));
            }
        }
        let lost = counts::lost();
        report.traces.ended += lost;
        report.traces.lose(LossReason::NoRoom, lost);
        report
    }
}

/// Starts a thread, or tells that there is none to be had.
fn start_worker(
    name: &str,
    notices: &Notices,
    work: impl FnOnce() + Send + 'static,
) -> Option<Worker> {
    match Worker::start(name, work) {
        Ok(worker) => Some(worker),
        Err(error) => {
            notices.once(Trouble::Threads, || {
                format!(
                    "the thread `{name}` cannot be started ({error}), nor perhaps others; what is \
                     recorded waits for a flush, and what is not sent for the next run"
                )
            });
            None
        }
    }
}

/// Says what waits in the spools of other destinations, and what was removed from them.
fn tell_elsewhere(found: &Elsewhere, notices: &Notices) {
    for (reason, what) in &found.removed {
        notices.once(Trouble::Lost(*reason), || what.clone());
    }
    for (path, bytes) in &found.waiting {
        let path = path.display().to_string();
        notices.once(Trouble::Elsewhere(path.clone()), || {
            format!(
                "{} KiB wait that were recorded for another endpoint or other headers; runs with \
                 those send them, and after 7 days they are removed: {path}",
                bytes.div_ceil(1024)
            )
        });
    }
}

/// Says so once spans are lost before they reach a queue, which tells of all others.
fn tell_lost(notices: &Notices) {
    if counts::lost() > 0 {
        notices.once(Trouble::Lost(LossReason::NoRoom), || {
            "spans are made faster than they can be read, and memory for them is full; those that \
             find no room are lost and counted (record fewer, or sample them)"
                .into()
        });
    }
}

fn encode_resource(resource: &Resource) -> Vec<u8> {
    use agentops_spool::record::value::Value as RecordValue;
    use opentelemetry::Value;
    let texts: Vec<_> = resource
        .iter()
        .map(|(key, value)| (key.as_str(), value, value.to_string()))
        .collect();
    let attributes = texts.iter().map(|(key, value, text)| {
        let value = match value {
            Value::Bool(truth) => RecordValue::Bool(*truth),
            Value::I64(number) => RecordValue::Int(*number),
            Value::F64(number) => RecordValue::Float(*number),
            _ => RecordValue::Str(text),
        };
        (*key, value)
    });
    otlp::span::resource(attributes)
}
