//! Functions put together of fragments of a `macro_rules!`, of every kind there is.
#![deny(warnings)]

macro_rules! fragments {
    (
        $(#[$meta:meta])* $vis:vis fn $name:ident<$lifetime:lifetime, $generic:ident: $bound:path>
        ($pattern:pat_param, $argument:ident: $input:ty) -> $output:ty
        $body:block
    ) => {
        $(#[$meta])*
        $vis fn $name<$lifetime, $generic: $bound>($pattern: ($input, u8), $argument: &$lifetime $generic) -> $output $body
    };
}

fragments! {
    #[agentops::agent]
    #[allow(clippy::needless_lifetimes)]
    pub fn generic<'a, T: std::fmt::Debug>((number, _), value: u32) -> String {
        format!("{number} {value:?}")
    }
}

macro_rules! expression {
    ($name:ident, $label:literal, $argument:ident => $body:expr, $description:literal, $field:ident = $value:expr) => {
        #[agentops::tool($label, description = $description, fields($field = $value))]
        fn $name($argument: u32) -> u32 {
            $body
        }
    };
}

expression!(computed, "a label", input => input * 2 + 1, "what it does", doubled = input * 2);

macro_rules! tokens {
    ($name:ident($($arguments:tt)*) $(-> $output:ty)? { $($body:tt)* }) => {
        #[agentops::agent]
        fn $name($($arguments)*) $(-> $output)? { $($body)* }

        paste_async!($name($($arguments)*) $(-> $output)? { $($body)* });
    };
}

macro_rules! paste_async {
    ($name:ident($($arguments:tt)*) $(-> $output:ty)? { $($body:tt)* }) => {
        mod $name {
            #[agentops::agent]
            pub async fn later($($arguments)*) $(-> $output)? { $($body)* }
        }
    };
}

tokens!(add(left: u8, mut right: u8) -> u8 { right += left; right });
tokens!(nothing(count: &mut u8) { if *count > 3 { return; } *count += 1; });

macro_rules! methods {
    ($type:ty { $($name:ident: $item:ty),* }) => {
        impl $type {
            $(
                #[agentops::agent]
                fn $name(&self) -> &$item {
                    &self.$name
                }
            )*
        }
    };
}

struct Pair {
    left: u8,
    right: String,
}

methods!(Pair { left: u8, right: String });

macro_rules! with_path {
    ($attribute:path, $name:ident) => {
        #[$attribute]
        fn $name() -> Result<(), String> {
            Err(stringify!($name).into())
        }
    };
}

with_path!(agentops::tool, by_path);

fn main() {
    let captured = agentops::testing::capture(|| {
        assert_eq!(generic((1, 2), &"x"), "1 \"x\"");
        assert_eq!(computed(2), 5);
        assert_eq!(add(1, 2), 3);
        let mut count = 3;
        nothing(&mut count);
        let pair = Pair { left: 1, right: "r".to_owned() };
        assert_eq!((*pair.left(), pair.right().as_str(), count), (1, "r", 4));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert_eq!(runtime.block_on(add::later(1, 2)), 3);
        runtime.block_on(nothing::later(&mut count));
        assert!(by_path().is_err());
    });
    assert_eq!(captured.spans.len(), 9);
    let computed = captured.span("execute_tool a label");
    assert_eq!(computed.int("doubled"), Some(4));
    assert_eq!(computed.str("gen_ai.tool.description"), Some("what it does"));
    assert_eq!(captured.span("execute_tool by_path").status, "error");
}
