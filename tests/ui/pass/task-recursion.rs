//! Recursion: mutual, async through `Box::pin`, through `dyn Future`, through methods and closures.
#![deny(warnings)]

use std::future::Future;
use std::pin::Pin;

#[agentops::task]
fn is_even(n: u32) -> bool {
    n == 0 || is_odd(n - 1)
}

#[agentops::task]
fn is_odd(n: u32) -> bool {
    n != 0 && is_even(n - 1)
}

#[agentops::task]
async fn ping(n: u32) -> u32 {
    if n == 0 { 0 } else { Box::pin(pong(n - 1)).await + 1 }
}

#[agentops::task]
async fn pong(n: u32) -> u32 {
    let next: Pin<Box<dyn Future<Output = u32>>> = Box::pin(ping(n));
    next.await
}

enum Tree {
    Leaf(u8),
    Node(Vec<Tree>),
}

impl Tree {
    #[agentops::task]
    fn sum(&self) -> u8 {
        match self {
            Tree::Leaf(value) => *value,
            Tree::Node(trees) => trees.iter().map(Tree::sum).sum(),
        }
    }

    #[agentops::task]
    async fn depth(&self) -> usize {
        let Tree::Node(trees) = self else { return 0 };
        let mut deepest = 0;
        for tree in trees {
            deepest = deepest.max(Box::pin(tree.depth()).await);
        }
        deepest + 1
    }

    #[agentops::task]
    fn visit(&self, visitor: &mut dyn FnMut(u8)) {
        match self {
            Tree::Leaf(value) => visitor(*value),
            Tree::Node(trees) => trees.iter().for_each(|tree| tree.visit(visitor)),
        }
    }
}

#[agentops::task]
fn generic<T: Copy, F: Fn(T) -> Option<T>>(value: T, next: &F) -> u32 {
    next(value).map_or(0, |value| 1 + generic(value, next))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert!(is_even(2));
        assert_eq!(ping(1).await, 1);
    })
    .await;
    assert_eq!(
        captured.tree(),
        "task is_even\n  task is_odd\n    task is_even\n\
         task ping\n  task pong\n    task ping\n"
    );
    let captured = agentops::testing::capture_async(async {
        let tree = Tree::Node(vec![Tree::Leaf(1), Tree::Node(vec![Tree::Leaf(2)])]);
        assert_eq!((tree.sum(), tree.depth().await), (3, 2));
        let mut seen = vec![];
        tree.visit(&mut |value| seen.push(value));
        assert_eq!(seen, [1, 2]);
        assert_eq!(generic(3_u8, &|value| value.checked_sub(1)), 3);
    })
    .await;
    assert_eq!(captured.spans.len(), 4 + 4 + 4 + 4);
    assert!(captured.tree().contains("task sum\n  task sum\n  task sum\n    task sum\n"));
}
