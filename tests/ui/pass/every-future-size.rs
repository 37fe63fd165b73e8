//! The future of a function that does nothing is small, and one that moves data grows by it once.
#![deny(warnings)]

macro_rules! every {
    ($($attribute:ident)*) => {
        mod functions {
            $(
                #[agentops::$attribute]
                pub async fn $attribute() {}
            )*
        }

        mod payloads {
            $(
                #[agentops::$attribute]
                pub async fn $attribute(payload: [u8; 4096]) -> u8 {
                    std::future::ready(()).await;
                    payload[0]
                }
            )*
        }

        async fn plain(payload: [u8; 4096]) -> u8 {
            std::future::ready(()).await;
            payload[0]
        }

        fn main() {
            let alone = size_of_val(&plain([0; 4096]));
            $(
                let size = size_of_val(&functions::$attribute());
                assert!(size < 512, "{}: {size}", stringify!($attribute));
                let size = size_of_val(&payloads::$attribute([0; 4096]));
                assert!(size < alone + 512, "{}: {size} instead of {alone}", stringify!($attribute));
            )*
        }
    };
}

every!(session agent workflow task operation tool guardrail llm_call);
