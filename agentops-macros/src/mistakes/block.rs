//! Wrong options and wrong marks on `impl` blocks, and what is said about each.

use proc_macro2::TokenStream;
use syn::{ImplItem, Item, LitStr};

use crate::attribute;
use crate::families::{ALL, agent, llm_call, tool};
use crate::options::Family;

/// What comes out for these arguments on this block.
#[track_caller]
fn expanded(family: &'static Family, args: &str, block: &str, enabled: bool) -> Vec<Item> {
    let [args, block] = [args, block].map(|text| text.parse::<TokenStream>().unwrap());
    let expanded = attribute::expand(family, args, block, enabled);
    syn::parse2::<syn::File>(expanded).unwrap().items
}

/// The messages behind the block, whose methods must all be there.
#[track_caller]
fn messages(family: &'static Family, args: &str, block: &str) -> Vec<String> {
    let mut items = expanded(family, args, block, true).into_iter();
    let Some(Item::Impl(kept)) = items.next() else {
        panic!("the block is gone");
    };
    let written: syn::ItemImpl = syn::parse_str(block).unwrap();
    assert_eq!(names(&kept.items), names(&written.items));
    let message = |item| match item {
        Item::Macro(error) => error.mac.parse_body::<LitStr>().unwrap().value(),
        _ => panic!("something else than an error follows the block"),
    };
    items.map(message).collect()
}

fn names(items: &[ImplItem]) -> Vec<String> {
    let name = |item: &ImplItem| match item {
        ImplItem::Fn(method) => method.sig.ident.to_string(),
        ImplItem::Const(constant) => constant.ident.to_string(),
        ImplItem::Type(alias) => alias.ident.to_string(),
        _ => String::new(),
    };
    items.iter().map(name).collect()
}

#[track_caller]
fn options_say(family: &'static Family, args: &str, expected: &[&str]) {
    let block = "impl Search {
        fn query(&self, words: &str, Page { limit, .. }: Page) {}
        async fn rank(hits: Vec<Hit>, _: u8) {}
        #[agentops(skip)] fn open(path: &Path) {}
        #[agentops::task] fn close(sooner: bool) {}
    }";
    assert_eq!(messages(family, args, block), expected, "{args}");
}

#[track_caller]
fn member_says(member: &str, expected: &[&str]) {
    let block = format!("impl Search {{ fn before() {{}} {member} fn behind(&self) {{}} }}");
    assert_eq!(messages(&tool::FAMILY, "", &block), expected, "{member}");
}

#[test]
fn sound_options_pass() {
    options_say(&agent::FAMILY, "\"planner\", skip(words, hits)", &[]);
    options_say(&tool::FAMILY, "skip(limit), call_id = 3, tags(\"a\")", &[]);
    options_say(&llm_call::FAMILY, "provider = \"openai\", model = m", &[]);
}

#[test]
fn only_an_agent_gives_its_name_to_all_methods() {
    let one_name = "a name on an `impl` block would be that of all its methods; name the method itself by an attribute on it, or leave `name` out";
    for family in [&tool::FAMILY, &llm_call::FAMILY] {
        options_say(family, "\"search\"", &[one_name]);
        options_say(family, "name = \"search\"", &[one_name]);
        options_say(family, "name", &[one_name]);
    }
    options_say(
        &agent::FAMILY,
        "name = 3",
        &["`name` takes a string literal or the path of a constant: `name = \"..\"`"],
    );
}

#[test]
fn skipped_arguments_exist_in_some_method() {
    let nothing = |name: &str| format!("no method of this block has an argument `{name}`");
    let say = |args, name: &str, rest: &str| {
        options_say(&tool::FAMILY, args, &[&(nothing(name) + rest)]);
    };
    say("skip(wrods)", "wrods", "; did you mean `words`?");
    let listed = "; they have `words`, `limit`, `hits`";
    say("skip(words, frobnicate)", "frobnicate", listed);
    // What the block's attribute does not look at has its own `skip(..)`.
    say("skip(path)", "path", listed);
    say("skip(sooner)", "sooner", listed);
    assert_eq!(
        messages(&tool::FAMILY, "skip(a)", "impl S { fn f(&self) {} }"),
        [nothing("a") + ", nor any other with a name; remove it"]
    );
    let many = "impl S { fn f(a: A, b: A, c: A, d: A, e: A, f: A) {} fn g(g: A, h: A, i: A, j: A, k: A, a: A) {} }";
    assert_eq!(
        messages(&tool::FAMILY, "skip(frobnicate)", many),
        [nothing("frobnicate")
            + "; they have `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, `i`, `j`, .."]
    );
}

#[test]
fn mistakes_in_options_are_told_once_and_in_order() {
    options_say(
        &tool::FAMILY,
        "nmae = \"x\", skip(self, quary, words, words, 0, hits = 1), \"x\", descripton = 3",
        &[
            "unknown option `nmae` of `#[agentops::tool]`; did you mean `name`?",
            "`self` is never captured, so there is nothing to skip; remove it",
            "no method of this block has an argument `quary`; they have `words`, `limit`, `hits`",
            "`words` is skipped twice; remove one of the two",
            "expected the name of an argument, found `0`",
            "`skip` only names arguments; write `hits` alone",
            "a name on an `impl` block would be that of all its methods; name the method itself by an attribute on it, or leave `name` out",
            "unknown option `descripton` of `#[agentops::tool]`; did you mean `description`?",
        ],
    );
}

