//! Methods: receivers, conventions, traits.

use std::rc::Rc;

#[derive(Clone)]
pub struct Agent {
    pub list: Vec<u8>,
    count: u8,
}

impl Agent {
    #[agentops::session]
    pub fn new() -> Self {
        return Self { list: vec![], count: 0 };
    }

    #[agentops::session]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    #[agentops::agent]
    pub fn unused_self(&self, value: u8) -> u8 {
        value
    }

    #[agentops::agent]
    pub async fn unused_self_later(&self, value: u8) -> u8 {
        std::future::ready(value).await
    }

    #[agentops::tool]
    pub fn to_text(self) -> String {
        format!("{}", self.count)
    }

    #[agentops::tool]
    pub fn into_list(&self) -> Vec<u8> {
        self.list.clone()
    }

    #[agentops::tool]
    pub fn needless_mut(&mut self) -> u8 {
        self.count
    }

    #[agentops::tool]
    pub fn unused_mut_self(mut self) -> u8 {
        self.count
    }

    #[agentops::task]
    pub fn add(self, other: u8) -> u8 {
        self.count.wrapping_add(other)
    }

    #[agentops::task]
    pub fn get_count(&self) -> &u8 {
        &self.count
    }

    #[agentops::task]
    pub fn builder(mut self, count: u8) -> Self {
        self.count = count;
        self
    }

    #[agentops::workflow]
    pub fn shared(self: Rc<Self>, other: Agent) -> Agent {
        Agent { count: self.count, ..other }
    }

    #[agentops::workflow]
    fn never_called(&self) -> u8 {
        self.count
    }

    #[agentops::workflow]
    pub fn only_in_recursion(&self, depth: u8, unused: u8) -> u8 {
        if depth == 0 { 0 } else { self.only_in_recursion(depth.wrapping_sub(1), unused) }
    }
}

pub trait Tool {
    #[agentops::tool]
    fn with_default(&self, spare: u8) -> u8 {
        return 3;
    }

    fn run(&mut self, value: u8);
}

impl Tool for Agent {
    #[agentops::tool]
    fn run(&mut self, renamed: u8) {
        let _previous = core::mem::replace(&mut self.count, renamed);
    }
}

impl PartialEq for Agent {
    #[agentops::operation]
    fn eq(&self, other: &Agent) -> bool {
        self.count == other.count
    }
}

impl Default for Agent {
    #[agentops::operation(leaf)]
    fn default() -> Self {
        Self::new()
    }
}

impl From<u8> for Agent {
    #[agentops::operation]
    fn from(count: u8) -> Self {
        let Agent { list, .. } = Agent::new();
        Self { list: list, count: count }
    }
}
