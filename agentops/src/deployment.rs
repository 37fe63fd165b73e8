//! Where a program runs, and what of its telemetry survives there.
//!
//! Records are written to shared memory (`/dev/shm`), and a tenth of a second later to the spool,
//! files below `AGENTOPS_HOME` (else `~/.agentops`). Senders read the spool. Whoever starts next
//! with the same home and destination delivers what is left in both.
//!
//! | What is lost when .. | spool on a disk that stays | no disk that stays |
//! |---|---|---|
//! | the program ends, however it does | nothing | what was not sent by then |
//! | it is killed (`kill -9`, out of memory) | nothing; without `/dev/shm`, the last tenth of a second | what was not sent by then |
//! | the container is removed with its `/dev/shm` | the last tenth of a second | what was not sent by then |
//! | the power fails | the last second; with [`Durability::Sync`](crate::config::Durability::Sync), some ten milliseconds | what was not sent by then |
//! | the endpoint is down | nothing, up to 512 MiB and 7 days | what is beyond 32 MiB |
//!
//! That is said of spans. Log records wait in memory for a second before they are written, and
//! metrics are sums there, which are written each minute: a program that is killed, or ends without
//! dropping its guard, takes both with it.
//!
//! A disk that is slow, or hangs, holds up nothing but this: a thread of its own syncs to it. What it
//! then costs when the power fails is the last second or, where one sync takes longer than that, what
//! ended during two of them. With [`Durability::Sync`](crate::config::Durability::Sync), spans wait in
//! memory as long as a sync takes.
//!
//! Whatever is lost while the program runs is counted, with its reason, in every
//! [`FlushReport`](crate::FlushReport), in the metrics `otel.sdk.*`, and by one line for each kind
//! of trouble.
//!
//! # Limits
//!
//! | What | At most |
//! |---|---|
//! | Shared memory for records | 32 MiB, and a quarter of what is free in `/dev/shm` |
//! | Plain memory for records, when that is full or not there | 64 MiB |
//! | Time that a call waits when both are full, before its span is counted as lost | 5 ms |
//! | Files of one destination, those of other processes included; the oldest go first | 512 MiB, 7 days |
//! | Memory for what cannot be written to the disk, for each signal and destination | 32 MiB |
//! | Time that `flush` and the end of the guard take | 5 s |
//!
//! # Containers
//!
//! **A volume for the spool** is the one thing to set up: mount one that outlives the container and
//! let `AGENTOPS_HOME` point to it. Several containers may share it: each has files of its own
//! there, and each adopts what a dead one left. What was in shared memory is adopted only where that
//! is shared too.
//!
//! ```yaml
//! env: [{ name: AGENTOPS_HOME, value: /var/lib/agentops }]
//! volumeMounts: [{ name: agentops, mountPath: /var/lib/agentops }]
//! ```
//!
//! **A read-only root** without such a volume, **no `HOME`**, or a disk that is full: spans are sent
//! from memory. One line says so, [`FlushReport::durable`](crate::FlushReport::durable) is false, and
//! what is not sent by then is lost with the process. A disk that has room again is used again; a directory that could
//! not be made is not tried again.
//!
//! **`/dev/shm` of 64 MiB**, which is what containers get, is enough: 16 MiB of it are used. Below
//! 8 MiB, or without any, records wait in plain memory for the tenth of a second until they are
//! read, and a kill loses those. Where other programs need all of it, this costs them at most the
//! quarter.
//!
//! **A pod that is killed** loses its `/dev/shm` and every `emptyDir` with it. What was delivered or
//! is on a volume is safe. For the rest, give the program its `terminationGracePeriodSeconds` and
//! drop the guard when it is asked to end: that takes five seconds at most.
//!
//! **A collector beside the program**, as a sidecar or one for each node, answers within a
//! millisecond, so that little waits at any time. It is the better half of a volume where there can
//! be none, and the place for keys and sampling of many programs.
//!
//! # Functions that may never run again
//!
//! A serverless function is frozen when it has answered, and may be thrown away so. Nobody adopts
//! its files. Deliver before the answer: `#[agentops::session(flush)]` on the handler waits for it,
//! five seconds at most, and so does [`Guard::flush`](crate::Guard::flush). What could not be
//! delivered is in the report.
//!
//! # Several processes
//!
//! Any number may use one home at once, and be forked, killed and started as they like. A forked
//! child records its spans with threads and files of its own, from the first one on; its copy of the
//! guard flushes them and shuts it down, and what it leaves without that is delivered by the next
//! process. Its providers of OpenTelemetry have no threads, so log records and metrics of other code
//! are not collected in it: start the runtime after the fork, as servers do with their workers, to
//! have them too. As long as a child lives that has not become another program, what its parent left
//! waits. A program that becomes another by `exec` leaves what it recorded
//! to the next one.
//!
//! # Users
//!
//! All files are their user's alone. Programs of different users need different homes.
