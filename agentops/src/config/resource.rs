//! Describe the process that the telemetry comes from.
//!
//! The detectors of the SDK that read the environment are left out: they would read it a second
//! time, do not decode it and prefer the wrong variable. The command line is never recorded,
//! for it may hold secrets.

use std::fs;

use opentelemetry::{KeyValue, Value};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::resource::TelemetryResourceDetector;
use uuid::{Uuid, Version};

use crate::config::env::{self, Env};
use crate::config::pairs;
use crate::config::warnings::Warnings;
use crate::error::{Error, Origin};
use crate::ids;

/// The attribute that names the program; never blank.
pub(crate) const SERVICE_NAME: &str = "service.name";

const INSTANCE_ID: &str = "service.instance.id";
const PROCESS_ID: &str = "process.pid";

/// Merges what is known of the process; what is set in code wins, then the environment.
pub(crate) fn build(
    code: Vec<KeyValue>,
    env: &Env,
    warnings: &mut Warnings,
) -> Result<Resource, Error> {
    check(&code)?;
    Ok(Resource::builder_empty()
        .with_detector(Box::new(TelemetryResourceDetector))
        .with_attributes(detected(env))
        .with_attributes(from_variables(env, warnings))
        .with_attributes(code)
        .build())
}

/// What is known of the process, for a forked child of it.
pub(crate) fn of_child(of_parent: &Resource) -> Resource {
    let attributes = of_parent.iter().map(|(key, value)| {
        let value = match (key.as_str(), value) {
            (PROCESS_ID, Value::I64(_)) => i64::from(std::process::id()).into(),
            // One that was made here. What the program says itself stays.
            (INSTANCE_ID, Value::String(id)) if is_made(id.as_str()) => {
                ids::unique().to_string().into()
            }
            _ => value.clone(),
        };
        KeyValue::new(key.clone(), value)
    });
    let child = Resource::builder_empty().with_attributes(attributes);
    child.build()
}

fn is_made(id: &str) -> bool {
    let id = Uuid::try_parse(id);
    id.is_ok_and(|id| id.get_version() == Some(Version::SortRand))
}

fn check(code: &[KeyValue]) -> Result<(), Error> {
    let invalid = |setting, problem: &str| Error::InvalidSetting {
        setting,
        origin: Origin::Code,
        problem: problem.to_owned(),
    };
    for attribute in code {
        if attribute.key.as_str().trim().is_empty() {
            return Err(invalid("resource", "the key is empty"));
        }
        let is_name = attribute.key.as_str() == SERVICE_NAME;
        if is_name && attribute.value.as_str().trim().is_empty() {
            return Err(invalid("service_name", "the name is empty"));
        }
    }
    Ok(())
}

fn from_variables(env: &Env, warnings: &mut Warnings) -> Vec<KeyValue> {
    let attributes = env
        .standard("OTEL_RESOURCE_ATTRIBUTES", warnings, pairs::parse)
        .unwrap_or_default()
        .into_iter()
        .filter(|(key, value)| key != SERVICE_NAME || !value.trim().is_empty());
    let name = env.text("OTEL_SERVICE_NAME");
    let name = name.map(|name| (SERVICE_NAME.to_owned(), name.into_owned()));
    attributes
        .chain(name)
        .map(|(key, value)| KeyValue::new(key, value))
        .collect()
}

fn detected(env: &Env) -> Vec<KeyValue> {
    let executable = env::executable_name();
    let service = executable.as_ref().map_or_else(
        || "unknown_service".to_owned(),
        |name| format!("unknown_service:{name}"),
    );
    let mut attributes = vec![
        KeyValue::new(SERVICE_NAME, service),
        KeyValue::new(INSTANCE_ID, ids::unique().to_string()),
        KeyValue::new("telemetry.distro.name", "agentops"),
        KeyValue::new("telemetry.distro.version", env!("CARGO_PKG_VERSION")),
        KeyValue::new(PROCESS_ID, i64::from(std::process::id())),
        KeyValue::new("process.runtime.name", "rustc"),
        KeyValue::new("host.arch", env::host_arch()),
        KeyValue::new("os.type", env::os_type()),
    ];
    attributes.extend(executable.map(|name| KeyValue::new("process.executable.name", name)));
    attributes.extend(host_name(env).map(|name| KeyValue::new("host.name", name)));
    attributes
}

/// The name of the machine, as far as it can be had without a system call of our own.
fn host_name(env: &Env) -> Option<String> {
    let read = |path| {
        let name = fs::read_to_string(path).ok()?.trim().to_owned();
        (!name.is_empty()).then_some(name)
    };
    let variable = |name| env.text(name).map(String::from);
    read("/proc/sys/kernel/hostname")
        .or_else(|| read("/etc/hostname"))
        .or_else(|| variable("HOSTNAME"))
        .or_else(|| variable("COMPUTERNAME"))
}
