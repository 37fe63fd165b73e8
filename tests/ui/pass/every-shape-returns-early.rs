//! `return` in every place and shape: conditions, arguments, matches, loops, nested, the only statement.
#![deny(warnings)]
#![allow(unreachable_code)]

macro_rules! every {
    ($($attribute:ident)*) => {$(
        mod $attribute {
            #[agentops::$attribute]
            pub fn in_an_argument(stop: bool) -> u8 {
                u8::max(if stop { return 1 } else { 2 }, { 3 })
            }

            #[agentops::$attribute]
            pub fn in_a_condition(stop: bool) -> &'static str {
                if stop && { return "stopped" } {}
                while let true = match stop { true => unreachable!(), false => return "scrutinee" } {}
                "never"
            }

            #[agentops::$attribute]
            pub async fn across_awaits(stop: Option<u8>) -> Result<u8, &'static str> {
                let value = match std::future::ready(stop).await {
                    Some(0) => return Ok(0),
                    Some(value) => value,
                    None => return Err("none"),
                };
                std::future::ready(if value == 1 { return Err("one") } else { Ok(value) }).await
            }

            #[agentops::$attribute]
            pub fn unit(list: &mut Vec<u8>) {
                for at in 0.. {
                    match list.get(at) {
                        Some(0) | None => return,
                        Some(1) => continue,
                        Some(_) => list[at] = 9,
                    }
                }
            }

            #[agentops::$attribute]
            #[track_caller]
            pub fn tracked(value: u8) -> u8 {
                (if value == 0 { return 7 } else { value }) + 1
            }

            #[agentops::$attribute]
            pub fn only() -> Option<Box<dyn Fn() -> u8>> {
                return Some(Box::new(|| return 3));
            }

            #[agentops::$attribute]
            pub async fn unit_later(stop: bool, count: &mut u8) {
                if stop {
                    return;
                }
                std::future::ready(()).await;
                *count += 1;
                return
            }

            #[agentops::$attribute]
            pub fn future(stop: bool) -> impl Future<Output = u8> {
                if stop {
                    return std::future::ready(1);
                }
                std::future::ready(2)
            }
        }
    )*

    async fn calls() {$(
        {
            use $attribute as tested;
            assert_eq!((tested::in_an_argument(true), tested::in_an_argument(false)), (1, 3));
            assert_eq!((tested::in_a_condition(true), tested::in_a_condition(false)), ("stopped", "scrutinee"));
            assert_eq!(tested::across_awaits(Some(0)).await, Ok(0));
            assert_eq!(tested::across_awaits(Some(1)).await, Err("one"));
            assert_eq!(tested::across_awaits(Some(2)).await, Ok(2));
            assert_eq!(tested::across_awaits(None).await, Err("none"));
            let mut list = vec![1, 2, 0, 3];
            tested::unit(&mut list);
            assert_eq!(list, [1, 9, 0, 3]);
            assert_eq!((tested::tracked(0), tested::tracked(1)), (7, 2));
            assert_eq!(tested::only().map(|call| call()), Some(3));
            let mut count = 0;
            tested::unit_later(true, &mut count).await;
            tested::unit_later(false, &mut count).await;
            assert_eq!((count, tested::future(true).await, tested::future(false).await), (1, 1, 2));
        }
    )*}};
}

every!(session agent workflow task operation tool guardrail llm_call);

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let captured = runtime.block_on(agentops::testing::capture_async(calls()));
    assert_eq!(captured.spans.len(), 8 * 16);
    let failed = captured.spans.iter().filter(|span| span.status == "error").count();
    assert_eq!(failed, 8 * 2);
}
