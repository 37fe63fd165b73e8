//! Lints find in an annotated program what they find in it without the attributes.

#![allow(
    clippy::unwrap_used,
    reason = "support code of tests: what is not as expected ends the test"
)]

#[path = "lints/finding.rs"]
mod finding;
#[allow(dead_code, reason = "each test needs a part of it")]
#[path = "outside/project.rs"]
mod project;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use finding::{Finding, findings};
use project::Project;

/// The editions in which the program is looked at: each has lints of its own.
const EDITIONS: [&str; 3] = ["2018", "2021", "2024"];

/// Lints that are lost where a function is annotated, which is accepted.
const ACCEPTED_LOSSES: &[&str] = &[
    // What records a span cannot be evaluated at compile time.
    "clippy::missing_const_for_fn",
    // The body is a closure that owns the arguments, and so consumes them.
    "clippy::needless_pass_by_value",
    // The function calls a closure, and the closure calls the function.
    "unconditional_recursion",
];

/// What differs today all the same, one line a lint and file; `AGENTOPS_BLESS=1` writes it.
///
/// It holds exactly that, so who mends a difference takes its line out.
const KNOWN_DIFFERENCES: &str = "lints/known-differences.txt";

#[test]
fn an_annotated_program_lints_like_a_plain_one() {
    let project = Project::empty("lints");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("lints");
    let members = EDITIONS.map(|edition| {
        let plain = project.member(&source, &format!("plain-{edition}"), edition);
        without_attributes(&plain.join("src"));
        let annotated = project.member(&source, &format!("annotated-{edition}"), edition);
        [plain, annotated]
    });
    let output = check(&project);
    let mut differences: BTreeMap<Difference, BTreeSet<&str>> = BTreeMap::new();
    for (edition, [plain, annotated]) in EDITIONS.iter().zip(members) {
        let [plain, annotated] = [plain, annotated].map(|member| findings(&output, &member));
        assert!(plain.len() > 500, "the program trips lints in {edition}");
        for difference in compare(&plain, &annotated) {
            differences.entry(difference).or_default().insert(edition);
        }
    }
    let found = told(&differences);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(KNOWN_DIFFERENCES);
    if option_env!("AGENTOPS_BLESS").is_some() {
        fs::write(&path, &found).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap();
    assert!(found == known, "{}", changes(&known, &found));
}

/// A lint that is lost or found where it was not, in a function of a file.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Difference {
    lint: String,
    is_lost: bool,
    file: String,
    function: String,
}

/// Has every member looked at by clippy and returns what it says, as JSON.
///
/// Clippy stands in for the compiler in a build instead of a check, as `cargo clippy` lets it do:
/// so the crates that all projects depend on are compiled once and not once more to be checked.
fn check(project: &Project) -> String {
    let clippy = Path::new(env!("CARGO")).with_file_name("clippy-driver");
    assert!(
        clippy.is_file(),
        "clippy is not installed: there is no {}",
        clippy.display()
    );
    let mut command = project.cargo("build", &["--lib", "--message-format=json"]);
    let output = command
        .env("RUSTC_WORKSPACE_WRAPPER", clippy)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// Replaces each attribute of ours by a comment, so that every line keeps its number.
fn without_attributes(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let is_ours = |line: &&str| line.trim_start().starts_with("#[agentops::");
        let plain = text.lines().map(|line| match Some(line).filter(is_ours) {
            Some(_) => "// plain",
            None => line,
        });
        fs::write(&path, plain.collect::<Vec<_>>().join("\n") + "\n").unwrap();
    }
}

/// What is found in one of them only, as often as it is, but for the accepted losses.
fn compare(plain: &[Finding], annotated: &[Finding]) -> Vec<Difference> {
    let mut left: BTreeMap<&Finding, isize> = BTreeMap::new();
    for finding in plain {
        *left.entry(finding).or_default() += 1;
    }
    for finding in annotated {
        *left.entry(finding).or_default() -= 1;
    }
    let differs = left.into_iter().filter(|(_, count)| *count != 0);
    let differences = differs.map(|(finding, count)| Difference {
        lint: finding.lint.clone(),
        is_lost: count > 0,
        file: finding.file.clone(),
        function: finding.function.clone(),
    });
    differences
        .filter(|found| !(found.is_lost && ACCEPTED_LOSSES.contains(&found.lint.as_str())))
        .collect()
}

/// The differences as lines, with the editions where they are not in all of them.
fn told(differences: &BTreeMap<Difference, BTreeSet<&str>>) -> String {
    let mut lines: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for (found, editions) in differences {
        let sign = if found.is_lost { "lost" } else { "added" };
        let editions: Vec<&str> = match editions.len() {
            3 => vec![],
            _ => editions.iter().copied().collect(),
        };
        let key = (&found.lint, sign, &found.file, editions);
        lines.entry(key).or_default().push(&found.function);
    }
    let line = |((lint, sign, file, editions), functions): (_, Vec<&str>)| {
        let editions: Vec<&str> = editions;
        let (lint, sign, file): (&String, &str, &String) = (lint, sign, file);
        let editions = editions.iter().map(|edition| format!(" {edition}"));
        let editions = editions.collect::<String>();
        format!("{lint} {sign}{editions} {file}: {}\n", functions.join(" "))
    };
    lines.into_iter().map(line).collect()
}

/// What changed, line by line.
fn changes(known: &str, found: &str) -> String {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (known, found) = (lines(known), lines(found));
    let gone = known
        .difference(&found)
        .map(|line| format!("no more: {line}\n"));
    let new = found
        .difference(&known)
        .map(|line| format!("new: {line}\n"));
    let heading = format!("the differences are not those of {KNOWN_DIFFERENCES}:\n");
    heading + &gone.chain(new).collect::<String>()
}
