//! Keep the structure: who imports whom, and what may stand where.

#![allow(
    clippy::unwrap_used,
    reason = "support code of tests: what is not as expected ends the test"
)]

#[path = "tidy/source.rs"]
mod source;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Display;
use std::fs;

use source::{Crate, File, crates, named, root};

/// Files that every annotated call runs through.
const HOT: &[&str] = &[
    "attached",
    "baggage",
    "buffer",
    "builder",
    "carrier",
    "closing",
    "content",
    "convert",
    "described",
    "description",
    "draft",
    "ending",
    "fallback",
    "field",
    "flushing",
    "future",
    "handle",
    "host",
    "ids",
    "leaf",
    "live",
    "llm",
    "outcome",
    "parent",
    "propagation",
    "record",
    "relation",
    "run",
    "sampling",
    "scope",
    "seen",
    "session",
    "slot",
    "span",
    "stream",
    "task",
    "told",
    "updates",
    "values",
];
/// Files that run when a program begins and ends, and on threads of ours.
const COLD: &[&str] = &["client", "config", "export", "providers"];
/// Files below all others.
const GROUND: &[&str] = &["error", "ids", "semconv"];
/// The files that may be unsafe, all of the spool.
const UNSAFE: &[&str] = &["arena/mod.rs", "clock.rs", "fork.rs", "mapping.rs"];
/// Which crates may depend on which: only on those further down.
const LEVELS: &[&[&str]] = &[
    &["agentops-faults", "agentops-macros", "agentops-prices"],
    &["agentops-spool"],
    &["agentops", "agentops-backend"],
    &["agentops-examples", "xtask"],
    &["agentops-tests"],
];

const MAX_FILE_LINES: usize = 600;
const MAX_FUNCTION_LINES: usize = 80;
const MAX_HEADLINE_CHARS: usize = 80;

/// What was found against a rule.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn add(&mut self, file: &File, line: usize, what: impl Display) {
        self.0.push(format!("{}:{line}: {what}", file.path));
    }

    /// Finds these words in the crate's files, tests included, but for files that are allowed them.
    fn words(&mut self, found: &Crate, words: &[&str], allowed: &[&str]) {
        for file in &found.files {
            self.words_in(file, &file.code, words, allowed);
        }
    }

    fn words_in(&mut self, file: &File, code: &str, words: &[&str], allowed: &[&str]) {
        if is_in(file, allowed) {
            return;
        }
        for word in words {
            for line in File::lines_with(code, &[word]) {
                let what = match allowed {
                    [] => format!("`{word}` may not stand in this crate"),
                    _ => format!("`{word}` may stand only in {}", allowed.join(", ")),
                };
                self.add(file, line, what);
            }
        }
    }

    #[track_caller]
    fn assert_none(self) {
        assert!(self.0.is_empty(), "\n{}\n", self.0.join("\n"));
    }
}

/// Whether the file is one of these, or in one of these folders.
fn is_in(file: &File, names: &[&str]) -> bool {
    names.iter().any(|name| match name.strip_suffix('/') {
        Some(_) => file.name.starts_with(name),
        None => file.name == *name,
    })
}

/// The first part of a file's or a path's name.
fn top(name: &str) -> &str {
    let end = name.find(['/', '.', ':']).unwrap_or(name.len());
    &name[..end]
}

#[test]
fn hot_files_import_no_cold_ones() {
    let mut findings = Findings::default();
    let runtime = named("agentops");
    for name in HOT.iter().chain(COLD).chain(GROUND) {
        let exists = runtime.files.iter().any(|file| top(&file.name) == *name);
        assert!(
            exists,
            "`{name}` is no file or folder of agentops/src any more"
        );
    }
    for file in runtime
        .files
        .iter()
        .filter(|file| HOT.contains(&top(&file.name)))
    {
        for import in file.paths("crate::") {
            if COLD.contains(&top(&import.path)) {
                let what = format!("a hot file imports the cold `{}`", import.path);
                findings.add(file, import.line, what);
            }
        }
    }
    findings.assert_none();
}

#[test]
fn ground_files_import_nothing_of_ours() {
    let mut findings = Findings::default();
    let runtime = named("agentops");
    for file in runtime
        .files
        .iter()
        .filter(|file| GROUND.contains(&top(&file.name)))
    {
        for import in file.paths("crate::") {
            let what = format!("a file below all others imports `{}`", import.path);
            findings.add(file, import.line, what);
        }
    }
    findings.assert_none();
}

#[test]
fn environment_is_read_in_one_file() {
    let mut findings = Findings::default();
    for name in ["agentops", "agentops-macros", "agentops-spool"] {
        for file in &named(name).files {
            for import in file.paths("std::") {
                if top(&import.path) == "env" && file.path != "agentops/src/config/env.rs" {
                    findings.add(
                        file,
                        import.line,
                        "`std::env` may stand only in config/env.rs",
                    );
                }
            }
        }
    }
    findings.assert_none();
}

