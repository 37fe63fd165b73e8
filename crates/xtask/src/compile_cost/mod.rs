//! Compare what our attributes cost at compile time with `tracing::instrument`.
//!
//! A workspace below the target directory has one crate of the same functions in three
//! variants: under an attribute that does nothing, under ours, under `instrument`.
//! What is measured is the CPU time of `cargo check`, which other work on the machine
//! changes less than the time on the clock. The empty attribute is subtracted from
//! both, so that only what the attributes themselves cost is compared.

mod functions;

use std::fs;
use std::path::Path;
use std::process::Command;

use self::functions::{COUNT, source};
use crate::checkout::{repository, target_dir};

/// The largest share of what `instrument` costs that ours may cost.
const LIMIT: f64 = 0.5;

/// How often each variant is checked; the median counts.
const ROUNDS: usize = 3;

/// In which the kernel counts CPU time for user space, on every Linux of today.
const TICKS_PER_SEC: f64 = 100.0;

/// What a variant is called, what its crate depends on, and its attributes.
type Variant = (&'static str, String, &'static [&'static str]);

const ATTRIBUTES: &[&str] = &[
    "agentops::session",
    "agentops::agent",
    "agentops::workflow",
    "agentops::task",
    "agentops::operation",
    "agentops::tool",
    "agentops::guardrail",
    "agentops::llm_call",
];

const EMPTY_ATTRIBUTE: &str = "\
use proc_macro::TokenStream;

#[proc_macro_attribute]
pub fn empty(_: TokenStream, item: TokenStream) -> TokenStream {
    item
}
";

/// Measures the variants in turn and prints a table; fails where ours cost too much.
pub(crate) fn measure() -> Result<(), String> {
    let dir = target_dir().join("compile-cost");
    let variants = variants();
    generate(&dir, &variants).map_err(|error| format!("{}: {error}", dir.display()))?;
    for (name, ..) in &variants {
        check(&dir, name)?;
    }
    let mut secs: [Vec<f64>; 3] = Default::default();
    for _ in 0..ROUNDS {
        for ((name, _, attributes), secs) in variants.iter().zip(&mut secs) {
            write_source(&dir, name, attributes).map_err(|error| error.to_string())?;
            let before = children_secs()?;
            check(&dir, name)?;
            secs.push(children_secs()? - before);
        }
    }
    report(secs.map(median))
}

fn variants() -> [Variant; 3] {
    let agentops = repository().join("agentops");
    [
        (
            "empty",
            "empty_attribute = { path = \"../empty_attribute\" }".to_owned(),
            &["empty_attribute::empty"],
        ),
        (
            "agentops",
            format!("agentops = {{ path = '{}' }}", agentops.display()),
            ATTRIBUTES,
        ),
        (
            "tracing",
            "tracing = { version = \"0.1\", default-features = false, features = [\"std\", \"attributes\"] }"
                .to_owned(),
            &["tracing::instrument(skip_all)"],
        ),
    ]
}

/// Writes the workspace, with the versions that this one is built with.
fn generate(dir: &Path, variants: &[Variant]) -> std::io::Result<()> {
    let members: Vec<_> = variants.iter().map(|(name, ..)| package(name)).collect();
    let workspace =
        format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\nexclude = [\"target\"]\n");
    let empty = "empty_attribute";
    write(
        dir,
        &format!("{empty}/Cargo.toml"),
        &format!("{}\n[lib]\nproc-macro = true\n", manifest(empty)),
    )?;
    write(dir, &format!("{empty}/src/lib.rs"), EMPTY_ATTRIBUTE)?;
    write(dir, "Cargo.toml", &workspace)?;
    for (name, dependency, attributes) in variants {
        let manifest = format!(
            "{}\n[dependencies]\n{dependency}\n",
            manifest(&package(name))
        );
        write(dir, &format!("{}/Cargo.toml", package(name)), &manifest)?;
        write_source(dir, name, attributes)?;
    }
    fs::copy(repository().join("Cargo.lock"), dir.join("Cargo.lock"))?;
    Ok(())
}

/// The crate of a variant; its plain name is that of a dependency.
fn package(variant: &str) -> String {
    format!("on_{variant}")
}

fn manifest(package: &str) -> String {
    format!("[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n")
}

/// Writes the functions, also when they are there: a new file is checked again.
fn write_source(dir: &Path, variant: &str, attributes: &[&str]) -> std::io::Result<()> {
    let file = format!("{}/src/lib.rs", package(variant));
    write(dir, &file, &source(attributes))
}

fn write(dir: &Path, file: &str, text: &str) -> std::io::Result<()> {
    let file = dir.join(file);
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(file, text)
}

fn check(dir: &Path, variant: &str) -> Result<(), String> {
    let status = Command::new("cargo")
        .args(["check", "--quiet", "--offline", "--package"])
        .arg(package(variant))
        .current_dir(dir)
        .env("CARGO_TARGET_DIR", dir.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("the crate `{}` does not compile", package(variant))),
    }
}

/// CPU time of all children that have ended, theirs included.
fn children_secs() -> Result<f64, String> {
    let file = "/proc/self/stat";
    let stat = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    // The name of the program, in parentheses, may hold spaces; `state` comes after it.
    let (_, fields) = stat.rsplit_once(") ").ok_or("no name in /proc/self/stat")?;
    let ticks = fields
        .split(' ')
        // User and system time of the children are the 14th and 15th from `state`.
        .skip(13)
        .take(2)
        .map(|field| {
            field
                .parse::<u32>()
                .map_err(|error| format!("{file}: {error}"))
        })
        .sum::<Result<u32, String>>()?;
    Ok(f64::from(ticks) / TICKS_PER_SEC)
}

fn median(mut secs: Vec<f64>) -> f64 {
    secs.sort_by(f64::total_cmp);
    secs.get(secs.len() / 2).copied().unwrap_or(f64::NAN)
}

#[allow(clippy::print_stdout, reason = "the table is what was asked for")]
fn report([empty, agentops, tracing]: [f64; 3]) -> Result<(), String> {
    let ratio = (agentops - empty) / (tracing - empty);
    println!("CPU seconds of `cargo check` on {COUNT} functions, median of {ROUNDS}");
    println!("empty     {empty:6.2}");
    println!("agentops  {agentops:6.2}");
    println!("tracing   {tracing:6.2}");
    println!("(agentops - empty) / (tracing - empty) = {ratio:.2}");
    // A ratio that is no number is no success either.
    match ratio <= LIMIT {
        true => Ok(()),
        false => Err(format!(
            "an attribute may cost at most {LIMIT} of `tracing::instrument`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]).to_bits(), 2.0_f64.to_bits());
    }

    #[test]
    fn a_cost_over_the_limit_is_a_failure() {
        assert_eq!(report([1.0, 1.5, 2.0]), Ok(()));
        assert!(report([1.0, 1.6, 2.0]).is_err());
        assert!(report([1.0, 1.0, 1.0]).is_err());
    }

    #[test]
    fn the_cpu_time_of_children_can_be_read() {
        let before = children_secs().unwrap();
        let ended = Command::new("cargo").arg("--version").output().unwrap();
        assert!(ended.status.success());
        assert!(children_secs().unwrap() >= before);
    }

    #[test]
    fn half_of_the_functions_is_async_and_each_has_an_attribute() {
        let source = source(ATTRIBUTES);
        assert_eq!(source.matches("pub async fn").count(), COUNT / 2);
        assert_eq!(source.matches("pub fn").count(), COUNT / 2);
        for attribute in ATTRIBUTES {
            assert!(
                source.matches(attribute).count() >= COUNT / 8,
                "{attribute}"
            );
        }
    }
}
