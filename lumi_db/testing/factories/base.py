"""`RowFactory`: what every factory can do. polyfactory draws the values, the client writes the rows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeGuard, TypeVar

from polyfactory.factories.base import BaseFactory
from polyfactory.factories.pydantic_factory import ModelFactory
from polyfactory.field_meta import FieldMeta
from pydantic import BaseModel

from lumi_db.client import load_datamodel
from lumi_db.engine.datamodel import Model, Relation
from lumi_db.errors import CallerError
from lumi_db.scope import with_deleted
from lumi_db.shop import Shop

from .chance import CHANCE
from .fields import check_count, default_value, for_client, for_model, typed_values

if TYPE_CHECKING:
    from lumi_db.client import Prisma
    from lumi_db.database import Database

Row = TypeVar("Row", bound=BaseModel)

_OF_CLIENT = ("updatedAt", "version")
_LONG = timedelta(minutes=5)


class RowFactory(ModelFactory[Row], Generic[Row]):
    """Makes valid rows of one model, with the rows they need.

    Fields and relations are named as in the schema: `create(db, title="Linen dress", product=product)`. A subclass
    declares its fields as polyfactory has it; what it leaves out gets the schema's default, or null.
    """

    __is_base_factory__ = True
    __random__ = CHANCE.random
    __faker__ = CHANCE.faker
    # Relations whose row is made though the schema does not ask for it, or is made with these values.
    __parents__: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    # What the database writes itself, whatever it is given.
    __of_database__: ClassVar[tuple[str, ...]] = ()
    # What `create` takes beside fields.
    __options__: ClassVar[tuple[str, ...]] = ()

    @classmethod
    async def create(cls, db: Database | Shop | Prisma, **given: Any) -> Row:
        """Write a row, and the rows it needs that are not given, in one transaction; return it as the database has it.

        Raises CallerError for a name that is no field, and what the client raises.
        """
        async with transaction(db) as tx:
            return await cls.insert(tx, given)

    @classmethod
    async def create_many(cls, db: Database | Shop | Prisma, size: int, **given: Any) -> list[Row]:
        """Write `size` rows in one transaction, each as `create` does."""
        check_count("size", size)
        async with transaction(db) as tx:
            return [await cls.create(tx, **given) for _ in range(size)]

    @classmethod
    def build(cls, factory_use_construct: bool = False, **given: Any) -> Row:
        """Return a row that is written nowhere; ids of rows that are not given are made up.

        Raises CallerError for a name that is no field.
        """
        context = {name: given.pop(name) for name in ("_build_context",) if name in given}
        cls.check_names(given)
        parents, values = cls._split(cls.adjust(given))
        drawn = cls.draw(parents, cls._made_up_keys(parents) | values)
        complete = {name: default_value(field) for name, field in cls.schema().fields.items()} | drawn
        return super().build(factory_use_construct, **for_model(cls.schema(), complete), **parents, **context)

    @classmethod
    def values(cls, **given: Any) -> dict[str, Any]:
        """Return the data of a row as the client's `create` takes them; of other rows only the keys that are given."""
        cls.check_written(given)
        return for_client(cls.schema(), cls.draw(*cls._split(cls.adjust(given))))

    @classmethod
    async def insert(cls, tx: Prisma, given: Mapping[str, Any]) -> Row:
        """Write the row in the transaction `tx`, with the rows it points at."""
        cls.check_written(given)
        given = cls.adjust(given)
        return await cls.write(tx, await cls.find_parents(tx, given), given)

    @classmethod
    async def write(cls, tx: Prisma, parents: Mapping[str, Any], given: Mapping[str, Any]) -> Row:
        """Write the row alone."""
        data = for_client(cls.schema(), cls.draw(parents, cls._split(given)[1]))
        row: Row = await getattr(tx, cls.__model__.__name__.lower()).create(data=data)
        return row

    @classmethod
    def adjust(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what was given with what follows from it for the rows this one points at."""
        return given

    @classmethod
    def wanted_parents(cls, given: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        """Return which rows are made, with which values, beside those that the schema asks for."""
        return cls.__parents__

    @classmethod
    async def find_parents(cls, tx: Prisma, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the rows that this one points at: given, found by the key that is given, or made."""
        found = {name: await cls._find_parent(tx, one, given) for name, one in cls.relations().items()}
        return {name: row for name, row in found.items() if row is not None}

    @classmethod
    async def _find_parent(cls, tx: Prisma, relation: Relation, given: Mapping[str, Any]) -> Any:
        name, key = relation.name, relation.local[0].name
        if name in given:
            return given[name]
        if given.get(key) is not None:
            return await getattr(tx, relation.target.lower()).find_unique(where={"id": given[key]})
        wanted = cls.wanted_parents(given)
        if key in given or not (relation.is_required or name in wanted):
            return None
        return await _factory(relation.target).create(tx, **wanted.get(name, {}))

    @classmethod
    def draw(cls, parents: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
        """Return values of the fields: those given, those that follow from the parents, the declared ones drawn."""
        keys = {cls.relations()[name].local[0].name: row.id for name, row in parents.items()}
        made = {"id": CHANCE.make_id()} if "id" in cls.schema().fields else {}
        values = made | cls.follow(parents) | keys | dict(given)
        return cls.process_kwargs(**typed_values(cls.schema(), values))

    @classmethod
    def follow(cls, parents: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that follow from the rows this one points at."""
        return {}

    @classmethod
    def check_written(cls, given: Mapping[str, Any]) -> None:
        """Raise CallerError as `check_names`, and for what the client or the database writes itself."""
        for writer, names in (("client", _OF_CLIENT), ("database", cls.__of_database__)):
            for name in names:
                if name in given:
                    raise CallerError(f"{cls.__name__} cannot set {name}: the {writer} does; leave it out.")
        cls.check_names(given)

    @classmethod
    def check_names(cls, given: Mapping[str, Any]) -> None:
        """Raise CallerError for a name that is no field, a null it does not take, and a relation that is no row."""
        fields, relations = cls.schema().fields, cls.relations()
        known = [*fields, *relations]
        for name, value in given.items():
            if value is None and name in fields and fields[name].is_required:
                raise CallerError(
                    f"{name} of {cls.__name__} must not be null: give a value, or leave it out."
                )
            if name not in known:
                usable = [one for one in (*known, *cls.__options__) if one not in _OF_CLIENT]
                close = get_close_matches(name, usable, n=1)
                remedy = f"did you mean {close[0]}?" if close else f"it takes {', '.join(usable)}."
                raise CallerError(f"{cls.__name__} has no field {name}: {remedy}")
            if name in relations and not _is_row_of(relations[name], value):
                target, key = relations[name].target, relations[name].local[0].name
                raise CallerError(f"{name} of {cls.__name__} must be a {target}; an id goes into {key}.")

    @classmethod
    def schema(cls) -> Model:
        return load_datamodel().models[cls.__model__.__name__]

    @classmethod
    def relations(cls) -> dict[str, Relation]:
        """Return the relations whose key is in this row."""
        return {name: one for name, one in cls.schema().relations.items() if one.owns_key}

    @classmethod
    def get_model_fields(cls) -> list[FieldMeta]:
        """Return the fields that the factory declares; for others polyfactory would draw any value of their type."""
        fields = super().get_model_fields()
        return [one for one in fields if hasattr(cls, one.name) and not hasattr(BaseFactory, one.name)]

    @classmethod
    def is_supported_type(cls, value: Any) -> TypeGuard[type[Row]]:
        """Leave all models but the generated ones to polyfactory's own factories."""
        return super().is_supported_type(value) and hasattr(value, "__prisma_model__")

    @classmethod
    def seed_random(cls, seed: int) -> None:
        """Let all factories draw the same values again, in the same order, as after the last call with this seed."""
        CHANCE.seed(seed)

    @classmethod
    def _made_up_keys(cls, parents: Mapping[str, Any]) -> dict[str, str]:
        return {
            relation.local[0].name: CHANCE.make_id()
            for name, relation in cls.relations().items()
            if name not in parents and (relation.is_required or name in cls.__parents__)
        }

    @classmethod
    def _split(cls, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the rows and the values among what was given."""
        relations = cls.relations()
        parents = {name: row for name, row in given.items() if name in relations and row is not None}
        nulls = {
            relations[name].local[0].name: None
            for name, row in given.items()
            if name in relations and row is None
        }
        return parents, {name: value for name, value in given.items() if name not in relations} | nulls


@asynccontextmanager
async def transaction(db: Database | Shop | Prisma) -> AsyncIterator[Prisma]:
    """Give a client in a transaction, nested where it is in one; in it deleted rows are rows like others."""
    client: Any = db.client if isinstance(db, Shop) else db
    if not hasattr(client, "tx"):
        raise CallerError("Give a Database, a client, a transaction or a Shop to write the rows into.")
    with with_deleted():
        async with client.tx(timeout=_LONG, max_wait=_LONG) as tx:
            yield tx


def _factory(model: str) -> type[RowFactory[Any]]:
    from . import FACTORIES

    return FACTORIES[model]


def _is_row_of(relation: Relation, value: object) -> bool:
    return isinstance(value, _factory(relation.target).__model__) or (
        value is None and not relation.is_required
    )
