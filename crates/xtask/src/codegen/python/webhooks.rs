//! The types of webhook events: their names, their data, and `on` with the data that each name means.

use std::fmt::Write as _;

use crate::codegen::surface::Webhooks;

use super::text::strings;

/// The module that knows every type.
pub(super) fn types(webhooks: &Webhooks) -> String {
    let data = webhooks.types.iter().map(|event| event.data.as_str());
    let data: Vec<&str> = data.collect();
    let mut file = String::from(
        "\"\"\"The types of events: their names, their data, and who handles them.\"\"\"\n\n\
         from __future__ import annotations\n\
         from typing import Any, Literal, TypeAlias, overload\n\
         from .._model import Model\n\
         from ._data import Malformed, Unknown\n\
         from ._route import On, Route, known\n",
    );
    let _ = writeln!(file, "from .events import {}", data.join(", "));
    let names = strings(webhooks.types.iter().map(|event| event.name));
    let _ = writeln!(
        file,
        "\nEventType: TypeAlias = Literal[{names}]\n\"\"\"A type of events.\"\"\"\n"
    );
    let _ = writeln!(
        file,
        "EventData: TypeAlias = {} | Unknown | Malformed\n\"\"\"The data of an event: each type has a model of its own.\"\"\"\n",
        data.join(" | ")
    );
    file.push_str("DATA: dict[str, type[Model]] = {\n");
    for event in &webhooks.types {
        let _ = writeln!(file, "    \"{}\": {},", event.name, event.data);
    }
    file.push_str(
        "}\n\"\"\"The model of the data of each type.\"\"\"\n\n\n\
         class Routes:\n    \"\"\"The handlers of a receiver.\"\"\"\n\n    _routes: dict[str, Route]\n",
    );
    for event in &webhooks.types {
        let _ = write!(
            file,
            "\n    @overload\n    def on(self, type: Literal[\"{}\"], *, background: bool = False) -> On[{}]: ...\n",
            event.name, event.data
        );
    }
    file.push_str(
        "\n    def on(self, type: str, *, background: bool = False) -> On[Any]:\n        \
         \"\"\"Register the handler of a type of events: a decorator.\n\n        Args:\n            \
         type: The type; `fallback` takes those that this version does not know.\n            \
         background: Whether 200 is answered before the handler has run, for work that takes\n                \
         longer than the service waits. When it fails the service does not send the event\n                \
         again; the log says so.\n\n        Raises:\n            \
         ConfigurationError: There is no such type, or it has a handler already.\n        \"\"\"\n        \
         return On(self._routes, known(DATA, type), background)\n",
    );
    file
}
