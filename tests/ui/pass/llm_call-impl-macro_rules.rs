//! Blocks that a `macro_rules!` writes, from types, methods and whole items.
#![deny(warnings)]

macro_rules! client {
    ($client:ty, $label:literal, $visibility:vis, $method:ident, $body:block) => {
        #[agentops::llm_call(model = $label)]
        impl $client {
            $visibility fn $method(&self) -> usize $body

            #[agentops(skip)]
            $visibility fn model(&self) -> &'static str {
                $label
            }
        }

        #[agentops::tool]
        impl Length for $client {
            fn length(&self, text: &str) -> usize {
                text.len()
            }
        }
    };
}

macro_rules! tools {
    ($tools:ty { $($items:item)* }) => {
        #[agentops::tool]
        impl $tools {
            $($items)*
        }
    };
}

macro_rules! constant {
    () => {
        const MORE: usize = 0;
    };
}

macro_rules! agent {
    ($item:item) => {
        #[agentops::agent]
        $item
    };
}

trait Length {
    fn length(&self, text: &str) -> usize;
}

mod clients {
    pub struct Client<T>(pub T);
}

client!(clients::Client<u8>, "gpt-4o", pub(crate), complete, { 3 });
client!(clients::Client<bool>, "o1", , guess, { 4 });

tools! {
    clients::Client<()> {
        const LIMIT: usize = 5;

        constant! {}

        #[agentops(skip)]
        const fn limit() -> usize {
            Self::LIMIT + Self::MORE
        }

        fn query(text: &str) -> usize {
            text.len() + Self::limit()
        }
    }
}

agent! {
    impl clients::Client<char> {
        fn act(&self) -> char {
            self.0
        }
    }
}

fn main() {
    let captured = agentops::testing::capture(|| {
        assert_eq!(clients::Client(1).complete(), 3);
        assert_eq!(clients::Client(true).guess(), 4);
        assert_eq!(clients::Client(true).length("hello"), 5);
        assert_eq!(clients::Client(1).model(), "gpt-4o");
        assert_eq!(clients::Client::<()>::query("hello"), 10);
        assert_eq!(clients::Client('a').act(), 'a');
    });
    assert_eq!(
        captured.tree(),
        "llm_call chat gpt-4o\nllm_call chat o1\ntool execute_tool Client::length\n\
         tool execute_tool Client::query\nagent invoke_agent Client\n"
    );
}
