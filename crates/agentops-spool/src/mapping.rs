//! Shared memory backed by a file, or plain memory where there is none.
//!
//! Trap, sparse files: a file is only ever grown: space is allocated before it is handed out, so
//! touching it cannot raise SIGBUS, and nothing truncates it while it is mapped.
//!
//! Linux has all that this takes. Elsewhere, under Miri, and where the program is
//! built with `--cfg agentops_plain`, no file is mapped, memory comes from the
//! allocator, and room in a file is a matter of its length.
#![allow(
    unsafe_code,
    reason = "mapping a file has no safe interface; this file is one of the four that may"
)]

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::ptr::NonNull;
use std::time::SystemTime;

/// Memory of a fixed address range.
#[derive(Debug)]
pub struct Mapping {
    base: NonNull<u8>,
    len: usize,
    file: Option<(File, PathBuf)>,
}

// SAFETY: the range stays valid and in place until drop; who may read or write
// which part of it is decided by `arena`, which alone uses `base`.
unsafe impl Send for Mapping {}
// SAFETY: as above; `Mapping` itself never reads or writes the range.
unsafe impl Sync for Mapping {}

impl Mapping {
    /// Creates `path` (which must not exist, mode 0600) and maps `len` bytes of it, none allocated yet.
    ///
    /// # Errors
    /// Any error of the file system; always where files cannot be mapped and allocated.
    pub fn create(path: &Path, len: usize) -> io::Result<Self> {
        let (base, file) = system::create(path, len)?;
        Ok(Self {
            base,
            len,
            file: Some((file, path.to_owned())),
        })
    }

    /// Plain zeroed memory, aligned to 64 bytes at least, which no other process can see.
    ///
    /// # Errors
    /// When there is no memory left, or `len` is 0.
    pub fn anonymous(len: usize) -> io::Result<Self> {
        let base = system::anonymous(len)?;
        Ok(Self {
            base,
            len,
            file: None,
        })
    }

    /// Allocates space for bytes `offset..offset + len`, so that they may be touched.
    ///
    /// # Errors
    /// When the file system is full; the bytes must then not be touched.
    pub fn allocate(&self, offset: usize, len: usize) -> io::Result<()> {
        let Some((file, _)) = &self.file else {
            return Ok(());
        };
        allocate(file, offset, len)
    }

    /// Sets the time at which its file was changed last, which writing to the memory does not.
    pub fn touch(&self) {
        if let Some((file, _)) = &self.file {
            let _ = file.set_modified(SystemTime::now());
        }
    }

    pub(crate) fn base(&self) -> NonNull<u8> {
        self.base
    }

    /// Bytes in the range.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the range is empty; it never is.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The file behind it.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|(_, path)| path.as_path())
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the range came from `create` or `anonymous` with this length, and
        // nothing that borrows from it outlives this value.
        unsafe { system::give_back(self.base, self.len) }
    }
}

/// Allocates disk space for bytes `offset..offset + len` of `file`, growing it if need be.
///
/// # Errors
/// When the file system is full or cannot allocate.
pub fn allocate(file: &File, offset: usize, len: usize) -> io::Result<()> {
    #[cfg(test)]
    crate::faults::allocate()?;
    check_limit(offset.saturating_add(len))?;
    system::allocate(file, offset, len)
}

/// Bytes free on the file system that holds `path`.
///
/// # Errors
/// When it cannot be asked.
pub fn free_bytes(path: &Path) -> io::Result<u64> {
    system::free_bytes(path)
}

/// Refuses a file of `len` bytes if the limit of the process forbids it: trying would kill it by SIGXFSZ.
#[cfg(all(unix, not(miri)))]
fn check_limit(len: usize) -> io::Result<()> {
    let mut limit = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: `limit` is a valid place for the answer.
    let known = unsafe { libc::getrlimit(libc::RLIMIT_FSIZE, &raw mut limit) } == 0;
    if known && limit.rlim_cur != libc::RLIM_INFINITY && len as u64 > limit.rlim_cur {
        return Err(io::Error::from_raw_os_error(libc::EFBIG));
    }
    Ok(())
}

#[cfg(any(not(unix), miri))]
#[expect(clippy::unnecessary_wraps, reason = "there are limits elsewhere")]
fn check_limit(_: usize) -> io::Result<()> {
    Ok(())
}

/// What Linux does for this file.
#[cfg(all(target_os = "linux", not(agentops_plain), not(miri)))]
mod system {
    use std::ffi::CString;
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd as _;
    use std::os::unix::ffi::OsStrExt as _;
    use std::path::Path;
    use std::ptr::{self, NonNull};

