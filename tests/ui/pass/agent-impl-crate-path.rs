//! A block's expansions name the re-export that `crate` names, in all methods.
#![deny(warnings)]

pub mod reexport {
    pub use agentops::*;
}

struct Planner;

#[reexport::agent("planner", crate = crate::reexport)]
impl Planner {
    fn plan(&self, goal: String) -> Result<String, String> {
        Ok(goal)
    }

    #[agentops(skip)]
    fn is_ready(&self) -> bool {
        true
    }

    async fn revise(&self, plan: String) -> String {
        plan
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = reexport::testing::capture_async(async {
        let plan = Planner.plan("rest".to_owned()).unwrap();
        assert_eq!(Planner.revise(plan).await, "rest");
        assert!(Planner.is_ready());
    });
    assert_eq!(
        captured.await.tree(),
        "agent invoke_agent planner\nagent invoke_agent planner\n"
    );
}
