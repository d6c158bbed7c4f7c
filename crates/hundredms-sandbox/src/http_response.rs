//! The HTTP response of an [`ApiResponse`].

use hyper::{
    Response,
    header::{CONTENT_TYPE, DATE, HeaderValue},
};
use jiff::Timestamp;

use crate::{api_response::ApiResponse, response_body::ResponseBody};

/// Return the HTTP response. Its date is `now`.
pub(crate) fn http_response(api_response: ApiResponse, now: Timestamp) -> Response<ResponseBody> {
    let has_body = api_response.body.is_some();
    let mut response = Response::new(ResponseBody::from(api_response.body.unwrap_or_default()));
    *response.status_mut() = api_response
        .status
        .try_into()
        .unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if has_body {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    // The virtual clock's date, which hyper does not replace. Clients learn the clock's offset from it.
    if let Some(date) = http_date(now) {
        headers.insert(DATE, date);
    }
    response
}

/// Format a date as HTTP does.
pub(crate) fn http_date(time: Timestamp) -> Option<HeaderValue> {
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&time);
    HeaderValue::try_from(date.ok()?).ok()
}
