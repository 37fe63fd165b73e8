//! Functions of a `macro_rules!` with two arguments of one spelling, and names of the expansion's.
#![deny(warnings)]

macro_rules! functions {
    ($argument:ident, $value:ident, $scope:ident) => {
        #[agentops::task]
        fn two(argument: u32, $argument: u32) -> (u32, u32) {
            (argument, $argument)
        }

        #[agentops::task(skip($argument))]
        fn one_skipped($argument: u32, argument: u32) -> (u32, u32) {
            ($argument, argument)
        }

        #[agentops::task]
        async fn later(mut argument: u32, $argument: u32) -> (u32, u32) {
            argument += 1;
            std::future::ready((argument, $argument)).await
        }

        #[agentops::task]
        fn unit(argument: &mut u32, $argument: u32) {
            *argument += $argument;
        }

        #[agentops::task(fields(mine = value, theirs = $value))]
        fn locals(value: u32, $value: u32) -> u32 {
            let scope = value;
            let $scope = $value;
            let started = scope * 10;
            started + $scope
        }

        #[agentops::task]
        fn pattern((argument, $argument): (u32, u32), [$scope, scope]: [u32; 2]) -> [u32; 4] {
            [argument, $argument, $scope, scope]
        }
    };
}

functions!(argument, value, scope);

macro_rules! nested {
    ($($name:ident = $value:expr),*) => {
        $(
            #[agentops::task]
            fn $name(value: u32) -> u32 {
                macro_rules! add { ($other:expr) => { value + $other } }
                add!($value)
            }
        )*
    };
}

nested!(first = 1, second = first(1));

fn main() {
    let captured = agentops::testing::capture(|| {
        assert_eq!(two(1, 2), (1, 2));
        assert_eq!(one_skipped(1, 2), (1, 2));
        let mut sum = 1;
        unit(&mut sum, 2);
        assert_eq!(sum, 3);
        assert_eq!(locals(1, 2), 12);
        assert_eq!(pattern((1, 2), [3, 4]), [1, 2, 3, 4]);
        assert_eq!((first(1), second(1)), (2, 3));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert_eq!(runtime.block_on(later(1, 2)), (2, 2));
    });
    assert_eq!(captured.spans.len(), 9);
    assert_eq!(captured.span("locals").int("mine"), Some(1));
    assert_eq!(captured.span("locals").int("theirs"), Some(2));
}
