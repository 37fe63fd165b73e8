//! Constant parameters: in arguments, results, methods, defaults, and given by turbofish.
#![deny(warnings)]

#[agentops::task]
fn sum<const N: usize>(numbers: [u32; N]) -> u32 {
    numbers.iter().sum()
}

#[agentops::task]
fn filled<const N: usize, const WITH: char>() -> [char; N] {
    [WITH; N]
}

#[agentops::task]
async fn halves<T: Copy + Default, const N: usize>(list: &[T; N]) -> ([T; N], usize)
where
    [T; N]: Sized,
{
    tokio::task::yield_now().await;
    let mut copy = [T::default(); N];
    copy[..N / 2].copy_from_slice(&list[..N / 2]);
    (copy, N)
}

struct Window<T, const SIZE: usize = 2> {
    items: [T; SIZE],
}

impl<T: Clone, const SIZE: usize> Window<T, SIZE> {
    const DOUBLE: usize = SIZE * 2;

    #[agentops::task]
    fn shift<const BY: usize>(&mut self) -> &[T; SIZE] {
        self.items.rotate_left(BY % SIZE);
        &self.items
    }

    #[agentops::task]
    async fn double(self) -> usize {
        const fn same(value: usize) -> usize {
            value
        }
        same(Self::DOUBLE)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(sum([1, 2, 3]), 6);
        assert_eq!(filled::<2, 'x'>(), ['x', 'x']);
        assert_eq!(halves(&[1, 2, 3, 4]).await, ([1, 2, 0, 0], 4));
        let mut window = Window { items: [1, 2, 3] };
        assert_eq!(window.shift::<4>(), &[2, 3, 1]);
        assert_eq!(window.double().await, 6);
        assert_eq!(Window::<u8>{ items: [1, 2] }.double().await, 4);
    })
    .await;
    assert_eq!(
        captured.tree(),
        "task sum\ntask filled\ntask halves\ntask shift\ntask double\ntask double\n"
    );
}
