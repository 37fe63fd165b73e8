#[agentops::agent]
unsafe impl Plan for &Planner {
    #![allow(clippy::unused_self)]

    type Step = Step;

    fn plan(self, goal: &str) -> Vec<Step> {
        split(goal)
    }

    unsafe fn reset(self) {
        clear();
    }
}