#[test]
fn marks_say_skip_and_nothing_else() {
    let nothing = "this says nothing; write `#[agentops(skip)]` to leave this method out";
    let alone = "`skip` stands alone; write `#[agentops(skip)]`";
    let value = "`skip` takes no value; write `#[agentops(skip)]`";
    for (mark, said) in [
        ("#[agentops]", nothing),
        ("#[agentops()]", nothing),
        ("#[agentops[skip]]", nothing),
        ("#[agentops = \"skip\"]", nothing),
        (
            "#[agentops(skp)]",
            "`skp` means nothing here; write `#[agentops(skip)]` to leave this method out",
        ),
        (
            "#[agentops(\"skip\")]",
            "`\"skip\"` means nothing here; write `#[agentops(skip)]` to leave this method out",
        ),
        ("#[agentops(skip, x)]", alone),
        ("#[agentops(skip, skip, x)]", alone),
        ("#[agentops(skip = true)]", value),
        ("#[agentops(skip(words))]", value),
        ("#[agentops(skip words)]", value),
    ] {
        member_says(&format!("{mark} fn marked(&self) {{}}"), &[said]);
    }
    member_says("#[agentops(skip)] fn marked(&self) {}", &[]);
    member_says("#[agentops(skip,)] const fn marked(&self) {}", &[]);
}

#[test]
fn marks_go_on_methods() {
    let misplaced =
        "`#[agentops(skip)]` goes on methods; nothing else in a block is recorded, so remove it";
    for member in [
        "const A: u8 = { 3 };",
        "type A = u8;",
        "counters! { hits }",
        "counters!(hits);",
    ] {
        member_says(&format!("#[agentops(skip)] {member}"), &[misplaced]);
    }
}

#[test]
fn methods_in_which_nothing_can_be_recorded_are_left_out_by_a_mark() {
    let constant = "`#[agentops::tool]` cannot be used on a `const fn`, because nothing can be recorded at compile time; put `#[agentops(skip)]` on it";
    member_says("pub const unsafe fn limit() {}", &[constant]);
    member_says("#[agentops(skip)] const fn limit() {}", &[]);
    // Its own attribute tells by itself.
    member_says("#[agentops::task] const fn limit() {}", &[]);
    member_says(
        "unsafe extern \"C\" fn log(words: *const u8, ...) {}",
        &["`#[agentops::tool]` cannot wrap a C-variadic function; put `#[agentops(skip)]` on it"],
    );
}

#[test]
fn what_syn_cannot_read_does_not_hide_what_follows() {
    let block = "impl S { fn 3() -> A<{ 1 }> {} #[agentops(skp)] fn g(&self) {} }";
    let expanded = attribute::expand(
        &tool::FAMILY,
        TokenStream::new(),
        block.parse().unwrap(),
        true,
    );
    let expanded = expanded.to_string();
    let places = [
        "fn 3",
        "fn g",
        "the signature of this function cannot be read",
        "`skp` means nothing here",
    ]
    .map(|part| expanded.find(part));
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{expanded}"
    );
}

#[test]
fn a_block_takes_one_attribute() {
    let block = "#[agentops::tool] impl S { fn f(&self) {} }";
    assert_eq!(
        messages(&tool::FAMILY, "", block),
        ["`#[agentops::tool]` is given twice; remove one of the two"]
    );
    assert_eq!(
        messages(&agent::FAMILY, "", block),
        [
            "an `impl` block takes one attribute of agentops; put the other on the methods it is about"
        ]
    );
}

#[test]
fn other_attributes_are_led_to_methods() {
    for family in ALL {
        let attribute = family.attribute;
        let instead = match attribute {
            "agent" | "llm_call" | "tool" => continue,
            "session" => "a session starts at one entry point, so annotate that method",
            _ => "annotate the methods in it",
        };
        let expected = format!(
            "`#[agentops::{attribute}]` goes on functions, not on an impl block; {instead} (`agent`, `llm_call` and `tool` may stand on an `impl`)"
        );
        let said = messages(family, "", "unsafe impl T for S { fn f(&self) {} }");
        assert_eq!(said, [expected]);
    }
}

#[test]
fn a_custom_crate_path_leaves_no_default_path_in_any_method() {
    let block = "impl S { fn f(&self) -> u8 { 1 } async fn g(a: u8) {} fn h() {} }";
    let expanded = attribute::expand(
        &agent::FAMILY,
        "crate = crate::reexport".parse().unwrap(),
        block.parse().unwrap(),
        true,
    )
    .to_string();
    assert_eq!(
        expanded
            .matches("crate :: reexport :: __private :: Site ::")
            .count(),
        3
    );
    assert!(!expanded.contains(":: agentops"), "{expanded}");
}

#[test]
fn disabled_attributes_leave_the_bare_block() {
    let block =
        "#[cfg(unix)] impl<T> S<T> { const A: u8 = 3; #[agentops(skip)] fn f(&self) {} fn g() {} }";
    let expanded = attribute::expand(
        &tool::FAMILY,
        TokenStream::new(),
        block.parse().unwrap(),
        false,
    );
    let bare: TokenStream = block.replace("#[agentops(skip)]", "").parse().unwrap();
    assert_eq!(expanded.to_string(), bare.to_string());
}

#[test]
fn disabled_attributes_still_check_the_block() {
    let expanded = expanded(&tool::FAMILY, "\"x\"", "impl S { const fn f() {} }", false);
    assert_eq!(expanded.len(), 3);
}