#[test]
fn threads_are_started_in_one_file() {
    let mut findings = Findings::default();
    for name in ["agentops", "agentops-macros", "agentops-spool"] {
        for file in &named(name).files {
            let starts = ["thread::Builder", "thread::spawn"];
            let imports =
                file.paths("std::")
                    .into_iter()
                    .chain(file.paths("thread::").into_iter().map(|mut import| {
                        import.path.insert_str(0, "thread::");
                        import
                    }));
            for import in imports.filter(|import| starts.contains(&import.path.as_str())) {
                if file.path != "agentops/src/export/threads.rs" {
                    findings.add(
                        file,
                        import.line,
                        "threads are started in export/threads.rs only",
                    );
                }
            }
        }
    }
    findings.assert_none();
}

#[test]
fn otlp_exporters_are_known_to_the_exporting_side_only() {
    let mut findings = Findings::default();
    let words = ["opentelemetry_otlp"];
    findings.words(&named("agentops"), &words, &["providers/", "export/"]);
    findings.assert_none();
}

#[test]
fn imports_name_the_defining_file() {
    let mut findings = Findings::default();
    for found in crates() {
        for file in &found.files {
            for import in file.paths("crate::").iter().filter(|import| import.is_use) {
                if import.path.starts_with(char::is_uppercase) {
                    let what = format!(
                        "`crate::{}` comes through the root; import it from its file",
                        import.path
                    );
                    findings.add(file, import.line, what);
                }
            }
        }
    }
    findings.assert_none();
}

#[test]
fn no_file_imports_itself_by_way_of_others() {
    let mut findings = Findings::default();
    for found in crates() {
        let mut arrows: HashMap<&str, BTreeMap<&str, usize>> = HashMap::new();
        for file in &found.files {
            let to = arrows.entry(&file.name).or_default();
            for import in file.paths("crate::") {
                let target = found.file_of(&import.path);
                if target.name != file.name {
                    to.entry(&target.name).or_insert(import.line);
                }
            }
        }
        for file in &found.files {
            if let Some(way) = way_back(&file.name, &arrows) {
                let line = arrows[file.name.as_str()][way[1]];
                findings.add(file, line, format!("an import cycle: {}", way.join(" > ")));
            }
        }
    }
    findings.assert_none();
}

/// A shortest way along the arrows from a file back to itself.
fn way_back<'a>(
    start: &'a str,
    arrows: &HashMap<&'a str, BTreeMap<&'a str, usize>>,
) -> Option<Vec<&'a str>> {
    let mut seen = BTreeSet::new();
    let mut ways = vec![vec![start]];
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            for next in arrows.get(way.last()?)?.keys() {
                let mut way = way.clone();
                way.push(next);
                if *next == start {
                    return Some(way);
                }
                if seen.insert(*next) {
                    longer.push(way);
                }
            }
        }
        ways = longer;
    }
    None
}

#[test]
fn unsafe_code_stands_in_four_files() {
    let mut findings = Findings::default();
    let words = [
        "unsafe {",
        "unsafe impl",
        "unsafe fn",
        "unsafe extern",
        "unsafe trait",
    ];
    for found in crates() {
        let allowed = if found.name == "agentops-spool" {
            UNSAFE
        } else {
            &[]
        };
        findings.words(&found, &words, allowed);
    }
    findings.assert_none();
}

#[test]
fn statics_with_a_lock_are_each_process_s_own() {
    const LOCKS: [&str; 6] = [
        "Mutex<",
        "RwLock<",
        "OnceLock<",
        "LazyLock<",
        "Condvar",
        "Once ",
    ];
    let mut findings = Findings::default();
    for name in ["agentops", "agentops-spool"] {
        let found = named(name);
        // What `clock` makes once is made before a fork is noticed.
        for file in found.files.iter().filter(|file| file.name != "clock.rs") {
            for line in File::lines_with(&file.code, &["static "]) {
                let text = file.code.lines().nth(line - 1).unwrap_or_default();
                let has_lock = LOCKS.iter().any(|lock| text.contains(lock));
                if has_lock && !text.contains("PerProcess<") {
                    let what = "a forked child may find it held by a thread of its parent";
                    findings.add(file, line, what.to_owned());
                }
            }
        }
    }
    findings.assert_none();
}

#[test]
fn unsafe_code_says_why_it_is_sound() {
    let mut findings = Findings::default();
    for file in crates().iter().flat_map(|found| &found.files) {
        let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
        for line in File::lines_with(&file.code, &["unsafe {", "unsafe impl"]) {
            let is_comment = |line: &&&str| line.starts_with("//");
            // The comment stands above the statement, which may have begun some lines before.
            let begun = |line: &&&str| {
                !is_comment(line) && !line.is_empty() && !line.ends_with([';', '{', '}'])
            };
            let above = lines[..line - 1].iter().rev().skip_while(begun);
            if !above
                .take_while(is_comment)
                .any(|line| line.contains("SAFETY:"))
            {
                findings.add(file, line, "no `SAFETY:` comment right above");
            }
        }
    }
    findings.assert_none();
}

