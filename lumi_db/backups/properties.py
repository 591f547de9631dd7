"""What belongs to a database and not to what is in it, and so is in no dump: owner, locale, settings, rights."""

from __future__ import annotations

from dataclasses import dataclass

from lumi_db.engine.driver.direct import DirectConnection, ScriptFailed, transaction
from lumi_db.engine.errors import EngineError
from lumi_db.maintenance.scratch import quote

_PROPERTIES = """
SELECT pg_get_userbyid(datdba)::text AS owner, datconnlimit AS connections, datacl IS NULL AS usual_rights,
       pg_encoding_to_char(encoding)::text AS encoding, datlocprovider::text AS provider, datcollate::text AS collate,
       datctype::text AS ctype, to_jsonb(pg_database) ->> CASE WHEN to_jsonb(pg_database) ? 'datlocale'
           THEN 'datlocale' ELSE 'daticulocale' END AS locale
FROM pg_database WHERE datname = $1
"""
_RIGHTS = """
SELECT coalesce(pg_roles.rolname::text, '') AS role, privilege_type AS right, is_grantable
FROM pg_database, aclexplode(datacl) LEFT JOIN pg_roles ON pg_roles.oid = grantee
WHERE datname = $1 ORDER BY 1, 2
"""
_SETTINGS = """
SELECT coalesce(rolname::text, '') AS role, split_part(setting, '=', 1) AS name,
       substr(setting, strpos(setting, '=') + 1) AS value
FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase AND datname = $1
     LEFT JOIN pg_roles ON pg_roles.oid = setrole, unnest(setconfig) AS setting ORDER BY 1, 2
"""
_PROVIDERS = {"i": "icu", "b": "builtin", "c": "libc"}


@dataclass(frozen=True, slots=True)
class Right:
    """A right on the database; role "" is everybody."""

    role: str
    right: str
    is_grantable: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of the database; role "" is every role's."""

    role: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Properties:
    """A database's own properties; `rights` None are those that PostgreSQL gives a new one."""

    owner: str
    connections: int
    encoding: str
    provider: str
    collate: str
    ctype: str
    locale: str | None
    settings: tuple[Setting, ...] = ()
    rights: tuple[Right, ...] | None = None

    @property
    def options(self) -> str:
        """The options of CREATE DATABASE for a database of the same encoding and locale."""
        names = ("ENCODING", self.encoding), ("LC_COLLATE", self.collate), ("LC_CTYPE", self.ctype)
        options = " ".join(f"{name} {_literal(value)}" for name, value in names)
        if self.provider == "c" or self.locale is None:
            return f"{options} LOCALE_PROVIDER libc"
        kind = _PROVIDERS.get(self.provider, "icu")
        return f"{options} LOCALE_PROVIDER {kind} {kind.upper()}_LOCALE {_literal(self.locale)}"


async def find_properties(connection: DirectConnection, database: str) -> Properties | None:
    """Return the properties of a database of the server, None where there is none of this name."""
    rows = await connection.fetch(_PROPERTIES, database)
    if not rows:
        return None
    [row] = rows
    settings = await connection.fetch(_SETTINGS, database)
    rights = await connection.fetch(_RIGHTS, database)
    return Properties(
        **{
            name: row[name]
            for name in ("owner", "connections", "encoding", "provider", "collate", "ctype", "locale")
        },
        settings=tuple(Setting(**one) for one in settings),
        rights=None if row["usual_rights"] else tuple(Right(**one) for one in rights),
    )


async def apply_properties(connection: DirectConnection, database: str, wanted: Properties) -> list[str]:
    """Give `database` the owner, settings and rights of `wanted`; return what could not be done, a phrase each."""
    name, failed = quote(database), []
    for setting in wanted.settings:
        failed += await _apply_setting(connection, name, setting)
    scripts = [f"ALTER DATABASE {name} CONNECTION LIMIT {wanted.connections}", *_grants(name, wanted)]
    # the owner last: whoever hands the database over may not be able to do the rest any more
    scripts.append(f"ALTER DATABASE {name} OWNER TO {quote(wanted.owner)}")
    for script in scripts:
        try:
            await connection.run_script(script)
        except ScriptFailed as error:
            failed.append(f"{script.replace(name, '…')} ({error.message})")
    return failed


def _grants(name: str, wanted: Properties) -> list[str]:
    if wanted.rights is None:
        return []
    scripts = [f"REVOKE ALL ON DATABASE {name} FROM PUBLIC"]
    for one in wanted.rights:
        role = quote(one.role) if one.role else "PUBLIC"
        option = " WITH GRANT OPTION" if one.is_grantable else ""
        scripts.append(f"GRANT {one.right} ON DATABASE {name} TO {role}{option}")
    return scripts


async def _apply_setting(connection: DirectConnection, name: str, setting: Setting) -> list[str]:
    """Set it here for a moment and then FROM CURRENT, which needs no rules for quoting lists such as search_path."""
    who = f"ROLE {quote(setting.role)} IN DATABASE {name}" if setting.role else f"DATABASE {name}"
    script = f"ALTER {who} SET {_setting_name(setting.name)} FROM CURRENT"
    try:
        async with transaction(connection):
            await connection.fetch("SELECT set_config($1, $2, true)", setting.name, setting.value)
            await connection.run_script(script)
    except (ScriptFailed, EngineError) as error:
        return [f"{script.replace(name, '…').replace(' FROM CURRENT', '')} ({error.message})"]
    return []


def _setting_name(name: str) -> str:
    return ".".join(quote(part) for part in name.split("."))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
