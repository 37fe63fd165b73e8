//! Labelled blocks and loops, with values, across closures and awaits; labels of one name.
#![deny(warnings)]

#[agentops::workflow]
fn sync(grid: &[[u8; 3]], wanted: u8) -> Option<(usize, usize)> {
    let found = 'rows: loop {
        for (y, row) in grid.iter().enumerate() {
            'cells: for (x, &cell) in row.iter().enumerate() {
                if cell == 0 {
                    continue 'cells;
                }
                if cell == 9 {
                    break 'rows None;
                }
                if cell == wanted {
                    break 'rows Some((x, y));
                }
            }
        }
        return Some((7, 7));
    };
    'checked: {
        let Some((x, _)) = found else { break 'checked };
        if x == 2 {
            break 'checked;
        }
        return found;
    }
    None
}

#[agentops::workflow]
async fn later(mut count: u8) -> u8 {
    let mut sum = 0;
    'body: while count > 0 {
        count -= 1;
        sum += 'value: {
            if count == 3 {
                break 'value 10;
            }
            if count == 1 {
                break 'body;
            }
            std::future::ready(count).await
        };
    }
    sum
}

#[agentops::workflow]
fn unit(list: &mut Vec<u8>) {
    'outer: {
        'outer_again: for value in 0.. {
            let skip = 'outer_again: {
                if value == 1 { break 'outer_again true; }
                value == 2
            };
            if skip { continue 'outer_again; }
            list.push(value);
            if value > 3 { break 'outer; }
        }
    }
}

macro_rules! labelled {
    ($label:lifetime, $name:ident, $body:expr) => {
        #[agentops::workflow]
        fn $name() -> u8 {
            $label: {
                let value = 'inner: { if $body > 3 { break 'inner 1; } 2 };
                break $label value;
            }
        }
    };
}

labelled!('inner, hygienic, 'inner: { break 'inner 4 });

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        let grid = [[0, 1, 2], [3, 4, 9]];
        assert_eq!(sync(&grid, 1), Some((1, 0)));
        assert_eq!(sync(&grid, 2), None);
        assert_eq!(sync(&grid, 5), None);
        assert_eq!(sync(&[], 5), Some((7, 7)));
        assert_eq!(later(5).await, 4 + 10 + 2);
        let mut list = vec![];
        unit(&mut list);
        assert_eq!(list, [0, 3, 4]);
        assert_eq!(hygienic(), 1);
    })
    .await;
    assert_eq!(captured.spans.len(), 7);
}
