//! Readable expansions of whole functions and blocks, compared with files.
//!
//! Each `tests/expand/<shape>.in.rs` holds annotated items as users write them;
//! `<shape>.out.rs` holds what they become. To write the latter anew:
//!
//! ```text
//! AGENTOPS_BLESS=1 cargo test -p agentops-macros snapshots
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{File, ImplItem, Item, TraitItem};

use crate::attribute;
use crate::complete;
use crate::families;
use crate::item::take_attribute;

macro_rules! snapshots {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            compare(stringify!($name));
        }
    )*
    const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

snapshots! {
    async_function
    async_method
    async_never
    argument_attributes
    both_attributes
    both_patterns
    computed
    crate_path
    declared_later
    error_keeps_item
    errors_in_order
    extern_and_unsafe
    fields_and_baggage
    flush
    generic
    guard
    guard_arguments
    impl_agent
    impl_async_trait
    impl_mistakes
    impl_tool
    impl_trait_return
    inner_attributes
    items_in_body
    keyword_names
    kinds
    leaf
    llm_call_expressions
    llm_call_literals
    macro_below
    main_async
    method
    never
    patterns
    relations
    session_options
    skipped
    streams
    sync_closure
    told
    tool_options
    track_caller
    trait_methods
    without_body
    without_content
}

#[test]
fn every_snapshot_file_is_compared() {
    let mut files: Vec<String> = fs::read_dir(directory())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|file| file.strip_suffix(".in.rs").map(str::to_owned))
        .collect();
    files.sort();
    let mut names = NAMES.to_vec();
    names.sort_unstable();
    assert_eq!(files, names);
}

#[test]
fn a_custom_crate_path_leaves_no_default_path() {
    let expanded = expand_file(&read("crate_path.in.rs"));
    assert!(expanded.contains("crate::reexport::__private::start"));
    assert!(!expanded.contains("::agentops"), "{expanded}");
}

#[track_caller]
fn compare(name: &str) {
    let expanded = expand_file(&read(&format!("{name}.in.rs")));
    let file = format!("{name}.out.rs");
    if option_env!("AGENTOPS_BLESS").is_some() {
        fs::write(directory().join(&file), &expanded).unwrap();
    }
    let expected = read(&file);
    assert!(
        expanded == expected,
        "{file} differs; the expansion is now:\n{expanded}"
    );
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expand")
}

#[track_caller]
fn read(file: &str) -> String {
    let path = directory().join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Expands each `#[agentops::..]` of a file as the compiler would, outermost first.
fn expand_file(source: &str) -> String {
    let mut file = syn::parse_file(source).unwrap();
    while expand_once(&mut file) {}
    prettyplease::unparse(&file)
}

fn expand_once(file: &mut File) -> bool {
    let mut found = false;
    for item in &mut file.items {
        match item {
            Item::Fn(function) => {
                if let Some(expanded) = apply(function, &mut found) {
                    *item = Item::Verbatim(expanded);
                }
            }
            Item::Impl(block) => {
                if let Some(expanded) = apply(block, &mut found) {
                    *item = Item::Verbatim(expanded);
                    continue;
                }
                for item in &mut block.items {
                    let ImplItem::Fn(function) = item else {
                        continue;
                    };
                    if let Some(expanded) = apply(function, &mut found) {
                        *item = ImplItem::Verbatim(expanded);
                    }
                }
            }
            Item::Trait(block) => {
                for item in &mut block.items {
                    let TraitItem::Fn(function) = item else {
                        continue;
                    };
                    if let Some(expanded) = apply(function, &mut found) {
                        *item = TraitItem::Verbatim(expanded);
                    }
                }
            }
            _ => {}
        }
    }
    if found {
        *file = syn::parse2(file.to_token_stream()).unwrap();
    }
    found
}

fn apply(item: &impl ToTokens, found: &mut bool) -> Option<TokenStream> {
    let (family, args, item) = take_attribute(item.to_token_stream(), families::of)?;
    *found = true;
    let expanded = attribute::expand(family, args, item, true);
    // They only repeat the words of the options.
    Some(complete::without_imports(expanded))
}
