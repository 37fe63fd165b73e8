//! Traits with annotated methods stay dyn compatible, with generic and boxed receivers.
#![deny(warnings)]

use std::any::Any;
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

trait Tool: Any + Send + Sync {
    fn name(&self) -> &str;

    #[agentops::tool(fields(asked = self.name()))]
    fn call(&self, input: &dyn Any) -> Box<dyn Any> {
        match input.downcast_ref::<u8>() {
            Some(number) => Box::new(number.wrapping_mul(2)),
            None => Box::new(()),
        }
    }

    #[agentops::tool]
    fn later<'a>(&'a self, input: &'a str) -> Pin<Box<dyn Future<Output = String> + Send + 'a>> {
        Box::pin(async move { format!("{} {input}", self.name()) })
    }

    #[agentops::tool]
    fn into_name(self: Box<Self>) -> String {
        self.name().to_owned()
    }

    #[agentops::tool]
    fn count(self: Arc<Self>) -> usize {
        Arc::strong_count(&self)
    }

    #[agentops::tool]
    fn visit(&mut self, visitor: &mut dyn FnMut(&str)) {
        visitor(self.name());
    }

    #[agentops::tool]
    fn generic<T: ToString>(&self, value: T) -> String
    where
        Self: Sized,
    {
        value.to_string()
    }
}

struct Search;

impl Tool for Search {
    #[agentops::operation(leaf)]
    fn name(&self) -> &str {
        "search"
    }
}

struct Named(String);

impl Tool for Named {
    fn name(&self) -> &str {
        &self.0
    }

    #[agentops::tool]
    fn call(&self, input: &dyn Any) -> Box<dyn Any> {
        Box::new(input.is::<String>())
    }
}

impl dyn Tool {
    #[agentops::tool]
    fn inherent(&self, other: &dyn Tool) -> bool {
        self.name() == other.name()
    }
}

#[agentops::agent]
fn pick<'a>(tools: &'a HashMap<&str, Rc<dyn Tool>>, name: &str) -> Option<&'a dyn Tool> {
    tools.get(name).map(|tool| &**tool)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let mut tools: HashMap<&str, Rc<dyn Tool>> = HashMap::new();
        tools.insert("search", Rc::new(Search));
        tools.insert("named", Rc::new(Named("named".to_owned())));
        let search = pick(&tools, "search").unwrap();
        assert_eq!(search.call(&4_u8).downcast_ref(), Some(&8_u8));
        assert_eq!(search.later("this").await, "search this");
        let named = pick(&tools, "named").unwrap();
        assert_eq!(named.call(&4_u8).downcast_ref(), Some(&false));
        assert!(!search.inherent(named));
        let boxed: Box<dyn Tool> = Box::new(Search);
        assert_eq!(boxed.into_name(), "search");
        let shared: Arc<dyn Tool> = Arc::new(Search);
        assert_eq!(shared.count(), 1);
        let mut seen = vec![];
        let object: &mut dyn Tool = &mut Named("mine".to_owned());
        object.visit(&mut |name| seen.push(name.to_owned()));
        assert_eq!((seen, Search.generic(1)), (vec!["mine".to_owned()], "1".to_owned()));
    })
    .await;
    let calls = captured.spans.iter().filter(|span| span.name == "execute_tool call");
    assert_eq!(
        calls.map(|span| span.str("asked")).collect::<Vec<_>>(),
        [Some("search"), None]
    );
}
