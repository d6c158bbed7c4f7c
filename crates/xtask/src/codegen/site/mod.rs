//! The generated pages of the documentation site, the `OpenAPI` file and the Postman collection.

mod configuration;
mod contract;
mod controls;
mod errors;
mod events;
mod fixture;
mod models;
mod openapi;
mod operation_errors;
mod operations;
mod postman;
mod text;
mod yaml;

use super::controls::Controls;
use super::output::Output;
use super::surface::Surface;
use crate::shell::BoxError;
use contract::Contract;
use text::Homes;

/// Write the pages.
pub(super) fn outputs(surface: &Surface, controls: &Controls) -> Result<Vec<Output>, BoxError> {
    let homes = Homes::of(surface);
    let contract = Contract::read()?;
    let mut outputs = Vec::new();
    for resource in &surface.resources {
        outputs.push(operations::output(resource, &homes, &contract)?);
        outputs.extend(models::output(resource, &homes));
    }
    outputs.push(events::output(&surface.webhooks, &homes)?);
    outputs.push(errors::output());
    outputs.push(configuration::output());
    outputs.extend(controls::outputs(controls)?);
    let document = openapi::document(surface, &contract)?;
    outputs.push(openapi::output(&document));
    outputs.push(postman::output(surface)?);
    Ok(outputs)
}
