//! Futures dropped before their first poll make no span, midway a cancelled one.
#![deny(warnings)]

use std::future::{Future, pending};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Waker};

#[agentops::agent]
async fn plain(held: Rc<()>) -> usize {
    pending::<()>().await;
    Rc::strong_count(&held)
}

#[agentops::agent]
async fn unit(held: Rc<()>) {
    pending::<()>().await;
    drop(held);
}

#[agentops::agent]
async fn never(held: Rc<()>) -> ! {
    let _held = held;
    loop {
        pending::<()>().await;
    }
}

/// Its span begins with the call, in front of those that are polled later.
#[agentops::agent]
fn opaque(held: Rc<()>) -> impl Future<Output = usize> {
    async move {
        pending::<()>().await;
        Rc::strong_count(&held)
    }
}

#[agentops::agent]
async fn fallible(held: Rc<()>) -> Result<Rc<()>, String> {
    std::future::poll_fn(|_| std::task::Poll::<Result<Rc<()>, String>>::Pending).await?;
    Ok(held)
}

#[agentops::agent]
async fn outer(held: Rc<()>) -> usize {
    plain(held).await
}

type Dropped = Pin<Box<dyn Future<Output = ()>>>;

fn futures(held: &Rc<()>) -> Vec<Dropped> {
    fn forget<F: Future + 'static>(future: F) -> Dropped {
        Box::pin(async {
            future.await;
        })
    }
    vec![
        forget(plain(Rc::clone(held))),
        forget(unit(Rc::clone(held))),
        forget(async {
            never(Rc::new(())).await;
        }),
        forget(opaque(Rc::clone(held))),
        forget(fallible(Rc::clone(held))),
        forget(outer(Rc::clone(held))),
    ]
}

fn main() {
    let held = Rc::new(());
    let captured = agentops::testing::capture(|| {
        let futures: (_, _, _, _, _) = (
            plain(Rc::clone(&held)),
            unit(Rc::clone(&held)),
            never(Rc::clone(&held)),
            fallible(Rc::clone(&held)),
            outer(Rc::clone(&held)),
        );
        assert_eq!(Rc::strong_count(&held), 6);
        drop(futures);
        assert_eq!(Rc::strong_count(&held), 1, "what they held is dropped");
    });
    assert_eq!(captured.tree(), "");

    let captured = agentops::testing::capture(|| {
        for mut future in futures(&held) {
            assert!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        assert_eq!(Rc::strong_count(&held), 1, "what they held is dropped");
    });
    assert_eq!(
        captured.tree(),
        "agent invoke_agent opaque: cancelled\nagent invoke_agent plain: cancelled\n\
         agent invoke_agent unit: cancelled\nagent invoke_agent never: cancelled\n\
         agent invoke_agent fallible: cancelled\nagent invoke_agent outer: cancelled\n  \
         agent invoke_agent plain: cancelled\n"
    );
}
