//! Every attribute on sync and async functions and methods.
#![deny(warnings)]

type Error = std::num::ParseIntError;

struct Worker {
    step: u32,
}

mod session {
    use super::{Error, Worker};

    #[agentops::session]
    pub fn sync(text: &str) -> Result<u32, Error> {
        text.parse()
    }

    #[agentops::session("named", tags("a", "b"), fields(size = text.len()), skip(text))]
    pub async fn later(text: &str, step: u32) -> Result<u32, Error> {
        std::future::ready(()).await;
        Ok(text.parse::<u32>()? + step)
    }

    #[agentops::session(content = false)]
    pub fn unit(count: &mut u32) {
        *count += 1;
    }

    impl Worker {
        #[agentops::session(baggage(step = self.step))]
        pub fn session(&mut self, by: u32) -> &u32 {
            self.step += by;
            &self.step
        }

        #[agentops::session(content = true)]
        pub async fn session_later(&self, by: u32) -> u32 {
            self.step + by
        }
    }
}

mod agent {
    use super::{Error, Worker};

    #[agentops::agent]
    pub fn sync(text: &str) -> Result<u32, Error> {
        text.parse()
    }

    #[agentops::agent("named", tags("a", "b"), fields(size = text.len()), skip(text))]
    pub async fn later(text: &str, step: u32) -> Result<u32, Error> {
        std::future::ready(()).await;
        Ok(text.parse::<u32>()? + step)
    }

    #[agentops::agent(content = false)]
    pub fn unit(count: &mut u32) {
        *count += 1;
    }

    impl Worker {
        #[agentops::agent(baggage(step = self.step))]
        pub fn agent(&mut self, by: u32) -> &u32 {
            self.step += by;
            &self.step
        }

        #[agentops::agent(content = true)]
        pub async fn agent_later(&self, by: u32) -> u32 {
            self.step + by
        }
    }
}

mod workflow {
    use super::{Error, Worker};

    #[agentops::workflow]
    pub fn sync(text: &str) -> Result<u32, Error> {
        text.parse()
    }

    #[agentops::workflow("named", tags("a", "b"), fields(size = text.len()), skip(text))]
    pub async fn later(text: &str, step: u32) -> Result<u32, Error> {
        std::future::ready(()).await;
        Ok(text.parse::<u32>()? + step)
    }

    #[agentops::workflow(content = false)]
    pub fn unit(count: &mut u32) {
        *count += 1;
    }

    impl Worker {
        #[agentops::workflow(baggage(step = self.step))]
        pub fn workflow(&mut self, by: u32) -> &u32 {
            self.step += by;
            &self.step
        }

        #[agentops::workflow(content = true)]
        pub async fn workflow_later(&self, by: u32) -> u32 {
            self.step + by
        }
    }
}

mod task {
    use super::{Error, Worker};

    #[agentops::task]
    pub fn sync(text: &str) -> Result<u32, Error> {
        text.parse()
    }

    #[agentops::task("named", tags("a", "b"), fields(size = text.len()), skip(text))]
    pub async fn later(text: &str, step: u32) -> Result<u32, Error> {
        std::future::ready(()).await;
        Ok(text.parse::<u32>()? + step)
    }

    #[agentops::task(content = false)]
    pub fn unit(count: &mut u32) {
        *count += 1;
    }

    impl Worker {
        #[agentops::task(baggage(step = self.step))]
        pub fn task(&mut self, by: u32) -> &u32 {
            self.step += by;
            &self.step
        }

        #[agentops::task(content = true)]
        pub async fn task_later(&self, by: u32) -> u32 {
            self.step + by
        }
    }
}

mod operation {
    use super::{Error, Worker};

    #[agentops::operation]
    pub fn sync(text: &str) -> Result<u32, Error> {
        text.parse()
    }

    #[agentops::operation("named", tags("a", "b"), fields(size = text.len()), skip(text))]
    pub async fn later(text: &str, step: u32) -> Result<u32, Error> {
        std::future::ready(()).await;
        Ok(text.parse::<u32>()? + step)
    }

    #[agentops::operation(content = false)]
    pub fn unit(count: &mut u32) {
        *count += 1;
    }

    impl Worker {
        #[agentops::operation(baggage(step = self.step))]
        pub fn operation(&mut self, by: u32) -> &u32 {
            self.step += by;
            &self.step
        }

        #[agentops::operation(content = true)]
        pub async fn operation_later(&self, by: u32) -> u32 {
            self.step + by
        }
    }
}

mod tool {
    use super::{Error, Worker};

    #[agentops::tool]
    pub fn sync(text: &str) -> Result<u32, Error> {
        text.parse()
    }

    #[agentops::tool("named", tags("a", "b"), fields(size = text.len()), skip(text))]
    pub async fn later(text: &str, step: u32) -> Result<u32, Error> {
        std::future::ready(()).await;
        Ok(text.parse::<u32>()? + step)
    }

    #[agentops::tool(content = false)]
    pub fn unit(count: &mut u32) {
        *count += 1;
    }

    impl Worker {
        #[agentops::tool(baggage(step = self.step))]
        pub fn tool(&mut self, by: u32) -> &u32 {
            self.step += by;
            &self.step
        }

