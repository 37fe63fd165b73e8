//! A block is one agent: by the name given, or by that of the type.
#![deny(warnings)]

struct Planner;

#[agentops::agent("planner")]
impl Planner {
    fn plan(&self, goal: &str) -> usize {
        self.revise(goal.len())
    }

    fn revise(&self, steps: usize) -> usize {
        steps - 1
    }
}

trait Act {
    fn act(self) -> Result<u8, String>;
}

#[agentops::agent]
impl Act for &Planner {
    fn act(self) -> Result<u8, String> {
        Err("no tools".to_owned())
    }
}

#[agentops::agent]
impl Act for (Planner, [u8; 2]) {
    fn act(self) -> Result<u8, String> {
        let (Planner, numbers) = self;
        Ok(numbers[0])
    }
}

#[agentops::agent]
impl Act for Box<dyn Fn(u8) -> u8 + Send> {
    fn act(self) -> Result<u8, String> {
        Ok(self(1))
    }
}

#[agentops::agent]
impl dyn Act + Send {
    fn rest() {}
}

fn main() {
    let captured = agentops::testing::capture(|| {
        assert_eq!(Planner.plan("rest"), 3);
        assert!((&Planner).act().is_err());
        assert_eq!((Planner, [3, 4]).act(), Ok(3));
        let double: Box<dyn Fn(u8) -> u8 + Send> = Box::new(|number| 2 * number);
        assert_eq!(double.act(), Ok(2));
        <dyn Act + Send>::rest();
    });
    assert_eq!(
        captured.tree(),
        "agent invoke_agent planner\n  agent invoke_agent planner\n\
         agent invoke_agent &Planner: error\nagent invoke_agent (Planner, [u8; 2])\n\
         agent invoke_agent Box\nagent invoke_agent dyn Act + Send\n"
    );
    let attribute = |name: &str| {
        let span = captured.span(&format!("invoke_agent {name}"));
        span.str("gen_ai.agent.name").map(str::to_owned)
    };
    assert_eq!(attribute("&Planner").as_deref(), Some("&Planner"));
    assert_eq!(attribute("Box").as_deref(), Some("Box"));
}
