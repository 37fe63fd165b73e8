//! Items in annotated bodies: functions, impls, consts, statics, uses, types of the result.
#![deny(warnings)]

#[agentops::workflow]
fn run(input: u8) -> impl std::fmt::Debug {
    #[derive(Debug)]
    #[allow(dead_code)]
    struct Report(u8, &'static str);

    impl Report {
        #[agentops::task]
        fn new(value: u8) -> Self {
            Self(value + OFFSET, LABEL)
        }
    }

    const OFFSET: u8 = {
        const fn three() -> u8 {
            3
        }
        three()
    };
    static LABEL: &str = "label";

    #[agentops::task]
    async fn later(value: u8) -> u8 {
        use std::future::ready;
        fn deepest(value: u8) -> u8 {
            value + OFFSET
        }
        ready(deepest(value)).await
    }

    mod module {
        #[agentops::task]
        pub(super) fn inner<T>(value: T) -> T {
            value
        }
    }

    enum Step {
        First,
        Second(u8),
    }
    use Step::{First, Second};

    let step = if input == 0 { First } else { Second(module::inner(input)) };
    match step {
        First => Report::new(0),
        Second(value) => {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            Report::new(runtime.block_on(later(value)))
        }
    }
}

#[agentops::workflow]
async fn run_later(input: u8) -> Result<u8, std::fmt::Error> {
    trait Double {
        fn double(&self) -> u8;
    }
    impl Double for u8 {
        #[agentops::task]
        fn double(&self) -> u8 {
            self * 2
        }
    }
    macro_rules! call {
        ($value:expr) => {
            $value.double()
        };
    }
    type Output = Result<u8, std::fmt::Error>;
    let output: Output = Ok(call!(input));
    output
}

#[agentops::workflow]
fn unit() {
    use std::fmt::Write as _;
    static COUNT: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(0);
    let mut text = String::new();
    write!(text, "{}", COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed)).unwrap();
    assert_eq!(text, "0");
}

#[agentops::workflow]
#[track_caller]
fn tracked(value: u8) -> u8 {
    fn add(value: u8) -> u8 {
        value + 1
    }
    add(value)
}

fn main() {
    let captured = agentops::testing::capture(|| {
        assert_eq!(format!("{:?}", run(1)), "Report(7, \"label\")");
        assert_eq!(format!("{:?}", run(0)), "Report(3, \"label\")");
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert_eq!(runtime.block_on(run_later(2)), Ok(4));
        unit();
        assert_eq!(tracked(1), 2);
    });
    assert_eq!(
        captured.tree(),
        "workflow invoke_workflow run\n  task inner\n  task later\n  task new\n\
         workflow invoke_workflow run\n  task new\n\
         workflow invoke_workflow run_later\n  task double\n\
         workflow invoke_workflow unit\nworkflow invoke_workflow tracked\n"
    );
}
