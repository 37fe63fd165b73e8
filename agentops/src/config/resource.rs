//! Describe the process that the telemetry comes from.
//!
//! The detectors of the SDK that read the environment are left out: they would read it a second
//! time, do not decode it and prefer the wrong variable. The command line is never recorded,
//! for it may hold secrets.

use std::fs;

use opentelemetry::KeyValue;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::resource::TelemetryResourceDetector;

use crate::config::env::{self, Env};
use crate::config::pairs;
use crate::config::warnings::Warnings;
use crate::error::{Error, Origin};

/// The attribute that names the program; never blank.
pub(crate) const SERVICE_NAME: &str = "service.name";

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
        KeyValue::new("service.instance.id", uuid::Uuid::now_v7().to_string()),
        KeyValue::new("telemetry.distro.name", "agentops"),
        KeyValue::new("telemetry.distro.version", env!("CARGO_PKG_VERSION")),
        KeyValue::new("process.pid", i64::from(std::process::id())),
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
