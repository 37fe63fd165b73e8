//! Shared memory backed by a file, or plain memory where there is none.
//!
//! A file is only ever grown: space is allocated before it is handed out, so
//! touching it cannot raise SIGBUS, and nothing truncates it while it is mapped.
#![allow(
    unsafe_code,
    reason = "mapping a file has no safe interface; this file is one of the four that may"
)]

use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::ptr::NonNull;

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
    /// Any error of the file system.
    pub fn create(path: &Path, len: usize) -> io::Result<Self> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .custom_flags(libc::O_NOFOLLOW | libc::O_CLOEXEC)
            .open(path)?;
        match Self::map(&file, len) {
            Ok(base) => Ok(Self {
                base,
                len,
                file: Some((file, path.to_owned())),
            }),
            Err(error) => {
                let _ = std::fs::remove_file(path);
                Err(error)
            }
        }
    }

    fn map(file: &File, len: usize) -> io::Result<NonNull<u8>> {
        check_limit(len)?;
        file.set_len(len as u64)?;
        // SAFETY: a fresh range chosen by the kernel; the descriptor is open for
        // reading and writing and the file is `len` bytes long.
        let base = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                len,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_SHARED,
                file.as_raw_fd(),
                0,
            )
        };
        if base == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        NonNull::new(base.cast()).ok_or_else(|| io::Error::other("mapped at address 0"))
    }

    /// Plain zeroed memory, which no other process can see.
    ///
    /// # Errors
    /// When there is no memory left.
    pub fn anonymous(len: usize) -> io::Result<Self> {
        // SAFETY: an anonymous private mapping touches nothing that exists.
        let base = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                len,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            )
        };
        if base == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let base =
            NonNull::new(base.cast()).ok_or_else(|| io::Error::other("mapped at address 0"))?;
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
        // SAFETY: the range was mapped by `create` or `anonymous` and nothing
        // that borrows from it outlives this value.
        unsafe {
            libc::munmap(self.base.as_ptr().cast(), self.len);
        }
    }
}

/// Allocates disk space for bytes `offset..offset + len` of `file`, growing it if need be.
///
/// # Errors
/// When the file system is full or cannot allocate.
pub fn allocate(file: &File, offset: usize, len: usize) -> io::Result<()> {
    check_limit(offset.saturating_add(len))?;
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

/// Refuses a file of `len` bytes if the limit of the process forbids it: trying would kill it by SIGXFSZ.
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

fn to_off(value: usize) -> io::Result<libc::off_t> {
    libc::off_t::try_from(value).map_err(io::Error::other)
}

/// Bytes free on the file system that holds `path`.
///
/// # Errors
/// When it cannot be asked.
pub fn free_bytes(path: &Path) -> io::Result<u64> {
    use std::os::unix::ffi::OsStrExt as _;
    let path = std::ffi::CString::new(path.as_os_str().as_bytes())?;
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
