"""Import a client of prisma-client-py without the two thirds of it that programs seldom use.

Loaded as it is, the client of 31 models takes twice the time and half more memory: `types.py` has tens of
thousands of lines of TypedDicts that only type checkers need, and along come the schema generator with its
parser and templates, and the query engine's process with its HTTP client. Here these are loaded by the first
look at a name of theirs. The generated files stay as they are.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType, SimpleNamespace
from typing import Any

_lock = RLock()
# `count` and `group_by` look these up only to pass them to `typing.cast`.
_CAST_ONLY = ("CountAggregateOutput", "GroupByOutput")
_ENGINES = (
    "BaseAbstractEngine",
    "SyncAbstractEngine",
    "AsyncAbstractEngine",
    "SyncQueryEngine",
    "AsyncQueryEngine",
)


class DeferredModule(ModuleType):
    """A module whose file is executed by the first look at a name that is not among `known`."""

    def __init__(self, spec: ModuleSpec, known: Mapping[str, Any]) -> None:
        super().__init__(spec.name)
        self.__spec__ = spec
        self.__loader__ = spec.loader
        self.__file__ = spec.origin
        self.__package__ = spec.parent
        if spec.submodule_search_locations is not None:
            self.__path__ = list(spec.submodule_search_locations)
        self.__dict__.update(known)
        self._known = tuple(known)
        self._is_deferred = True

    def __getattr__(self, name: str) -> Any:
        # Python asks every module for some dunder names; only `import *` needs the whole file for its answer.
        if not self.__dict__.get("_is_deferred") or (name.startswith("__") and name != "__all__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        if name.endswith(_CAST_ONLY):
            return dict
        self._load()
        return getattr(self, name)

    def __dir__(self) -> list[str]:
        self._load()
        return list(super().__dir__())

    def _load(self) -> None:
        with _lock:
            if not self.__dict__.get("_is_deferred"):
                return
            self._is_deferred = False
            if self.__spec__ is None or self.__spec__.loader is None:
                raise ImportError(f"{self.__name__} has no file to load", name=self.__name__)
            # The file refers to its own classes before they are all there; it must not find these instead.
            for name in self._known:
                del self.__dict__[name]
            self.__spec__.loader.exec_module(self)


class AbsentModule(ModuleType):
    """Stands for a module of another package while the client is imported; later it leads to that."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def import_light(package: str, *, prepare: Callable[[ModuleType], None]) -> ModuleType:
    """Import the generated `package`; `prepare` gets its `_compat` before any model is made with that.

    One that is imported already is returned as it is. Raises ModuleNotFoundError.
    """
    with _lock:
        if package in sys.modules:
            return sys.modules[package]
        spec = importlib.util.find_spec(package)
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError(f"No module named {package!r}", name=package)
        with _forgotten_on_failure(package), _absent("httpx"):
            module = importlib.util.module_from_spec(spec)
            sys.modules[package] = module
            _defer_parts(package)
            prepare(importlib.import_module(f"{package}._compat"))
            spec.loader.exec_module(module)
        return module


def _defer_parts(package: str) -> None:
    kinds = importlib.import_module(f"{package}._types")
    _defer(
        f"{package}.types",
        {name: getattr(kinds, name) for name in ("DatasourceOverride", "HttpConfig", "MetricsFormat")},
    )
    engine = f"{package}.engine"
    _defer(engine, {name: _deferred_class(engine, name) for name in _ENGINES})
    # Only `create_partial` uses these two, and that refuses to work outside of the generator's own process.
    partials: ContextVar[list[Any]] = ContextVar("partial_models_ctx")
    _defer(f"{package}.generator", {"partial_models_ctx": partials, "PartialModelField": dict})
    _defer_generator_models(f"{package}.generator.models")


def _defer_generator_models(name: str) -> None:
    kinds = SimpleNamespace(binary="binary", library="library", dataproxy="dataproxy")
    paths = SimpleNamespace(model_validate=dict)
    value = _deferred_class(name, "OptionalValueFromEnvVar")
    _defer(name, {"EngineType": kinds, "BinaryPaths": paths, "OptionalValueFromEnvVar": value})


def _defer(name: str, known: Mapping[str, Any]) -> None:
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    module = DeferredModule(spec, known)
    sys.modules[name] = module
    parent, _, last = name.rpartition(".")
    setattr(sys.modules[parent], last, module)


def _deferred_class(module: str, name: str) -> type:
    """Return a class that makes instances of the real class `name`, loaded for the first of them."""

    def make(_: type, *arguments: Any, **keywords: Any) -> Any:
        deferred = sys.modules[module]
        if isinstance(deferred, DeferredModule):
            deferred._load()
        return getattr(deferred, name)(*arguments, **keywords)

    return type(name, (), {"__new__": make})


@contextmanager
def _absent(name: str) -> Iterator[None]:
    if name in sys.modules:
        yield
        return
    standing_in = AbsentModule(name)
    sys.modules[name] = standing_in
    try:
        yield
    finally:
        if sys.modules.get(name) is standing_in:
            del sys.modules[name]


@contextmanager
def _forgotten_on_failure(package: str) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
            del sys.modules[name]
        raise
