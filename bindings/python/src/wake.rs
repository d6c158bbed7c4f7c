//! Wakes an event loop: an eventfd, or a pipe if there is none.

#[cfg(unix)]
pub(crate) use descriptor::Wakeup;

#[cfg(unix)]
mod descriptor {
    use std::io;
    use std::os::fd::{AsRawFd, OwnedFd};

    use rustix::io::{read, write};

    /// Can be rung from any thread, and is readable until it is cleared.
    pub(crate) struct Wakeup {
        reader: OwnedFd,
        /// `None` if one descriptor does both.
        writer: Option<OwnedFd>,
    }

    impl Wakeup {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        pub(crate) fn new() -> io::Result<Self> {
            use rustix::event::{EventfdFlags, eventfd};
            let reader = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
            Ok(Self {
                reader,
                writer: None,
            })
        }

        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        pub(crate) fn new() -> io::Result<Self> {
            let (reader, writer) = rustix::pipe::pipe()?;
            for end in [&reader, &writer] {
                rustix::io::ioctl_fionbio(end, true)?;
                rustix::io::fcntl_setfd(end, rustix::io::FdFlags::CLOEXEC)?;
            }
            Ok(Self {
                reader,
                writer: Some(writer),
            })
        }

        pub(crate) fn descriptor(&self) -> i32 {
            self.reader.as_raw_fd()
        }

        pub(crate) fn ring(&self) {
            // It fails only when it is full, and then it is readable anyway.
            let _ = write(
                self.writer.as_ref().unwrap_or(&self.reader),
                &1u64.to_ne_bytes(),
            );
        }

        pub(crate) fn clear(&self) {
            // It is rung once between two clearings, so one read empties it.
            let _ = read(&self.reader, &mut [0; 8]);
        }
    }
}
