//! Does nothing: it is there so that the manifest can name features of what macros are built with.

fn main() {}
