//! Every attribute on sync and async functions and methods.
#![deny(warnings)]

type Error = std::num::ParseIntError;

struct Worker {
    step: u32,
}

macro_rules! modules {
    ($($attribute:ident $later:ident)*) => {$(
        mod $attribute {
            use super::{Error, Worker};

            #[agentops::$attribute]
            pub fn sync(text: &str) -> Result<u32, Error> {
                text.parse()
            }

            #[agentops::$attribute("named", tags("a", "b"), fields(size = text.len()), skip(text))]
            pub async fn later(text: &str, step: u32) -> Result<u32, Error> {
                std::future::ready(()).await;
                Ok(text.parse::<u32>()? + step)
            }

            #[agentops::$attribute(content = false)]
            pub fn unit(count: &mut u32) {
                *count += 1;
            }

            impl Worker {
                #[agentops::$attribute(baggage(step = self.step))]
                pub fn $attribute(&mut self, by: u32) -> &u32 {
                    self.step += by;
                    &self.step
                }

                #[agentops::$attribute(content = true)]
                pub async fn $later(&self, by: u32) -> u32 {
                    self.step + by
                }
            }
        }
    )*};
}

modules! {
    session session_later
    agent agent_later
    workflow workflow_later
    task task_later
    operation operation_later
    tool tool_later
    guardrail guardrail_later
    llm_call llm_call_later
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
