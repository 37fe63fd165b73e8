//! What the telemetry says of the process it comes from.

use opentelemetry::Key;

use super::{config, refused, settings};
use crate::config::settings::Settings;

fn attribute(settings: &Settings, key: &'static str) -> Option<String> {
    let value = settings.resource.get_ref(&Key::from_static_str(key))?;
    Some(value.as_str().into_owned())
}

#[test]
fn code_beats_the_name_variable_beats_the_attributes() {
    let by_attributes = ("OTEL_RESOURCE_ATTRIBUTES", "service.name=a,x=1");
    let by_name = ("OTEL_SERVICE_NAME", "b");
    let name = |settings: &Settings| attribute(settings, "service.name").unwrap();

    assert_eq!(name(&settings(&[by_attributes])), "a");
    assert_eq!(name(&settings(&[by_attributes, by_name])), "b");
    let code = config(&[by_attributes, by_name]).service_name("c");
    assert_eq!(name(&code.resolve(false).unwrap()), "c");
    let last = config(&[]).service_name("c").resource("service.name", "d");
    assert_eq!(name(&last.resolve(false).unwrap()), "d");

    let blank = settings(&[("OTEL_RESOURCE_ATTRIBUTES", "service.name=")]);
    assert!(
        name(&blank).starts_with("unknown_service:agentops"),
        "{blank:?}"
    );
}

#[test]
fn attributes_of_the_environment_are_decoded() {
    let settings = settings(&[("OTEL_RESOURCE_ATTRIBUTES", "team=a%2Cb, x%3D =y%20z ")]);
    assert_eq!(attribute(&settings, "team").unwrap(), "a,b");
    assert_eq!(attribute(&settings, "x=").unwrap(), "y z");
}

#[test]
fn one_bad_entry_discards_all_attributes_of_the_environment() {
    let settings = settings(&[("OTEL_RESOURCE_ATTRIBUTES", "team=a,s3cret")]);
    assert_eq!(attribute(&settings, "team"), None);
    assert_eq!(
        settings.warnings,
        ["ignoring invalid `OTEL_RESOURCE_ATTRIBUTES`: entry 2 is not `name=value`"]
    );
}

#[test]
fn the_process_describes_itself() {
    let settings = config(&[("HOSTNAME", "host")])
        .service_version("1.2.3")
        .environment("staging")
        .resolve(false)
        .unwrap();
    for (key, expected) in [
        ("service.version", "1.2.3"),
        ("deployment.environment.name", "staging"),
        ("telemetry.sdk.name", "opentelemetry"),
        ("telemetry.sdk.language", "rust"),
        ("telemetry.distro.name", "agentops"),
        ("telemetry.distro.version", env!("CARGO_PKG_VERSION")),
        ("process.runtime.name", "rustc"),
        ("process.pid", &std::process::id().to_string()),
    ] {
        assert_eq!(
            attribute(&settings, key).as_deref(),
            Some(expected),
            "{key}"
        );
    }
    for key in [
        "telemetry.sdk.version",
        "process.executable.name",
        "host.name",
        "host.arch",
        "os.type",
    ] {
        let value = attribute(&settings, key).unwrap_or_default();
        assert!(
            !value.is_empty() && value.trim() == value,
            "{key}: {value:?}"
        );
    }
    for key in ["process.command_args", "process.command_line"] {
        assert_eq!(attribute(&settings, key), None);
    }
}

#[test]
fn each_start_is_an_instance_of_its_own() {
    let id = || attribute(&settings(&[]), "service.instance.id").unwrap();
    assert_ne!(id(), id());
    assert_eq!(id().len(), 36);
    let given = settings(&[("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=pod-1")]);
    assert_eq!(attribute(&given, "service.instance.id").unwrap(), "pod-1");
}

#[test]
fn names_in_code_cannot_be_empty() {
    assert_eq!(
        refused(config(&[]).service_name(" ")),
        "invalid `service_name` (code): the name is empty"
    );
    assert_eq!(
        refused(config(&[]).resource("", 1)),
        "invalid `resource` (code): the key is empty"
    );
}
