//! [`Headers`]: the headers of a request, as a receiver needs them.

use http::HeaderMap;

/// The headers of a request: an [`http::HeaderMap`], or a list of names and values.
pub trait Headers {
    /// Call `take` with each value of the header `name`, in order. Names are case-insensitive.
    fn each(&self, name: &str, take: &mut dyn FnMut(&[u8]));
}

impl Headers for HeaderMap {
    fn each(&self, name: &str, take: &mut dyn FnMut(&[u8])) {
        for value in self.get_all(name) {
            take(value.as_bytes());
        }
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Headers for [(N, V)] {
    fn each(&self, name: &str, take: &mut dyn FnMut(&[u8])) {
        for (given, value) in self {
            if given.as_ref().eq_ignore_ascii_case(name) {
                take(value.as_ref());
            }
        }
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Headers for Vec<(N, V)> {
    fn each(&self, name: &str, take: &mut dyn FnMut(&[u8])) {
        self.as_slice().each(name, take);
    }
}
