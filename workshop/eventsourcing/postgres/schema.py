"""The tables of a store in a schema of its own, and the function that appends to them.

The order of events is made by a lock: an append takes it first, then looks where the log ends, and
keeps it until its commit is visible. So whoever sees position p has nothing smaller to wait for.
All of it happens within one statement, so that nobody holds the lock while a network is slow.
"""

import hashlib

import psycopg
from psycopg.sql import Identifier

from ..errors import StoreError
from .problems import explain

__all__ = ["Schema"]

VERSION = 1

_CREATE = """
    CREATE TABLE {schema}.events (
        position    bigint  PRIMARY KEY,      -- never reused, since nothing is deleted
        stream      text    NOT NULL,
        version     bigint  NOT NULL,
        recorded_at bigint  NOT NULL,         -- microseconds since 1970, UTC
        name        text    NOT NULL,
        schema      integer NOT NULL,
        data        json    NOT NULL,
        metadata    json    NOT NULL,
        id          uuid    NOT NULL UNIQUE,  -- by which an append that is repeated is recognised
        UNIQUE (stream, version)
    );
    CREATE INDEX events_by_name ON {schema}.events (name, (position + 0));  -- see pages.py
    CREATE TABLE {schema}.checkpoints (name text PRIMARY KEY, position bigint NOT NULL);
    CREATE TABLE {schema}.groups (name text PRIMARY KEY, partitions integer NOT NULL);

    CREATE FUNCTION {schema}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE 'events are append-only: record a new event instead'
        USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER events_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE
    ON {schema}.events EXECUTE FUNCTION {schema}.refuse_change();

    -- Each statement in it sees what was committed before the statement began: so what comes
    -- after the lock sees all earlier appends. The codec's JSON texts come as one text, with the
    -- separator of RFC 7464 between them, which no JSON contains.
    CREATE FUNCTION {schema}.append(
        to_stream text, expected bigint, moment bigint, names text[], schemas integer[],
        texts text, metadata json, batch uuid, OUT seen bigint, OUT last bigint
    ) LANGUAGE plpgsql AS $$
    DECLARE
        behind bigint;
        latest bigint;
    BEGIN
        PERFORM pg_advisory_xact_lock({lock});
        SELECT e.version, e.position INTO seen, last FROM {schema}.events AS e
        WHERE e.stream = to_stream ORDER BY e.version DESC LIMIT 1;
        seen := coalesce(seen, 0);
        last := coalesce(last, 0);
        IF seen <> expected OR cardinality(names) = 0 THEN
            RETURN;
        END IF;
        SELECT e.position, e.recorded_at INTO behind, latest FROM {schema}.events AS e
        ORDER BY e.position DESC LIMIT 1;
        behind := coalesce(behind, 0);
        latest := greatest(latest, moment);  -- clocks go back, logs do not
        INSERT INTO {schema}.events
        SELECT behind + n, to_stream, seen + n, latest, new.name, new.schema, new.data::json,
               append.metadata,
               encode(substring(uuid_send(batch) FOR 12) || int4send(n::integer), 'hex')::uuid
        FROM unnest(names, schemas, string_to_array(texts, E'\\x1e'))
             WITH ORDINALITY AS new (name, schema, data, n);
        last := behind + cardinality(names);
    END $$;

    CREATE TABLE {schema}.store (version integer NOT NULL);
    INSERT INTO {schema}.store VALUES ({version});
"""

# The catalogue itself is asked: to_regclass() may not yet see what another process has made.
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s"
_EXISTS = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)"


class Schema:
    """The schema of a store: its name, the number of its lock, and where it tells its news."""

    def __init__(self, name: str) -> None:
        if not 0 < len(name.encode()) < 64:  # bytes; the server would cut the rest off
            raise ValueError(f"a schema needs a name of 1 to 63 bytes, not {name!r}")
        self.name, self.quoted = name, Identifier(name).as_string()
        digest = hashlib.sha256(f"workshop.eventsourcing {name}".encode())
        self.lock = int.from_bytes(digest.digest()[:8], signed=True)
        self.channel = f"events_{digest.hexdigest()[:16]}"
        self._filled: dict[str, bytes] = {}

    def sql(self, template: str) -> bytes:
        """Fill a statement in with the schema, its lock and its channel."""
        if template not in self._filled:
            names = {"schema": self.quoted, "lock": self.lock, "channel": self.channel}
            self._filled[template] = template.format(**names, version=VERSION).encode()
        return self._filled[template]

    def prepare(self, connection: psycopg.Connection, place: str) -> None:
        """Create what is not there yet, or make sure that what is there is ours.

        Raises:
            StoreError: It is another application's or a newer version's, or not in UTF-8, or the
                user may not use or create it.
        """
        try:
            if not self._is_there(connection, place):
                self._create(connection, place)
        except psycopg.Error as error:
            raise explain(error, place, lost=connection.closed) from error

    def _create(self, connection: psycopg.Connection, place: str) -> None:
        with connection.transaction():
            # Another process may do the same at the same time: the second finds it done.
            connection.execute(self.sql("SELECT pg_advisory_xact_lock({lock})"))
            if not self._is_there(connection, place):
                [(exists,)] = connection.execute(_EXISTS, [self.name])
                if not exists:  # asked for, since CREATE … IF NOT EXISTS needs the right to create
                    connection.execute(self.sql("CREATE SCHEMA {schema}"))
                connection.execute(self.sql(_CREATE))

    def _is_there(self, connection: psycopg.Connection, place: str) -> bool:
        [(encoding,)] = connection.execute("SHOW server_encoding")
        tables = {name for (name,) in connection.execute(_TABLES, [self.name])}
        where = f"schema {self.name!r} of {place}"
        if encoding != "UTF8":
            raise StoreError(f"{place} is encoded in {encoding}; make a database in UTF8")
        if "store" not in tables and "events" in tables:
            raise StoreError(f"{where} belongs to another application; choose another schema")
        if "store" not in tables:
            return False
        [(version,)] = connection.execute(self.sql("SELECT version FROM {schema}.store"))
        if version > VERSION:
            raise StoreError(
                f"{where} was written by newer software (version {version}, this one knows "
                f"{VERSION}); update the software, or choose another schema"
            )
        return True