        #[agentops::tool(content = true)]
        pub async fn tool_later(&self, by: u32) -> u32 {
            self.step + by
        }
    }
}

mod guardrail {
    use super::{Error, Worker};

    #[agentops::guardrail]
    pub fn sync(text: &str) -> Result<u32, Error> {
        text.parse()
    }

    #[agentops::guardrail("named", tags("a", "b"), fields(size = text.len()), skip(text))]
    pub async fn later(text: &str, step: u32) -> Result<u32, Error> {
        std::future::ready(()).await;
        Ok(text.parse::<u32>()? + step)
    }

    #[agentops::guardrail(content = false)]
    pub fn unit(count: &mut u32) {
        *count += 1;
    }

    impl Worker {
        #[agentops::guardrail(baggage(step = self.step))]
        pub fn guardrail(&mut self, by: u32) -> &u32 {
            self.step += by;
            &self.step
        }

        #[agentops::guardrail(content = true)]
        pub async fn guardrail_later(&self, by: u32) -> u32 {
            self.step + by
        }
    }
}

mod llm_call {
    use super::{Error, Worker};

    #[agentops::llm_call]
    pub fn sync(text: &str) -> Result<u32, Error> {
        text.parse()
    }

    #[agentops::llm_call("named", tags("a", "b"), fields(size = text.len()), skip(text))]
    pub async fn later(text: &str, step: u32) -> Result<u32, Error> {
        std::future::ready(()).await;
        Ok(text.parse::<u32>()? + step)
    }

    #[agentops::llm_call(content = false)]
    pub fn unit(count: &mut u32) {
        *count += 1;
    }

    impl Worker {
        #[agentops::llm_call(baggage(step = self.step))]
        pub fn llm_call(&mut self, by: u32) -> &u32 {
            self.step += by;
            &self.step
        }

        #[agentops::llm_call(content = true)]
        pub async fn llm_call_later(&self, by: u32) -> u32 {
            self.step + by
        }
    }
}

async fn calls() {
    let mut count = 0;
    assert_eq!(session::sync("3"), Ok(3));
    assert_eq!(session::later("3", 4).await, Ok(7));
    session::unit(&mut count);
    let mut worker = Worker { step: 1 };
    assert_eq!(*worker.session(2), 3);
    assert_eq!(worker.session_later(2).await, 5);
    assert_eq!(agent::sync("3"), Ok(3));
    assert_eq!(agent::later("3", 4).await, Ok(7));
    agent::unit(&mut count);
    let mut worker = Worker { step: 1 };
    assert_eq!(*worker.agent(2), 3);
    assert_eq!(worker.agent_later(2).await, 5);
    assert_eq!(workflow::sync("3"), Ok(3));
    assert_eq!(workflow::later("3", 4).await, Ok(7));
    workflow::unit(&mut count);
    let mut worker = Worker { step: 1 };
    assert_eq!(*worker.workflow(2), 3);
    assert_eq!(worker.workflow_later(2).await, 5);
    assert_eq!(task::sync("3"), Ok(3));
    assert_eq!(task::later("3", 4).await, Ok(7));
    task::unit(&mut count);
    let mut worker = Worker { step: 1 };
    assert_eq!(*worker.task(2), 3);
    assert_eq!(worker.task_later(2).await, 5);
    assert_eq!(operation::sync("3"), Ok(3));
    assert_eq!(operation::later("3", 4).await, Ok(7));
    operation::unit(&mut count);
    let mut worker = Worker { step: 1 };
    assert_eq!(*worker.operation(2), 3);
    assert_eq!(worker.operation_later(2).await, 5);
    assert_eq!(tool::sync("3"), Ok(3));
    assert_eq!(tool::later("3", 4).await, Ok(7));
    tool::unit(&mut count);
    let mut worker = Worker { step: 1 };
    assert_eq!(*worker.tool(2), 3);
    assert_eq!(worker.tool_later(2).await, 5);
    assert_eq!(guardrail::sync("3"), Ok(3));
    assert_eq!(guardrail::later("3", 4).await, Ok(7));
    guardrail::unit(&mut count);
    let mut worker = Worker { step: 1 };
    assert_eq!(*worker.guardrail(2), 3);
    assert_eq!(worker.guardrail_later(2).await, 5);
    assert_eq!(llm_call::sync("3"), Ok(3));
    assert_eq!(llm_call::later("3", 4).await, Ok(7));
    llm_call::unit(&mut count);
    let mut worker = Worker { step: 1 };
    assert_eq!(*worker.llm_call(2), 3);
    assert_eq!(worker.llm_call_later(2).await, 5);
    assert_eq!(count, 8);
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(calls()).await;
    assert_eq!(captured.spans.len(), 8 * 5);
    captured.span("invoke_agent named");
    captured.span("invoke_workflow sync");
    captured.span("execute_tool unit");
    let agent = captured.span("invoke_agent sync");
    assert_eq!(agent.str("gen_ai.operation.name"), Some("invoke_agent"));
    assert_eq!(agent.str("gen_ai.agent.name"), Some("sync"));
}
