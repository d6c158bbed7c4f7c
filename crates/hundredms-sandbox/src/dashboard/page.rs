//! The page, as the build script made it.

use bytes::Bytes;
use hyper::{
    Response, StatusCode,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue,
        REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};

use crate::response_body::ResponseBody;

const PAGE: &str = include_str!(concat!(env!("OUT_DIR"), "/page.html"));
const PAGE_POLICY: &str = include_str!(concat!(env!("OUT_DIR"), "/page.csp"));

/// What is returned without the token. It opens the page if this tab has the token already.
const REFUSED: &str = include_str!(concat!(env!("OUT_DIR"), "/refused.html"));
const REFUSED_POLICY: &str = include_str!(concat!(env!("OUT_DIR"), "/refused.csp"));

/// Return the page.
pub(super) fn page() -> Response<ResponseBody> {
    document(PAGE, PAGE_POLICY)
}

/// Return what is shown without the token.
pub(super) fn refused() -> Response<ResponseBody> {
    let mut response = document(REFUSED, REFUSED_POLICY);
    *response.status_mut() = StatusCode::FORBIDDEN;
    response
}

fn document(text: &'static str, policy: &'static str) -> Response<ResponseBody> {
    let mut response = Response::new(ResponseBody::from(Bytes::from_static(text.as_bytes())));
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, html);
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    let opener = HeaderName::from_static("cross-origin-opener-policy");
    headers.insert(opener, HeaderValue::from_static("same-origin"));
    keep_private(&mut response);
    response
}

/// Add the headers that keep a response out of caches, of other pages and of referrers.
pub(super) fn keep_private(response: &mut Response<ResponseBody>) {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let resource = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(resource, HeaderValue::from_static("same-origin"));
}