    use crate::file;

    pub(super) fn create(path: &Path, len: usize) -> io::Result<(NonNull<u8>, File)> {
        let file = file::private().create_new(true).open(path)?;
        // Whoever finds it unlocked later knows that its process is gone.
        let _ = file.try_lock();
        match map_file(&file, len) {
            Ok(base) => Ok((base, file)),
            Err(error) => {
                let _ = std::fs::remove_file(path);
                Err(error)
            }
        }
    }

    fn map_file(file: &File, len: usize) -> io::Result<NonNull<u8>> {
        super::check_limit(len)?;
        file.set_len(len as u64)?;
        map(len, libc::MAP_SHARED, file.as_raw_fd())
    }

    pub(super) fn anonymous(len: usize) -> io::Result<NonNull<u8>> {
        map(len, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1)
    }

    fn map(len: usize, flags: libc::c_int, file: libc::c_int) -> io::Result<NonNull<u8>> {
        let access = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: a fresh range chosen by the kernel touches nothing that exists. A
        // file, if there is one, is open for both and `len` bytes long.
        let base = unsafe { libc::mmap(ptr::null_mut(), len, access, flags, file, 0) };
        if base == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        NonNull::new(base.cast()).ok_or_else(|| io::Error::other("mapped at address 0"))
    }

    /// # Safety
    /// `base` came from here with this `len`, and nothing borrows from it.
    pub(super) unsafe fn give_back(base: NonNull<u8>, len: usize) {
        // SAFETY: the caller says so.
        unsafe {
            libc::munmap(base.as_ptr().cast(), len);
        }
    }

    pub(super) fn allocate(file: &File, offset: usize, len: usize) -> io::Result<()> {
        let to_off = |value| libc::off_t::try_from(value).map_err(io::Error::other);
        let (offset, len) = (to_off(offset)?, to_off(len)?);
        loop {
            // SAFETY: the descriptor is open; the call touches no memory of ours.
            match unsafe { libc::posix_fallocate(file.as_raw_fd(), offset, len) } {
                0 => return Ok(()),
                // A signal of the program's came in between.
                libc::EINTR => {}
                code => return Err(io::Error::from_raw_os_error(code)),
            }
        }
    }

    pub(super) fn free_bytes(path: &Path) -> io::Result<u64> {
        let path = CString::new(path.as_os_str().as_bytes())?;
        // SAFETY: an all-zero `statvfs` is valid, the path ends with a zero byte.
        let stat = unsafe {
            let mut stat: libc::statvfs = std::mem::zeroed();
            if libc::statvfs(path.as_ptr(), &raw mut stat) != 0 {
                return Err(io::Error::last_os_error());
            }
            stat
        };
        #[allow(
            clippy::useless_conversion,
            reason = "the field types differ between platforms"
        )]
        Ok(u64::from(stat.f_bavail).saturating_mul(u64::from(stat.f_frsize)))
    }
}

/// What every system does for this file: the plain path.
#[cfg(any(not(target_os = "linux"), agentops_plain, miri))]
mod system {
    use std::alloc::{Layout, alloc_zeroed, dealloc};
    use std::fs::File;
    use std::io;
    use std::path::Path;
    use std::ptr::NonNull;

    /// Of a line of the cache, which two threads had better not share.
    const ALIGN: usize = 64;

    pub(super) fn create(_: &Path, _: usize) -> io::Result<(NonNull<u8>, File)> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn anonymous(len: usize) -> io::Result<NonNull<u8>> {
        let layout = Layout::from_size_align(len, ALIGN).map_err(io::Error::other)?;
        if len == 0 {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        // SAFETY: the layout is not empty.
        let base = unsafe { alloc_zeroed(layout) };
        NonNull::new(base).ok_or_else(|| io::ErrorKind::OutOfMemory.into())
    }

    /// # Safety
    /// `base` came from here with this `len`, and nothing borrows from it.
    pub(super) unsafe fn give_back(base: NonNull<u8>, len: usize) {
        // SAFETY: this layout was checked when the memory was allocated with it, and
        // the caller says that it is not used any more.
        unsafe {
            let layout = Layout::from_size_align_unchecked(len, ALIGN);
            dealloc(base.as_ptr(), layout);
        }
    }

    /// Room is not reserved: who writes to the file learns that the disk is full.
    pub(super) fn allocate(file: &File, offset: usize, len: usize) -> io::Result<()> {
        let end = offset.saturating_add(len) as u64;
        if file.metadata()?.len() < end {
            file.set_len(end)?;
        }
        Ok(())
    }

    pub(super) fn free_bytes(_: &Path) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
