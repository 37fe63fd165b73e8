//! Whether the tables of options are complete, and their examples compiled.

use std::fs;

use crate::families;
use crate::options::Family;
use crate::options::common::COMMON;

/// A row of a table of options.
struct Row {
    /// How the option is written.
    option: String,
    /// How it is used.
    example: String,
}

/// A text of `docs`, without the `.md`.
fn text(name: &str) -> String {
    let file = format!("{}/docs/{name}.md", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The rows of the table of options.
fn rows(text: &str) -> Vec<Row> {
    let begin = text.find("\n| Option | Meaning | Example |\n").unwrap();
    let rows = text[begin + 1..].lines().skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let row = |line: &str| {
        // A bar that is no border has a backslash before it.
        let line = line.replace("\\|", "\0");
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [option, _, example] = cells[..] else {
            panic!("no three cells: {line}");
        };
        let [option, example] = [option, example].map(|cell| cell.replace('\0', "|"));
        Row { option, example }
    };
    rows.map(row).collect()
}

/// The words of a text that are set as code.
fn code_words(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// The option that a row is about.
fn option_of(row: &Row) -> &str {
    let written = code_words(&row.option).next().unwrap();
    if written.starts_with('"') {
        return "name";
    }
    let end = written.find([' ', '(']).unwrap_or(written.len());
    &written[..end]
}

/// The attributes in all examples that are compiled, as they are written.
fn compiled(text: &str) -> Vec<&str> {
    let blocks = text.split("\n```rust\n").skip(1);
    let blocks = blocks.map(|block| block.split("\n```").next().unwrap());
    let attributes = blocks.flat_map(|block| block.split("#[agentops::").skip(1));
    let attributes = attributes.map(|rest| rest.split(")]\n").next().unwrap());
    attributes.collect()
}

/// Whether an attribute has this option, and not just a word of its letters.
fn has(attribute: &str, example: &str) -> bool {
    attribute.match_indices(example).any(|(at, _)| {
        let (before, after) = (&attribute[..at], &attribute[at + example.len()..]);
        before.ends_with(['(', ' ']) && (after.is_empty() || after.starts_with(','))
    })
}

#[track_caller]
fn assert_compiled(name: &str) {
    let text = text(name);
    let attributes = compiled(&text);
    for row in rows(&text) {
        let examples: Vec<_> = code_words(&row.example).collect();
        let is_of_option = |example: &&str| {
            let begins = example.starts_with(option_of(&row));
            begins || option_of(&row) == "name" && example.starts_with('"')
        };
        assert!(examples.iter().any(is_of_option), "{name}: {}", row.option);
        for example in examples {
            let is_compiled = attributes.iter().any(|attribute| has(attribute, example));
            assert!(
                is_compiled,
                "docs/{name}.md: no code holds `{example}`, which a row of its table shows"
            );
        }
    }
}

/// The options of a table, each once, in its order.
fn listed(name: &str) -> Vec<String> {
    let rows = rows(&text(name));
    let mut listed: Vec<String> = rows.iter().map(|row| option_of(row).to_owned()).collect();
    listed.dedup();
    listed
}

fn own_options(family: &Family) -> Vec<&'static str> {
    let is_common = |name: &str| COMMON.iter().any(|common| common.name == name);
    let all = family.options().map(|key| key.name);
    all.filter(|name| !is_common(name)).collect()
}

#[test]
fn tables_list_the_options_in_the_order_of_the_attributes() {
    let common: Vec<_> = COMMON.iter().map(|key| key.name).collect();
    assert_eq!(listed("common"), common);
    for family in families::ALL {
        let name = family.attribute;
        assert_eq!(listed(name), own_options(family), "docs/{name}.md");
    }
}

#[test]
fn every_example_in_a_table_is_compiled() {
    assert_compiled("common");
    for family in families::ALL {
        assert_compiled(family.attribute);
    }
}

#[test]
fn every_text_is_among_the_doctests_of_agentops() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../agentops/src/attributes.rs");
    let modules = fs::read_to_string(file).unwrap();
    let mut names: Vec<_> = families::ALL.map(|family| family.attribute).to_vec();
    names.push("common");
    let run = format!("\nexamples! {{ {} }}\n", names.join(" "));
    assert!(modules.contains(&run), "{file} has no line{run}");
}
