//! `let else`, let chains and nested patterns that leave the function.
#![deny(warnings)]

#[agentops::guardrail]
fn sync(input: Option<&str>) -> Result<u8, String> {
    let Some(text) = input else {
        return Err("nothing".to_owned());
    };
    let Ok(number @ 1..=9) = text.parse::<u8>() else {
        return Err(format!("{text} is not allowed"));
    };
    let [first, .., last] = text.as_bytes() else {
        return Ok(number);
    };
    match first.checked_sub(*last) {
        Some(more) => Ok(number + more),
        None => Err(format!("{text} is odd")),
    }
}

#[agentops::guardrail]
async fn later(input: Vec<Option<u8>>) -> Option<u8> {
    let [Some(first), rest @ ..] = &input[..] else {
        std::future::ready(()).await;
        return None;
    };
    if let [Some(second), ..] = rest
        && second > first
        && let Some(sum) = first.checked_add(*second)
    {
        return Some(sum);
    }
    let (Some(third), Ok(..) | Err(())) = (rest.last()?, Err::<(), ()>(())) else {
        return Some(0);
    };
    Some(*third)
}

#[agentops::guardrail]
fn unit(list: &mut Vec<u8>) {
    let Some(last) = list.pop() else { return };
    let Some(doubled) = last.checked_mul(2) else {
        list.clear();
        return;
    };
    list.push(doubled)
}

#[agentops::guardrail]
fn in_loops(list: &[&str]) -> u8 {
    let mut sum = 0_u8;
    for text in list {
        let Ok(number) = text.parse::<u8>() else { continue };
        let 0..100 = number else { break };
        let Some(next) = sum.checked_add(number) else { panic!("too large") };
        sum = next;
    }
    sum
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(sync(Some("7")), Ok(7));
        assert_eq!(sync(Some("009")), Err("009 is odd".to_owned()));
        assert_eq!(sync(None), Err("nothing".to_owned()));
        assert_eq!(sync(Some("0")), Err("0 is not allowed".to_owned()));
        assert_eq!(later(vec![]).await, None);
        assert_eq!(later(vec![Some(1), Some(2)]).await, Some(3));
        assert_eq!(later(vec![Some(1), Some(0), Some(5)]).await, Some(5));
        assert_eq!(later(vec![Some(1), None]).await, Some(0));
        let mut list = vec![200];
        unit(&mut list);
        unit(&mut list);
        assert!(list.is_empty());
        assert_eq!(in_loops(&["1", "x", "2", "100", "3"]), 3);
    })
    .await;
    let failed = captured.spans.iter().filter(|span| span.status == "error").count();
    assert_eq!((captured.spans.len(), failed), (11, 3));
}
