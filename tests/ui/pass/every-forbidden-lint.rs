//! Where the program forbids lints, an expansion neither trips nor allows one.
#![forbid(warnings)]
#![forbid(unused, nonstandard_style, future_incompatible, let_underscore, refining_impl_trait)]
#![forbid(unreachable_code, unsafe_code, elided_lifetimes_in_paths, explicit_outlives_requirements)]
#![forbid(missing_debug_implementations, non_ascii_idents, redundant_lifetimes, single_use_lifetimes)]
#![forbid(trivial_casts, trivial_numeric_casts, unit_bindings, unnameable_types, unused_extern_crates)]
#![forbid(unused_import_braces, unused_lifetimes, unused_qualifications, unused_results, variant_size_differences)]
#![forbid(tail_expr_drop_order, if_let_rescope, impl_trait_redundant_captures, let_underscore_drop)]
#![forbid(macro_use_extern_crate, meta_variable_misuse, missing_copy_implementations, keyword_idents)]
#![forbid(redundant_imports, absolute_paths_not_starting_with_crate, ambiguous_negative_literals)]

macro_rules! every {
    ($($attribute:ident)*) => {$(
        mod $attribute {
            #[agentops::$attribute]
            pub(super) fn sync(text: &str, mut count: u8) -> Result<u8, std::num::ParseIntError> {
                count += text.parse::<u8>()?;
                Ok(count)
            }

            #[agentops::$attribute]
            pub(super) async fn later(text: String) -> Option<usize> {
                std::future::ready(()).await;
                if text.is_empty() {
                    return None;
                }
                Some(text.len())
            }

            #[agentops::$attribute]
            pub(super) fn unit(count: &mut u8) {
                *count += 1;
            }

            #[agentops::$attribute]
            #[track_caller]
            pub(super) fn tracked(list: &[u8]) -> Option<&u8> {
                list.first()
            }

            #[agentops::$attribute]
            pub(super) fn future(count: u8) -> impl Future<Output = u8> + Send {
                async move { count }
            }

            #[agentops::$attribute]
            pub(super) fn boxed(count: u8) -> std::pin::Pin<Box<dyn Future<Output = u8> + Send>> {
                Box::pin(std::future::ready(count))
            }

            #[agentops::$attribute]
            pub(super) fn looped(end: u8) -> u8 {
                let mut at = 0;
                loop {
                    if at == end {
                        return at;
                    }
                    at += 1;
                }
            }
        }
    )*

    async fn calls() {
        let mut count = 0;
        $(
            assert_eq!($attribute::sync("1", 2), Ok(3));
            assert_eq!($attribute::later("text".to_owned()).await, Some(4));
            $attribute::unit(&mut count);
            assert_eq!($attribute::tracked(&[1]), Some(&1));
            assert_eq!($attribute::future(1).await, $attribute::boxed(1).await);
            assert_eq!($attribute::looped(3), 3);
        )*
        assert_eq!(count, 8);
    }};
}

every!(session agent workflow task operation tool guardrail llm_call);

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let captured = runtime.block_on(agentops::testing::capture_async(calls()));
    assert_eq!(captured.spans.len(), 8 * 7);
}
