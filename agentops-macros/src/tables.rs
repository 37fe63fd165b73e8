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

/// The lines of all examples that are compiled.
fn compiled(text: &str) -> String {
    let blocks = text.split("\n```rust\n").skip(1);
    let blocks = blocks.map(|block| block.split("\n```").next().unwrap());
    let lines = blocks.flat_map(str::lines);
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn assert_compiled(name: &str) {
    let text = text(name);
    let code = compiled(&text);
    for row in rows(&text) {
        let examples: Vec<_> = code_words(&row.example).collect();
        let is_of_option = |example: &&str| {
            let begins = example.starts_with(option_of(&row));
            begins || option_of(&row) == "name" && example.starts_with('"')
        };
        assert!(examples.iter().any(is_of_option), "{name}: {}", row.option);
        for example in examples {
            assert!(
                code.contains(example),
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