#[test]
fn files_say_first_what_they_are_for() {
    let mut findings = Findings::default();
    for found in crates() {
        let mut known: HashMap<&str, &File> = HashMap::new();
        for file in &found.files {
            let first = file.text.lines().next().unwrap_or_default();
            if file.name == "lib.rs" && first.starts_with("#![doc = include_str!") {
                continue;
            }
            let Some(headline) = first.strip_prefix("//! ") else {
                findings.add(file, 1, "the first line is no `//!`");
                continue;
            };
            let length = headline.chars().count();
            if length > MAX_HEADLINE_CHARS {
                findings.add(
                    file,
                    1,
                    format!("the first line has {length} characters; at most {MAX_HEADLINE_CHARS}"),
                );
            }
            if let Some(other) = known.insert(headline, file) {
                findings.add(file, 1, format!("the first line is that of {}", other.path));
            }
        }
    }
    findings.assert_none();
}

#[test]
fn traps_are_named_where_they_are_dealt_with() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, table) = text.split_once("| trap | what is done | where |").unwrap();
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let mut count = 0;
    for row in rows {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let files = cells[3].split('`').filter(|name| name.contains(".rs"));
        for file in files {
            let path = root().join("crates/agentops-spool/src").join(file);
            let code = fs::read_to_string(path).unwrap();
            let mark = format!("Trap, {}: ", cells[1]);
            assert!(code.contains(&mark), "{file} does not say `{mark}`");
        }
        count += 1;
    }
    assert_eq!(count, 12);
}

#[test]
fn files_and_functions_are_short() {
    let mut findings = Findings::default();
    for file in crates().iter().flat_map(|found| &found.files) {
        let lines = file.text.lines().count();
        if lines > MAX_FILE_LINES {
            findings.add(
                file,
                lines,
                format!("{lines} lines; a file has at most {MAX_FILE_LINES}"),
            );
        }
        for (line, name, lines) in file.functions() {
            if lines > MAX_FUNCTION_LINES {
                findings.add(
                    file,
                    line,
                    format!("`{name}` has {lines} lines; at most {MAX_FUNCTION_LINES}"),
                );
            }
        }
    }
    findings.assert_none();
}

#[test]
fn stages_of_the_macros_stay_apart() {
    let mut findings = Findings::default();
    let macros = named("agentops-macros");
    for file in macros.files.iter().filter(|file| !macros.is_test(file)) {
        let code = file.product_code();
        let parsing = [
            "syn::parse",
            "syn::parse2",
            "syn::parse_str",
            "Parse",
            "ParseStream",
            "Parser",
        ];
        findings.words_in(file, &code, &parsing, &["args.rs", "block/", "item.rs"]);
        let printing = ["quote!", "quote_spanned!", "parse_quote!"];
        findings.words_in(file, &code, &printing, &["expand/"]);
        findings.words_in(file, &code, &["proc_macro"], &["lib.rs"]);
    }
    findings.assert_none();
}

#[test]
fn spool_knows_nothing_of_the_sdk() {
    let mut findings = Findings::default();
    let spool = named("agentops-spool");
    let words = [
        "opentelemetry",
        "opentelemetry_sdk",
        "opentelemetry_otlp",
        "opentelemetry_http",
    ];
    findings.words(&spool, &words, &[]);
    findings.assert_none();
    for (section, dependency) in dependencies("crates/agentops-spool") {
        let is_theirs = dependency.starts_with("opentelemetry");
        assert!(
            !is_theirs || section == "dev-dependencies",
            "agentops-spool depends on {dependency}"
        );
    }
}

#[test]
fn crates_depend_downwards() {
    let level = |name: &str| LEVELS.iter().position(|level| level.contains(&name));
    let folders = crates().into_iter().map(|found| match found.name.as_str() {
        "agentops" | "agentops-macros" => found.name,
        name => format!("crates/{name}"),
    });
    for folder in folders.chain(["examples".to_owned(), "tests".to_owned()]) {
        let name = package_name(&folder);
        let own = level(&name).unwrap_or_else(|| panic!("{folder}: `{name}` has no level"));
        for (_, dependency) in dependencies(&folder) {
            if let Some(other) = level(&dependency) {
                assert!(
                    other < own,
                    "{folder}/Cargo.toml: `{name}` depends on `{dependency}`, which is not below it"
                );
            }
        }
    }
}

fn manifest(folder: &str) -> String {
    fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap()
}

fn package_name(folder: &str) -> String {
    let manifest = manifest(folder);
    let name = manifest
        .lines()
        .find_map(|line| line.strip_prefix("name = "));
    name.unwrap().trim_matches('"').to_owned()
}

/// The dependencies of a crate, each with the section it stands in.
fn dependencies(folder: &str) -> Vec<(String, String)> {
    let mut section = "";
    let mut found = Vec::new();
    let manifest = manifest(folder);
    for line in manifest.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if section.ends_with("dependencies") && line.starts_with(char::is_alphabetic) {
            let end = line.find(['.', ' ', '=']).unwrap_or(line.len());
            found.push((section.to_owned(), line[..end].to_owned()));
        }
    }
    found
}
