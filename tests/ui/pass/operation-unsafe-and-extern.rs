//! `unsafe` methods of traits, `extern` callbacks, raw pointers, unions and statics.
#![deny(warnings, unsafe_op_in_unsafe_fn)]

unsafe trait Slot {
    /// # Safety
    ///
    /// The pointer is valid.
    unsafe fn read(&self, from: *const u8) -> u8;
}

struct Plain;

// SAFETY: there is nothing to keep.
unsafe impl Slot for Plain {
    #[agentops::operation]
    unsafe fn read(&self, from: *const u8) -> u8 {
        // SAFETY: the caller keeps it valid.
        unsafe { *from }
    }
}

unsafe extern "C" {
    fn qsort(
        base: *mut u8,
        count: usize,
        width: usize,
        compare: extern "C" fn(*const u8, *const u8) -> i32,
    );
}

#[agentops::operation]
extern "C" fn compare(left: *const u8, right: *const u8) -> i32 {
    // SAFETY: `qsort` hands valid pointers.
    let (left, right) = unsafe { (*left, *right) };
    left.cmp(&right) as i32
}

/// # Safety
///
/// Always.
#[agentops::operation]
unsafe fn unit(to: *mut u8, value: u8) {
    // SAFETY: the caller keeps it valid.
    unsafe { *to = value };
}

/// # Safety
///
/// Always.
#[agentops::operation]
#[track_caller]
unsafe fn tracked(of: &[u8], index: usize) -> &u8 {
    // SAFETY: the caller has counted.
    unsafe { of.get_unchecked(index) }
}

#[agentops::operation]
extern "system" fn system(value: u8) -> u8 {
    value
}

#[agentops::operation]
unsafe extern "C-unwind" fn unwinds(value: u8) -> u8 {
    value
}

#[repr(C)]
union Bits {
    float: f32,
    bits: u32,
}

#[agentops::operation(leaf)]
fn bits(of: Bits) -> u32 {
    // SAFETY: every pattern is a number.
    unsafe { of.bits }
}

fn main() {
    let captured = agentops::testing::capture(|| {
        let mut list = [3, 1, 2];
        // SAFETY: three bytes.
        unsafe { qsort(list.as_mut_ptr(), 3, 1, compare) };
        assert_eq!(list, [1, 2, 3]);
    });
    assert!(!captured.spans.is_empty());
    assert!(captured.spans.iter().all(|span| span.name == "compare"));
    let captured = agentops::testing::capture(|| {
        let mut list = [1, 2, 3];
        // SAFETY: each pointer is one of a reference.
        unsafe {
            assert_eq!(Plain.read(&4), 4);
            unit(&raw mut list[1], 5);
            assert_eq!(*tracked(&list, 1), 5);
            let function: unsafe extern "C-unwind" fn(u8) -> u8 = unwinds;
            assert_eq!(function(6), 6);
        }
        let function: extern "system" fn(u8) -> u8 = system;
        assert_eq!(function(7), 7);
        assert_eq!(bits(Bits { float: 0.0 }), 0);
    });
    assert_eq!(
        captured.tree(),
        "operation read\noperation unit\noperation tracked\noperation unwinds\noperation system\n\
         operation bits\n"
    );
}
