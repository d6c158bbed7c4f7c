"""Models as fields and responses of pydantic, which FastAPI builds on."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from pydantic_core import core_schema

from ._model import Model, convert

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

ModelT = TypeVar("ModelT", bound=Model)


def core_schema_of(model: type[ModelT], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
    """Describe a model: taken as it is, read from a dictionary, written as the service does."""
    fields = {
        field.encode_name: core_schema.typed_dict_field(
            handler.generate_schema(field.type), required=field.required
        )
        for field in msgspec.structs.fields(model)
    }
    described = core_schema.typed_dict_schema(fields)

    def read(value: Any) -> ModelT:
        if isinstance(value, model):
            return value
        try:
            return convert(value, model)
        except msgspec.ValidationError as error:
            raise ValueError(str(error)) from None

    def json_schema(_: Any, describe: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = describe.resolve_ref_schema(describe(described))
        schema["title"] = model.__name__
        schema["description"] = inspect.getdoc(model) or ""
        return schema

    write: Callable[[Any], Any] = msgspec.to_builtins
    return core_schema.no_info_plain_validator_function(
        read,
        ref=f"{model.__module__}.{model.__qualname__}:{id(model)}",
        metadata={"pydantic_js_functions": [json_schema]},
        serialization=core_schema.plain_serializer_function_ser_schema(write),
    )
