-- CreateExtension
CREATE EXTENSION "citext";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "Odd schema.";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "main";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "side";

-- CreateEnum
CREATE TYPE "main"."shade" AS ENUM ('RED', 'deep green', 'blue \ $1 %');

-- CreateEnum
CREATE TYPE "side"."shade" AS ENUM ('pale } // not a comment @@schema("main")', 'STRONG', 'RED');

-- CreateEnum
CREATE TYPE "Odd schema."."Level" AS ENUM ('LOW', 'HIGH');

-- CreateTable
CREATE TABLE "side"."Word" (
    "id" SERIAL NOT NULL,
    "mode" TEXT NOT NULL,
    "search" TEXT,
    "take" INTEGER,
    "skip" INTEGER,
    "distinct" TEXT,
    "delete" BOOLEAN,
    "disconnect" BOOLEAN,
    "number" INTEGER,
    "row" INTEGER,
    "e" INTEGER[],
    "c0" TEXT,
    "rows" INTEGER,
    "path" JSONB,
    "sort" INTEGER,

    CONSTRAINT "Word_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Word_mode_key" ON "side"."Word"("mode");

-- CreateTable
CREATE TABLE "main"."Everything" (
    "id" SERIAL NOT NULL,
    "text" TEXT,
    "varchar" VARCHAR,
    "varchar5" VARCHAR(5),
    "char" CHAR,
    "char5" CHAR(5),
    "uuid" UUID,
    "xml" XML,
    "inet" INET,
    "bit" BIT,
    "bit8" BIT(8),
    "varbit" VARBIT,
    "varbit8" VARBIT(8),
    "citext" CITEXT,
    "string" TEXT,
    "integer" INTEGER,
    "smallint" SMALLINT,
    "oid" OID,
    "int" INTEGER,
    "bigint" BIGINT,
    "big" BIGINT,
    "double" DOUBLE PRECISION,
    "real" REAL,
    "float" DOUBLE PRECISION,
    "numeric" DECIMAL,
    "decimal10" DECIMAL(10,2),
    "decimal5" DECIMAL(5,0),
    "money" MONEY,
    "dec" DECIMAL(65,30),
    "boolean" BOOLEAN,
    "bool" BOOLEAN,
    "timestamp" TIMESTAMP,
    "timestamp0" TIMESTAMP(0),
    "timestamp3" TIMESTAMP(3),
    "timestamp6" TIMESTAMP(6),
    "timestamptz" TIMESTAMPTZ,
    "timestamptz0" TIMESTAMPTZ(0),
    "timestamptz3" TIMESTAMPTZ(3),
    "timestamptz6" TIMESTAMPTZ(6),
    "date" DATE,
    "time" TIME,
    "time0" TIME(0),
    "time6" TIME(6),
    "timetz" TIMETZ,
    "timetz3" TIMETZ(3),
    "timetz6" TIMETZ(6),
    "moment" TIMESTAMP(3),
    "jsonb" JSONB,
    "jsontext" JSON,
    "document" JSONB,
    "bytea" BYTEA,
    "bytes" BYTEA,
    "colour" "main"."shade",
    "tint" "side"."shade",
    "level" "Odd schema."."Level",

    CONSTRAINT "Everything_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "side"."Lists" (
    "id" SERIAL NOT NULL,
    "text" TEXT[],
    "varchar5" VARCHAR(5)[],
    "char5" CHAR(5)[],
    "uuid" UUID[],
    "xml" XML[],
    "inet" INET[],
    "bit8" BIT(8)[],
    "varbit" VARBIT[],
    "citext" CITEXT[],
    "smallint" SMALLINT[],
    "oid" OID[],
    "int" INTEGER[],
    "bigint" BIGINT[],
    "real" REAL[],
    "float" DOUBLE PRECISION[],
    "numeric" DECIMAL[],
    "decimal10" DECIMAL(10,2)[],
    "money" MONEY[],
    "dec" DECIMAL(65,30)[],
    "bool" BOOLEAN[],
    "timestamp0" TIMESTAMP(0)[],
    "timestamptz" TIMESTAMPTZ(6)[],
    "date" DATE[],
    "time" TIME(6)[],
    "timetz" TIMETZ(6)[],
    "moment" TIMESTAMP(3)[],
    "jsontext" JSON[],
    "document" JSONB[],
    "bytes" BYTEA[],
    "colour" "main"."shade"[],
    "tint" "side"."shade"[],
    "level" "Odd schema."."Level"[],

    CONSTRAINT "Lists_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "side"."Holder" (
    "id" SERIAL NOT NULL,
    "everythingId" INTEGER,
    "listsId" INTEGER,
    "parentId" INTEGER,

    CONSTRAINT "Holder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "main"."thing" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "tint" "side"."shade" NOT NULL DEFAULT 'STRONG',
    "tints" "side"."shade"[] DEFAULT ARRAY['pale } // not a comment @@schema("main")', 'RED']::"side"."shade"[],
    "colour" "main"."shade" NOT NULL DEFAULT 'deep green',

    CONSTRAINT "thing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "side"."thing" (
    "id" SERIAL NOT NULL,
    "label" TEXT NOT NULL,
    "level" "Odd schema."."Level" NOT NULL DEFAULT 'HIGH',

    CONSTRAINT "thing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "side"."ById" (
    "uuid" UUID NOT NULL,
    "bigint" BIGINT NOT NULL,
    "numeric" DECIMAL(65,30) NOT NULL,
    "dec10" DECIMAL(10,2) NOT NULL,
    "moment" TIMESTAMP(3) NOT NULL,
    "day" DATE NOT NULL,
    "instant" TIMESTAMPTZ(6) NOT NULL,
    "clock" TIME(6) NOT NULL,
    "bytes" BYTEA NOT NULL,
    "citext" CITEXT NOT NULL,
    "inet" INET NOT NULL,
    "char" CHAR(4) NOT NULL,
    "varbit" VARBIT(16) NOT NULL,
    "money" MONEY NOT NULL,
    "oid" OID NOT NULL,
    "small" SMALLINT NOT NULL,
    "tint" "side"."shade" NOT NULL,
    "note" TEXT,

    CONSTRAINT "ById_pkey" PRIMARY KEY ("uuid")
);

-- CreateTable
CREATE TABLE "main"."ToUuid" (
    "id" SERIAL NOT NULL,
    "key" UUID NOT NULL,

    CONSTRAINT "ToUuid_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "main"."ToBigint" (
    "id" BIGSERIAL NOT NULL,
    "key" BIGINT NOT NULL,

    CONSTRAINT "ToBigint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "main"."ToDecimal" (
    "id" SMALLSERIAL NOT NULL,
    "key" DECIMAL(65,30) NOT NULL,

    CONSTRAINT "ToDecimal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "main"."ToInstant" (
    "id" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "key" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "ToInstant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "main"."ToBytes" (
    "id" BYTEA NOT NULL,
    "key" BYTEA NOT NULL,

    CONSTRAINT "ToBytes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "main"."ToTint" (
    "id" "side"."shade" NOT NULL,
    "key" "side"."shade" NOT NULL,

    CONSTRAINT "ToTint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "main"."Defaults" (
    "id" SERIAL NOT NULL,
    "serial" BIGSERIAL NOT NULL,
    "cuid" TEXT NOT NULL,
    "cuid1" TEXT NOT NULL,
    "cuid2" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,
    "uuid4" UUID NOT NULL,
    "uuid7" UUID NOT NULL,
    "ulid" TEXT NOT NULL,
    "nanoid" TEXT NOT NULL,
    "nanoid9" TEXT NOT NULL,
    "now" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "today" DATE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "clock" TIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "instant" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed" TIMESTAMPTZ(6) NOT NULL,
    "changedDay" DATE NOT NULL,
    "changedAt" TIMESTAMP(0) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dbUuid" UUID NOT NULL DEFAULT gen_random_uuid(),
    "dbInt" INTEGER NOT NULL DEFAULT 1 + 1,
    "dbText" TEXT DEFAULT lower('ABC'),
    "dbDecimal" DECIMAL(10,2) NOT NULL DEFAULT 1.50,
    "dbInstant" TIMESTAMP(3) NOT NULL DEFAULT '2020-01-02 03:04:05'::timestamp,
    "dbBytes" BYTEA NOT NULL DEFAULT '\x01'::bytea,
    "dbJson" JSONB NOT NULL DEFAULT jsonb_build_object('a', 1),
    "dbTint" "side"."shade" NOT NULL DEFAULT 'RED'::side.shade,
    "dbList" INTEGER[] DEFAULT ARRAY[1, 2],
    "computed" INTEGER,
    "string" TEXT NOT NULL DEFAULT 'it''s "quoted" \ $1 % é',
    "int" INTEGER NOT NULL DEFAULT -7,
    "oid" OID NOT NULL DEFAULT 2147483647,
    "bigint" BIGINT NOT NULL DEFAULT 9223372036854775807,
    "float" DOUBLE PRECISION NOT NULL DEFAULT 1.5,
    "real" REAL NOT NULL DEFAULT -0.1,
    "numeric" DECIMAL(65,30) NOT NULL DEFAULT 12345678901234567890.123456789,
    "decimal2" DECIMAL(10,2) NOT NULL DEFAULT 1.10,
    "money" MONEY NOT NULL DEFAULT 2.50,
    "bool" BOOLEAN NOT NULL DEFAULT true,
    "moment" TIMESTAMP(3) NOT NULL DEFAULT '2020-01-02 03:04:05.678 +00:00',
    "day" DATE NOT NULL DEFAULT '2020-01-02 00:00:00 +00:00',
    "document" JSONB NOT NULL DEFAULT '{"a": [1, null, "\u00e9"], "n": 10000000000000000000000001}',
    "bytes" BYTEA NOT NULL DEFAULT '\x000102ff',
    "citext" CITEXT NOT NULL DEFAULT 'MiXed',
    "colour" "main"."shade" NOT NULL DEFAULT 'deep green',
    "tint" "side"."shade" NOT NULL DEFAULT 'pale } // not a comment @@schema("main")',
    "level" "Odd schema."."Level" NOT NULL DEFAULT 'HIGH',
    "strings" TEXT[] DEFAULT ARRAY['a,b', '"q"', '']::TEXT[],
    "ints" INTEGER[] DEFAULT ARRAY[1, 2]::INTEGER[],
    "bigints" BIGINT[] DEFAULT ARRAY[9223372036854775807]::BIGINT[],
    "decimals" DECIMAL(65,30)[] DEFAULT ARRAY[1.10, 2.5]::DECIMAL(65,30)[],
    "floats" DOUBLE PRECISION[] DEFAULT ARRAY[0.5]::DOUBLE PRECISION[],
    "bools" BOOLEAN[] DEFAULT ARRAY[true, false]::BOOLEAN[],
    "datetimes" TIMESTAMP(3)[] DEFAULT ARRAY['2020-01-02 03:04:05 +00:00']::TIMESTAMP(3)[],
    "documents" JSONB[] DEFAULT ARRAY['{"a": 1}', '[]']::JSONB[],
    "blobs" BYTEA[] DEFAULT ARRAY['\x0001']::BYTEA[],
    "tints" "side"."shade"[] DEFAULT ARRAY['pale } // not a comment @@schema("main")', 'RED']::"side"."shade"[],
    "empty" INTEGER[] DEFAULT ARRAY[]::INTEGER[],

    CONSTRAINT "Defaults_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "main"."Place" (
    "id" SERIAL NOT NULL,
    "before" point,
    "name" TEXT NOT NULL,
    "required" circle NOT NULL DEFAULT '<(0,0),1>'::circle,
    "size" INTEGER NOT NULL DEFAULT 1,
    "after" int4range,
    "secret" TEXT,

    CONSTRAINT "Place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "main"."Sealed" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "shape" point NOT NULL,

    CONSTRAINT "Sealed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "main"."Ignored" (
    "id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Ignored_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Odd schema."."table from Größe. 50% $1" (
    "select" SERIAL NOT NULL,
    "two words" TEXT,
    "a(quoted)one" TEXT,
    "it's" TEXT,
    "a.b" TEXT,
    "UPPER" TEXT,
    "Größe 数 🙂" TEXT,
    "50% %s %(a)s" TEXT,
    "$1" TEXT,
    "{0} {}" TEXT,
    "a\b -- /*" TEXT,
    "order" INTEGER NOT NULL DEFAULT 0,
    "a23456789_123456789_123456789_123456789_123456789_123456789_123" TEXT,
    "group" INTEGER,

    CONSTRAINT "table from Größe. 50% $1_pkey" PRIMARY KEY ("select")
);

-- CreateTable
CREATE TABLE "side"."Composite" (
    "first" INTEGER NOT NULL,
    "second" TEXT NOT NULL,
    "third" INTEGER NOT NULL,
    "fourth" DATE NOT NULL DEFAULT '2020-01-01 00:00:00 +00:00',
    "fifth" "side"."shade" NOT NULL DEFAULT 'pale } // not a comment @@schema("main")',
    "note" TEXT,

    CONSTRAINT "composite pk" PRIMARY KEY ("first","second")
);

-- CreateTable
CREATE TABLE "main"."Node" (
    "id" SERIAL NOT NULL,
    "first" INTEGER,
    "second" TEXT,

    CONSTRAINT "Node_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "main"."Unnumbered" (
    "code" TEXT NOT NULL,
    "other" INTEGER,
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,
    "note" TEXT
);

-- CreateTable
CREATE TABLE "side"."_HolderToThing" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_HolderToThing_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "side"."_HolderToSide" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_HolderToSide_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "Odd schema."."_friends" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_friends_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "thing_code_key" ON "main"."thing"("code");

-- CreateIndex
CREATE UNIQUE INDEX "thing_label.key" ON "side"."thing"("label");

-- CreateIndex
CREATE UNIQUE INDEX "ById_bigint_key" ON "side"."ById"("bigint");

-- CreateIndex
CREATE UNIQUE INDEX "ById_numeric_key" ON "side"."ById"("numeric");

-- CreateIndex
CREATE UNIQUE INDEX "ById_dec10_key" ON "side"."ById"("dec10");

-- CreateIndex
CREATE UNIQUE INDEX "ById_moment_key" ON "side"."ById"("moment");

-- CreateIndex
CREATE UNIQUE INDEX "ById_day_key" ON "side"."ById"("day");

-- CreateIndex
CREATE UNIQUE INDEX "ById_instant_key" ON "side"."ById"("instant");

-- CreateIndex
CREATE UNIQUE INDEX "ById_clock_key" ON "side"."ById"("clock");

-- CreateIndex
CREATE UNIQUE INDEX "ById_bytes_key" ON "side"."ById"("bytes");

-- CreateIndex
CREATE UNIQUE INDEX "ById_citext_key" ON "side"."ById"("citext");

-- CreateIndex
CREATE UNIQUE INDEX "ById_inet_key" ON "side"."ById"("inet");

-- CreateIndex
CREATE UNIQUE INDEX "ById_char_key" ON "side"."ById"("char");

-- CreateIndex
CREATE UNIQUE INDEX "ById_varbit_key" ON "side"."ById"("varbit");

-- CreateIndex
CREATE UNIQUE INDEX "ById_money_key" ON "side"."ById"("money");

-- CreateIndex
CREATE UNIQUE INDEX "ById_oid_key" ON "side"."ById"("oid");

-- CreateIndex
CREATE UNIQUE INDEX "ById_small_key" ON "side"."ById"("small");

-- CreateIndex
CREATE UNIQUE INDEX "ById_tint_key" ON "side"."ById"("tint");

-- CreateIndex
CREATE UNIQUE INDEX "un ique $1 %" ON "Odd schema."."table from Größe. 50% $1"("two words", "a.b");

-- CreateIndex
CREATE UNIQUE INDEX "Composite_second_third_key" ON "side"."Composite"("second", "third");

-- CreateIndex
CREATE UNIQUE INDEX "by third" ON "side"."Composite"("third", "fourth", "fifth");

-- CreateIndex
CREATE UNIQUE INDEX "Unnumbered_code_key" ON "main"."Unnumbered"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Unnumbered_other_key" ON "main"."Unnumbered"("other");

-- CreateIndex
CREATE UNIQUE INDEX "Unnumbered_a_b_key" ON "main"."Unnumbered"("a", "b");

-- CreateIndex
CREATE INDEX "_HolderToThing_B_index" ON "side"."_HolderToThing"("B");

-- CreateIndex
CREATE INDEX "_HolderToSide_B_index" ON "side"."_HolderToSide"("B");

-- CreateIndex
CREATE INDEX "_friends_B_index" ON "Odd schema."."_friends"("B");

-- AddForeignKey
ALTER TABLE "side"."Holder" ADD CONSTRAINT "Holder_everythingId_fkey" FOREIGN KEY ("everythingId") REFERENCES "main"."Everything"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "side"."Holder" ADD CONSTRAINT "Holder_listsId_fkey" FOREIGN KEY ("listsId") REFERENCES "side"."Lists"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "side"."Holder" ADD CONSTRAINT "Holder_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "side"."Holder"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "main"."ToUuid" ADD CONSTRAINT "ToUuid_key_fkey" FOREIGN KEY ("key") REFERENCES "side"."ById"("uuid") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "main"."ToBigint" ADD CONSTRAINT "ToBigint_key_fkey" FOREIGN KEY ("key") REFERENCES "side"."ById"("bigint") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "main"."ToDecimal" ADD CONSTRAINT "ToDecimal_key_fkey" FOREIGN KEY ("key") REFERENCES "side"."ById"("numeric") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "main"."ToInstant" ADD CONSTRAINT "ToInstant_key_fkey" FOREIGN KEY ("key") REFERENCES "side"."ById"("instant") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "main"."ToBytes" ADD CONSTRAINT "ToBytes_key_fkey" FOREIGN KEY ("key") REFERENCES "side"."ById"("bytes") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "main"."ToTint" ADD CONSTRAINT "ToTint_key_fkey" FOREIGN KEY ("key") REFERENCES "side"."ById"("tint") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Odd schema."."table from Größe. 50% $1" ADD CONSTRAINT "a foreign key." FOREIGN KEY ("group") REFERENCES "Odd schema."."table from Größe. 50% $1"("select") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "main"."Node" ADD CONSTRAINT "Node_first_second_fkey" FOREIGN KEY ("first", "second") REFERENCES "side"."Composite"("first", "second") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "side"."_HolderToThing" ADD CONSTRAINT "_HolderToThing_A_fkey" FOREIGN KEY ("A") REFERENCES "side"."Holder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "side"."_HolderToThing" ADD CONSTRAINT "_HolderToThing_B_fkey" FOREIGN KEY ("B") REFERENCES "main"."thing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "side"."_HolderToSide" ADD CONSTRAINT "_HolderToSide_A_fkey" FOREIGN KEY ("A") REFERENCES "side"."Holder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "side"."_HolderToSide" ADD CONSTRAINT "_HolderToSide_B_fkey" FOREIGN KEY ("B") REFERENCES "side"."thing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Odd schema."."_friends" ADD CONSTRAINT "_friends_A_fkey" FOREIGN KEY ("A") REFERENCES "Odd schema."."table from Größe. 50% $1"("select") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Odd schema."."_friends" ADD CONSTRAINT "_friends_B_fkey" FOREIGN KEY ("B") REFERENCES "Odd schema."."table from Größe. 50% $1"("select") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand
CREATE VIEW "side"."Loud" AS SELECT "id", upper("code") AS "code", "tint" FROM "main"."thing";
