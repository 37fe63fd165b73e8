//! Methods with every receiver there is.
#![deny(warnings)]

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

#[derive(Clone)]
struct Agent {
    chat: u32,
}

impl Agent {
    #[agentops::session(id = self.chat)]
    fn by_ref(&self) -> &u32 {
        &self.chat
    }

    #[agentops::session(id = self.chat)]
    fn by_mut(&mut self) -> &mut u32 {
        self.chat += 1;
        &mut self.chat
    }

    #[agentops::session(id = self.chat)]
    fn by_value(self) -> u32 {
        self.chat
    }

    #[agentops::session]
    fn by_mut_value(mut self) -> Self {
        self.chat += 1;
        self
    }

    #[agentops::session(id = self.chat)]
    fn boxed(self: Box<Self>) -> u32 {
        self.chat
    }

    #[agentops::session(id = self.chat)]
    fn counted(self: Rc<Self>) -> usize {
        Rc::strong_count(&self)
    }

    #[agentops::session(id = self.chat)]
    fn pinned(self: Pin<&mut Self>) -> u32 {
        self.chat
    }

    #[agentops::session(id = self.chat)]
    fn behind(self: &Arc<Self>) -> usize {
        Arc::strong_count(self)
    }

    #[agentops::session]
    fn none(chat: u32) -> Self {
        Self { chat }
    }
}

fn main() {
    let captured = agentops::testing::capture(|| {
        let mut agent = Agent::none(1);
        assert_eq!(*agent.by_ref(), 1);
        *agent.by_mut() += 1;
        assert_eq!(agent.clone().by_mut_value().by_value(), 4);
        assert_eq!(Box::new(agent.clone()).boxed(), 3);
        assert_eq!(Rc::new(agent.clone()).counted(), 1);
        assert_eq!(Pin::new(&mut agent).pinned(), 3);
        assert_eq!(Arc::new(agent).behind(), 1);
    });
    assert_eq!(
        captured.tree(),
        "session none\nsession by_ref\nsession by_mut\nsession by_mut_value\nsession by_value\n\
         session boxed\nsession counted\nsession pinned\nsession behind\n"
    );
    assert_eq!(captured.span("by_mut").str("session.id"), Some("1"));
    assert_eq!(captured.span("by_value").str("session.id"), Some("4"));
}
