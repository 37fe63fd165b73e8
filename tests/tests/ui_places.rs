//! Where compile errors point and how they begin, as the cases in `ui/fail` hold them.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// What the compiler says before an attribute of ours is asked.
const BEFORE_US: &str = "key-value macro attributes are not supported";

/// One error of a case.
struct Mistake {
    /// The file it was told of, for the words of a failed test.
    case: String,
    /// The compiler's number of it, which what our macros say has none of.
    code: Option<String>,
    /// What was said.
    message: String,
    /// The source from where it points to the end of that line.
    pointed_at: String,
}

impl Mistake {
    /// Whether the words are the compiler's; those about a trait of ours are ours.
    fn is_of_compiler(&self) -> bool {
        self.code.as_deref().is_some_and(|code| code != "E0277")
    }
}

#[test]
fn errors_point_at_less_than_the_attribute() {
    for mistake in mistakes() {
        if mistake.message != BEFORE_US {
            let at_all = mistake.pointed_at.starts_with("#[agentops::");
            assert!(!at_all, "{}: {}", mistake.case, mistake.message);
        }
    }
}

#[test]
fn messages_begin_in_lower_case_and_end_without_a_period() {
    for mistake in mistakes() {
        let Mistake { case, message, .. } = &mistake;
        let begins = message.starts_with(|first: char| first.is_lowercase() || first == '`');
        let ends = !message.ends_with('.') || message.ends_with(", ..");
        let is_in_style = begins && ends;
        assert!(is_in_style || mistake.is_of_compiler(), "{case}: {message}");
    }
}

/// All errors of all cases, of each at least one.
fn mistakes() -> Vec<Mistake> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/fail");
    let mut cases = read(fs::read_dir(&folder), &folder)
        .map(|file| read(file, &folder).path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect::<Vec<PathBuf>>();
    cases.sort();
    let mistakes = cases.iter().flat_map(|case| {
        let found = told_of(case);
        assert!(!found.is_empty(), "{} holds no error", case.display());
        found
    });
    mistakes.collect()
}

fn told_of(case: &Path) -> Vec<Mistake> {
    let stderr = case.with_extension("stderr");
    let source = read(fs::read_to_string(case), case);
    let told = read(fs::read_to_string(&stderr), &stderr);
    let lines: Vec<&str> = told.lines().collect();
    let beginnings = lines.windows(2).filter_map(|pair| {
        let (code, message) = message(pair[0])?;
        Some(Mistake {
            case: case.display().to_string(),
            code: code.map(str::to_owned),
            message: message.to_owned(),
            pointed_at: pointed_at(&source, pair[1]),
        })
    });
    beginnings.collect()
}

fn read<T>(result: io::Result<T>, path: &Path) -> T {
    result.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The code, if any, and what follows `error: ` or `error[E0277]: `.
fn message(line: &str) -> Option<(Option<&str>, &str)> {
    let rest = line.strip_prefix("error")?;
    let (code, rest) = match rest.strip_prefix('[') {
        Some(rest) => {
            let (code, rest) = rest.split_once(']')?;
            (Some(code), rest)
        }
        None => (None, rest),
    };
    Some((code, rest.strip_prefix(": ")?))
}

/// The source behind a ` --> ui/fail/case.rs:line:column`.
fn pointed_at(source: &str, arrow: &str) -> String {
    let mut parts = arrow.rsplit(':').map(str::parse::<usize>);
    let (Some(Ok(column)), Some(Ok(line))) = (parts.next(), parts.next()) else {
        panic!("no place follows the error, but `{arrow}`");
    };
    let line = source.lines().nth(line - 1).unwrap_or_default();
    assert!(column <= line.len(), "there is nothing at `{arrow}`");
    line.chars().skip(column - 1).collect()
}
