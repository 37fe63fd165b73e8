//! The README shows what is there.

const README: &str = include_str!("../../README.md");
const QUICKSTART: &str = include_str!("../../examples/quickstart.rs");

#[test]
fn its_first_program_is_the_quickstart() {
    let (_, behind) = README.split_once("```rust,ignore\n").unwrap();
    let (program, _) = behind.split_once("```").unwrap();
    assert!(QUICKSTART.contains(program), "{program}");
}

#[test]
fn the_quickstart_is_short_and_knows_no_answer() {
    assert!(QUICKSTART.lines().count() <= 40);
    assert!(!QUICKSTART.contains("tokens"));
}

#[test]
fn it_can_be_read_in_ten_minutes() {
    assert!(README.lines().count() < 200);
}
