//! Visibility, modules and paths: `pub(crate)`, `pub(in ..)`, private, re-exported.
#![deny(warnings, unreachable_pub, private_interfaces)]
#![allow(clippy::needless_pub_self)]

mod outer {
    pub(crate) mod inner {
        struct Private(u8);

        #[agentops::workflow]
        pub(in crate::outer) fn in_outer(value: u8) -> u8 {
            private(Private(value)).0
        }

        #[agentops::workflow]
        pub(crate) async fn in_crate(value: u8) -> u8 {
            in_super(value).await
        }

        #[agentops::workflow]
        pub(super) async fn in_super(value: u8) -> u8 {
            super::super::root(value)
        }

        #[agentops::workflow]
        fn private(value: Private) -> Private {
            Private(value.0 + 1)
        }

        impl Private {
            #[agentops::workflow]
            pub(self) fn new() -> Self {
                Self(9)
            }
        }

        #[agentops::workflow]
        pub(crate) fn uses_private() -> u8 {
            Private::new().0
        }
    }

    pub(crate) use inner::in_crate as renamed;

    #[agentops::workflow]
    pub(crate) fn calls(value: u8) -> u8 {
        inner::in_outer(value)
    }

    #[agentops::workflow]
    pub(crate) async fn calls_later(value: u8) -> u8 {
        self::inner::in_super(value).await
    }
}

#[agentops::workflow]
fn root(value: u8) -> u8 {
    value * 2
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(outer::calls(1), 2);
        assert_eq!(outer::renamed(2).await, 4);
        assert_eq!(outer::calls_later(3).await, 6);
        assert_eq!(outer::inner::uses_private(), 9);
    })
    .await;
    assert_eq!(
        captured.tree().replace("workflow invoke_workflow ", ""),
        "calls\n  in_outer\n    private\nin_crate\n  in_super\n    root\n\
         calls_later\n  in_super\n    root\nuses_private\n  new\n"
    );
}
