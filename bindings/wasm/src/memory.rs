//! Texts and bytes in the memory of the module, which JavaScript reads and writes.

#![expect(
    unsafe_code,
    reason = "the boundary to JavaScript consists of addresses"
)]

/// Make room for `length` bytes, which JavaScript fills and hands over with [`take`].
#[unsafe(no_mangle)]
extern "C" fn allocate(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Take what JavaScript has written into an [`allocate`]d place.
pub(crate) fn take(place: *mut u8, length: usize) -> Vec<u8> {
    let bytes = std::ptr::slice_from_raw_parts_mut(place, length);
    // SAFETY: `allocate` made the place with this length, and JavaScript hands over each place once.
    unsafe { Box::from_raw(bytes) }.into_vec()
}

/// Leave `bytes` for JavaScript, which calls [`release`] when it has read them. Return address and length in one number.
pub(crate) fn leave(bytes: Vec<u8>) -> u64 {
    let bytes = bytes.into_boxed_slice();
    let length = bytes.len() as u64;
    let place = Box::into_raw(bytes).cast::<u8>() as usize as u64;
    place << 32 | length
}

/// Free what [`leave`] left.
#[unsafe(no_mangle)]
extern "C" fn release(place: *mut u8, length: usize) {
    drop(take(place, length));
}
